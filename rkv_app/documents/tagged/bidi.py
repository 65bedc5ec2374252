# SPDX-License-Identifier: MIT
"""Text that runs from right to left: what order its runs stand in (UAX #9), and the glyphs of Arabic (HarfBuzz).

Nothing here is loaded before such a text is met.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from rkv_app.documents.tagged.fonts import ARABIC_OF, Typeface, has_glyph, loaded, text_width

if TYPE_CHECKING:
    import uharfbuzz  # type: ignore[import-untyped]

_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_STRONG = {"L": False, "R": True, "AL": True}
# Where glyphs that are no character of their own get their codes: one for each glyph, so the same in every document.
_PRIVATE = 0xE000


class Run(NamedTuple):
    """A piece of one line in one direction: where in the line it begins, and its text in the order it is read."""

    start: int
    text: str
    rtl: bool


class Glyph(NamedTuple):
    """A glyph to paint.

    Attributes:
        position: of its letter in the line, as it is read.
        character: what it is in its font.
        dx, dy: how far from its place it is painted, in points.
        advance: how far it is to the next, in points.
    """

    position: int
    character: str
    dx: float
    dy: float
    advance: float


class Painted(NamedTuple):
    """Glyphs of one typeface beside each other."""

    typeface: Typeface
    glyphs: Sequence[Glyph]


def has_rtl(text: str) -> bool:
    """Whether a text has letters that run from right to left."""
    return not text.isascii() and _RTL.search(text) is not None


def runs_from_right(text: str) -> bool:
    """The direction of a paragraph: that of its first letter (UAX #9, P2 and P3)."""
    return next((_STRONG[kind] for kind in map(unicodedata.bidirectional, text) if kind in _STRONG), False)


def width_of(text: str, typeface: Typeface, size: float) -> float:
    """Width of one line in points; the order of its runs makes no difference."""
    if not has_rtl(text):
        return text_width(text, typeface, size)
    return sum(glyph.advance for part in painted(text, typeface, size, rtl=True) for glyph in part.glyphs)


def painted(text: str, typeface: Typeface, size: float, *, rtl: bool) -> Iterator[Painted]:
    """Yields what to paint for one line, from the left.

    Args:
        text: the line, in the order it is read.
        typeface: for Latin, Greek and Cyrillic letters; Arabic ones get its counterpart.
        size: in points.
        rtl: whether the paragraph runs from the right.
    """
    for run in _runs(text, rtl=rtl):
        if run.rtl:
            yield _from_right(run, typeface, size)
            continue
        start = run.start
        for has, characters in groupby(run.text, lambda one: has_glyph(typeface, one)):
            part = Run(start, "".join(characters), False)
            start += len(part.text)
            yield _plain(part, typeface, size) if has else _shaped(part, ARABIC_OF[typeface], size)


def _runs(text: str, *, rtl: bool) -> Sequence[Run]:
    from bidi import algorithm  # type: ignore[import-untyped]  # loaded late: most documents never need it

    storage = algorithm.get_empty_storage()
    storage["base_level"], storage["base_dir"] = (1, "R") if rtl else (0, "L")
    algorithm.get_embedding_levels(text, storage)
    algorithm.explicit_embed_and_overrides(storage)
    algorithm.resolve_weak_types(storage)
    algorithm.resolve_neutral_types(storage, False)
    algorithm.resolve_implicit_levels(storage, False)
    runs: list[tuple[int, Run]] = []
    start = 0
    for level, group in groupby(storage["chars"], lambda one: int(one["level"])):
        part = "".join(one["ch"] for one in group)
        runs.append((level, Run(start, part, level % 2 == 1)))
        start += len(part)
    # Rule L2, on runs: from the highest level down, turn round every stretch at that level or above.
    for least in range(max((level for level, _ in runs), default=0), 0, -1):
        runs = _turned(runs, least)
    return [run for _, run in runs]


def _turned(runs: Sequence[tuple[int, Run]], least: int) -> list[tuple[int, Run]]:
    turned: list[tuple[int, Run]] = []
    for above, stretch in groupby(runs, lambda one: one[0] >= least):
        pieces = list(stretch)
        turned.extend(reversed(pieces) if above else pieces)
    return turned


def _from_right(run: Run, typeface: Typeface, size: float) -> Painted:
    arabic = ARABIC_OF[typeface]
    if all(has_glyph(arabic, one) for one in run.text):
        return _shaped(run, arabic, size)
    # Signs between letters that only the other typeface has.
    plain = _plain(run, typeface, size)
    return Painted(typeface, plain.glyphs[::-1])


def _plain(run: Run, typeface: Typeface, size: float) -> Painted:
    return Painted(
        typeface,
        [Glyph(place, one, 0, 0, text_width(one, typeface, size)) for place, one in enumerate(run.text, run.start)],
    )


def _shaped(run: Run, typeface: Typeface, size: float) -> Painted:
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(run.text)
    buffer.direction = "rtl" if run.rtl else "ltr"
    buffer.script = "Arab"
    shaper = _shaper(typeface)
    uharfbuzz.shape(shaper, buffer, {})
    scale = size / shaper.face.upem
    return Painted(
        typeface,
        [
            Glyph(
                run.start + info.cluster,
                _character(typeface, info.codepoint, position.x_advance * 1000 / shaper.face.upem),
                position.x_offset * scale,
                position.y_offset * scale,
                position.x_advance * scale,
            )
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ],
    )


@cache
def _shaper(typeface: Typeface) -> "uharfbuzz.Font":
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(loaded(typeface).face._ttf_data))  # type: ignore[attr-defined]


def _character(typeface: Typeface, glyph: int, advance: float) -> str:
    """The character that stands for a glyph in the embedded font; one of our own where the font has none."""
    face = loaded(typeface).face
    known = face.glyphToChar.get(glyph)  # type: ignore[attr-defined]
    if known:
        return chr(known[0])
    code = _PRIVATE + glyph
    face.charToGlyph.setdefault(code, glyph)
    face.charWidths.setdefault(code, advance)
    return chr(code)
