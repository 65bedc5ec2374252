# SPDX-License-Identifier: MIT
"""What an author of forms is told, and where."""

import hashlib
import shutil
from pathlib import Path

import pytest

from rkv_app.forms.lint import Finding, Severity, lint
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.starting import starting_file
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.resources import forms_dir

FIRST = """\
id: round
version: "2026.1"
title: {nb: Runde, nn: Runde, en: Round}
items:
  - {id: place, type: text, label: {nb: Sted, nn: Stad, en: Place}}
  - id: state
    type: choice
    label: {nb: Stand, nn: Stand, en: State}
    options:
      - {code: good, label: {nb: God, nn: God, en: Good}}
      - {code: bad, label: {nb: Dårlig, nn: Dårleg, en: Bad}}
"""
SECOND = FIRST.replace("2026.1", "2026.2")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    put(tmp_path, "2026.1", FIRST)
    digest = hashlib.sha256(FIRST.encode()).hexdigest()
    (tmp_path / "published.lock").write_text(f"{digest}  round/2026.1.yaml\n", encoding="ascii")
    return tmp_path


def put(folder: Path, version: str, text: str) -> Path:
    file = folder / "round" / f"{version}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def short(found: tuple[Finding, ...]) -> list[tuple[str, str, int]]:
    return [(one.code, one.file.name, one.line) for one in found]


def test_a_good_folder_has_nothing_to_say(folder: Path) -> None:
    put(folder, "2026.2", SECOND)
    assert lint(folder) == ()


def test_shipped_forms_have_no_errors() -> None:
    assert not [one for one in lint(forms_dir()) if one.severity is Severity.ERROR]


def test_everything_wrong_is_told_at_once_each_with_its_line(folder: Path) -> None:
    text = SECOND.replace("nn: Stad, ", "").replace("code: bad", "code: Bad!").replace("type: text", "type: txt")
    file = put(folder, "2026.2", text)
    found = lint(file)
    assert short(found) == [("RKV-FRM-003", "2026.2.yaml", 5), ("RKV-FRM-003", "2026.2.yaml", 11)]
    assert [one.severity for one in found] == [Severity.ERROR] * 2
    assert "type must be one of" in str(found[0].message)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("id: [a\n", ("RKV-FRM-001", "2026.2.yaml", 2)),
        ("id: a\nb: *x\n", ("RKV-FRM-002", "2026.2.yaml", 2)),
        (SECOND.replace("id: round", "id: square"), ("RKV-FRM-003", "2026.2.yaml", 1)),
    ],
)
def test_what_is_no_form_is_told_with_its_line(folder: Path, text: str, finding: tuple[str, str, int]) -> None:
    assert short(lint(put(folder, "2026.2", text))) == [finding]


def test_a_published_file_that_was_changed_is_an_error_also_when_asked_about_alone(folder: Path) -> None:
    file = put(folder, "2026.1", FIRST.replace("Sted", "Plass"))
    assert short(lint(file)) == short(lint(folder)) == [("RKV-FRM-032", "2026.1.yaml", 1)]


def test_a_published_file_that_is_gone_is_an_error(folder: Path) -> None:
    put(folder, "2026.2", SECOND)
    (folder / "round" / "2026.1.yaml").unlink()
    assert short(lint(folder)) == [("RKV-FRM-032", "published.lock", 1)]


def test_an_id_never_comes_back_as_another_type_not_even_versions_later(folder: Path) -> None:
    without = SECOND.replace("  - {id: place, type: text, label: {nb: Sted, nn: Stad, en: Place}}\n", "")
    put(folder, "2026.2", 'migrations: [{from: "2026.1", dropped: [place]}]\n' + without)
    put(folder, "2026.10", SECOND.replace('"2026.2"', '"2026.10"').replace("type: text", "type: date"))
    found = lint(folder / "round" / "2026.10.yaml")
    assert short(found) == [("RKV-FRM-033", "2026.10.yaml", 5)]
    assert "place was text in version 2026.1 and is date here" in str(found[0].message)


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ("id: place", "id: site", 1, "Answers to place in version 2026.1 would be lost"),
        ("code: bad", "code: poor", 9, "Answers bad to state in version 2026.1 would be lost"),
    ],
)
def test_answers_that_would_be_lost_are_named_until_somebody_says_what_becomes_of_them(
    folder: Path, before: str, after: str, line: int, words: str
) -> None:
    (found,) = lint(put(folder, "2026.2", SECOND.replace(before, after)))
    assert (found.code, found.severity, found.line) == ("RKV-FRM-039", Severity.WARNING, line)
    assert words in str(found.message)
    declared = 'migrations: [{from: "2026.1", renamed: {place: site}, codes: {state: {bad: poor}}}]\n'
    changed = SECOND.replace("id: place", "id: site").replace("code: bad", "code: poor")
    assert lint(put(folder, "2026.2", declared + changed)) == ()


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("en: Place", f"en: {'Place ' * 30}", "RKV-FRM-036", 5),
        ("en: Bad", f"en: {'Bad ' * 30}", "RKV-FRM-036", 11),
        ("type: text", "type: long_text", "RKV-FRM-037", 5),
        ("en: Round", "en: Round, uk: Обхід", "RKV-FRM-038", 5),
        ("items:", "machineTranslated: [pl]\nitems:", "RKV-FRM-038", 4),
        ("nb: Sted, nn: Stad", "nb: a b c d e f g h, nn: a b c d e f g h", "RKV-FRM-040", 5),
    ],
)
def test_what_makes_a_form_hard_to_answer_is_advice(
    tmp_path: Path, before: str, after: str, code: str, line: int
) -> None:
    found = lint(put(tmp_path, "2026.1", FIRST.replace(before, after, 1)))
    assert (found[0].code, found[0].line) == (code, line)
    assert {one.severity for one in found} == {Severity.WARNING}


def test_where_there_is_no_form_file_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        lint(tmp_path)
    assert refused.value.code == "RKV-FRM-034"


def test_the_file_that_a_new_form_begins_as_has_nothing_wrong_with_it(tmp_path: Path) -> None:
    text = starting_file("safety-round", 2026)
    file = tmp_path / "safety-round" / "2026.1.yaml"
    file.parent.mkdir()
    file.write_text(text, encoding="utf-8")
    assert lint(file) == ()
    form = form_from_bytes(text.encode(), file.name)
    assert (form.id, form.version) == ("safety-round", "2026.1")
    assert len({item.type for _, item, _ in form.placed()}) > 6


@pytest.mark.parametrize("name", ["", "Runde", "../x", "a b", "æ", "a" * 65])
def test_a_form_is_not_begun_under_a_name_that_cannot_be_one(name: str) -> None:
    with pytest.raises(UserError) as refused:
        starting_file(name, 2026)
    assert refused.value.code == "RKV-FRM-034"


def test_a_copy_of_a_shipped_form_is_as_good_as_the_form(tmp_path: Path) -> None:
    shutil.copytree(forms_dir(), tmp_path / "forms")
    assert not [one for one in lint(tmp_path / "forms") if one.severity is Severity.ERROR]
