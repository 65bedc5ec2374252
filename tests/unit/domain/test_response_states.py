# SPDX-License-Identifier: MIT
"""The life of a set of answers: nothing completed is written over, and nothing is taken back without a reason."""

from datetime import UTC, datetime
from itertools import product

import pytest

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.response_states import ResponseStep, Revision, after, amended, can_be_written, may_follow
from rkv_app.foundation.errors import UserError

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
S, T = EvaluationState, ResponseStep
WAYS = {
    (S.IN_PROGRESS, T.COMPLETE): S.COMPLETED,
    (S.IN_PROGRESS, T.STOP): S.STOPPED,
    (S.IN_PROGRESS, T.WITHDRAW): S.ENTERED_IN_ERROR,
    (S.STOPPED, T.RESUME): S.IN_PROGRESS,
    (S.STOPPED, T.WITHDRAW): S.ENTERED_IN_ERROR,
    (S.COMPLETED, T.AMEND): S.AMENDED,
    (S.COMPLETED, T.WITHDRAW): S.ENTERED_IN_ERROR,
    (S.AMENDED, T.AMEND): S.AMENDED,
    (S.AMENDED, T.WITHDRAW): S.ENTERED_IN_ERROR,
}


@pytest.mark.parametrize(("state", "step"), list(product(S, T)))
def test_each_step_leads_where_it_should_and_nowhere_else(state: S, step: T) -> None:
    assert may_follow(state, step) is ((state, step) in WAYS)
    if (state, step) in WAYS:
        assert after(state, step, "a reason") is WAYS[state, step]
        return
    with pytest.raises(UserError) as refused:
        after(state, step, "a reason")
    assert refused.value.code == "RKV-FRM-030"


@pytest.mark.parametrize(
    ("state", "step"), [(S.COMPLETED, T.AMEND), (S.COMPLETED, T.WITHDRAW), (S.IN_PROGRESS, T.STOP)]
)
def test_what_somebody_relied_on_is_not_changed_without_a_reason(state: S, step: T) -> None:
    for reason in ("", " \n"):
        with pytest.raises(UserError) as refused:
            after(state, step, reason)
        assert refused.value.code == "RKV-FRM-031"


def test_only_answers_in_progress_can_be_written() -> None:
    assert [state for state in S if can_be_written(state)] == [S.IN_PROGRESS]


def test_an_amendment_stands_beside_what_it_amends() -> None:
    first = Revision(number=1, answers={"a": 1}, at=NOW, by="Vera")
    answers: dict[str, object] = {"a": 2}
    second = amended(first, answers, at=NOW, by="Vera", reason=" wrong day ")
    answers["a"] = 3
    assert (first.answers, second.answers) == ({"a": 1}, {"a": 2})
    assert (second.number, second.reason) == (2, "wrong day")
    with pytest.raises(UserError) as refused:
        amended(first, answers, at=NOW, by="Vera", reason="")
    assert refused.value.code == "RKV-FRM-031"
