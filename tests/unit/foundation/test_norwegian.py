# SPDX-License-Identifier: MIT
"""What is typed finds what is stored, and lists stand as they do in a Norwegian telephone directory."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rkv_app.foundation.norwegian import fold, folded_beginnings, sort_key

# Letters that differ in what they do to one another, and a little of everything else.
LETTERS = st.text(st.sampled_from("aAeEoOåÅæÆøØäöüÜéčđŋßþzZ09 -'.\u0308\u030aйЖش٣中")) | st.text()
NAMES = st.text(st.sampled_from("aAbkoeåÅæøäöZz19 -"), max_size=12)
# As PostgreSQL sorts them with the ICU collation nb-NO.
DIRECTORY = [
    "2. avdeling",
    "10. avdeling",
    "Anne Berg",
    "Anneberg",
    "Čiekčamánnu",
    "Dahl",
    "Đorđević",
    "Zara",
    "Ærlig",
    "Ärlig",
    "Ødegård",
    "Øyvind",
    "ås",
    "aase",
    "Åse",
    "Жанна",
    "سارة",
]


@pytest.mark.parametrize(
    ("stored", "typed"),
    [
        ("Ødegård", "odegard"),
        ("Ødegård", "Oedegaard"),
        ("Ærlig", "aerlig"),
        ("Ærlig", "ärlig"),
        ("Åse", "AASE"),
        ("Sárá Ánne Čiekčamánnu", "sara anne ciekcamannu"),
        ("Đuŋŧo Žofia Šimić", "dunto zofia simic"),
        ("Weiß Łukasz Þór Guðrún", "weiss lukasz thor gudrun"),
        ("Anne-Marie  O'Brien", "anne marie o brien"),
        ("sam\u00adarbeid", "samarbeid"),
        ("№ ４２", "no 42"),
        ("Жанна", "ЖАННА"),
    ],
)
def test_what_is_typed_without_the_right_keyboard_finds_what_is_stored(stored: str, typed: str) -> None:
    assert fold(stored) == fold(typed) != ""


def test_letters_of_other_scripts_stay_apart_from_one_another() -> None:
    assert len({fold(name) for name in ("Жанна", "Канна", "سارة", "سمية", "李", "王")}) == 6


@given(LETTERS)
@example("aaa aae aoe oee oaeae blåe")
def test_folding_twice_or_in_another_form_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    for form in ("NFC", "NFD", "NFKD"):
        assert fold(unicodedata.normalize(form, text)) == folded


def test_every_letter_there_is_folds_the_same_in_every_form() -> None:
    scripts = (range(0x3100), range(0xA640, 0xABC0), range(0xFB00, 0x10000), range(0x10400, 0x10D00))
    letters = [chr(number) for script in scripts for number in script]
    wrong = [
        letter
        for letter in letters
        for other in (letter.upper(), letter.lower(), unicodedata.normalize("NFD", letter), fold(letter))
        if fold(other) != fold(letter)
    ]
    assert wrong == []


@given(LETTERS)
def test_a_folded_text_is_letters_and_digits_with_single_blanks(text: str) -> None:
    assert all(word.isalnum() for word in fold(text).split(" ") if fold(text))


@given(st.text(st.sampled_from("aeoåæøkML -")), st.text(st.sampled_from("aeoåæøkML -")))
@example("Mika", "el")
@example("Joa", "e")
def test_a_name_is_found_at_every_letter_while_it_is_typed(beginning: str, rest: str) -> None:
    assert fold(beginning + rest).startswith(folded_beginnings(beginning))


def test_a_list_stands_as_in_a_norwegian_directory() -> None:
    assert sorted(set(DIRECTORY), key=sort_key) == DIRECTORY


@pytest.mark.parametrize(
    "names",
    [
        ("Zara", "Ærlig", "Ødegård", "Øyvind", "ås", "aase", "Åse"),
        ("år", "aar", "År", "Aar", "AAR"),
        ("cote", "coté", "côte"),
        ("per", "Per", "PER", "Pér"),
        ("Weiss", "Weiß"),
        ("Mylder", "Müller", "Myrvold"),
        ("Anne Marie", "Anne-Marie Aas", "Annemarie"),
        ("avdeling 007", "avdeling 8", "avdeling 30", "avdeling A"),
        ("", "1", "a", "z", "æ", "ø", "å", "б"),
    ],
)
def test_one_thing_decides_after_another(names: tuple[str, ...]) -> None:
    keys = [sort_key(name) for name in names]
    assert keys == sorted(set(keys))


@given(LETTERS)
@example("9" * 5000)
@example("\ufdfa" * 500)
def test_a_sort_key_is_short_printable_ascii_whatever_the_text_and_its_form(text: str) -> None:
    key = sort_key(text)
    assert key.isascii()
    assert key.isprintable()
    assert len(key) < 4000
    for form in ("NFC", "NFD"):
        assert sort_key(unicodedata.normalize(form, text)) == key


@given(NAMES, NAMES)
def test_a_shorter_name_comes_before_a_longer_one_that_begins_with_it(name: str, rest: str) -> None:
    assert sort_key(name) <= sort_key(name + rest)


@given(NAMES, NAMES)
def test_accents_and_case_decide_only_between_names_of_the_same_letters(one: str, other: str) -> None:
    first_level = [sort_key(name).split(" ")[0] for name in (one, other)]
    if first_level[0] != first_level[1]:
        assert (sort_key(one) < sort_key(other)) == (sort_key(one.upper()) < sort_key(other.upper()))


def test_keys_that_stores_hold_already_stay_as_they_are() -> None:
    assert sort_key("Ödegård 12, Aas") == "|deg}rd!0212!}s 100308 20000000003"
    assert sort_key("Žeņa Ж") == "zena!~00436 10030c0100327 200002"
