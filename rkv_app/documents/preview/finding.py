# SPDX-License-Identifier: MIT
"""What text of a page counts as shown, and where some words stand in it: one rule for the program and the child."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

_BREAKS: Final = "\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"


def shown(signs: Iterable[str]) -> tuple[str, tuple[int, ...]]:
    """Text without signs that nobody sees, which could turn a line around or hide part of it.

    Returns the text, its lines ended by a line feed and none of them blank at either end of it, and for each sign of
    the text the place that it had in `signs`.
    """
    kept: list[tuple[str, int]] = []
    before = ""
    for at, sign in enumerate(signs):
        if sign == "\r" or sign in _BREAKS:
            # A carriage return and a line feed are one end of a line.
            if not (sign == "\n" and before == "\r"):
                kept.append(("\n", at))
        elif sign == "\t" or unicodedata.category(sign)[0] != "C":
            kept.append((sign, at))
        before = sign
    first, last = 0, len(kept)
    while first < last and kept[first][0].isspace():
        first += 1
    while last > first and kept[last - 1][0].isspace():
        last -= 1
    return "".join(sign for sign, _ in kept[first:last]), tuple(at for _, at in kept[first:last])


def places(text: str, wanted: str) -> Sequence[tuple[int, int]]:
    """Where some words begin and end, large letters or small, also where a line breaks between them."""
    parts = wanted.split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return tuple(found.span() for found in pattern.finditer(text))
