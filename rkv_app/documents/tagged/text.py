# SPDX-License-Identifier: MIT
"""Text made fit for a page: characters that cannot be shown are made visible as such, and lines are broken."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from rkv_app.documents.tagged.bidi import has_rtl, runs_from_right, width_of
from rkv_app.documents.tagged.fonts import Typeface, can_show, text_width
from rkv_app.documents.tagged.hyphenation import SOFT_HYPHEN, break_points

UNSHOWN = "\N{REPLACEMENT CHARACTER}"

# Characters that are not seen themselves but change how others are: they could make a text read as something else.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf"})


Measure = Callable[[str, Typeface, float], float]


class Direction(StrEnum):
    """Where a paragraph begins that has letters running from right to left."""

    LEFT = "left"
    RIGHT = "right"


class Line(NamedTuple):
    """One line of a broken text.

    Attributes:
        text: what is painted; ends with a soft hyphen where a word longer than the line was broken.
        glue: what stood between this line and the next in the text: a space, a newline, or nothing where a word
            longer than the line was broken or cut.
        direction: empty for a line without letters that run from the right; else that of its paragraph.
    """

    text: str
    glue: str
    direction: Direction | None = None


def line_width(line: Line, typeface: Typeface, size: float) -> float:
    """Width of a line in points."""
    return (width_of if line.direction else text_width)(line.text, typeface, size)


def shown(text: str) -> str:
    """Returns `text` with only characters that the typeface has; newlines stay, runs of spaces become one.

    Controls and invisible format characters (Unicode Cc and Cf, among them the bidirectional overrides) are left
    out; any other character without a glyph becomes U+FFFD, as PDF/A-3 § 6.2.11.8 forbids the `.notdef` glyph.
    """
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    kept = composed.translate(_SHOWN)
    return re.sub(" *\n *", "\n", re.sub(" {2,}", " ", kept)).strip(" \n")


def broken(text: str, typeface: Typeface, size: float, width: float, language: str = "") -> tuple[Line, ...]:
    """Breaks `text` (as `shown` returns it) into lines of at most `width` points, each as full as it can be.

    Only a word that is longer than a line is broken: where a hyphen may stand, else anywhere. A word that ends in a
    hyphen of its own, as in "pleie- og omsorgsfag", is not the last on a line.

    Args:
        text: has no soft hyphens.
        typeface: that it is painted in.
        size: in points.
        width: in points.
        language: BCP 47 tag where it differs from the document's, else empty.
    """
    space = text_width(" ", typeface, size)
    lines: list[Line] = []
    for paragraph in text.split("\n"):
        held, used = "", 0.0
        direction, measure = None, text_width
        if has_rtl(paragraph):
            direction = Direction.RIGHT if runs_from_right(paragraph) else Direction.LEFT
            measure = width_of
        for word in paragraph.split(" "):
            length = measure(word, typeface, size)
            if held and used + space + length <= width:
                held, used = f"{held} {word}", used + space + length
                continue
            if held.endswith("-") and " " in held:
                # Who takes the text out of a PDF leaves out a hyphen at the end of a line, and this one belongs there.
                before, _, held = held.rpartition(" ")
                lines.append(Line(before, " ", direction))
                used = measure(held, typeface, size)
                if used + space + length <= width:
                    held, used = f"{held} {word}", used + space + length
                    continue
            if length <= width:
                pieces: Sequence[str] = (word,)
            elif points := () if direction else break_points(word, language):
                pieces = _hyphenated(word, points, typeface, size, width, width)
                room = width - used - space
                if held and len(beside := _hyphenated(word, points, typeface, size, room, width)) <= len(pieces):
                    # It takes no more hyphens to begin beside what stands on the line.
                    held, pieces = "", [f"{held} {beside[0]}", *beside[1:]]
            else:
                pieces = list(_cut(word, typeface, size, width, measure))
            if held:
                lines.append(Line(held, " ", direction))
            *full, held = pieces
            lines.extend(Line(piece, "", direction) for piece in full)
            used = measure(held, typeface, size) if full else length
        lines.append(Line(held, "\n", direction))
    return (*lines[:-1], lines[-1]._replace(glue=""))


def joined(lines: tuple[Line, ...]) -> str:
    """Puts broken lines together again, to the letter."""
    return "".join(line.text.removesuffix(SOFT_HYPHEN) + line.glue for line in lines)


class _Shown(dict[int, str]):
    """What stands on the page for each character, as `str.translate` asks; found out when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _shown_character(chr(code))
        return self[code]


_SHOWN: Final = _Shown()


def _shown_character(character: str) -> str:
    category = unicodedata.category(character)
    if character != "\n" and category in _INVISIBLE_CATEGORIES:
        return ""
    if character == "\n" or can_show(character):
        return character
    return " " if category.startswith("Z") else UNSHOWN


def _hyphenated(
    word: str, points: Sequence[int], typeface: Typeface, size: float, first: float, width: float
) -> Sequence[str]:
    """The pieces of a word on lines of `width`, `first` on the first one: nothing, where no piece is so short."""
    pieces, start, room = [], 0, first
    while text_width(word[start:], typeface, size) > room:
        fitting = [
            word[start:point] + SOFT_HYPHEN
            for point in points
            if point > start and text_width(word[start:point] + SOFT_HYPHEN, typeface, size) <= room
        ]
        if fitting or room < width:
            pieces.append(fitting[-1] if fitting else "")
        else:
            pieces.append(next(_cut(word[start:], typeface, size, width, text_width)))
        start += len(pieces[-1].removesuffix(SOFT_HYPHEN))
        room = width
    return [*pieces, word[start:]]


def _cut(word: str, typeface: Typeface, size: float, width: float, measure: Measure) -> Iterator[str]:
    start, used = 0, 0.0
    for position, character in enumerate(word):
        length = measure(character, typeface, size)
        if position > start and used + length > width:
            piece = word[start:position].rstrip("-") or word[start:position]  # for the same reason as above
            yield piece
            start += len(piece)
            used = measure(word[start:position], typeface, size)
        used += length
    yield word[start:]
