# SPDX-License-Identifier: MIT
"""The mark on a copied answer is read back as it was written, and nothing else is taken for one."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain import carried
from rkv_app.domain.carried import Carried, Reason, carried_path, carried_value, marks, read_carried

MARK = Carried(
    aim="KM1", text="bruke verktøy", plan="ABC03-01", version="2026", evaluation="", reason=Reason.SAME_PLAN,
    by="Kari Formann", at=datetime(2026, 1, 20, 9, 30, tzinfo=UTC),
)  # fmt: skip
_json = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


def test_a_mark_comes_back_as_it_was() -> None:
    assert read_carried(carried_value(MARK)) == MARK


@pytest.mark.parametrize(
    "changed",
    [{"reason": "because"}, {"at": "yesterday"}, {"at": "2026-01-20T09:30:00"}, {"aim": ""}, {"by": 7}, {"more": "x"},
     {"text": "x" * 20_001}],
)  # fmt: skip
def test_a_mark_that_somebody_has_made_up_is_none(changed: dict[str, object]) -> None:
    assert read_carried({**carried_value(MARK), **changed}) is None


@given(_json)
def test_no_value_at_all_breaks_the_reading(value: object) -> None:
    assert read_carried(value) is None


def test_marks_are_told_from_answers() -> None:
    answers = {carried_path("KM2"): carried_value(MARK), "aims/KM2/rating": "guided", "carried": 1, "carried/a/b": 2}
    assert marks(answers) == {"KM2": MARK}
    assert carried.given(answers) == {"aims/KM2/rating": "guided"}
