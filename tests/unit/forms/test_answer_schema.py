# SPDX-License-Identifier: MIT
"""The JSON Schema of answers takes what the app takes, and refuses what the app refuses."""

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator, FormatChecker

from rkv_app.forms.answer_schema import answer_schema
from rkv_app.forms.answers import relevant_answers
from rkv_app.forms.registry import Forms
from rkv_app.forms.validation import check_value
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import forms_dir
from support.form_values import GIVEN, PATHS, VALUES
from support.whole_form import AIMS, ANSWERS, CALCULATED, whole_form

FORM = whole_form()
SCHEMA = answer_schema(FORM, AIMS)
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker(["date"]))


def taken(answers: dict[str, object]) -> bool:
    try:
        for path, value in answers.items():
            check_value(FORM, path, value, AIMS)
    except UserError:
        return False
    return True


def test_it_is_a_schema_and_takes_good_answers_with_what_is_calculated() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    VALIDATOR.validate(ANSWERS)
    VALIDATOR.validate({**ANSWERS, **CALCULATED})
    VALIDATOR.validate(relevant_answers(FORM, ANSWERS, AIMS))
    VALIDATOR.validate({})


@settings(max_examples=400)
@given(path=PATHS, value=VALUES)
def test_one_answer_is_taken_by_both_or_by_neither(path: str, value: object) -> None:
    assert VALIDATOR.is_valid({path: value}) is taken({path: value})


@settings(max_examples=60)
@given(GIVEN)
def test_all_answers_together_too(answers: dict[str, object]) -> None:
    assert VALIDATOR.is_valid(answers) is taken(answers)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name", "x" * 20_001),
        ("name", "half a pair \ud800"),
        ("name", "\ufffe"),
        ("safe", 1),
        ("works", 0),
        ("trade", ["cook"]),
        ("ways", ["seen", "seen"]),
        ("ways", {"seen": True}),
        ("born", "2026-02-29"),
        ("born", "2026-01-01\n"),
        ("born", "2026-W01-1"),
        ("stay", {}),
        ("stay", {"from": None}),
        ("weekly", 1e12),
        ("people", 1.5),
        ("people", True),
        ("jobs", ["a\n"]),
        ("jobs", [str(n) for n in range(101)]),
        ("papers", [str(n) for n in range(21)]),
        ("jobs/a1\n/place", "x"),
        ("jobs/a1/place\n", "x"),
        ("xjobs/a1/place", "x"),
        ("__proto__", "x"),
        ("name", None),
    ],
)
def test_hostile_answers_are_refused_by_both(path: str, value: object) -> None:
    assert not VALIDATOR.is_valid({path: value})
    # None takes an answer away; in a set of answers it does not stand.
    assert value is None or not taken({path: value})


def test_every_shipped_form_has_a_schema() -> None:
    forms = Forms(forms_dir())
    for entry in forms.entries():
        Draft202012Validator.check_schema(answer_schema(forms.get(entry.form_id, entry.version), AIMS))


def test_titles_are_in_the_language_that_was_asked_for() -> None:
    properties = answer_schema(FORM, AIMS, "nn")["properties"]
    assert properties["weekly"]["title"] == "Timar"  # type: ignore[index]
