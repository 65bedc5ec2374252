# SPDX-License-Identifier: MIT
"""Completing says what it removes before it removes it."""

from rkv_app.forms.completion import completion
from support.whole_form import AIMS, ANSWERS, whole_form

FORM = whole_form()


def test_good_answers_all_stay() -> None:
    assert completion(FORM, ANSWERS, AIMS).kept == ANSWERS
    assert completion(FORM, ANSWERS, AIMS).dropped == ()


def test_hidden_answers_removed_rows_and_stored_results_go_and_are_named() -> None:
    answers = {**ANSWERS, "jobs": ["b-2"], "points": 11, "aims/KM2/rating": "low", "ghost": "boo"}
    found = completion(FORM, answers, AIMS)
    assert set(found.dropped) == {
        "jobs/a1/place",
        "jobs/a1/span",
        "jobs/a1/percent",
        "points",
        "many",
        "ghost",
    }
    assert {**found.kept, **{path: answers[path] for path in found.dropped}} == answers
