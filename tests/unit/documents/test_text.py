# SPDX-License-Identifier: MIT
"""Text is made fit to be shown without changing what it says, and broken without losing anything."""

from hypothesis import given
from hypothesis import strategies as st

from rkv_app.documents.tagged.fonts import Typeface, can_show, text_width
from rkv_app.documents.tagged.text import UNSHOWN, broken, joined, shown

LETTERS = "æøåÆØÅ áčđŋšŧžÁČĐŊŠŦŽ ïâõäö ґєіїҐЄІЇ ъыэёЖ αβγ ąęłńśźż ğış ạếữ – — “ ” « » … § € № • ¹²³ ½"


def test_letters_of_the_languages_of_the_country_and_its_newcomers_are_kept() -> None:
    assert shown(LETTERS) == LETTERS


def test_a_letter_written_as_two_is_shown_as_one() -> None:
    assert shown("a\u030anden") == "ånden"


def test_what_cannot_be_shown_is_seen_to_be_missing() -> None:
    assert shown("漢字🙂") == UNSHOWN * 3
    assert shown("\ud800") == UNSHOWN


def test_characters_that_could_make_a_text_lie_are_left_out() -> None:
    assert shown("ja\u202ejen\u202c\u200b\x00\x1b[31m") == "jajen[31m"


def test_lines_stay_and_runs_of_spaces_do_not() -> None:
    assert shown(" a \t b\r\n c\r\rd \n") == "a b\nc\n\nd"


@given(st.text())
def test_shown_text_holds_nothing_the_typeface_lacks(text: str) -> None:
    assert all(character == "\n" or can_show(character) for character in shown(text))


@given(st.text(), st.floats(min_value=20, max_value=400))
def test_broken_lines_fit_and_together_are_the_text(text: str, width: float) -> None:
    fit = shown(text)
    lines = broken(fit, Typeface.REGULAR, 9, width)
    assert joined(lines) == fit
    for line in lines:
        assert len(line.text) <= 1 or text_width(line.text, Typeface.REGULAR, 9) <= width + 1e-6


def test_a_line_ends_at_a_space_where_there_is_one() -> None:
    lines = broken("realkompetanse i arbeidslivet", Typeface.REGULAR, 10, 90)
    assert [line.text for line in lines] == ["realkompetanse i", "arbeidslivet"]
    assert [line.glue for line in lines] == [" ", ""]
