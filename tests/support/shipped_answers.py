# SPDX-License-Identifier: MIT
"""Every form that the app ships, and every golden set of answers to one, found where they lie."""

from collections.abc import Mapping
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.resources import forms_dir
from support.golden_answers import golden
from support.table_forms import table_form
from support.whole_form import AIMS, ANSWERS, L, whole_form

TRICKY = """\
id: tricky
version: "2026.2"
title: {nb: "=1+1", nn: "yes", en: "2026.1"}
description: {nb: "to\\nlinjer", nn: "'", en: '"'}
migrations:
  - {from: "2025.1", renamed: {was: t}, codes: {s: {x: a}, t: {}}, dropped: [gone, r/x]}
  - {from: "2026.1"}
items:
  - {id: n, type: note, label: L, hint: L, guidance: L}
  - {id: t, type: text, label: {nb: "=cmd()", nn: "it's", en: "_x000D_"}, hint: L}
  - id: s
    type: scale
    label: L
    constraints:
      - {code: low, operator: ">=", value: a, message: L}
      - {code: high, operator: "!=", value: b, message: {nb: To, nn: To, en: Two, pl: Dwa}}
    options:
      - {code: a, label: L, hint: {nb: h, nn: h, en: h}, score: -1}
      - {code: b, label: L, score: 0}
      - {code: z, label: L, apart: true}
  - {id: y, type: yes_no, label: L, notObserved: true}
  - {id: p, type: period, label: L, required: true, openEnd: true, max: today}
  - {id: a1, type: note, label: L, enableWhen: {all: [{item: s, operator: ">", value: a}]}}
  - {id: a2, type: note, label: L, enableWhen: {any: [{item: t, operator: "=", value: "it's \\"so\\""}]}}
  - {id: a3, type: note, label: L, enableWhen: {any: [{item: t, operator: "=", value: ""}]}}
  - {id: a4, type: note, label: L, enableWhen: {any: [{item: y, operator: "!=", value: not_observed}]}}
  - {id: a5, type: note, label: L, enableWhen: {all: [{item: p, operator: exists, value: false}]}}
  - id: a6
    type: note
    label: L
    enableWhen: {all: [{item: s, operator: ">", value: b}, {item: y, operator: "=", value: true}]}
  - id: r
    type: repeat
    label: L
    columns:
      - {id: t, type: text, label: L}
      - {id: from, type: date, label: L, min: "2020-01-01"}
      - {id: y, type: date, label: L, enableWhen: {any: [{item: from, operator: exists, value: true}]}}
  - {id: f, type: attachment, label: L, accept: [image], max: 3}
""".replace(" L", f" {L}")

FORMS = Forms(forms_dir())


@dataclass(frozen=True, slots=True)
class Given:
    """One set of answers, and the aims that were asked about."""

    name: str
    form: Form
    answers: Mapping[str, object]
    aims: tuple[AimText, ...]


def every_form() -> list[Form]:
    """All shipped forms, the one with every type of item, and those with what is easily lost on the way."""
    return [
        whole_form(),
        form_from_bytes(TRICKY.encode(), ""),
        table_form(),
        *(FORMS.get(entry.form_id, entry.version) for entry in FORMS.entries()),
    ]


def every_answer() -> list[Given]:
    """The answers to the form with every type, and all golden ones."""
    return [
        Given("whole", whole_form(), ANSWERS, AIMS),
        Given("nothing", whole_form(), {}, ()),
        *(Given(str(one), FORMS.get(one.form_id, one.version), one.answers, one.aims) for one in golden()),
    ]
