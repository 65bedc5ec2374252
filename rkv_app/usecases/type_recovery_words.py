# SPDX-License-Identifier: MIT
"""Help with typing the words of a recovery sheet: what a word may become, and which one is none."""

import re
from collections.abc import Sequence
from typing import Final

from rkv_app.crypto import recovery_words

WORDS: Final = recovery_words.WORDS
"""How many words a sheet has."""
ENOUGH: Final = 4
"""How many letters of a word are enough: no other word begins with them."""
_WORD: Final = re.compile(r"[^\W\d_]+")


def suggestions(begun: str) -> Sequence[str]:
    """The first words of the list that begin as `begun` does."""
    return recovery_words.suggestions(begun)


def split_words(typed: str) -> list[str]:
    """The words of what was typed, without what stands between them: blanks, line breaks, commas, numbers."""
    return _WORD.findall(typed.lower())


def first_unknown(typed: str, *, finished: bool) -> int | None:
    """The number, from 1, of the first word that is on no sheet; None where all are.

    Args:
        typed: the words so far.
        finished: whether the last word is whole; else it may be the beginning of one.
    """
    given = split_words(typed)
    last_is_open = not finished and typed[-1:].isalpha()
    for number, word in enumerate(given, start=1):
        begin_like_it = recovery_words.suggestions(word)
        is_beginning = bool(begin_like_it) and (len(word) >= ENOUGH or (last_is_open and number == len(given)))
        if not is_beginning and word not in begin_like_it:
            return number
    return None
