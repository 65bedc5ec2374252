# SPDX-License-Identifier: MIT
"""Any form on paper: what was answered stands there, what was not is shown as such, and an empty one has room."""

import io
from dataclasses import replace

import pikepdf

from rkv_app.documents.form_document import Sheet, render_empty_form, render_form
from rkv_app.forms.loader import form_from_bytes
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support import fillable_samples, form_samples
from support.pdf_damage import elements
from support.pdf_text import text_of
from support.table_forms import one_table, table_form
from support.whole_form import ANSWERS, whole_form

ENGLISH = Words(Language.ENGLISH)
SHEET = Sheet(reference="RKV-1")

MEETING = """\
id: meeting
version: "2026.1"
title: {nb: Møte, nn: Møte, en: Meeting, uk: Зустріч}
machineTranslated: [uk]
items:
  - {id: talk, type: long_text, required: true, guidance: {nb: x, nn: x, en: Be short},
     label: {nb: Hva, nn: Kva, en: What was said, uk: Про що говорили}}
  - {id: agreed, type: yes_no, label: {nb: Enig, nn: Einig, en: Agreed}}
  - id: way
    type: choice
    label: {nb: Hvordan, nn: Korleis, en: How}
    options:
      - {code: here, label: {nb: Her, nn: Her, en: In this room}}
      - {code: phone, label: {nb: Telefon, nn: Telefon, en: On the telephone}}
  - id: why
    type: text
    label: {nb: Hvorfor, nn: Kvifor, en: Why not}
    enableWhen: {all: [{item: agreed, operator: "=", value: false}]}
"""
FORM = form_from_bytes(MEETING.encode(), "meeting.yaml")


def _filled(answers: dict[str, object], sheet: Sheet = SHEET) -> str:
    return text_of(render_form(FORM, answers, (), sheet, words=ENGLISH, at=samples.AT))


def test_every_type_of_answer_is_said_in_words() -> None:
    said = text_of(
        render_form(whole_form(), ANSWERS, form_samples.form_aims(), form_samples.SHEET, words=ENGLISH, at=samples.AT)
    )
    for needed in (
        *("Kim", "Kom hit.", "Not observed", "Smith", "1 January 1990", "30 hours a week", "11 points", "18 months"),
        *("1 January 2020 to 31 December 2020", "From 1 May 2022, still going on", "Job 2", "Kroa", "50%", "7.5 hours"),
        *("2.5 hours", "Kursbevis.pdf", "Not answered", "Markedsteamet"),
    ):
        assert needed in said, needed


def test_an_open_question_is_shown_as_not_answered_and_one_that_is_not_asked_is_left_out() -> None:
    said = _filled({"talk": "Om praksis.", "agreed": True})
    assert "Om praksis." in said
    assert said.count("Not answered") == 1
    assert "In this room" not in said
    assert "Why not" not in said
    assert "Why not" in _filled({"talk": "Om praksis.", "agreed": False})


def test_an_answer_of_another_kind_is_neither_hidden_nor_taken_for_one() -> None:
    assert "cannot be read as one to this question" in _filled({"agreed": "maybe"})


def test_an_empty_form_has_every_question_and_option_and_its_help() -> None:
    said = text_of(
        render_empty_form(FORM, (), replace(SHEET, signed_by=("The candidate",)), words=ENGLISH, at=samples.AT)
    )
    for needed in ("What was said", "Be short", "Must be answered", "Agreed", "Yes", "No", "In this room", "Why not"):
        assert needed in said, needed
    assert "Not answered" not in said
    assert "The candidate" in said


def test_paper_says_of_what_is_not_for_everybody_whom_it_is_for() -> None:
    said = " ".join(text_of(render_empty_form(FORM, (), SHEET, words=ENGLISH, at=samples.AT)).split())
    assert "Answer only when «Agreed» is «No»." in said
    attest = fillable_samples.forms().newest("attest")
    said = " ".join(text_of(render_empty_form(attest, (), SHEET, words=ENGLISH, at=samples.AT)).split())
    know = "«What do you know about the amount?»"
    assert f"Must be answered when {know} is «The percentage», or {know} is «Both»." in said, said
    roads = fillable_samples.forms().newest("rkv-readiness")
    assert "Only when " in text_of(render_empty_form(roads, (), SHEET, words=ENGLISH, at=samples.AT))


def test_paper_asks_for_a_copy_where_the_app_takes_a_file() -> None:
    said = text_of(render_empty_form(whole_form(), (), SHEET, words=ENGLISH, at=samples.AT))
    assert "Put a copy with the form. What it is called:" in said


def test_words_that_a_machine_translated_say_so_and_missing_ones_fall_back() -> None:
    said = _filled({}, replace(SHEET, language="uk"))
    assert "Про що говорили" in said
    assert "translated by a machine" in said
    assert "Agreed" in said


def _table_of(pdf: bytes, number: int) -> list[list[str]]:
    """Rows of a table: of each cell its tag, its scope where it heads others, and `x` where something stands in it."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        tables = [one for one in elements(opened.Root.StructTreeRoot) if one.S == "/Table"]
        rows = [one for one in elements(tables[number]) if one.S == "/TR"]
        return [[_cell(cell) for cell in row.K] for row in rows]


def _cell(cell: pikepdf.Object) -> str:
    scope = str(cell.A.Scope) if "/A" in cell else ""
    return str(cell.S) + scope + (" x" if "/K" in cell else "")


def _answered(answers: dict[str, object], sheet: Sheet = SHEET) -> bytes:
    return render_form(table_form(), answers, (), sheet, words=ENGLISH, at=samples.AT)


def test_questions_with_the_same_options_are_a_table_with_heads_and_a_cross_where_it_is_answered() -> None:
    answers = {"wash": ["you"], "lock": ["me", "county"], "early": "county", "safe": False, "kind": "not_observed"}
    pdf = _answered(answers)
    head, row = "/TH/Column x", "/TH/Row x"
    assert _table_of(pdf, 0) == [
        [head, head, head, head],
        [row, "/TD", "/TD x", "/TD"],
        [row, "/TD x", "/TD", "/TD x"],
        [row, "/TD", "/TD", "/TD"],
    ]
    assert _table_of(pdf, 1)[1:] == [[row, "/TD", "/TD", "/TD x"], [row, "/TD", "/TD", "/TD"]]
    assert _table_of(pdf, 2)[1:] == [[row, "/TD", "/TD x", "/TD"], [row, "/TD", "/TD", "/TD x"]]
    said = text_of(pdf)
    # Calls, Late, and the text after the tables.
    assert said.count("Not answered") == 3
    assert said.count("The county") == 2


def test_a_row_that_is_not_asked_is_left_out_and_an_answer_that_is_none_is_said_to_be_so() -> None:
    said = text_of(_answered({"wash": ["me"], "late": "nobody"}))
    assert "Calls" not in said
    assert said.count("cannot be read as one") == 1


def test_a_table_to_fill_in_by_hand_has_a_place_for_each_answer() -> None:
    pdf = render_empty_form(table_form(), (), SHEET, words=ENGLISH, at=samples.AT)
    assert [len(row) for row in _table_of(pdf, 0)] == [4, 4, 4, 4]
    assert "Answer only when" in text_of(pdf)


def test_options_that_are_too_long_for_columns_are_answered_below_each_other_as_everywhere() -> None:
    long = ["Kompetansevurderingskoordinatoren", "Fylkeskommunaladministrasjonen", "Arbeidsmarkedsopplæringen"]
    pdf = render_form(one_table(["a", "b"], long), {"a": "c1"}, (), SHEET, words=ENGLISH, at=samples.AT)
    assert {len(row) for row in _table_of(pdf, 1)} == {2}
    assert text_of(pdf).count("Fylkeskommunaladministrasjonen") == 1


def test_the_heads_of_a_table_in_another_language_are_marked_as_such() -> None:
    pdf = _answered({"wash": ["me"]}, replace(SHEET, language="ar"))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        everything = [one for one in elements(opened.Root.StructTreeRoot) if one.S == "/TH"]
        heads = [one for one in everything if one.A.Scope == "/Column"]
        languages = [str(one.K.get("/Lang", "")) for one in heads[:4]]
    assert languages == ["", "ar", "ar", "ar"]
