# SPDX-License-Identifier: MIT
"""Whoever types the words of a recovery sheet is told which word is none, and never that a right one is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.crypto.recovery_words import word_list
from rkv_app.usecases.type_recovery_words import first_unknown, split_words, suggestions

WORDS = st.lists(st.sampled_from(word_list()), min_size=1, max_size=24)


@given(words=WORDS, finished=st.booleans())
def test_words_of_the_list_are_known_however_they_are_separated(words: list[str], finished: bool) -> None:
    for text in (" ".join(words), "\n".join(f"{n}. {word.upper()}," for n, word in enumerate(words, start=1))):
        assert first_unknown(text, finished=finished) is None
        assert split_words(text) == words


@given(words=WORDS)
def test_four_letters_of_a_word_are_enough(words: list[str]) -> None:
    assert first_unknown(" ".join(word[:4] for word in words), finished=True) is None


@given(words=WORDS, at=st.integers(0, 23))
def test_the_first_word_that_is_none_is_told_by_its_number(words: list[str], at: int) -> None:
    place = min(at, len(words))
    assert first_unknown(" ".join([*words[:place], "qqqq", *words[place:]]), finished=True) == place + 1


@pytest.mark.parametrize(("typed", "finished", "unknown"), [("sv", False, None), ("sv", True, 1), ("sv ", False, 1)])
def test_a_word_that_is_being_typed_is_not_yet_wrong(typed: str, finished: bool, unknown: int | None) -> None:
    assert suggestions("sv")
    assert first_unknown(typed, finished=finished) == unknown
