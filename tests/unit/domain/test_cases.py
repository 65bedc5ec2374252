# SPDX-License-Identifier: MIT
"""The life of a case, state by state."""

import pytest

from rkv_app.domain.cases import CaseState as S
from rkv_app.domain.cases import may_follow

ALLOWED = {
    (S.DRAFT, S.COLLECTING),
    (S.COLLECTING, S.READY),
    (S.COLLECTING, S.SENT),
    (S.READY, S.COLLECTING),
    (S.READY, S.SENT),
    (S.SENT, S.RECEIVED),
    (S.RECEIVED, S.SUPPLEMENT_REQUESTED),
    (S.RECEIVED, S.DECIDED),
    (S.SUPPLEMENT_REQUESTED, S.SUPPLEMENTED),
    (S.SUPPLEMENT_REQUESTED, S.DECIDED),
    (S.SUPPLEMENTED, S.SUPPLEMENT_REQUESTED),
    (S.SUPPLEMENTED, S.DECIDED),
    (S.DECIDED, S.CLOSED),
}

STEPS = [(before, after) for before in S for after in S if after is not S.WITHDRAWN]


@pytest.mark.parametrize(("before", "after"), STEPS)
def test_a_case_takes_the_steps_of_its_life_and_no_others(before: S, after: S) -> None:
    assert may_follow(before, after) is ((before, after) in ALLOWED)


@pytest.mark.parametrize("before", S)
def test_a_candidate_may_withdraw_until_the_case_is_over(before: S) -> None:
    assert may_follow(before, S.WITHDRAWN) is (before not in (S.CLOSED, S.WITHDRAWN))


def test_every_state_can_be_reached_from_a_draft() -> None:
    reached = {S.DRAFT}
    while more := {after for before in reached for after in S if may_follow(before, after)} - reached:
        reached |= more
    assert reached == set(S)
