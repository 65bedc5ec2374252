# SPDX-License-Identifier: MIT
"""The embedded typefaces: registered when first needed, measured per character, and their limits known."""

import re
import struct
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.resources import resources_dir


class Typeface(StrEnum):
    """Two styles each of Noto Sans and IBM Plex Sans Arabic (SIL Open Font License 1.1)."""

    REGULAR = "NotoSans-Regular"
    BOLD = "NotoSans-Bold"
    ARABIC = "IBMPlexSansArabic-Regular"
    ARABIC_BOLD = "IBMPlexSansArabic-Bold"


# Letters by which a font that took another's place is found out.
_MUST_HAVE: Final = MappingProxyType(
    {
        Typeface.REGULAR: "aåŧжї\ufffd",
        Typeface.BOLD: "aåŧжї\ufffd",
        Typeface.ARABIC: "بيى٣",
        Typeface.ARABIC_BOLD: "بيى٣",
    }
)
# What documents are written in; the others stand in for letters that these have not.
MAIN: Final = (Typeface.REGULAR, Typeface.BOLD)
ARABIC_OF: Final = MappingProxyType({Typeface.REGULAR: Typeface.ARABIC, Typeface.BOLD: Typeface.ARABIC_BOLD})
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]")


@cache
def loaded(typeface: Typeface) -> TTFont:
    """Returns the font, read and registered with reportlab on the first call.

    Raises:
        UserError: RKV-DOC-010 its file is missing, damaged, or another font.
    """
    try:
        font = TTFont(typeface.value, str(resources_dir() / "fonts" / f"{typeface.value}.ttf"))
    except (OSError, TTFError, struct.error, ValueError, KeyError, IndexError) as problem:
        raise _no_font() from problem
    if not all(ord(letter) in font.face.charToGlyph for letter in _MUST_HAVE[typeface]):
        raise _no_font()
    pdfmetrics.registerFont(font)
    return font


def _no_font() -> UserError:
    return UserError(
        "RKV-DOC-010",
        message("A font that documents are written with is missing or damaged."),
        message("No document was made, and nothing was changed. Install the app again, then try once more."),
    )


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
    """Whether there is a glyph for `character`. Both styles of a typeface have the same."""
    if character in _widths(Typeface.REGULAR):
        return True
    return _ARABIC.match(character) is not None and has_glyph(Typeface.ARABIC, character)


def has_glyph(typeface: Typeface, character: str) -> bool:
    """Whether a typeface has a glyph for `character`."""
    return character in _widths(typeface)
