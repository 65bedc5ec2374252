# SPDX-License-Identifier: MIT
"""How a text stands in a content stream: the codes that reportlab gives characters as it embeds a subset of a font.

reportlab's own text object finds each character's code anew for each line. A document says the same letters some
hundred thousand times, so they are remembered here for as long as one document is made.
"""

from collections.abc import Sequence

from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

# What a literal string of PDF (ISO 32000-1 § 7.3.4.2) needs in front of it; the rest of ASCII stands for itself.
_ESCAPED = frozenset(b"()\\\r\n")
_PLAIN = range(32, 127)
# Entries in one block of a ToUnicode map (Adobe technical note 5411).
_MAP_BLOCK = 100


class _ElsewhereError(Exception):
    """A character is not in the first subset of the font."""


class FontCodes(dict[int, str]):
    """Characters as they are written in the first subset of a font, asked for by `str.translate`."""

    def __init__(self, font: TTFont, canvas: Canvas) -> None:
        super().__init__()
        self._font = font
        self._document = canvas._doc  # type: ignore[attr-defined]  # the stubs leave it out
        self._first = ""

    def __missing__(self, character: int) -> str:
        ((subset, octets),) = self._font.splitString(chr(character), self._document)
        if subset != 0:
            raise _ElsewhereError
        self[character] = _escaped(octets)
        return self[character]

    def runs(self, text: str) -> Sequence[tuple[str, str]]:
        """What to write: the name of a subset, and the inside of a literal string in it."""
        try:
            encoded = text.translate(self)
            self._first = self._first or self._font.getSubsetInternalName(0, self._document)
            return [(self._first, encoded)]
        except _ElsewhereError:
            return [
                (self._font.getSubsetInternalName(subset, self._document), _escaped(octets))
                for subset, octets in self._font.splitString(text, self._document)
            ]


def map_blocks(entries: Sequence[bytes]) -> bytes:
    """The entries of a ToUnicode map, each a code and what it means, in blocks as long as the format allows."""
    blocks = [entries[start : start + _MAP_BLOCK] for start in range(0, len(entries), _MAP_BLOCK)]
    return b"\n".join(b"%d beginbfchar\n%s\nendbfchar" % (len(block), b"\n".join(block)) for block in blocks)


def _escaped(octets: bytes) -> str:
    return "".join(f"\\{octet:03o}" if octet in _ESCAPED or octet not in _PLAIN else chr(octet) for octet in octets)
