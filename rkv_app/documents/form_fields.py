# SPDX-License-Identifier: MIT
"""Places to write and to tick: blocks that are fields in a fillable form and empty boxes on a paper form."""

from collections.abc import Sequence
from typing import NamedTuple

from rkv_app.documents import theme
from rkv_app.documents.tagged.bidi import has_rtl, width_of
from rkv_app.documents.tagged.blocks import Block, Look, Place, Stack, StyledBlock, TextBlock
from rkv_app.documents.tagged.canvas import TagCanvas
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.text import Line, broken, line_width
from rkv_app.documents.tagged.widgets import Widget

LINE_HEIGHT = 19.0
_BOX = 10.5
_TO_WORDS = 6.0
_BETWEEN = 16.0
# What is higher than this may be divided, or it might fit on no page.
_WHOLE = 560.0
_FRAME = "#55606e"
_OPTION = theme.CELL.style


class _Row(NamedTuple):
    """Options beside each other: how high they stand, and of each its distance from the left and its lines."""

    height: float
    options: Sequence[tuple[float, tuple[Line, ...]]]


class WritingField(Block):
    """A box to write in.

    Args:
        field: what it is in a fillable form; None on paper.
        element: of the structure, a Form in a fillable form.
        tall: height in points.
        share: of the width.
        right: whether it stands at the right edge.
    """

    __slots__ = ("element", "field", "right", "share", "tall")

    def __init__(
        self,
        field: Widget | None,
        element: Element,
        tall: float = LINE_HEIGHT,
        share: float = 1,
        *,
        right: bool = False,
    ) -> None:
        self.field = field
        self.element = element
        self.tall = tall
        self.share = share
        self.right = right

    def height(self, width: float) -> float:
        """See Block."""
        return self.tall

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        width, bottom = place.width * self.share, place.top - self.tall
        left = place.x + place.width - width if self.right else place.x
        with canvas.artifact():
            canvas.frame(left, bottom, width, self.tall, _FRAME)
        if self.field is not None:
            bounds = (left + 1, bottom + 1, left + width - 1, place.top - 1)
            canvas.field(self.field, self.element, bounds)


class _Drawn(NamedTuple):
    """Options as they are painted: the bounds of each box, all boxes, and the words of each."""

    bounds: Sequence[tuple[float, float, float, float]]
    boxes: str
    words: Sequence[str]


class Options:
    """The words of things to tick, and where each stands. Measured and drawn once for all the places they stand in.

    Args:
        texts: what can be ticked.
        round: whether that is done in circles.
        listed: whether each stands on a line of its own.
        right: whether they begin at the right edge.
    """

    __slots__ = ("_drawn", "_rows", "listed", "right", "round", "texts")

    def __init__(self, texts: Sequence[str], *, round: bool, listed: bool = False, right: bool = False) -> None:
        self.texts = tuple(texts)
        self.round = round
        self.listed = listed
        self.right = right
        self._rows: dict[float, Sequence[_Row]] = {}
        self._drawn: dict[float, _Drawn] = {}

    def rows(self, width: float) -> Sequence[_Row]:
        """The options beside each other, as far as the line goes."""
        if width not in self._rows:
            self._rows[width] = self._measured(width)
        return self._rows[width]

    def drawn(self, canvas: TagCanvas, width: float) -> _Drawn:
        """The options as they are painted, below and to the right of (0, 0). One document has one canvas."""
        if width not in self._drawn:
            bounds, words, top = [], [], 0.0
            with canvas.kept() as boxes:
                for row in self.rows(width):
                    bottom = top - _OPTION.leading / 2 - _BOX / 2
                    for start, lines in row.options:
                        x = width - start - _BOX if self.right else start
                        bounds.append((x, bottom, x + _BOX, bottom + _BOX))
                        if self.round:
                            canvas.disc(x + _BOX / 2, bottom + _BOX / 2, _BOX / 2, _FRAME, 0)
                        else:
                            canvas.frame(x, bottom, _BOX, _BOX, _FRAME)
                        with canvas.kept() as said:
                            self._say(canvas, lines, x, top)
                        words.append("\n".join(said))
                    top -= row.height
            self._drawn[width] = _Drawn(bounds, "\n".join(boxes), words)
        return self._drawn[width]

    def _say(self, canvas: TagCanvas, lines: tuple[Line, ...], x: float, top: float) -> None:
        """Paints the words of an option beside its box, which is `x` from the left."""
        if not self.right:
            canvas.lines(lines, _OPTION, x + _BOX + _TO_WORDS, top)
            return
        for number, line in enumerate(lines):
            long = line_width(line, _OPTION.typeface, _OPTION.size)
            canvas.lines((line,), _OPTION, x - _TO_WORDS - long, top - number * _OPTION.leading)

    def _measured(self, width: float) -> Sequence[_Row]:
        rows: list[list[tuple[float, tuple[Line, ...]]]] = [[]]
        used = 0.0
        for text in self.texts:
            long = _BOX + _TO_WORDS + width_of(text, _OPTION.typeface, _OPTION.size)
            if rows[-1] and (self.listed or used + _BETWEEN + long > width):
                rows.append([])
            used = used + _BETWEEN if rows[-1] else 0.0
            room = width - used - _BOX - _TO_WORDS
            # A hair's breadth more than measured, so that rounding does not break a line that just fits.
            rows[-1].append((used, broken(text, _OPTION.typeface, _OPTION.size, room + 0.01)))
            used += long
        return [_Row(max(len(lines) for _, lines in row) * _OPTION.leading + 2, row) for row in rows]


class Choices(Block):
    """Boxes or circles with words; content of one paragraph.

    Args:
        options: what can be ticked.
        fields: what each is in a fillable form; none on paper.
        element: the paragraph.
    """

    __slots__ = ("element", "fields", "options")

    def __init__(self, options: Options, fields: Sequence[Widget], element: Element) -> None:
        self.options = options
        self.fields = tuple(fields)
        self.element = element

    @property
    def space_after(self) -> float:
        """See Block."""
        return 2

    def height(self, width: float) -> float:
        """See Block."""
        return sum(row.height for row in self.options.rows(width))

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        left, top, width = place
        drawn = self.options.drawn(canvas, width)
        with canvas.moved(left, top):
            canvas.decoration(drawn.boxes)
            for index, words in enumerate(drawn.words):
                if self.fields:
                    x0, y0, x1, y1 = drawn.bounds[index]
                    canvas.field(self.fields[index], self.element, (left + x0, top + y0, left + x1, top + y1))
                canvas.again(words, self._spoken(self.options.texts[index]))

    def _spoken(self, text: str) -> Element:
        """What the words of an option are content of: what runs from the right is painted otherwise than it is read."""
        if not has_rtl(text):
            return self.element
        span = self.element.child(Tag.SPAN)
        span.actual = text
        return span


class RepeatedText(TextBlock):
    """A text that stands in many places of a document, and is measured once.

    Args:
        measured: its lines by width; the same object in each place.
    """

    __slots__ = ("_shared",)

    def __init__(self, text: str, look: Look, element: Element, measured: dict[float, tuple[Line, ...]]) -> None:
        super().__init__(text, look, element)
        self._shared = measured

    def lines(self, width: float) -> tuple[Line, ...]:
        """See TextBlock."""
        if width not in self._shared:
            self._shared[width] = super().lines(width)
        return self._shared[width]

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block. It has neither panel nor indent."""
        with canvas.marked(self.element):
            canvas.lines(self.lines(place.width), self.look.style, place.x, place.top, place.width, again=True)


class Beside(Block):
    """Two blocks beside each other, each with a share of the width.

    Args:
        first: the one that is read first, at the left.
        second: the other.
        share: of the width, for the first.
        gap: between them, in points.
        mirrored: whether the first stands at the right.
    """

    __slots__ = ("first", "gap", "mirrored", "second", "share")

    def __init__(self, first: Block, second: Block, *, share: float, gap: float = 14, mirrored: bool = False) -> None:
        self.first = first
        self.second = second
        self.share = share
        self.gap = gap
        self.mirrored = mirrored

    @property
    def space_before(self) -> float:
        """See Block."""
        return self.first.space_before

    @property
    def space_after(self) -> float:
        """See Block."""
        return 8

    def height(self, width: float) -> float:
        """See Block."""
        first, second = self._widths(width)
        return max(self.first.height(first), self.second.height(second))

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        first, second = self._widths(place.width)
        lefts = (second + self.gap, 0.0) if self.mirrored else (0.0, first + self.gap)
        self.first.paint(canvas, Place(place.x + lefts[0], place.top, first))
        self.second.paint(canvas, Place(place.x + lefts[1], place.top, second))

    def _widths(self, width: float) -> tuple[float, float]:
        first = (width - self.gap) * self.share
        return first, width - self.gap - first


class Together(StyledBlock, Stack):
    """Blocks that stay on one page where a page has room for them all."""

    __slots__ = ("look",)

    def __init__(self, blocks: Sequence[Block], look: Look) -> None:
        super().__init__(blocks)
        self.look: Look = look

    def least(self, width: float) -> float:
        """See Block."""
        height = self.height(width)
        return height if height <= _WHOLE else self.blocks[0].least(width)

    def split(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        """See Block."""
        if self.height(width) <= _WHOLE:
            return None
        first, rest = super().split(width, room) or (Stack(()), self)
        return (first, Together(rest.blocks, self.look)) if first.blocks and rest.blocks else None


class QrFigure(Block):
    """A square code. Its element says in words what it is for.

    Args:
        text: what the code says.
        element: a Figure with an alternative text.
        side: in points.
    """

    def __init__(self, text: str, element: Element, side: float) -> None:
        self.text = text
        self.element = element
        self.side = side

    def height(self, width: float) -> float:
        """See Block."""
        return self.side

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block. At the right edge of its place."""
        import zxingcpp

        code = zxingcpp.create_barcode(self.text, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
        picture = code.to_image(scale=1, add_quiet_zones=False)
        rows: list[list[int]] = memoryview(picture).tolist()  # type: ignore[arg-type, assignment]  # two dimensions
        left, bottom = place.x + place.width - self.side, place.top - self.side
        self.element.bounds = (left, bottom, left + self.side, place.top)
        # A little taller than they are, or readers leave hairlines between the rows.
        dark = [(start, -number, end - start, 1.02) for number, row in enumerate(rows, 1) for start, end in _dark(row)]
        with canvas.marked(self.element), canvas.moved(left, place.top, self.side / len(rows)):
            canvas.rectangles(dark, "#000000")


def _dark(row: Sequence[int]) -> Sequence[tuple[int, int]]:
    """Where the dark stretches of a row begin and end; what is dark is 0."""
    runs, start = [], -1
    for index, light in enumerate([*row, 255]):
        if not light and start < 0:
            start = index
        elif light and start >= 0:
            runs.append((start, index))
            start = -1
    return runs
