# SPDX-License-Identifier: MIT
"""Two sets of answers are read beside each other: every question either answers, once, and in reading order."""

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.differences import pairs
from rkv_app.forms.loader import form_from_bytes

FORM = form_from_bytes(
    b"""\
id: two-answers
version: "2026.1"
title: {nb: To svar, nn: To svar, en: Two answers}
items:
  - {id: held, type: yes_no, label: {nb: Ble det holdt?, nn: Vart det halde?, en: Was it held?}}
  - id: agreed
    type: text
    label: {nb: Hva?, nn: Kva?, en: What?}
    enableWhen: {all: [{item: held, operator: "=", value: true}]}
  - id: people
    type: repeat
    label: {nb: Folk, nn: Folk, en: People}
    columns:
      - {id: name, type: text, label: {nb: Navn, nn: Namn, en: Name}}
  - id: aims
    type: aim_matrix
    required: none
    label: {nb: Kompetanse, nn: Kompetanse, en: Aims}
    columns:
      - {id: example, type: text, label: {nb: Eksempel, nn: Eksempel, en: Example}}
""",
    "two-answers.yaml",
)
AIMS = tuple(
    AimText(code=code, uri="", text=code, language="nob", set_code="KV1", set_title="Sett") for code in ("KM2", "KM1")
)


def _said(before: dict[str, object], after: dict[str, object]) -> list[tuple[str, object, object]]:
    return [
        (
            "/".join(part for part in (pair.group, pair.row, pair.item.id) if part),
            pair.first and pair.first.value,
            pair.second and pair.second.value,
        )
        for pair in pairs(FORM, before, after, AIMS)
        if pair.differs
    ]


def test_every_answered_question_stands_once_in_reading_order() -> None:
    before = {"aims/KM1/example": "B", "aims/KM2/example": "A", "held": True, "agreed": "X"}
    found = [(pair.row, pair.item.id) for pair in pairs(FORM, before, {}, AIMS)]
    assert found == [("", "held"), ("", "agreed"), ("KM2", "example"), ("KM1", "example")]
    assert found == [(pair.row, pair.item.id) for pair in pairs(FORM, {}, before, AIMS)]


def test_an_answer_that_is_not_asked_for_any_more_is_none() -> None:
    assert _said({"held": True, "agreed": "X"}, {"held": False, "agreed": "X"}) == [
        ("held", True, False),
        ("agreed", "X", None),
    ]
    assert _said({"held": True}, {"held": True}) == []


def test_rows_are_told_apart_by_what_they_are_and_not_by_their_place() -> None:
    before = {"people": ["r1", "r2"], "people/r1/name": "Kari", "people/r2/name": "Ola"}
    after = {"people": ["r2", "r3"], "people/r2/name": "Ola", "people/r3/name": "Ahmed"}
    assert _said(before, after) == [("people/1/name", "Kari", None), ("people/2/name", None, "Ahmed")]
