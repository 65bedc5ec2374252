# SPDX-License-Identifier: MIT
"""Any form on paper: what was answered stands there, what was not is shown as such, and an empty one has room."""

from dataclasses import replace

from rkv_app.documents.form_document import Sheet, render_empty_form, render_form
from rkv_app.forms.loader import form_from_bytes
from rkv_app.foundation.i18n import Language, Words
from support import document_samples as samples
from support import fillable_samples, form_samples
from support.pdf_text import text_of
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
