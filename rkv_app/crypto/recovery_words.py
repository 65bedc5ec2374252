# SPDX-License-Identifier: MIT
"""The words of a recovery sheet: 256 random bits and a check, as 24 words that any keyboard types.

The arithmetic is BIP-39's: the secret, then the first 8 bits of its SHA-256, cut into 24 numbers of 11 bits. The list
is our own, Norwegian, and frozen: no two words begin with the same four letters or are one letter apart.
"""

import bisect
import hashlib
import re
import secrets
import unicodedata
from functools import cache
from typing import Final

from rkv_app.crypto import key_failures
from rkv_app.foundation.resources import resources_dir

WORDS: Final = 24

_SECRET_BYTES: Final = 32
_BITS: Final = 11
_CHECK_BITS: Final = 8
_SHORTEST_PREFIX: Final = 4
_MOST_SUGGESTIONS: Final = 8
# Everything else separates: spaces, line breaks, commas, and the numbers that stand before the words on the sheet.
_WORD: Final = re.compile(r"[^\W\d_]+")


@cache
def word_list() -> tuple[str, ...]:
    """The 2,048 words, sorted; a word stands for its place, from 0."""
    text = (resources_dir() / "words" / "recovery-nb.txt").read_text(encoding="ascii")
    return tuple(text.split())


def new_recovery_words() -> str:
    """Fresh recovery words with single spaces between: the secret of a recovery slot."""
    secret = secrets.token_bytes(_SECRET_BYTES)
    number = int.from_bytes(secret + _check(secret), "big")
    places = [number >> (_BITS * place) & ((1 << _BITS) - 1) for place in reversed(range(WORDS))]
    return " ".join(word_list()[place] for place in places)


def recovery_secret(text: str) -> bytes:
    """The 32-byte secret of recovery words as somebody typed them.

    Case, spaces, line breaks, punctuation and numbers do not matter, and the first four letters of a word are enough.
    Of all mistakes that leave 24 words of the list, the check lets one in 256 through, which then opens nothing.

    Raises:
        UserError: RKV-STO-008 (LOCKED), telling which word is unknown, how many there are, or that they do not fit.
    """
    typed = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    places = [_place(word, number) for number, word in enumerate(typed[: WORDS + 1], start=1)]
    if len(typed) != WORDS:
        raise key_failures.wrong_word_count(len(typed), WORDS)
    number = 0
    for place in places:
        number = number << _BITS | place
    secret, check = (number >> _CHECK_BITS).to_bytes(_SECRET_BYTES, "big"), number & ((1 << _CHECK_BITS) - 1)
    if bytes([check]) != _check(secret):
        raise key_failures.words_do_not_fit()
    return secret


def suggestions(prefix: str) -> tuple[str, ...]:
    """The first words, at most eight, that what was typed so far can become; none for nothing."""
    start = unicodedata.normalize("NFC", prefix).strip().lower()
    if not start:
        return ()
    words = word_list()
    first = bisect.bisect_left(words, start)
    return tuple(word for word in words[first : first + _MOST_SUGGESTIONS] if word.startswith(start))


def place_of(word: str) -> int | None:
    """The place of a word in the list, given in small letters, whole or its first four at least; None for no word."""
    words = word_list()
    place = bisect.bisect_left(words, word)
    known = place < len(words) and (
        words[place] == word or (len(word) >= _SHORTEST_PREFIX and words[place].startswith(word))
    )
    return place if known else None


def _place(word: str, number: int) -> int:
    place = place_of(word)
    if place is None:
        raise key_failures.unknown_word(number)
    return place


def _check(secret: bytes) -> bytes:
    return hashlib.sha256(secret).digest()[: _CHECK_BITS // 8]
