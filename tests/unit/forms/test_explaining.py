# SPDX-License-Identifier: MIT
"""Why something is asked, in the reader's words."""

import pytest

from rkv_app.forms.explaining import why
from rkv_app.forms.loader import form_from_bytes
from rkv_app.foundation.i18n import Language, Words
from support.whole_form import AIMS, ANSWERS, WHOLE, whole_form

FORM = whole_form()


def told(path: str, answers: dict[str, object], language: Language = Language.ENGLISH) -> list[str]:
    return [Words(language).say(one.message) for one in why(FORM, path, answers, AIMS) if one.message is not None]


def test_an_item_tells_what_it_is_asked_because_of() -> None:
    assert told("jobs", ANSWERS) == ["This is asked because «At work» is «Yes»."]
    assert told("jobs", {**ANSWERS, "people": 100}) == [
        "This is asked because «At work» is «Yes», and «a» is at least «100»."
    ]
    assert told("jobs", ANSWERS, Language.NYNORSK) == ["Dette blir spurt om fordi «I arbeid» er «Ja»."]


def test_an_item_that_is_not_asked_tells_what_it_takes() -> None:
    assert told("jobs", {}) == ["This is asked only when «At work» is «Yes», or «a» is at least «100»."]
    assert [one.asked for one in why(FORM, "jobs", {}, AIMS)] == [False]


def test_a_question_in_a_row_tells_of_its_own_row() -> None:
    assert told("aims/KM1/hours", ANSWERS) == ["This is asked because «a» is «a»."]
    assert told("aims/KM3/hours", ANSWERS) == ["This is asked only when «a» is «a»."]
    assert told("jobs/b-2/hours", ANSWERS)[-1] == "This is asked because «a» is less than «100»."


@pytest.mark.parametrize("path", ["name", "intro", "ghost", "aims/KM1/rating", ""])
def test_what_is_always_asked_needs_no_reason(path: str) -> None:
    assert told(path, ANSWERS) == []


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("{item: trade, operator: exists, value: true}", "«Trade» is answered"),
        ("{item: trade, operator: exists, value: false}", "«Trade» is not answered"),
        ('{item: trade, operator: "!=", value: cook}', "«Trade» is something else than «Cook»"),
        ('{item: safe, operator: "=", value: not_observed}', "«Safe» is «Not observed»"),
        ('{item: works, operator: "=", value: false}', "«At work» is «No»"),
        ('{item: weekly, operator: ">", value: 7.5}', "«Hours» is more than «7.5»"),
        ('{item: weekly, operator: "<=", value: 7.5}', "«Hours» is at most «7.5»"),
    ],
)
def test_every_comparison_has_words(condition: str, words: str) -> None:
    text = WHOLE.replace('{all: [{item: highs, operator: ">=", value: 2}]}', f"{{all: [{condition}]}}")
    form = form_from_bytes(text.encode(), "whole.yaml")
    (found,) = why(form, "many", ANSWERS, AIMS)
    assert [str(reason.message) for reason in found.reasons] == [words]
    assert str(found.message) == f"This is asked {'because' if found.asked else 'only when'} {words}."
