# SPDX-License-Identifier: MIT
"""How hard a passphrase is to guess: zxcvbn, which knows patterns and English, given Norwegian words as well."""

import math
import re
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from rkv_app.crypto import key_failures
from rkv_app.crypto.recovery_words import word_list
from rkv_app.foundation.resources import resources_dir

WEAKEST_ACCEPTED: Final = 3
SHORTEST: Final = 12
"""Characters; the same as when a workspace is made."""

_SUGGESTED_WORDS: Final = 6
# What comes after is not looked at: the library takes no more than 72, and its time grows with the square.
_LONGEST_LOOKED_AT: Final = 40
_STEPS: Final = (3, 6, 8, 10)
_YEARS: Final = range(1930, 2041)
_FOLDED: Final = str.maketrans({"æ": "ae", "ø": "o", "å": "a"})
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Strength:
    """How hard a passphrase is to guess.

    Attributes:
        score: 0 guessed at once, 1 easily, 2 with some work, 3 hard, 4 very hard: fewer than 10^3, 10^6, 10^8 and
            10^10 guesses, which are zxcvbn's steps.
        guesses_log10: the number of guesses, as its logarithm.
    """

    score: int
    guesses_log10: float


def strength(passphrase: str, known: Sequence[str] = ()) -> Strength:
    """Estimates how many guesses find a passphrase; only its first 40 characters count.

    It is looked at as typed and as somebody would simplify it: without accents, and without spaces between the words.
    The weakest of these is what it is worth.

    Args:
        passphrase: as typed.
        known: what somebody who guesses knows of its owner: names, organisation, the store's name.
    """
    # The library reads its dictionaries when it is imported, which only whoever chooses a passphrase waits for.
    from zxcvbn import zxcvbn  # type: ignore[import-untyped]

    words = [*(part for name in known for part in _parts(name)), *_common_words()]
    found = [_guesses_log10(zxcvbn(text, user_inputs=words)) for text in _readings(passphrase)]
    weakest = min(found, default=0.0)
    return Strength(sum(weakest >= step for step in _STEPS), weakest)


def require_strong(passphrase: str, known: Sequence[str] = ()) -> None:
    """Refuses a passphrase that somebody could guess.

    Args:
        passphrase: as typed.
        known: as for `strength`.

    Raises:
        UserError: RKV-STO-018 it has fewer than 12 characters or a score below WEAKEST_ACCEPTED.
    """
    if len(passphrase) < SHORTEST or strength(passphrase, known).score < WEAKEST_ACCEPTED:
        raise key_failures.weak_passphrase(SHORTEST)


def suggest_passphrase() -> str:
    """Six words drawn at random from the recovery list, with single spaces between: 66 bits."""
    return " ".join(secrets.choice(word_list()) for _ in range(_SUGGESTED_WORDS))


def _guesses_log10(found: dict[str, Any]) -> float:
    """Guesses for the parts that were found, in any order.

    zxcvbn adds 10,000 guesses for every part but the first, which would call any four common words very hard.
    """
    parts = found["sequence"]
    return math.log10(math.factorial(len(parts))) + sum(math.log10(part["guesses"]) for part in parts)


def _readings(passphrase: str) -> set[str]:
    composed = unicodedata.normalize("NFC", passphrase)[:_LONGEST_LOOKED_AT]
    folded = _folded(composed)[:_LONGEST_LOOKED_AT]
    return {composed, folded, _BETWEEN_WORDS.sub("", folded)} - {""}


def _parts(name: str) -> Iterator[str]:
    folded = _folded(unicodedata.normalize("NFC", name))
    yield from (part for part in (*_BETWEEN_WORDS.split(folded), _BETWEEN_WORDS.sub("", folded)) if len(part) > 1)


def _folded(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).lower().translate(_FOLDED))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


@cache
def _common_words() -> tuple[str, ...]:
    """Most likely first, since the place of a word is how many guesses it takes."""
    common = (resources_dir() / "words" / "common-nb.txt").read_text(encoding="ascii").split()
    return (*common, *(str(year) for year in reversed(_YEARS)), *word_list())
