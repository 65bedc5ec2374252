# SPDX-License-Identifier: MIT
"""Blocks: pieces of a document that know their height, where they may be split, and how to paint themselves.

Lengths are points. A block is measured as often as needed and painted once, in reading order.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from rkv_app.documents.tagged.bidi import has_rtl
from rkv_app.documents.tagged.canvas import TagCanvas, TextStyle
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.documents.tagged.hyphenation import SOFT_HYPHEN
from rkv_app.documents.tagged.structure import Element
from rkv_app.documents.tagged.text import Direction, Line, broken, joined, line_width

# Fewer lines than this are not left alone on either page.
_LINES_TOGETHER = 2


class Place(NamedTuple):
    """Where a block is painted: left edge, upper edge, width."""

    x: float
    top: float
    width: float


class Block(ABC):
    """A piece of a document. There are thousands in a long one, so those of texts have slots."""

    __slots__ = ()

    @property
    def space_before(self) -> float:
        """Distance to the block above; the larger of two neighbours' counts. None at the top of a page."""
        return 0

    @property
    def space_after(self) -> float:
        """Distance to the block below."""
        return 0

    @property
    def keep_with_next(self) -> bool:
        """Whether it is not left alone at the foot of a page."""
        return False

    @property
    def new_page(self) -> bool:
        """Whether it stands at the top of a page."""
        return False

    @abstractmethod
    def height(self, width: float) -> float:
        """Height when painted at `width`."""

    @abstractmethod
    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """Paints the block."""

    def least(self, width: float) -> float:
        """Height of the smallest part worth beginning at the foot of a page."""
        return self.height(width)

    def split(self, width: float, room: float) -> "tuple[Block, Block] | None":
        """Divides the block so that the first part is at most `room` high; None where it cannot be divided there."""
        return None


@dataclass(frozen=True, slots=True)
class Look:
    """How a text block sits on the page, beside its text style.

    Attributes:
        panel: background colour as #rrggbb, or empty; a panel is painted with `padding` around the text.
        indent: distance from the left edge, room for a label.
        new_page: whether the text begins a page.
        right: whether lines end at the right edge; those of a text that runs from the right always do.
    """

    style: TextStyle
    space_before: float = 0
    space_after: float = 0
    keep_with_next: bool = False
    panel: str = ""
    padding: float = 0
    indent: float = 0
    new_page: bool = False
    right: bool = False


class Distances(Protocol):
    """What a look says of the blocks around."""

    @property
    def space_before(self) -> float:
        """See Block."""

    @property
    def space_after(self) -> float:
        """See Block."""

    @property
    def keep_with_next(self) -> bool:
        """See Block."""


class StyledBlock(Block):
    """A block whose look says how far it stands from its neighbours."""

    __slots__ = ()

    look: Distances

    @property
    def space_before(self) -> float:
        """See Block."""
        return self.look.space_before

    @property
    def space_after(self) -> float:
        """See Block."""
        return self.look.space_after

    @property
    def keep_with_next(self) -> bool:
        """See Block."""
        return self.look.keep_with_next


class TextBlock(StyledBlock):
    """A paragraph or heading in one style; split between lines."""

    __slots__ = ("_measured", "element", "look", "outline", "text")

    def __init__(self, text: str, look: Look, element: Element, *, outline: int | None = None) -> None:
        """Makes the block.

        Args:
            text: as `text.shown` returns it.
            look: style and distances.
            element: what the text is content of.
            outline: level in the document's outline, from 0; None for a text that is no heading.
        """
        self.text = text
        self.look: Look = look
        self.element = element
        self.outline = outline
        if not element.actual and has_rtl(text):
            element.actual = text
        self._measured: tuple[float, tuple[Line, ...]] | None = None

    @property
    def new_page(self) -> bool:
        """See Block."""
        return self.look.new_page

    def lines(self, width: float) -> tuple[Line, ...]:
        """The lines of the text at `width`; remembered, because a table asks several times."""
        if self._measured is None or self._measured[0] != width:
            style = self.look.style
            inner = width - self.look.indent - 2 * self.look.padding
            self._measured = (width, broken(self.text, style.typeface, style.size, inner, self.element.language))
        return self._measured[1]

    def height(self, width: float) -> float:
        """See Block."""
        return len(self.lines(width)) * self.look.style.leading + 2 * self.look.padding

    def least(self, width: float) -> float:
        """See Block."""
        lines = len(self.lines(width))
        together = _LINES_TOGETHER if lines >= 2 * _LINES_TOGETHER else lines
        return together * self.look.style.leading + 2 * self.look.padding

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """See Block."""
        lines = self.lines(width)
        fitting = int((room - 2 * self.look.padding) // self.look.style.leading)
        fitting = min(fitting, len(lines) - _LINES_TOGETHER)
        if fitting < _LINES_TOGETHER:
            return None
        # A word that goes on over the page cannot be put together again from the text of one page.
        ends = range(fitting, _LINES_TOGETHER - 1, -1)
        fitting = next((end for end in ends if not lines[end - 1].text.endswith(SOFT_HYPHEN)), fitting)
        return self._part(width, lines[:fitting], self.outline), self._part(width, lines[fitting:], None)

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        height = self.height(place.width)
        if self.look.panel:
            with canvas.artifact():
                canvas.rectangle(place.x, place.top - height, place.width, height, self.look.panel)
        if self.outline is not None:
            canvas.bookmark(self.text, self.outline, place.top + self.look.style.leading)
        lines, look = self.lines(place.width), self.look
        x = place.x + look.padding + (0 if self._ends_right(lines) else look.indent)
        inner = place.width - look.indent - 2 * look.padding
        top = place.top - look.padding
        with canvas.marked(self.element):
            if not look.right:
                canvas.lines(lines, look.style, x, top, inner)
                return
            for number, line in enumerate(lines):
                start = x + inner - line_width(line, look.style.typeface, look.style.size)
                canvas.lines((line,), look.style, start, top - number * look.style.leading)

    def _ends_right(self, lines: tuple[Line, ...]) -> bool:
        return self.look.right or lines[0].direction is Direction.RIGHT

    def _part(self, width: float, lines: tuple[Line, ...], outline: int | None) -> "TextBlock":
        part = TextBlock(joined(lines), self.look, self.element, outline=outline)
        part._measured = (width, lines)
        return part


class LinkBlock(TextBlock):
    """A text of one line that is a link."""

    __slots__ = ("address",)

    def __init__(self, text: str, look: Look, element: Element, address: str) -> None:
        super().__init__(text, look, element)
        self.address = address

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """A link is not split: an annotation belongs to one page."""
        return None

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        super().paint(canvas, place)
        style = self.look.style
        width = min(text_width(self.text, style.typeface, style.size), place.width)
        bounds = (place.x, place.top - self.height(place.width), place.x + width, place.top)
        canvas.link(self.address, self.text, self.element, bounds)


class LabelledBlock(TextBlock):
    """A text with a label in its indent, such as the number of a list item."""

    __slots__ = ("label", "label_element")

    def __init__(self, text: str, look: Look, element: Element, *, label: str, label_element: Element) -> None:
        super().__init__(text, look, element)
        self.label = label
        self.label_element = label_element

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        style, x = self.look.style, place.x
        if self._ends_right(self.lines(place.width)):
            x += place.width - text_width(self.label, style.typeface, style.size)
        with canvas.marked(self.label_element):
            canvas.lines((Line(self.label, " "),), style, x, place.top)
        super().paint(canvas, place)


class DottedBlock(TextBlock):
    """A text with a small disc in its indent: a decoration that repeats what the text says."""

    __slots__ = ("colour", "filled")

    def __init__(self, text: str, look: Look, element: Element, *, colour: str, filled: float) -> None:
        super().__init__(text, look, element)
        self.colour = colour
        self.filled = filled

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        radius = self.look.style.size * 0.36
        inset = radius + 0.5
        x = place.x + (place.width - inset if self._ends_right(self.lines(place.width)) else inset)
        with canvas.artifact():
            canvas.disc(x, place.top - self.look.style.leading / 2, radius, self.colour, self.filled)
        super().paint(canvas, place)


class Stack(Block):
    """Blocks below each other, as in a table cell."""

    __slots__ = ("_measured", "_spaced", "blocks")

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = tuple(blocks)
        self._spaced = _spaced(self.blocks)
        self._measured: tuple[float, float] | None = None

    def height(self, width: float) -> float:
        """See Block. Remembered, because filling a page asks several times."""
        if self._measured is None or self._measured[0] != width:
            self._measured = (width, sum([gap + block.height(width) for gap, block in self._spaced]))
        return self._measured[1]

    def split(self, width: float, room: float) -> "tuple[Stack, Stack] | None":
        """See Block. Either part may be empty, as the other cells of the row decide as well."""
        used = 0.0
        for index, (gap, block) in enumerate(self._spaced):
            height = block.height(width)
            if used + gap + height > room:
                parts = block.split(width, room - used - gap)
                first, rest = parts if parts else (None, block)
                before = self.blocks[:index] if first is None else (*self.blocks[:index], first)
                return Stack(before), Stack((rest, *self.blocks[index + 1 :]))
            used += gap + height
        return self, Stack(())

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        top = place.top
        for gap, block in self._spaced:
            block.paint(canvas, Place(place.x, top - gap, place.width))
            top -= gap + block.height(place.width)


@dataclass(frozen=True, slots=True)
class Bar:
    """One part of a bar: its share (0 to 1) and its colour."""

    share: float
    colour: str


class BarFigure(Block):
    """A horizontal bar in parts. The element's alternative text says what it shows."""

    def __init__(self, parts: Sequence[Bar], element: Element, *, thickness: float = 12) -> None:
        if not element.alternative:
            raise ValueError("a figure needs an alternative text")
        self.parts = tuple(parts)
        self.element = element
        self.thickness = thickness

    @property
    def space_before(self) -> float:
        """See Block."""
        return 4

    @property
    def space_after(self) -> float:
        """See Block."""
        return 10

    @property
    def keep_with_next(self) -> bool:
        """See Block: the figure stands above the table that says the same."""
        return True

    def height(self, width: float) -> float:
        """See Block."""
        return self.thickness

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        bottom = place.top - self.thickness
        self.element.bounds = (place.x, bottom, place.x + place.width, place.top)
        x = place.x
        with canvas.marked(self.element):
            for part in self.parts:
                width = part.share * place.width
                canvas.rectangle(x, bottom, max(width - 1, 0.1), self.thickness, part.colour)
                x += width


def _spaced(blocks: Sequence[Block]) -> Sequence[tuple[float, Block]]:
    before = 0.0
    result = []
    for index, block in enumerate(blocks):
        result.append((max(before, block.space_before) if index else 0.0, block))
        before = block.space_after
    return result
