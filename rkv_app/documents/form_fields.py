# SPDX-License-Identifier: MIT
"""Places to write and to tick: blocks that are fields in a fillable form and empty boxes on a paper form."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rkv_app.documents import theme
from rkv_app.documents.tagged.blocks import Block, Look, Place, Stack, StyledBlock
from rkv_app.documents.tagged.canvas import TagCanvas
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.text import Line, broken
from rkv_app.documents.tagged.widgets import Kind, Widget

LINE_HEIGHT = 19.0
_BOX = 10.5
_TO_WORDS = 6.0
_BETWEEN = 16.0
# What is higher than this may be divided, or it might fit on no page.
_WHOLE = 560.0
_MASK = 2
_NOWHERE = (0.0, 0.0, 0.0, 0.0)
_FRAME = "#55606e"
_OPTION = theme.CELL.style


def widget(name: str, kind: Kind, label: str) -> Widget:
    """A field that has no place yet."""
    return Widget(name=name, kind=kind, label=label, bounds=_NOWHERE)


class WritingField(Block):
    """A box to write in.

    Args:
        field: what it is in a fillable form; None on paper.
        element: of the structure, a Form in a fillable form.
        tall: height in points.
        share: of the width.
    """

    __slots__ = ("element", "field", "share", "tall")

    def __init__(self, field: Widget | None, element: Element, tall: float = LINE_HEIGHT, share: float = 1) -> None:
        self.field = field
        self.element = element
        self.tall = tall
        self.share = share

    def height(self, width: float) -> float:
        """See Block."""
        return self.tall

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        width, bottom = place.width * self.share, place.top - self.tall
        with canvas.artifact():
            canvas.frame(place.x, bottom, width, self.tall, _FRAME)
        if self.field is not None:
            bounds = (place.x + 1, bottom + 1, place.x + width - 1, place.top - 1)
            canvas.field(replace(self.field, bounds=bounds), self.element)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tick.

    Attributes:
        text: its words.
        field: what it is in a fillable form; None on paper.
    """

    text: str
    field: Widget | None


class Choices(Block):
    """Boxes or circles with words, beside each other as far as the line goes; content of one paragraph."""

    __slots__ = ("_measured", "choices", "element", "round")

    def __init__(self, choices: Sequence[Choice], element: Element, *, round: bool) -> None:
        self.choices = tuple(choices)
        self.element = element
        self.round = round
        self._measured: tuple[float, Sequence[Sequence[tuple[float, Sequence[Line], Choice]]]] | None = None

    @property
    def space_after(self) -> float:
        """See Block."""
        return 2

    def height(self, width: float) -> float:
        """See Block."""
        return sum(_high(row) for row in self._rows(width))

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        top = place.top
        for row in self._rows(place.width):
            for offset, lines, choice in row:
                self._paint(canvas, place.x + offset, top, lines, choice)
            top -= _high(row)

    def _paint(self, canvas: TagCanvas, x: float, top: float, lines: Sequence[Line], choice: Choice) -> None:
        middle = top - _OPTION.leading / 2
        bottom = middle - _BOX / 2
        with canvas.artifact():
            if self.round:
                canvas.disc(x + _BOX / 2, middle, _BOX / 2, _FRAME, 0)
            else:
                canvas.frame(x, bottom, _BOX, _BOX, _FRAME)
        if choice.field is not None:
            field = replace(choice.field, bounds=(x, bottom, x + _BOX, bottom + _BOX))
            canvas.field(field, self.element.child(Tag.FORM))
        with canvas.marked(self.element):
            canvas.lines(lines, _OPTION, x + _BOX + _TO_WORDS, top)

    def _rows(self, width: float) -> Sequence[Sequence[tuple[float, Sequence[Line], Choice]]]:
        if self._measured is not None and self._measured[0] == width:
            return self._measured[1]
        rows: list[list[tuple[float, Sequence[Line], Choice]]] = [[]]
        used = 0.0
        for choice in self.choices:
            long = _BOX + _TO_WORDS + text_width(choice.text, _OPTION.typeface, _OPTION.size)
            if rows[-1] and used + _BETWEEN + long > width:
                rows.append([])
            used = used + _BETWEEN if rows[-1] else 0.0
            room = width - used - _BOX - _TO_WORDS
            # A hair's breadth more than measured, so that rounding does not break a line that just fits.
            lines = broken(choice.text, _OPTION.typeface, _OPTION.size, room + 0.01)
            rows[-1].append((used, lines, choice))
            used += long
        self._measured = (width, rows)
        return rows


class Beside(Block):
    """Two blocks beside each other, each with a share of the width."""

    __slots__ = ("gap", "left", "right", "share")

    def __init__(self, left: Block, right: Block, *, share: float, gap: float = 14) -> None:
        self.left = left
        self.right = right
        self.share = share
        self.gap = gap

    @property
    def space_before(self) -> float:
        """See Block."""
        return self.left.space_before

    @property
    def space_after(self) -> float:
        """See Block."""
        return 4

    def height(self, width: float) -> float:
        """See Block."""
        first, second = self._widths(width)
        return max(self.left.height(first), self.right.height(second))

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        first, second = self._widths(place.width)
        self.left.paint(canvas, Place(place.x, place.top, first))
        self.right.paint(canvas, Place(place.x + first + self.gap, place.top, second))

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
        from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel

        code = QRCode(None, QRErrorCorrectLevel.Q)
        code.addData(self.text)
        code.version = code.calculate_version()  # type: ignore[no-untyped-call]
        # Any of the eight masks can be read; trying them all would take longer than the rest of the page.
        code.makeImpl(False, _MASK)
        left, bottom = place.x + place.width - self.side, place.top - self.side
        self.element.bounds = (left, bottom, left + self.side, place.top)
        dot = self.side / len(code.modules)
        with canvas.marked(self.element):
            for number, row in enumerate(code.modules):
                for start, end in _dark(row):
                    # A little taller than it is, or readers leave hairlines between the rows.
                    y = place.top - (number + 1) * dot
                    canvas.rectangle(left + start * dot, y, (end - start) * dot, dot * 1.02, "#000000")


def _dark(row: Sequence[object]) -> Sequence[tuple[int, int]]:
    runs, start = [], -1
    for index, dark in enumerate([*row, False]):
        if dark and start < 0:
            start = index
        elif not dark and start >= 0:
            runs.append((start, index))
            start = -1
    return runs


def _high(row: Sequence[tuple[float, Sequence[Line], Choice]]) -> float:
    return max(len(lines) for _, lines, _ in row) * _OPTION.leading + 2
