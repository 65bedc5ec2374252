# SPDX-License-Identifier: MIT
"""The embedded typeface: registered when the first document is made, measured per character, and its limits known."""

from enum import StrEnum
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from rkv_app.foundation.resources import resources_dir


class Typeface(StrEnum):
    """The two styles of Noto Sans that are shipped (SIL Open Font License 1.1)."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"


@cache
def loaded(typeface: Typeface) -> TTFont:
    """Returns the font, read and registered with reportlab on the first call."""
    font = TTFont(typeface.value, str(resources_dir() / "fonts" / f"{typeface.value}.ttf"))
    pdfmetrics.registerFont(font)
    return font


class _Widths(dict[str, float]):
    """Widths by character, in thousandths of the size; what the typeface lacks has none."""

    def __missing__(self, character: str) -> float:
        return 0.0


@cache
def _widths(typeface: Typeface) -> _Widths:
    return _Widths({chr(code): width for code, width in loaded(typeface).face.charWidths.items()})


def text_width(text: str, typeface: Typeface, size: float) -> float:
    """Width of one line of `text` in points. Nothing is remembered of the text itself."""
    return sum(map(_widths(typeface).__getitem__, text)) * size / 1000


def can_show(character: str) -> bool:
    """Whether the typeface has a glyph for `character`. Both styles have the same."""
    return character in _widths(Typeface.REGULAR)
