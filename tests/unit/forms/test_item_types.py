# SPDX-License-Identifier: MIT
"""Every type of item: what can be answered, what is wrong with it, and what the program finds itself."""

from datetime import date

import pytest

from rkv_app.forms.answers import (
    calculated_answers,
    hidden_answers,
    progress,
    question_at,
    relevant_answers,
)
from rkv_app.forms.calculations import months
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.validation import check, check_value, check_writable
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from support.whole_form import AIMS, ANSWERS, CALCULATED, WHOLE, whole_form

TODAY = date(2026, 11, 23)
FORM = whole_form()


def problems(answers: dict[str, object]) -> list[tuple[str, str]]:
    return [(problem.code, problem.item) for problem in check(FORM, answers, AIMS, today=TODAY)]


def test_good_answers_to_every_type_have_no_problem_and_all_count() -> None:
    assert problems(ANSWERS) == []
    assert relevant_answers(FORM, ANSWERS, AIMS) == {**ANSWERS, **CALCULATED}
    assert hidden_answers(FORM, ANSWERS, AIMS) == ()
    for path, value in ANSWERS.items():
        check_value(FORM, path, value, AIMS)


@pytest.mark.parametrize(
    ("path", "value", "code"),
    [
        ("safe", "unknown", "RKV-FRM-011"),
        ("works", "not_observed", "RKV-FRM-011"),
        ("stay", {"from": "2020-01-01"}, "RKV-FRM-028"),
        ("stay", {"to": "2020-01-01"}, "RKV-FRM-028"),
        ("still", {"to": "2020-01-01"}, "RKV-FRM-028"),
        ("still", {"from": "2022-05-02", "to": "2022-05-01"}, "RKV-FRM-028"),
        ("stay", {"from": "2026-01-01", "to": "2026-11-24"}, "RKV-FRM-022"),
        ("stay", {"from": "1999-12-31", "to": "2001-01-01"}, "RKV-FRM-022"),
        ("stay", {"from": "2020-02-30"}, "RKV-FRM-011"),
        ("stay", {"from": "2020-02-01", "until": "2020-02-02"}, "RKV-FRM-011"),
        ("stay", ["2020-01-01", "2020-02-02"], "RKV-FRM-011"),
        ("weekly", 81, "RKV-FRM-025"),
        ("weekly", -1, "RKV-FRM-025"),
        ("weekly", 7.125, "RKV-FRM-025"),
        ("weekly", 37.75, "RKV-FRM-026"),
        ("weekly", "30", "RKV-FRM-011"),
        ("weekly", True, "RKV-FRM-011"),
        ("weekly", float("nan"), "RKV-FRM-011"),
        ("weekly", float("inf"), "RKV-FRM-011"),
        ("weekly", 10**400, "RKV-FRM-011"),
        ("people", 12.5, "RKV-FRM-011"),
        ("people", 501, "RKV-FRM-025"),
        ("started", "1989-01-01", "RKV-FRM-026"),
        ("papers", ["a", "b", "c"], "RKV-FRM-029"),
        ("papers", ["a", "a"], "RKV-FRM-011"),
        ("papers", ["../../secret"], "RKV-FRM-011"),
        ("papers", "a", "RKV-FRM-011"),
        ("jobs", [], "RKV-FRM-029"),
        ("jobs", ["a1", "b-2", "c", "d"], "RKV-FRM-029"),
        ("jobs", ["a1", "a1"], "RKV-FRM-011"),
        ("jobs", ["a/b"], "RKV-FRM-011"),
        ("jobs", "a1", "RKV-FRM-011"),
        ("jobs/a1/place", "", "RKV-FRM-020"),
        ("jobs/a1/percent", 101, "RKV-FRM-025"),
        ("jobs/a1/colour", "red", "RKV-FRM-010"),
        ("jobs/a 1/place", "Kroa", "RKV-FRM-010"),
        ("jobs/a1", "Kroa", "RKV-FRM-010"),
        ("points", 12, "RKV-FRM-027"),
        ("points", "11", "RKV-FRM-027"),
    ],
)
def test_each_wrong_answer_is_found_at_its_place(path: str, value: object, code: str) -> None:
    assert (code, path) in problems({**ANSWERS, path: value})
    if code in ("RKV-FRM-010", "RKV-FRM-011"):
        with pytest.raises(UserError) as refused:
            check_value(FORM, path, value, AIMS)
        assert refused.value.code == code


def test_a_constraint_speaks_the_forms_own_words_in_the_readers_language() -> None:
    (problem,) = check(FORM, {**ANSWERS, "weekly": 40}, AIMS, today=TODAY)
    assert problem.constraint == "full"
    assert [Words(language).say(problem.message) for language in Language] == ["For mye", "For mykje", "Too much"]


def test_a_constraint_against_a_question_without_an_answer_holds() -> None:
    without = {path: value for path, value in ANSWERS.items() if path != "born"}
    assert problems({**without, "started": "1880-01-01"}) == []


class TestRows:
    """Questions that are asked as often as somebody wants."""

    def test_a_row_that_is_taken_off_the_list_counts_for_nothing_and_comes_back_whole(self) -> None:
        without = {**ANSWERS, "jobs": ["b-2"]}
        assert problems(without) == []
        assert set(hidden_answers(FORM, without, AIMS)) == {"jobs/a1/place", "jobs/a1/span", "jobs/a1/percent"}
        assert calculated_answers(FORM, without, AIMS)["full_time"] == 6
        assert relevant_answers(FORM, {**without, "jobs": ["b-2", "a1"]}, AIMS) == {**ANSWERS, **CALCULATED}

    def test_rows_keep_the_order_that_somebody_gave_them(self) -> None:
        turned = relevant_answers(FORM, {**ANSWERS, "jobs": ["a1", "b-2"]}, AIMS)
        assert turned["jobs"] == ["a1", "b-2"]
        assert [path for path in turned if path.endswith("place")] == ["jobs/a1/place", "jobs/b-2/place"]

    def test_when_the_question_is_hidden_so_are_its_rows(self) -> None:
        idle = {**ANSWERS, "works": False}
        assert {"jobs", "jobs/a1/place", "jobs/b-2/hours"} <= set(hidden_answers(FORM, idle, AIMS))
        assert not [path for path in relevant_answers(FORM, idle, AIMS) if path.startswith("jobs")]
        assert problems({**idle, "jobs": []}) == []

    def test_a_row_counts_for_progress_and_so_does_one_that_must_be_added(self) -> None:
        done, of = progress(FORM, ANSWERS, AIMS)
        assert progress(FORM, {**ANSWERS, "jobs": []}, AIMS) == (done - 2, of - 1)

    def test_the_order_of_rows_is_no_question_but_its_cells_are(self) -> None:
        assert question_at(FORM, "jobs", AIMS) is None
        asked = question_at(FORM, "jobs/any-row/place", AIMS)
        assert asked is not None
        assert asked.id == "place"


class TestCalculated:
    """Numbers that nobody writes."""

    def test_a_stored_number_is_never_believed(self) -> None:
        assert relevant_answers(FORM, {**ANSWERS, "points": 99}, AIMS)["points"] == 11
        assert problems({**ANSWERS, "points": 11}) == []

    def test_it_cannot_be_written(self) -> None:
        with pytest.raises(UserError) as refused:
            check_writable(FORM, "points", AIMS)
        assert refused.value.code == "RKV-FRM-027"
        check_writable(FORM, "weekly", AIMS)

    def test_nothing_answered_gives_no_number_but_a_count_of_none(self) -> None:
        assert calculated_answers(FORM, {}, AIMS) == {"job_count": 0, "highs": 0}

    def test_a_calculation_can_decide_what_is_asked(self) -> None:
        one = {**ANSWERS, "aims/KM2/rating": "low"}
        assert hidden_answers(FORM, one, AIMS) == ("many",)

    @pytest.mark.parametrize(
        ("first", "last", "expected"),
        [
            ("2020-01-01", "2020-12-31", 12),
            ("2020-01-31", "2020-02-29", 1 + 1 / 31),
            ("2020-01-15", "2020-02-14", 1),
            ("2020-01-01", "2020-01-01", 1 / 31),
            ("2020-01-02", "2020-01-01", 0),
            ("2020-01-03", "2020-01-01", 0),
            ("2021-02-01", "2021-02-14", 0.5),
            ("0001-01-01", "9999-12-31", 119987),
        ],
    )
    def test_months_are_those_of_the_calendar(self, first: str, last: str, expected: float) -> None:
        found = months(date.fromisoformat(first), date.fromisoformat(last))
        assert found == pytest.approx(expected)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("of: [jobs]}", "of: [job]}", "The calculation names job"),
        ("of: [jobs/hours, weekly]", "of: [jobs/place, weekly]", "sum cannot count with jobs/place"),
        ("of: [trade, ways, level]", "of: [trade, many]", "The calculation names many"),
        ("by: jobs/percent, ", "", "full_time_months needs a period"),
        ("by: jobs/percent, ", "by: jobs/hours, ", "cannot count with jobs/hours"),
        ("until: started", "until: weekly", "cannot count with weekly"),
        ("of: [born, started]", "of: [born]", "months_between counts periods"),
        ("of: [jobs/hours, weekly]", "of: [weekly], value: high", "Only count can have value"),
        ("rating], value: high}", "rating], value: higher}", "count cannot count with aims/rating"),
        ("score: 3", "hint: {nb: a, nn: a, en: a}", "score cannot count with ways"),
        ("item: born", "item: trade", "started cannot be compared with > trade"),
        ("item: born", "item: stay", "The constraint names stay"),
        ("value: 37.5", "value: many", "weekly cannot be compared with <= many"),
        ("of: [jobs]}", "of: [works], value: maybe}", "count cannot count with works"),
        ("of: [jobs]}", "of: [jobs], value: high}", "count cannot count with jobs"),
        ("of: [jobs]}", "of: [intro]}", "count cannot count with intro"),
        ("of: [jobs]}", "of: [jobs], by: jobs/percent}", "Only full_time_months can have by"),
        ("code: after_birth", "code: After", "characters that are not allowed"),
        ('min: "2000-01-01"', 'min: "2000-02-30"', "2000-02-30 is not a date"),
        ("value: 37.5, ", "", "either value or item"),
        ('operator: "<=", value: 37.5', "operator: exists, value: true", "cannot use exists"),
        ("min: 1\n    max: 3", "min: 4\n    max: 3", "min is larger than max"),
        ("min: 0, max: 500", "min: 501, max: 500", "min is larger than max"),
        ('item: people, operator: ">=", value: 100', 'item: people, operator: ">=", value: x', "people cannot"),
        ('item: works, operator: "=", value: true', 'item: stay, operator: "=", value: true', "stay cannot be"),
        ("item: works, operator", "item: aims, operator", "enableWhen names aims"),
    ],
)
def test_what_refers_to_a_question_must_find_one_that_fits(before: str, after: str, words: str) -> None:
    assert WHOLE.count(before) >= 1
    with pytest.raises(UserError) as refused:
        form_from_bytes(WHOLE.replace(before, after, 1).encode(), "whole.yaml")
    assert refused.value.code == "RKV-FRM-003"
    assert words in str(refused.value.message)


def test_two_rules_of_one_question_have_different_codes() -> None:
    rule = '      - {code: full, operator: "<=", value: 37.5'
    text = WHOLE.replace(rule, f"{rule}, message: {{nb: a, nn: a, en: a}}}}\n{rule}", 1)
    with pytest.raises(UserError) as refused:
        form_from_bytes(text.encode(), "whole.yaml")
    assert "The code full is used twice" in str(refused.value.message)


def test_where_every_aim_must_be_answered_each_that_is_not_is_told_at_its_first_question() -> None:
    form = form_from_bytes(
        WHOLE.replace("type: aim_matrix\n", "type: aim_matrix\n    required: every\n").encode(), "whole.yaml"
    )
    found = check(form, ANSWERS, AIMS, today=TODAY)
    assert [(one.code, one.item) for one in found] == [("RKV-FRM-020", "aims/KM3/rating")]


def test_counting_answers_and_choices() -> None:
    text = WHOLE.replace("of: [jobs]}", "of: [works, ways, name]}").replace(
        "of: [aims/rating], value: high", "of: [works, safe], value: true"
    )
    found = calculated_answers(form_from_bytes(text.encode(), "whole.yaml"), ANSWERS, AIMS)
    assert (found["job_count"], found["highs"]) == (4, 1)
