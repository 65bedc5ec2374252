# SPDX-License-Identifier: MIT
"""A canvas that cannot paint without saying what it paints: content of an element, or an artifact.

Coordinates are points from the lower left corner of the page.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from operator import itemgetter

from reportlab.lib.colors import HexColor
from reportlab.pdfgen.canvas import Canvas

from rkv_app.documents.tagged.bidi import painted
from rkv_app.documents.tagged.font_codes import FontCodes
from rkv_app.documents.tagged.fonts import MAIN, Typeface, loaded, text_width
from rkv_app.documents.tagged.structure import Element, FieldMark, LinkMark, Mark
from rkv_app.documents.tagged.text import Direction, Line
from rkv_app.documents.tagged.widgets import OnPage, Widget

# How far the control points of a quarter of a circle of radius 1 lie from its ends: 4/3 (sqrt 2 - 1).
_QUARTER = 0.5523
# What stands in an artifact belongs to it, whatever it is content of elsewhere.
_PART_OF_IT: AbstractContextManager[None] = nullcontext()


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
        pdf: the untagged file; what is on its pages stands beside it.
        pages: for each page, its content stream (ISO 32000-1 § 7.8.2).
        marks: for each page, the element that each mark number belongs to.
        links: link annotations in the order they were made.
        fields: fields to fill in, in the order they were made.
    """

    pdf: bytes
    pages: Sequence[bytes]
    marks: Sequence[Sequence[Element]]
    links: Sequence[Link]
    fields: Sequence[OnPage]


class _Closing:
    """Ends what `marked` or `artifact` began. One for all of them: a form begins a thousand, never one in another."""

    __slots__ = ("_canvas",)

    def __init__(self, canvas: "TagCanvas") -> None:
        self._canvas = canvas

    def __enter__(self) -> None:
        """Nothing: what is begun has been written."""

    def __exit__(self, *_: object) -> None:
        self._canvas._end()


class TagCanvas:
    """Paints on pages one after another. Painting text outside `marked` or `artifact` is a mistake of the caller.

    reportlab makes the file with its fonts, links and outline. What is painted is kept here: it would write it letter
    by letter into an encoding of text, and it is ASCII already.
    """

    def __init__(self, page_size: tuple[float, float]) -> None:
        for typeface in MAIN:
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
        self._codes = {typeface: FontCodes(loaded(typeface), self._canvas) for typeface in MAIN}
        self._code: list[str] = []
        self._pages: list[bytes] = []
        self._marks: list[list[Element]] = [[]]
        self._links: list[Link] = []
        self._fields: list[OnPage] = []
        self._bookmarks = 0
        self._said: dict[tuple[tuple[Line, ...], TextStyle], str] = {}
        self._in_artifact = False
        self._closing = _Closing(self)

    def next_page(self) -> None:
        """Ends the page and begins another."""
        self._end_page()
        self._marks.append([])

    def painted(self) -> Painting:
        """Ends the last page. The canvas must not be used afterwards."""
        self._end_page()
        self._canvas.save()
        # Each refers to the other: whatever was painted would be held until somebody looks for such circles.
        del self._closing
        return Painting(self._buffer.getvalue(), self._pages, self._marks, self._links, self._fields)

    def marked(self, element: Element) -> AbstractContextManager[None]:
        """What is painted inside is content of `element`; inside an artifact it is part of the artifact."""
        if self._in_artifact:
            return _PART_OF_IT
        page = self._marks[-1]
        element.kids.append(Mark(len(self._marks) - 1, len(page)))
        self._code.append(f"/{element.tag} <</MCID {len(page)}>> BDC")
        page.append(element)
        return self._closing

    def artifact(self, kind: Artifact = Artifact.LAYOUT) -> AbstractContextManager[None]:
        """What is painted inside is no content: lines, backgrounds, page numbers, repeated headers."""
        if self._in_artifact:
            return _PART_OF_IT
        self._in_artifact = True
        self._code.append(f"/Artifact <<{kind}>> BDC")
        return self._closing

    def _end(self) -> None:
        self._code.append("EMC")
        self._in_artifact = False

    def _end_page(self) -> None:
        self._pages.append("\n".join(self._code).encode("ascii"))
        self._code.clear()
        self._canvas.showPage()

    @contextmanager
    def kept(self) -> Iterator[list[str]]:
        """What is painted inside is not on the page: it is put into the list, for `again`. Nothing may be marked."""
        code, self._code = self._code, []
        yield self._code
        self._code = code

    @contextmanager
    def moved(self, x: float, y: float, scale: float = 1) -> Iterator[None]:
        """What is painted inside lies so much further to the right and up, and is so many times as large.

        Links, fields and bookmarks are not moved.
        """
        self._code.append(f"q {scale:.6g} 0 0 {scale:.6g} {x:.2f} {y:.2f} cm")
        yield
        self._code.append("Q")

    def again(self, kept: str, element: Element) -> None:
        """Paints what was kept, as content of `element`."""
        page = self._marks[-1]
        element.kids.append(Mark(len(self._marks) - 1, len(page)))
        self._code.append(f"/{element.tag} <</MCID {len(page)}>> BDC\n{kept}\nEMC")
        page.append(element)

    def decoration(self, kept: str) -> None:
        """Paints what was kept, as an artifact."""
        self._code.append(f"/Artifact <<{Artifact.LAYOUT}>> BDC\n{kept}\nEMC")

    def lines(
        self,
        lines: tuple[Line, ...],
        style: TextStyle,
        x: float,
        top: float,
        width: float = 0,
        *,
        again: bool = False,
    ) -> None:
        """Paints lines of text downwards from `top`; what runs from the right ends at `x` + `width`, if that is given.

        A line that was broken at a space keeps the space: without it a reader hears two words as one. What is painted
        `again` and again, such as the options of a question that is asked about many aims, is encoded once.
        """
        for line in lines:
            if line.direction:
                self._lines_both_ways(lines, style, x, top, width)
                return
        baseline = top - style.leading / 2 - style.size * 0.36
        code = self._said.get((lines, style)) if again else None
        if code is None:
            code = self._encoded(lines, style)
            if again:
                self._said[lines, style] = code
        self._code.append(f"BT {x:.2f} {baseline:.2f} Td {code} ET")

    def _encoded(self, lines: Sequence[Line], style: TextStyle) -> str:
        codes = self._codes[style.typeface]
        written = [f"{_rgb(style.colour)} rg"]
        if len(lines) > 1:
            written.append(f"{style.leading:g} TL")
        font = ""
        for number, line in enumerate(lines):
            if number:
                written.append("T*")
            for name, encoded in codes.runs(line.text + " " if line.glue else line.text):
                if name != font:
                    written.append(f"{name} {style.size:g} Tf")
                    font = name
                written.append(f"({encoded}) Tj")
        return " ".join(written)

    def _lines_both_ways(self, lines: Sequence[Line], style: TextStyle, x: float, top: float, width: float) -> None:
        baseline = top - style.leading / 2 - style.size * 0.36
        written = [f"BT {_rgb(style.colour)} rg"]
        for line in lines:
            from_right = line.direction is Direction.RIGHT
            parts = list(painted(line.text, style.typeface, style.size, rtl=from_right))
            long = sum(glyph.advance for part in parts for glyph in part.glyphs)
            at = x + width - long if from_right and width else x
            placed: list[tuple[int, str]] = []
            for part in parts:
                codes = self._codes_of(part.typeface)
                for glyph in part.glyphs:
                    place = f"1 0 0 1 {at + glyph.dx:.2f} {baseline + glyph.dy:.2f} Tm"
                    for name, encoded in codes.runs(glyph.character):
                        placed.append((glyph.position, f"{name} {style.size:g} Tf {place} ({encoded}) Tj"))
                    at += glyph.advance
            # Painted in the order it is read, so that whoever takes the text out gets it in that order.
            written.extend(operators for _, operators in sorted(placed, key=itemgetter(0)))
            if line.glue:
                at = at - long - text_width(" ", style.typeface, style.size) if from_right else at
                for name, encoded in self._codes_of(style.typeface).runs(" "):
                    written.append(f"{name} {style.size:g} Tf 1 0 0 1 {at:.2f} {baseline:.2f} Tm ({encoded}) Tj")
            baseline -= style.leading
        written.append("ET")
        self._code.append(" ".join(written))

    def _codes_of(self, typeface: Typeface) -> FontCodes:
        if typeface not in self._codes:
            self._codes[typeface] = FontCodes(loaded(typeface), self._canvas)
        return self._codes[typeface]

    def rectangles(self, places: Iterable[tuple[float, float, float, float]], fill: str) -> None:
        """Paints filled rectangles: left, bottom, width and height of each."""
        path = " ".join([f"{x:.6g} {y:.6g} {width:.6g} {height:.6g} re" for x, y, width, height in places])
        self._code.append(f"{_rgb(fill)} rg {path} f")

    def rectangle(self, x: float, bottom: float, width: float, height: float, fill: str) -> None:
        """Paints a filled rectangle without a border."""
        self._code.append(f"{_rgb(fill)} rg {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re f")

    def frame(self, x: float, bottom: float, width: float, height: float, colour: str) -> None:
        """Paints the border of a rectangle."""
        self._code.append(f"{_rgb(colour)} RG 0.7 w {x:.2f} {bottom:.2f} {width:.2f} {height:.2f} re S")

    def rule(self, x: float, y: float, width: float, colour: str, thickness: float = 0.5) -> None:
        """Paints a horizontal line."""
        end = x + width
        self._code.append(f"{_rgb(colour)} RG {thickness:g} w {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S")

    def dots(self, x: float, y: float, width: float, colour: str) -> None:
        """Paints a horizontal line of dots."""
        end = x + width
        dotted = f"q {_rgb(colour)} RG 0.8 w 1 J [0 4] 0 d {x:.2f} {y:.2f} m {end:.2f} {y:.2f} l S Q"
        self._code.append(dotted)

    def disc(self, x: float, y: float, radius: float, colour: str, filled: float) -> None:
        """Paints a circle around (x, y), its lower part filled: 0 is a ring, 1 a full disc."""
        self._code.append(f"q 1 0 0 1 {x:.2f} {y:.2f} cm {_disc(radius, filled, colour)} Q")

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Adds an entry to the document's outline; `level` counts from 0 and skips none."""
        self._bookmarks += 1
        key = bookmark_key(self._bookmarks)
        self._canvas.bookmarkHorizontalAbsolute(key, top)
        self._canvas.addOutlineEntry(title, key, level)

    def link(self, address: str, description: str, element: Element, bounds: tuple[float, float, float, float]) -> None:
        """Makes `bounds` (left, bottom, right, top) lead to `address`, as part of the Link `element`."""
        self._canvas.linkURL(address, bounds, thickness=0)
        element.kids.append(LinkMark(len(self._links)))
        self._links.append(Link(len(self._marks) - 1, description))

    def reference(
        self, bookmark: int, description: str, element: Element, bounds: tuple[float, float, float, float]
    ) -> None:
        """Makes `bounds` lead to the place of a bookmark (counted from 1 in the order of painting), as a Link."""
        self._canvas.linkAbsolute(description, bookmark_key(bookmark), bounds, thickness=0)
        element.kids.append(LinkMark(len(self._links)))
        self._links.append(Link(len(self._marks) - 1, description))

    def field(self, widget: Widget, element: Element, bounds: tuple[float, float, float, float]) -> None:
        """Makes a field to fill in at `bounds` (left, bottom, right, top).

        Args:
            widget: what it is.
            element: a Form, which has nothing else in it, or what the field's Form is part of.
            bounds: where it is.
        """
        element.kids.append(FieldMark(len(self._fields)))
        self._fields.append(OnPage(widget, len(self._marks) - 1, bounds))


def bookmark_key(number: int) -> str:
    """The name of a bookmark inside the file."""
    return f"heading-{number}"


@cache
def _rgb(value: str) -> str:
    return " ".join(f"{part:.3g}" for part in HexColor(value).rgb())


@cache
def _disc(radius: float, filled: float, colour: str) -> str:
    r, k = radius, radius * _QUARTER
    move = f"{-r:.3g} 0 m "
    lower = f"{-r:.3g} {-k:.3g} {-k:.3g} {-r:.3g} 0 {-r:.3g} c {k:.3g} {-r:.3g} {r:.3g} {-k:.3g} {r:.3g} 0 c "
    upper = f"{r:.3g} {k:.3g} {k:.3g} {r:.3g} 0 {r:.3g} c {-k:.3g} {r:.3g} {-r:.3g} {k:.3g} {-r:.3g} 0 c "
    fill = f"{_rgb(colour)} rg " if filled else ""
    half = f"{move}{lower}f " if 0 < filled < 1 else ""
    return f"0.9 w {_rgb(colour)} RG {fill}{half}{move}{lower}{upper}h {'B' if filled >= 1 else 'S'}"
