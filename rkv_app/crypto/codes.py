# SPDX-License-Identifier: MIT
"""Spoken codes: machine-made secrets that one person reads to another on another channel than the packet travels.

A code is a number of 66 random bits, said as 20 digits or as six words of the recovery list: two ways to say the same
secret, and whoever types it may use either. Users can not choose one: a chosen code would be guessed offline.
"""

import re
import secrets
import unicodedata
from collections.abc import Sequence
from typing import Final

from rkv_app.crypto.recovery_words import place_of, word_list
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message

CODE_WORDS: Final = 6

_DIGITS: Final = 20
_GROUP: Final = 5
_BITS: Final = 11
_SEPARATORS: Final = frozenset(" \t\r\n\u00a0\u202f-\u2013.")
# As on a recovery sheet: everything else separates, also the numbers that stand before the words.
_WORD: Final = re.compile(r"[^\W\d_]+")
_LONGEST: Final = 1000


def new_spoken_code() -> str:
    """A fresh code in four groups of five digits, "12345 12345 12345 12345"."""
    return _grouped(secrets.randbits(_BITS * CODE_WORDS))


def code_words(code: str) -> tuple[str, ...]:
    """The six words that say the same as the digits of a code; none for a code older than its words.

    Codes were any 20 digits at first, and one in four of those is larger than six words can say.

    Raises:
        UserError: as `normalised_code`.
    """
    number = int(normalised_code(code))
    if number >> (_BITS * CODE_WORDS):
        return ()
    words = word_list()
    return tuple(words[number >> (_BITS * at) & ((1 << _BITS) - 1)] for at in reversed(range(CODE_WORDS)))


def normalised_code(text: str) -> str:
    """The 20 digits of a code as a person typed it: as digits, or as the six words that say the same.

    Spaces, hyphens and full stops do not matter between digits. Between words nothing but letters matters, capitals
    are as good as small letters, and the first four letters of a word are enough.

    Raises:
        UserError: RKV-PKT-007, it is neither 20 digits nor six words of the list; the word that is wrong is told by
            its place.
    """
    if len(text) > _LONGEST:
        raise _neither()
    words = _typed_words(text)
    if words:
        return _digits_of(words)
    digits = "".join(_digit(sign) for sign in text if sign not in _SEPARATORS)
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        raise _neither()
    return digits


def wrong_so_far(text: str) -> Message | None:
    """What is wrong with a code that is still being typed: a finished word that no code has, or one too many."""
    words = _typed_words(text[:_LONGEST])
    finished = words if not text or not text[-1].isalpha() else words[:-1]
    return _wrong_word(finished) or (_too_many() if len(words) > CODE_WORDS else None)


def _typed_words(text: str) -> list[str]:
    return _WORD.findall(unicodedata.normalize("NFC", text).lower())


def _digits_of(words: Sequence[str]) -> str:
    wrong = _wrong_word(words[:CODE_WORDS])
    if wrong is not None:
        raise _refused(wrong)
    if len(words) > CODE_WORDS:
        raise _refused(_too_many())
    if len(words) < CODE_WORDS:
        raise _refused(message("Word {n} of the code is missing.", n=len(words) + 1))
    number = 0
    for word in words:
        number = number << _BITS | (place_of(word) or 0)
    return f"{number:0{_DIGITS}d}"


def _wrong_word(words: Sequence[str]) -> Message | None:
    wrong = next((number for number, word in enumerate(words, start=1) if place_of(word) is None), None)
    return None if wrong is None else message("Word {n} is not one of the words that codes are made of.", n=wrong)


def _too_many() -> Message:
    return message("A spoken code has {n} words, and more than that stand here.", n=CODE_WORDS)


def _neither() -> UserError:
    return _refused(message("A spoken code has six words or 20 digits."))


def _refused(why: Message) -> UserError:
    return UserError(
        "RKV-PKT-007",
        why,
        message("Nothing was changed. Type the code as it was read to you; none of its words has an æ, ø or å."),
        ExitStatus.REFUSED,
    )


def _grouped(number: int) -> str:
    digits = f"{number:0{_DIGITS}d}"
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
