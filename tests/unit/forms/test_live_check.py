# SPDX-License-Identifier: MIT
"""Checking after each answer says what checking everything would say."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from rkv_app.forms.answers import hidden_answers, relevant_answers, shown_items
from rkv_app.forms.live import LiveCheck
from rkv_app.forms.validation import check
from support.form_values import GIVEN, PATHS, VALUES
from support.whole_form import AIMS, ANSWERS, whole_form

TODAY = date(2026, 11, 23)
FORM = whole_form()


@settings(max_examples=150)
@given(first=GIVEN, then=st.lists(st.tuples(PATHS, VALUES | st.none()), max_size=8), whole=st.booleans())
def test_after_every_answer_the_problems_are_those_of_the_whole_form(
    first: dict[str, object], then: list[tuple[str, object]], whole: bool
) -> None:
    answers = {**ANSWERS, **first} if whole else dict(first)
    live = LiveCheck(FORM, answers, AIMS, today=TODAY)
    assert live.problems == check(FORM, answers, AIMS, today=TODAY)
    for path, value in then:
        if value is None:
            answers.pop(path, None)
        else:
            answers[path] = value
        assert live.answer(path, value) == check(FORM, answers, AIMS, today=TODAY)


@settings(max_examples=150)
@given(GIVEN)
def test_what_is_hidden_is_never_missed_and_what_counts_stays_when_the_rest_goes(
    extra: dict[str, object],
) -> None:
    answers = {**ANSWERS, **extra}
    hidden = set(hidden_answers(FORM, answers, AIMS))
    found = check(FORM, answers, AIMS, today=TODAY)
    assert not [one for one in found if one.item in hidden and one.code != "RKV-FRM-010"]
    kept = relevant_answers(FORM, answers, AIMS)
    assert hidden.isdisjoint(kept)
    assert relevant_answers(FORM, kept, AIMS) == kept
    assert shown_items(FORM, kept, AIMS) == shown_items(FORM, answers, AIMS)
    if not found:
        assert check(FORM, kept, AIMS, today=TODAY) == ()
