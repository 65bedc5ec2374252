# SPDX-License-Identifier: MIT
"""When an item is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.forms.answers import asked, hidden_answers, relevant_answers, shown_items
from rkv_app.forms.loader import form_from_bytes
from rkv_app.forms.model import Form

FORM = """\
id: conditions
version: "2026.1"
title: {nb: a, nn: a, en: a}
items:
  - {id: works, type: yes_no, label: {nb: a, nn: a, en: a}}
  - id: level
    type: scale
    label: {nb: a, nn: a, en: a}
    options:
      - {code: unseen, apart: true, label: {nb: a, nn: a, en: a}}
      - {code: low, label: {nb: a, nn: a, en: a}}
      - {code: middle, label: {nb: a, nn: a, en: a}}
      - {code: high, label: {nb: a, nn: a, en: a}}
  - id: ways
    type: choices
    label: {nb: a, nn: a, en: a}
    options:
      - {code: seen, label: {nb: a, nn: a, en: a}}
      - {code: told, label: {nb: a, nn: a, en: a}}
  - {id: day, type: date, label: {nb: a, nn: a, en: a}}
  - {id: words, type: text, label: {nb: a, nn: a, en: a}}
  - id: target
    type: text
    label: {nb: a, nn: a, en: a}
    enableWhen: WHEN
  - id: box
    type: section
    label: {nb: a, nn: a, en: a}
    enableWhen: {all: [{item: target, operator: exists, value: true}]}
    items:
      - {id: note, type: note, label: {nb: a, nn: a, en: a}}
      - {id: inner, type: text, label: {nb: a, nn: a, en: a}}
"""


def form_when(when: str) -> Form:
    return form_from_bytes(FORM.replace("WHEN", when).encode(), "conditions.yaml")


def is_asked(when: str, answers: dict[str, object]) -> bool:
    return "target" in shown_items(form_when(when), answers, ())


@pytest.mark.parametrize(
    ("condition", "answers", "expected"),
    [
        ("{item: works, operator: exists, value: true}", {"works": False}, True),
        ("{item: works, operator: exists, value: true}", {}, False),
        ("{item: works, operator: exists, value: false}", {}, True),
        ("{item: works, operator: exists, value: false}", {"works": True}, False),
        ("{item: words, operator: exists, value: true}", {"words": "   "}, False),
        ("{item: works, operator: '=', value: true}", {"works": True}, True),
        ("{item: works, operator: '=', value: true}", {"works": False}, False),
        ("{item: works, operator: '!=', value: true}", {"works": False}, True),
        ("{item: works, operator: '!=', value: true}", {}, False),
        ("{item: works, operator: '=', value: true}", {"works": 1}, False),
        ("{item: level, operator: '>', value: low}", {"level": "middle"}, True),
        ("{item: level, operator: '>', value: low}", {"level": "low"}, False),
        ("{item: level, operator: '>=', value: low}", {"level": "low"}, True),
        ("{item: level, operator: '<', value: high}", {"level": "middle"}, True),
        ("{item: level, operator: '<', value: high}", {"level": "unseen"}, False),
        ("{item: level, operator: '<=', value: low}", {"level": "high"}, False),
        ("{item: level, operator: '!=', value: unseen}", {"level": "low"}, True),
        ("{item: ways, operator: '=', value: seen}", {"ways": ["told", "seen"]}, True),
        ("{item: ways, operator: '!=', value: seen}", {"ways": ["told"]}, True),
        ("{item: ways, operator: '!=', value: seen}", {"ways": []}, False),
        ("{item: day, operator: '>=', value: '2026-01-01'}", {"day": "2026-01-01"}, True),
        ("{item: day, operator: '<', value: '2026-01-01'}", {"day": "2026-01-01"}, False),
        ("{item: day, operator: '=', value: '2026-01-01'}", {"day": "2026-01-01"}, True),
        ("{item: words, operator: '=', value: ja}", {"words": "ja"}, True),
    ],
)
def test_each_operator(condition: str, answers: dict[str, object], expected: bool) -> None:
    assert is_asked(f"{{all: [{condition}]}}", answers) is expected


def test_all_needs_every_condition_and_any_needs_one() -> None:
    two = "[{item: works, operator: '=', value: true}, {item: words, operator: exists, value: true}]"
    one_holds: dict[str, object] = {"works": True}
    assert not is_asked(f"{{all: {two}}}", one_holds)
    assert is_asked(f"{{any: {two}}}", one_holds)
    assert is_asked(f"{{all: {two}}}", {"works": True, "words": "x"})


def test_what_hangs_on_a_hidden_answer_is_hidden_with_it_and_comes_back_with_it() -> None:
    form = form_when("{all: [{item: works, operator: '=', value: true}]}")
    answers: dict[str, object] = {"works": True, "target": "text", "inner": "more"}
    assert relevant_answers(form, answers, ()) == answers
    answers["works"] = False
    assert relevant_answers(form, answers, ()) == {"works": False}
    assert hidden_answers(form, answers, ()) == ("target", "inner")
    assert {"target", "box", "note", "inner"}.isdisjoint(shown_items(form, answers, ()))


EITHER = form_when("{any: [{item: level, operator: '>', value: low}, {item: ways, operator: '=', value: seen}]}")
VALUES = st.none() | st.booleans() | st.sampled_from(["", "low", "high", "seen", "2026-01-01", "x"]) | st.just(["seen"])


@given(st.dictionaries(st.sampled_from(["works", "level", "ways", "day", "words", "target", "inner", "ghost"]), VALUES))
def test_every_answer_either_counts_or_is_named_as_hidden_or_is_wrong(answers: dict[str, object]) -> None:
    form = EITHER
    counting = relevant_answers(form, answers, ())
    hidden = set(hidden_answers(form, answers, ()))
    assert hidden.isdisjoint(counting)
    assert counting.keys() <= {part.path for part in asked(form, answers, ())}  # type: ignore[union-attr]
    assert all(counting[path] == answers[path] for path in counting)
