# SPDX-License-Identifier: MIT
"""The slips that authors of forms make: each is told in plain words, at the line where it is put right."""

import hashlib
from pathlib import Path

import pytest

from rkv_app.forms.lint import Severity, lint
from rkv_app.foundation.i18n import Language, Words

GOOD = """\
id: round
version: "2026.1"
title: {nb: Runde, nn: Runde, en: Round}
items:
  - id: done
    type: yes_no
    required: true
    label:
      nb: Er runden gått?
      nn: Er runden gått?
      en: Has the round been made?
  - id: found
    type: long_text
    label:
      nb: Hva fant du?
      nn: Kva fann du?
      en: What did you find?
    enableWhen:
      all:
        - {item: done, operator: "=", value: true}
  - id: state
    type: choice
    label: {nb: Stand, nn: Stand, en: State}
    options:
      - {code: good, label: {nb: God, nn: God, en: Good}}
      - {code: bad, label: {nb: Dårlig, nn: Dårleg, en: Bad}}
  - {id: minutes, type: integer, label: {nb: Minutter, nn: Minutt, en: Minutes}}
  - {id: twice, type: calculated, label: {nb: To, nn: To, en: Two}, calculate: {function: sum, of: [minutes]}}
  - {id: total, type: calculated, label: {nb: Sum, nn: Sum, en: Sum}, calculate: {function: sum, of: [twice]}}
"""
TYPES = (
    "'section', 'note', 'text', 'long_text', 'yes_no', 'choice', 'choices', 'scale', 'date', 'period', 'hours', "
    "'integer', 'attachment', 'calculated', 'aim_matrix', 'repeat'"
)
WORDS = Words(Language.ENGLISH)


def _put(folder: Path, text: str, version: str = "2026.1") -> Path:
    file = folder / "round" / f"{version}.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def _told(path: Path) -> list[tuple[int, str, str]]:
    found = [one for one in lint(path) if one.severity is Severity.ERROR]
    return [(one.line, one.code, WORDS.say(one.message)) for one in found]


@pytest.mark.parametrize(
    ("before", "after", "line", "told"),
    [
        # Wrong indent, in three ways.
        ("    type: long", "   type: long", 13, "This line is not indented like those that it belongs with."),
        ("    type: long", "      type: long", 13, "This line is not indented like those that it belongs with."),
        ("      nb: Er runden", "    nb: Er runden", 10, "This line is not indented like those that it belongs with."),
        ("      nn: Kva fann du?\n", "", 14, "nn is missing: the words in nynorsk."),
        ("nn: Stand, ", "", 23, "nn is missing: the words in nynorsk."),
        ("type: long_text", "type: longtext", 13, f"type must be one of {TYPES}. Do you mean long_text?"),
        (
            "item: done",
            "item: dnoe",
            20,
            "enableWhen names dnoe, which is no question before this one. Do you mean done?",
        ),
        ("item: done", "item: state", 20, "enableWhen names state, which is no question before this one."),
        ("id: state", "id: done", 21, "The id done is used twice."),
        ("of: [minutes]", "of: [total]", 28, "The calculation names total, which does not stand before it."),
        ("of: [twice]", "of: [total]", 29, "The calculation total counts itself."),
        (
            GOOD[GOOD.index("    options:") : GOOD.index("  - {id: minutes")],
            "    options: []\n",
            24,
            "options is empty.",
        ),
        (
            GOOD[GOOD.index("      - {code: good") : GOOD.index("  - {id: minutes")],
            "",
            24,
            "options is empty. What belongs to it stands below it, indented further.",
        ),
        ("    type: long", "\ttype: long", 13, "There is a tab here. Indent with spaces."),
        # What comes up beside these.
        ("nb: Hva fant", "nb: Hva: fant", 15, "A text with a colon in it must stand in quotation marks."),
        ('"2026.1"', '"2026.1', 2, "A quotation mark is opened on this line and not closed."),
        ("{nb: Stand,", "{nb: Stand: nå,", 23, "A text with a colon in it must stand in quotation marks."),
        ("{nb: Stand,", "{nb: Stand # nå,", 23, "A text with a hash sign in it must stand in quotation marks."),
        (
            "{nb: Stand,",
            "{nb: Stand, farge,",
            23,
            "farge is no language. Put a text with a comma in it in quotation marks.",
        ),
        ("{nb: Stand,", "{nb: Stand, nå,", 23, "nå is no language. Put a text with a comma in it in quotation marks."),
        ("{nb: Stand,", "{nb: Ro, tak,", 23, "tak is empty. Put a text with a comma in it in quotation marks."),
        ("required: true", "required: ja", 7, "required must be true or false, without quotation marks."),
        ("type: integer,", "type: integer, max: to,", 27, "max must be a whole number, without quotation marks."),
        (
            "type: integer,",
            "type: hours, max: to,",
            27,
            "max must be a number, without quotation marks. Decimals have a point.",
        ),
        ("type: integer,", "type: date, max: i dag,", 27, "max must be a day such as 2026-11-24, or the word today."),
        ("type: integer,", "type: attachment, max: 300,", 27, "max must be at most 20."),
        ("type: integer,", "type: attachment, max: 0,", 27, "max must be at least 1."),
        ("type: integer,", "type: attachment, accept: [word],", 27, "accept must be one of 'image', 'pdf'."),
        ("enableWhen", "enablewhen", 18, "enablewhen is not a word that can stand here. Do you mean enableWhen?"),
        ("nb: Hva fant du?", "nb:", 15, "nb is empty."),
        (
            "- {code: bad, label: {nb: Dårlig, nn: Dårleg, en: Bad}}",
            "- bad",
            26,
            "Number 2 under options must have keys and values, with a colon.",
        ),
        (
            "      all:\n",
            "",
            18,
            "enableWhen must have keys and values below it, with a colon, and no list and no text.",
        ),
        (
            "id: minutes",
            "id: Minutes",
            27,
            "id has characters that are not allowed there. Write small letters (a to z), digits and _, a letter first.",
        ),
    ],
)
def test_a_slip_is_told_in_plain_words_at_its_line(
    tmp_path: Path, before: str, after: str, line: int, told: str
) -> None:
    assert _told(_put(tmp_path, GOOD)) == []
    found = _told(_put(tmp_path, GOOD.replace(before, after, 1)))
    assert [(one[0], one[2]) for one in found] == [(line, told)]


def test_words_that_are_not_indented_below_their_label_are_told_as_that(tmp_path: Path) -> None:
    told = _told(
        _put(
            tmp_path,
            GOOD.replace("      nb: Er", "    nb: Er")
            .replace("      nn: Er", "    nn: Er")
            .replace("      en: Has", "    en: Has"),
        )
    )
    assert (8, "RKV-FRM-003", "label is empty. What belongs to it stands below it, indented further.") in told
    assert (9, "RKV-FRM-003", "nb cannot stand here. Look at how far the line is indented.") in told


def test_a_published_file_that_was_changed_is_told(tmp_path: Path) -> None:
    digest = hashlib.sha256(GOOD.encode()).hexdigest()
    (tmp_path / "published.lock").write_text(f"{digest}  round/2026.1.yaml\n", encoding="ascii")
    _put(tmp_path, GOOD)
    assert _told(tmp_path) == []
    _put(tmp_path, GOOD.replace("God,", "Bra,"))
    ((line, code, told),) = _told(tmp_path)
    assert (line, code) == (1, "RKV-FRM-032")
    assert told.startswith("This version is published and must not change")


def test_an_id_that_is_used_again_for_another_type_is_told_at_the_question(tmp_path: Path) -> None:
    _put(tmp_path, GOOD)
    newer = GOOD.replace("2026.1", "2026.2").replace("type: long_text", "type: text")
    assert _told(_put(tmp_path, newer, "2026.2")) == [
        (
            12,
            "RKV-FRM-033",
            "found was long_text in version 2026.1 and is text here. Give the new question a new id.",
        )
    ]
