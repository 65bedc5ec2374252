# SPDX-License-Identifier: MIT
"""A form whose questions stand in tables: of several answers, of one, of a scale, and of yes and no."""

from collections.abc import Sequence

from rkv_app.forms.loader import checked, form_from_bytes
from rkv_app.forms.model import Form

_OPTIONS = """\
            - {code: me, label: {nb: Meg selv, nn: Meg sjølv, en: Myself, ar: أنا}}
            - {code: you, label: {nb: Deg, nn: Deg, en: You, ar: أنت}, hint: {nb: Veilederen, nn: Rettleiaren,
               en: The supervisor, ar: المشرف}}
            - {code: county, label: {nb: Fylkeskommunen, nn: Fylkeskommunen, en: The county, ar: المقاطعة}}
"""
_FORM = """\
id: tables
version: "2026.1"
title: {nb: Tabeller, nn: Tabellar, en: Tables, ar: جداول}
items:
  - id: several
    type: section
    appearance: table
    label: {nb: Hvem gjør hva?, nn: Kven gjer kva?, en: Who does what?, ar: من يفعل ماذا؟}
    hint: {nb: Velg alle., nn: Vel alle., en: Choose all.}
    items:
SEVERAL
  - id: one
    type: section
    appearance: table
    label: {nb: Hvor ofte?, nn: Kor ofte?, en: How often?}
    items:
ONE
  - id: sure
    type: section
    appearance: table
    label: {nb: Er det slik?, nn: Er det slik?, en: Is it so?}
    items:
      - {id: safe, type: yes_no, notObserved: true, label: {nb: Trygt?, nn: Trygt?, en: Safe?}}
      - {id: kind, type: yes_no, notObserved: true, label: {nb: Vennlig?, nn: Venleg?, en: Kind?}}
  - {id: after, type: text, label: {nb: Mer, nn: Meir, en: More}}
"""


def _row(item_id: str, kind: str, words: tuple[str, str, str], more: str = "") -> str:
    nb, nn, en = words
    return (
        f"      - id: {item_id}\n        type: {kind}\n        label: {{nb: {nb}, nn: {nn}, en: {en}}}\n"
        f"{more}        options:\n{_OPTIONS}"
    )


_WHEN = '        enableWhen: {all: [{item: wash, operator: "=", value: you}]}\n'
_HINT = "        hint: {nb: Også om kvelden., nn: Òg om kvelden., en: In the evening too.}\n"
TABLE_FORM = _FORM.replace(
    "SEVERAL\n",
    _row("wash", "choices", ("Vasker", "Vaskar", "Washes"))
    + _row("lock", "choices", ("Låser", "Låser", "Locks"), _HINT)
    + _row("call", "choices", ("Ringer", "Ringjer", "Calls"), _WHEN),
).replace(
    "ONE\n", _row("early", "choice", ("Tidlig", "Tidleg", "Early")) + _row("late", "choice", ("Sent", "Seint", "Late"))
)


def table_form() -> Form:
    """The form."""
    return form_from_bytes(TABLE_FORM.encode(), "tables.yaml")


def one_table(rows: Sequence[str], options: Sequence[str], *, only_when_asked: bool = False) -> Form:
    """A form of a yes or no (`asked`) and one table of choices, whose options are `c0`, `c1` and so on."""

    def said(words: str) -> dict[str, str]:
        return dict.fromkeys(("nb", "nn", "en"), words)

    when = {"enableWhen": {"all": [{"item": "asked", "operator": "=", "value": True}]}} if only_when_asked else {}
    codes = [{"code": f"c{number}", "label": said(words)} for number, words in enumerate(options)]
    items = [{"id": row, "type": "choice", "label": said(row), "options": codes, **when} for row in rows]
    asked = {"id": "asked", "type": "yes_no", "label": said("Asked")}
    table = {"id": "table", "type": "section", "appearance": "table", "label": said("Table"), "items": items}
    form = checked({"id": "one-table", "version": "2026.1", "title": said("One"), "items": [asked, table]})
    assert isinstance(form, Form), form
    return form
