# SPDX-License-Identifier: MIT
"""A table of contents: one line for each heading, with the number of its page and a link to it."""

from collections.abc import Sequence

from rkv_app.documents.tagged.blocks import Block, Look, Place, TextBlock
from rkv_app.documents.tagged.canvas import TagCanvas
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.documents.tagged.pages import Placed
from rkv_app.documents.tagged.structure import Element
from rkv_app.documents.tagged.text import Line, line_width

# Room at the right edge for a number of four digits and some air.
_NUMBER = 34.0
_AIR = 5.0


class ContentsLine(TextBlock):
    """A line of the contents. How high it is does not depend on the number, which is known once all are laid out."""

    __slots__ = ("_bookmark", "_description", "_dots", "_page")

    def __init__(self, text: str, look: Look, element: Element, *, bookmark: int, dots: str) -> None:
        """Makes the line.

        Args:
            text: the heading, as `text.shown` returns it.
            look: style and distances.
            element: the Link that the line is.
            bookmark: which heading it leads to, from 1 in reading order.
            dots: colour of the dots between the text and the number.
        """
        super().__init__(text, look, element)
        self._bookmark = bookmark
        self._dots = dots
        self._page = 0
        self._description = text

    def lead_to(self, page: int, description: str) -> None:
        """Says on which page the heading is, counted from 1, and what the link says to those who do not see it."""
        self._page = page
        self._description = description

    def lines(self, width: float) -> tuple[Line, ...]:
        """See TextBlock; the text leaves room for the number."""
        return super().lines(width - _NUMBER)

    def least(self, width: float) -> float:
        """See Block."""
        return self.height(width)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """A link is not split: an annotation belongs to one page."""
        return None

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        style = self.look.style
        lines, number = self.lines(place.width), str(self._page)
        height = self.height(place.width)
        end = line_width(lines[-1], style.typeface, style.size)
        # What is read out is the heading, a space, and the number.
        said = (*lines[:-1], lines[-1]._replace(glue=" "))
        x, right = place.x + self.look.indent, place.x + place.width
        start = right - text_width(number, style.typeface, style.size)
        with canvas.marked(self.element):
            canvas.lines(said, style, x, place.top)
            canvas.lines((Line(number, ""),), style, start, place.top - height + style.leading)
        begins, ends = x + end + _AIR, start - _AIR
        if ends > begins:
            with canvas.artifact():
                canvas.dots(begins, place.top - height + style.leading * 0.3, ends - begins, self._dots)
        bounds = (place.x, place.top - height, right, place.top)
        canvas.reference(self._bookmark, self._description, self.element, bounds)


def pages_of_headings(pages: Sequence[Sequence[Placed]]) -> Sequence[int]:
    """The page that each heading begins on, counted from 1, in reading order."""
    return [
        number
        for number, page in enumerate(pages, 1)
        for placed in page
        if isinstance(placed.block, TextBlock) and placed.block.outline is not None
    ]
