# SPDX-License-Identifier: MIT
"""Form files: a wrong one is told with its line in plain words, a hostile one is refused."""

import contextlib
import copy
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from rkv_app.forms.loader import MAX_BYTES, checked, form_from_bytes, read_bytes
from rkv_app.forms.model import AimMatrixItem, Form, ScaleItem
from rkv_app.foundation.errors import UserError
from support.whole_form import WHOLE

GOOD = """\
id: lunch
version: "2026.1"
title: {nb: Lunsj, nn: Lunsj, en: Lunch, se: Gaskabeaivvi borran}
items:
  - id: food
    type: choice
    label: {nb: Mat, nn: Mat, en: Food}
    options:
      - {code: soup, label: {nb: Suppe, nn: Suppe, en: Soup}}
      - {code: fish, label: {nb: Fisk, nn: Fisk, en: Fish}}
  - id: bones
    type: yes_no
    label: {nb: Bein?, nn: Bein?, en: Bones?}
    enableWhen:
      all:
        - {item: food, operator: "=", value: fish}
"""


def fault(text: str | bytes) -> tuple[str, str]:
    data = text.encode() if isinstance(text, str) else text
    with pytest.raises(UserError) as refused:
        form_from_bytes(data, "lunch.yaml")
    return refused.value.code, str(refused.value.message)


def test_a_form_says_its_words_in_each_language_and_tells_which_they_are_in_where_there_are_none() -> None:
    form = form_from_bytes(GOOD.encode(), "lunch.yaml")
    assert [form.title.text(language) for language in ("nb", "nn", "en", "se", "uk")] == [
        "Lunsj",
        "Lunsj",
        "Lunch",
        "Gaskabeaivvi borran",
        "Lunch",
    ]
    assert form.title.said("uk") == ("Lunch", "en")
    assert form.title.said("se").language == "se"
    assert form.title.said("sma") == ("Lunsj", "nb")


@pytest.mark.parametrize(
    ("before", "after", "line", "words"),
    [
        ('version: "2026.1"', "version: 2026.1", 2, "version must be text"),
        ('version: "2026.1"', "", 1, "version is missing"),
        ("nn: Mat, ", "", 7, "nn is missing"),
        ("nn: Mat", 'nn: ""', 7, "nn is empty"),
        ("type: choice", "type: chocie", 6, "type must be one of"),
        ("    type: choice\n", "", 5, "type is missing"),
        ("type: yes_no", "type: yes_no\n    colour: red", 13, "colour is not a word"),
        ("type: yes_no", "type: yes_no\n    <<: {required: true}", 13, "<< is not a word that can stand here"),
        ("id: bones", "id: food", 11, "The id food is used twice"),
        ("id: bones", "id: Bones!", 11, "characters that are not allowed"),
        ("code: fish", "code: soup", 10, "The code soup is used twice"),
        ("item: food", "item: fodo", 16, "enableWhen names fodo"),
        ("item: food", "item: bones", 16, "enableWhen names bones"),
        ("value: fish", "value: meat", 16, "food cannot be compared with = meat"),
        ('operator: "="', 'operator: ">"', 16, "food cannot be compared with > fish"),
        ('operator: "="', 'operator: "~"', 16, "operator must be one of"),
        ("all:", "none:", 15, "none is not a word"),
    ],
)
def test_a_fault_is_told_with_its_line_in_plain_words(before: str, after: str, line: int, words: str) -> None:
    assert GOOD.count(before) >= 1
    code, told = fault(GOOD.replace(before, after, 1))
    assert code == "RKV-FRM-003"
    assert told.startswith(f"lunch.yaml, line {line}: ")
    assert words in told


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("", "RKV-FRM-003", "not a form"),
        ("- a\n- b\n", "RKV-FRM-003", "not a form"),
        ("id: [a\n", "RKV-FRM-001", "not YAML"),
        ("id: a\n b: c\n", "RKV-FRM-001", "line 2"),
        (b"id: \xff\n", "RKV-FRM-001", "not YAML"),
        (b"\nid: \x00\n", "RKV-FRM-001", "not YAML"),
        ('a: "\\U7fffffff"\n', "RKV-FRM-001", "not YAML"),
        ('a: "\\Uffffffff"\n', "RKV-FRM-001", "not YAML"),
        ("a: &x 1\nb: *x\n", "RKV-FRM-002", "line 1: anchors"),
        ("a: *x\n", "RKV-FRM-002", "anchors and aliases"),
        ("a: !!python/object/apply:os.system [id]\n", "RKV-FRM-002", "tags"),
        ("a: !!str 1\n", "RKV-FRM-002", "tags"),
        ("%YAML 1.1\n---\na: yes\n", "RKV-FRM-002", "directives"),
        ("a: 1\n---\nb: 2\n", "RKV-FRM-002", "line 2: the file must hold one document"),
        ("a: 1\nb: 2\na: 3\n", "RKV-FRM-002", "line 3: the key a stands twice"),
        ("? [a, b]\n: 1\n", "RKV-FRM-002", "a key must be a plain word"),
        ("? {a: b}\n: 1\n", "RKV-FRM-002", "a key must be a plain word"),
        ("a: &x {b: 1}\nc:\n  <<: *x\n", "RKV-FRM-002", "anchors and aliases"),
        ("id: a\nid: a\n", "RKV-FRM-002", "line 2: the key id stands twice"),
        ("? &x a\n: 1\n", "RKV-FRM-002", "a key must be a plain word"),
        ("{" * 9_000, "RKV-FRM-002", "a key must be a plain word"),
        ("{a: " * 2_000, "RKV-FRM-002", "nested too deep"),
        ("id: a\n" + "!" * 20_000, "RKV-FRM-002", "line 2: the line is too long"),
        ("[" * 9_000, "RKV-FRM-002", "nested too deep"),
        ("- " * 5_000, "RKV-FRM-002", "nested too deep"),
        ("[" + "1,\n" * 60_000 + "1]", "RKV-FRM-002", "too many values"),
        ("a: x\n" * MAX_BYTES, "RKV-FRM-002", "larger than 1 MiB"),
    ],
)
def test_yaml_that_does_not_belong_in_a_form_is_refused(text: str | bytes, code: str, words: str) -> None:
    found, told = fault(text)
    assert (found, words in told) == (code, True)


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    started = time.process_time()
    assert fault("\n".join(lines))[0] == "RKV-FRM-002"
    assert time.process_time() - started < 1


def test_the_answer_to_a_norwegian_no_is_a_word_and_not_false() -> None:
    text = GOOD.replace("nb: Suppe", "nb: no").replace("nn: Suppe", "nn: 'true'")
    option = form_from_bytes(text.encode(), "lunch.yaml").items[0].options[0]  # type: ignore[union-attr]
    assert (option.label.nb, option.label.nn) == ("no", "true")


def test_a_file_with_a_byte_order_mark_and_windows_line_ends_loads() -> None:
    data = b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode()
    assert form_from_bytes(data, "lunch.yaml") == form_from_bytes(GOOD.encode(), "lunch.yaml")


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        read_bytes(tmp_path / "lunch.yaml")
    assert refused.value.code == "RKV-SYS-004"


def test_a_scale_knows_its_steps_and_what_stands_apart() -> None:
    text = GOOD.replace("type: choice", "type: scale").replace("{code: soup,", "{code: soup, apart: true,")
    scale = form_from_bytes(text.encode(), "lunch.yaml").items[0]
    assert isinstance(scale, ScaleItem)
    assert [scale.step(code) for code in ("soup", "fish", "meat")] == [None, 0, None]


def test_a_column_may_only_look_at_columns_before_it_in_the_same_row() -> None:
    text = (
        GOOD
        + """\
  - id: dishes
    type: aim_matrix
    label: {nb: Retter, nn: Rettar, en: Dishes}
    columns:
      - id: taste
        type: text
        label: {nb: Smak, nn: Smak, en: Taste}
      - id: why
        type: text
        label: {nb: Hvorfor, nn: Kvifor, en: Why}
        enableWhen: {any: [{item: taste, operator: exists, value: true}]}
"""
    )
    matrix = form_from_bytes(text.encode(), "lunch.yaml").find("dishes")
    assert isinstance(matrix, AimMatrixItem)
    assert "enableWhen names food" in fault(text.replace("item: taste", "item: food"))[1]


@given(st.text(max_size=300))
def test_no_text_at_all_is_a_crash(text: str) -> None:
    assert fault(text.encode("utf-8", "surrogatepass"))[0].startswith("RKV-FRM-00")


@given(
    at=st.integers(0, len(WHOLE) - 1),
    length=st.integers(0, 12),
    put=st.text(alphabet="abc:-[]{}&*!|>'\"%@# \n\t0_", max_size=6),
)
def test_no_slip_of_the_pen_is_a_crash(at: int, length: int, put: str) -> None:
    with contextlib.suppress(UserError):
        form_from_bytes((WHOLE[:at] + put + WHOLE[at + length :]).encode(), "whole.yaml")


KEYS = st.sampled_from([*dict.fromkeys(re.findall(r"([A-Za-z_]+): ", WHOLE)), "<<", "migrations", "x"])
WHOLE_VALUE: Any = YAML(typ="safe", pure=True).load(WHOLE)
WORDS = st.sampled_from(["text", "repeat", "today", "a/b", ">=", "nb", "", "æ"])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(data=st.data())
def test_no_shape_of_values_in_place_of_others_is_a_crash(data: st.DataObject) -> None:
    value = copy.deepcopy(WHOLE_VALUE)
    here = value
    for _ in range(data.draw(st.integers(1, 6))):
        keys = list(here) if isinstance(here, dict) else list(range(len(here)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(here[key], dict | list) or not here[key]:
            break
        here = here[key]
    keys = list(here) if isinstance(here, dict) else list(range(len(here)))
    here[data.draw(st.sampled_from(keys))] = data.draw(PLAIN)
    assert isinstance(checked(value), Form | tuple)
