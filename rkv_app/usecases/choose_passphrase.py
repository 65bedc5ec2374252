# SPDX-License-Identifier: MIT
"""How hard a passphrase is to guess while it is typed, and one that is hard."""

from dataclasses import dataclass

from rkv_app.crypto import strength


@dataclass(frozen=True, slots=True)
class PassphraseRating:
    """What a passphrase is worth.

    Attributes:
        steps: 0 to 4; a store takes one of 3 and up.
        is_short: whether it has fewer characters than a store takes.
    """

    steps: int
    is_short: bool


SHORTEST = strength.SHORTEST
ENOUGH = strength.WEAKEST_ACCEPTED


def rate_passphrase(typed: str) -> PassphraseRating:
    """Rates a passphrase as far as it is typed."""
    return PassphraseRating(strength.strength(typed).score, len(typed) < SHORTEST)


def suggest_passphrase() -> str:
    """Six ordinary words, drawn at random."""
    return strength.suggest_passphrase()
