# SPDX-License-Identifier: MIT
"""Moving answers to a newer version of a form: each is kept, changed or named as lost, and never vanishes."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.migrations import Moved, move
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.forms.validation import check_value
from rkv_app.foundation.errors import UserError

AIMS = (AimText(code="KM1", uri="urn:1", text="knyte", language="nob", set_code="KV1", set_title="Tau"),)
OLD = """\
id: work
version: "2026.1"
title: L
items:
  - {id: name, type: text, label: L}
  - {id: age, type: integer, label: L}
  - {id: story, type: long_text, label: L}
  - {id: trade, type: choice, label: L, options: [{code: cook, label: L}, {code: smith, label: L}]}
  - {id: ways, type: choices, label: L, options: [{code: seen, label: L}, {code: told, label: L}]}
  - id: aims
    type: aim_matrix
    label: L
    columns:
      - {id: rating, type: scale, label: L, options: [{code: low, label: L}, {code: high, label: L}]}
      - {id: hours, type: hours, label: L}
  - id: jobs
    type: repeat
    label: L
    columns:
      - {id: place, type: text, label: L}
      - {id: percent, type: hours, label: L}
"""
DECLARED = """\
migrations:
  - from: "2026.1"
    renamed: {name: full_name, jobs: placements, jobs/place: placements/workplace, aims/hours: aims/time}
    codes: {trade: {smith: metal}, ways: {told: seen}, aims/rating: {high: top}}
    dropped: [age, jobs/percent]
"""
NEW = """\
id: work
version: "2026.2"
title: L
items:
  - {id: full_name, type: text, label: L}
  - {id: tale, type: long_text, label: L}
  - {id: trade, type: choice, label: L, options: [{code: metal, label: L}]}
  - {id: ways, type: choices, label: L, options: [{code: seen, label: L}]}
  - id: aims
    type: aim_matrix
    label: L
    columns:
      - {id: rating, type: scale, label: L, options: [{code: low, label: L}, {code: top, label: L}]}
      - {id: time, type: hours, label: L}
  - id: placements
    type: repeat
    label: L
    columns:
      - {id: workplace, type: text, label: L}
"""
NEWEST = NEW.replace('"2026.2"', '"2026.10"').replace("full_name", "whole_name")
RENAMED = 'migrations:\n  - {from: "2026.2", renamed: {full_name: whole_name}}\n'
ANSWERS: dict[str, object] = {
    "name": "Kim",
    "age": 40,
    "story": "Kom hit.",
    "trade": "smith",
    "ways": ["told", "seen"],
    "aims/KM1/rating": "high",
    "aims/KM1/hours": 2,
    "jobs": ["b", "a"],
    "jobs/b/place": "Smia",
    "jobs/b/percent": 50,
}


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Forms:
    folder = tmp_path_factory.mktemp("forms") / "work"
    folder.mkdir()
    for version, text in (("2026.1", OLD), ("2026.2", DECLARED + NEW), ("2026.10", RENAMED + NEWEST)):
        (folder / f"{version}.yaml").write_text(text.replace(" L", " {nb: a, nn: a, en: a}"), encoding="utf-8")
    return Forms(folder.parent)


def moved(forms: Forms, answers: dict[str, object], version: str = "2026.2") -> Moved:
    return move(forms.steps(forms.get("work", "2026.1"), version), answers, AIMS)


def test_every_answer_is_kept_changed_or_lost_as_the_form_declares(forms: Forms) -> None:
    report = moved(forms, ANSWERS)
    assert report.answers == {
        "full_name": "Kim",
        "trade": "metal",
        "ways": ["seen"],
        "aims/KM1/rating": "top",
        "aims/KM1/time": 2,
        "placements": ["b", "a"],
        "placements/b/workplace": "Smia",
    }
    assert report.kept == {}
    assert {loss.path: loss.value for loss in report.lost} == {"age": 40, "story": "Kom hit.", "jobs/b/percent": 50}
    assert {change.before: change.path for change in report.changed}["jobs/b/place"] == "placements/b/workplace"


def test_an_option_that_is_gone_is_lost_and_not_guessed_at(forms: Forms) -> None:
    (loss,) = moved(forms, {"trade": "cook", "aims/KM1/rating": "low"}).lost
    assert (loss.path, str(loss.why)) == ("trade", "The newer form does not have this answer any more.")


def test_an_answer_is_never_taken_for_one_of_another_kind(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    for version, text in (("2026.1", OLD), ("2026.2", OLD.replace("2026.1", "2026.2").replace("integer", "text"))):
        file = tmp_path / "work" / f"{version}.yaml"
        file.write_text(text.replace(" L", " {nb: a, nn: a, en: a}"), encoding="utf-8")
    (loss,) = moved(Forms(tmp_path), {"age": 40}).lost
    assert (loss.path, str(loss.why)) == ("age", "The newer form asks for another kind of answer.")


def test_two_answers_never_end_in_one_place(forms: Forms) -> None:
    report = moved(forms, {"name": "Kim", "full_name": "Kim Li"})
    assert report.answers == {"full_name": "Kim"}
    assert [loss.path for loss in report.lost] == ["full_name"]


def test_versions_between_are_gone_through_one_by_one(forms: Forms) -> None:
    report = moved(forms, ANSWERS, "2026.10")
    assert report.answers["whole_name"] == "Kim"
    assert {change.before: change.path for change in report.changed}["name"] == "whole_name"


def test_there_is_no_way_back_and_none_to_what_is_not_here(forms: Forms) -> None:
    for form, version in ((forms.get("work", "2026.2"), "2026.1"), (forms.get("work", "2026.1"), "2027.1")):
        with pytest.raises(UserError) as refused:
            forms.steps(form, version)
        assert refused.value.code == "RKV-FRM-004"


PATHS = st.sampled_from([*ANSWERS, "full_name", "jobs/a/place", "ghost", "aims/KM9/rating", "tale"])
VALUES = st.sampled_from(list(ANSWERS.values())) | st.text(max_size=3) | st.integers() | st.lists(st.text(max_size=2))


@given(answers=st.dictionaries(PATHS, VALUES), version=st.sampled_from(["2026.2", "2026.10"]))
def test_no_answer_vanishes_and_what_was_an_answer_is_one(
    forms: Forms, answers: dict[str, object], version: str
) -> None:
    old, new = forms.get("work", "2026.1"), forms.get("work", version)
    report = moved(forms, answers, version)
    told = [*report.kept, *(one.before for one in report.changed), *(one.path for one in report.lost)]
    assert sorted(told) == sorted(answers)
    assert len(report.answers) == len(report.kept) + len(report.changed)
    for one in report.changed:
        if _is_answer(old, one.before, answers[one.before]):
            check_value(new, one.path, one.value, AIMS)


def _is_answer(form: Form, path: str, value: object) -> bool:
    try:
        check_value(form, path, value, AIMS)
    except UserError:
        return False
    return True


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('from: "2026.1"', 'from: "2026.2"', "goes from an older version"),
        ("name: full_name", "name: no_name", "There is no item no_name"),
        ("dropped: [age", "dropped: [name", "name is both renamed and dropped"),
        ("renamed", "moved", "moved is not a word"),
        ("migrations:\n", 'migrations:\n  - {from: "2026.1"}\n', "The version 2026.1 is named twice"),
    ],
)
def test_a_migration_that_makes_no_sense_is_refused(tmp_path: Path, before: str, after: str, words: str) -> None:
    (tmp_path / "work").mkdir()
    text = (DECLARED + NEW).replace(" L", " {nb: a, nn: a, en: a}").replace(before, after, 1)
    (tmp_path / "work" / "2026.2.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as refused:
        Forms(tmp_path).newest("work")
    assert words in str(refused.value.message)
