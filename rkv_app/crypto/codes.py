# SPDX-License-Identifier: MIT
"""Spoken codes: machine-made secrets that one person reads to another on another channel than the packet travels.

A code is 20 random digits (66 bits). Users can not choose one: a chosen code would be guessed offline.
"""

import secrets
import unicodedata
from typing import Final

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message

_DIGITS: Final = 20
_GROUP: Final = 5
_SEPARATORS: Final = frozenset(" \t\r\n\u00a0\u202f-\u2013.")


def new_spoken_code() -> str:
    """A fresh code in four groups of five digits, "12345 12345 12345 12345"."""
    digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}d}"
    return " ".join(digits[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def normalised_code(text: str) -> str:
    """The 20 digits of a code as a person typed it, without spaces, hyphens and full stops.

    Raises:
        UserError: RKV-PKT-007, something other than 20 digits is left.
    """
    digits = "".join(_digit(sign) for sign in text if sign not in _SEPARATORS)
    if len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        raise UserError(
            "RKV-PKT-007",
            message("A spoken code has 20 digits."),
            message("Nothing was changed. Type the four groups of five digits as they were read to you."),
            ExitStatus.REFUSED,
        )
    return digits


def _digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
