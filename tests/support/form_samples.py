# SPDX-License-Identifier: MIT
"""Forms as documents: one with every type of item, an agreement with its table, and a candidate's sheet in Arabic."""

from dataclasses import replace
from datetime import datetime

from rkv_app.documents.form_document import Sheet, render_empty_form, render_form
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.i18n import Words
from rkv_app.foundation.resources import forms_dir
from support.document_samples import AIM_TEXTS
from support.golden_answers import golden
from support.whole_form import AIMS, ANSWERS, whole_form

AGREEMENT = "workplace-agreement"
SHEET = Sheet(
    reference="RKV-7Q4M-2K",
    subtitle="Nav Karasjok, 23. november 2026",
    facts=(("Kandidat", "Sárá Ánne Østby Đorđević"), ("Arbeidssted", "Fjellheimen omsorgssenter")),
    letterhead=("Nav Karasjok", "Markedsteamet"),
    files={"0f5e6a3c-0000-4000-8000-000000000001": "Kursbevis.pdf"},
    signed_by=("Sárá Ánne Østby Đorđević", "Kari Ødegård"),
)
ARABIC = (
    "تقييم الكفاءة الواقعية هو عملية يتم فيها تقييم جميع المعارف والمهارات التي اكتسبتها من خلال التعليم والعمل، "
    "مثل Karriere Nord منذ عام 2026 (5 سنوات على الأقل)."
)
ARABIC_FORM = f"""\
id: own-words
version: "2026.1"
title: {{nb: Egenvurdering, nn: Eigenvurdering, en: Self-assessment, ar: التقييم الذاتي}}
items:
  - id: first
    type: section
    label: {{nb: Om deg, nn: Om deg, en: About you, ar: عن نفسك}}
    items:
      - id: intro
        type: note
        label: {{nb: Les, nn: Les, en: Read, ar: "{ARABIC}"}}
      - id: told
        type: long_text
        required: true
        label: {{nb: Hva kan du?, nn: Kva kan du?, en: What can you do?, ar: ماذا تستطيع أن تفعل؟}}
        guidance: {{nb: Skriv kort., nn: Skriv kort., en: Be short., ar: اكتب باختصار.}}
      - id: level
        type: scale
        label: {{nb: Nivå, nn: Nivå, en: Level, ar: المستوى}}
        options:
          - {{code: none, label: {{nb: Kan ikke, nn: Kan ikkje, en: Cannot, ar: لا أستطيع}}}}
          - {{code: some, label: {{nb: Kan litt, nn: Kan litt, en: Can a little, ar: أستطيع قليلا}}}}
          - {{code: well, label: {{nb: Kan, nn: Kan, en: Can, ar: أستطيع}}}}
  - id: aims
    type: aim_matrix
    label: {{nb: Mål, nn: Mål, en: Aims, ar: الأهداف}}
    columns:
      - id: done
        type: yes_no
        label: {{nb: Har du gjort det?, nn: Har du gjort det?, en: Have you done it?, ar: هل فعلت ذلك؟}}
"""


def form_aims() -> tuple[AimText, ...]:
    """The aims that the form with every type of item is answered for."""
    return tuple(replace(one, text=text) for one, text in zip(AIMS, AIM_TEXTS, strict=False))


def arabic_form() -> Form:
    """A candidate's own sheet, in Arabic beside the three languages that every form has."""
    return form_from_bytes(ARABIC_FORM.encode(), "arabic.yaml")


def agreement() -> Form:
    """The agreement with a workplace, whose responsibilities are a table."""
    return Forms(forms_dir()).newest(AGREEMENT)


def rendered(name: str, words: Words, at: datetime) -> bytes:
    """One of the documents, by its name in `document_samples.DOCUMENTS`."""
    match name:
        case "form":
            return render_form(whole_form(), ANSWERS, form_aims(), SHEET, words=words, at=at)
        case "empty-form":
            return render_empty_form(whole_form(), form_aims(), SHEET, words=words, at=at)
        case "agreement":
            (agreed,) = (
                one for one in golden(AGREEMENT) if (one.version, one.name) == (agreement().version, "complete")
            )
            return render_form(agreement(), agreed.answers, agreed.aims, SHEET, words=words, at=at)
        case "empty-agreement":
            return render_empty_form(agreement(), form_aims(), SHEET, words=words, at=at)
        case _:
            sheet = replace(SHEET, language="ar", facts=(("Kandidat", "ليلى حسن Đorđević"), *SHEET.facts[1:]))
            return render_empty_form(arabic_form(), form_aims(), sheet, words=words, at=at)
