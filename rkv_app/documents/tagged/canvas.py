# SPDX-License-Identifier: MIT
"""A canvas that cannot paint without saying what it paints: content of an element, or an artifact.

Coordinates are points from the lower left corner of the page.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum

from reportlab.lib.colors import Color, HexColor
from reportlab.pdfgen.canvas import Canvas

from rkv_app.documents.tagged.fonts import Typeface, loaded
from rkv_app.documents.tagged.structure import Element, LinkMark, Mark
from rkv_app.documents.tagged.text import Line


class Artifact(StrEnum):
    """Kinds of painting that are not content (ISO 32000-1 § 14.8.2.2)."""

    LAYOUT = "/Type /Layout"
    PAGINATION = "/Type /Pagination"
    HEADER = "/Type /Pagination /Subtype /Header"
    FOOTER = "/Type /Pagination /Subtype /Footer"


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How a text looks: typeface, size and leading in points, colour as #rrggbb."""

    typeface: Typeface
    size: float
    leading: float
    colour: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link annotation: the page it is on (index from 0) and what it says to those who do not see it."""

    page: int
    description: str


@dataclass(frozen=True, slots=True)
class Painting:
    """What was painted.

    Attributes:
        pdf: the untagged file.
        marks: for each page, the element that each mark number belongs to.
        links: link annotations in the order they were made.
    """

    pdf: bytes
    marks: Sequence[Sequence[Element]]
    links: Sequence[Link]


class TagCanvas:
    """Paints on pages one after another. Painting text outside `marked` or `artifact` is a mistake of the caller."""

    def __init__(self, page_size: tuple[float, float]) -> None:
        for typeface in Typeface:
            loaded(typeface)
        self._buffer = io.BytesIO()
        # Compression is left to the finishing step, which writes every stream anew.
        self._canvas = Canvas(
            self._buffer,
            pagesize=page_size,
            pageCompression=0,
            invariant=1,
            initialFontName=Typeface.REGULAR.value,  # type: ignore[arg-type]  # the stubs say float
        )
        self._marks: list[list[Element]] = [[]]
        self._links: list[Link] = []
        self._bookmarks = 0
        self._in_artifact = False

    def next_page(self) -> None:
        """Ends the page and begins another."""
        self._canvas.showPage()
        self._marks.append([])

    def painted(self) -> Painting:
        """Ends the last page. The canvas must not be used afterwards."""
        self._canvas.save()
        return Painting(self._buffer.getvalue(), self._marks, self._links)

    @contextmanager
    def marked(self, element: Element) -> Iterator[None]:
        """What is painted inside is content of `element`; inside an artifact it is part of the artifact."""
        if self._in_artifact:
            yield
            return
        page = self._marks[-1]
        element.kids.append(Mark(len(self._marks) - 1, len(page)))
        self._canvas.addLiteral(f"/{element.tag} <</MCID {len(page)}>> BDC")
        page.append(element)
        yield
        self._canvas.addLiteral("EMC")

    @contextmanager
    def artifact(self, kind: Artifact = Artifact.LAYOUT) -> Iterator[None]:
        """What is painted inside is no content: lines, backgrounds, page numbers, repeated headers."""
        if self._in_artifact:
            yield
            return
        self._in_artifact = True
        self._canvas.addLiteral(f"/Artifact <<{kind}>> BDC")
        yield
        self._canvas.addLiteral("EMC")
        self._in_artifact = False

    def lines(self, lines: Sequence[Line], style: TextStyle, x: float, top: float) -> None:
        """Paints lines of text downwards from `top`.

        A line that was broken at a space keeps the space: without it a reader hears two words as one.
        """
        text = self._canvas.beginText(x, top - style.leading / 2 - style.size * 0.36)
        text.setFont(style.typeface.value, style.size, style.leading)
        text.setFillColor(_colour(style.colour))
        for line in lines:
            text.textLine(line.text + (" " if line.glue else ""))
        self._canvas.drawText(text)

    def rectangle(self, x: float, bottom: float, width: float, height: float, fill: str) -> None:
        """Paints a filled rectangle without a border."""
        self._canvas.setFillColor(_colour(fill))
        self._canvas.rect(x, bottom, width, height, stroke=0, fill=1)

    def rule(self, x: float, y: float, width: float, colour: str, thickness: float = 0.5) -> None:
        """Paints a horizontal line."""
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, y, x + width, y)

    def disc(self, x: float, y: float, radius: float, colour: str, filled: float) -> None:
        """Paints a circle around (x, y), its lower part filled: 0 is a ring, 1 a full disc."""
        self._canvas.setStrokeColor(_colour(colour))
        self._canvas.setFillColor(_colour(colour))
        self._canvas.setLineWidth(0.9)
        self._canvas.circle(x, y, radius, stroke=1, fill=int(filled >= 1))
        if 0 < filled < 1:
            self._canvas.wedge(x - radius, y - radius, x + radius, y + radius, 180, 180, stroke=0, fill=1)

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Adds an entry to the document's outline; `level` counts from 0 and skips none."""
        self._bookmarks += 1
        key = f"heading-{self._bookmarks}"
        self._canvas.bookmarkHorizontalAbsolute(key, top)
        self._canvas.addOutlineEntry(title, key, level)

    def link(self, address: str, description: str, element: Element, bounds: tuple[float, float, float, float]) -> None:
        """Makes `bounds` (left, bottom, right, top) lead to `address`, as part of the Link `element`."""
        self._canvas.linkURL(address, bounds, thickness=0)
        element.kids.append(LinkMark(len(self._links)))
        self._links.append(Link(len(self._marks) - 1, description))


def _colour(value: str) -> Color:
    return HexColor(value)
