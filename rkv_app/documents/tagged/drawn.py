# SPDX-License-Identifier: MIT
"""Blocks that are drawn rather than written: a band of colour, and lines for somebody to sign on."""

from collections.abc import Sequence

from rkv_app.documents.tagged.blocks import Block, Place, TextBlock
from rkv_app.documents.tagged.canvas import TagCanvas


class Band(Block):
    """A strip of colour across the page; decoration."""

    __slots__ = ("_after", "_right", "_thickness", "_width", "colour")

    def __init__(self, colour: str, *, width: float, thickness: float, after: float, right: bool = False) -> None:
        self.colour = colour
        self._width = width
        self._thickness = thickness
        self._after = after
        self._right = right

    @property
    def space_after(self) -> float:
        """See Block."""
        return self._after

    @property
    def keep_with_next(self) -> bool:
        """See Block."""
        return True

    def height(self, width: float) -> float:
        """See Block."""
        return self._thickness

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        with canvas.artifact():
            x = place.x + place.width - self._width if self._right else place.x
            canvas.rectangle(x, place.top - self._thickness, self._width, self._thickness, self.colour)


class LinesToSign(Block):
    """Empty lines beside each other, and below each what is to be written there."""

    __slots__ = ("_colour", "_gutter", "_mirrored", "_room", "_shares", "labels")

    def __init__(
        self,
        labels: Sequence[TextBlock],
        shares: Sequence[float],
        *,
        colour: str,
        room: float = 34,
        gutter: float = 18,
        mirrored: bool = False,
    ) -> None:
        """Makes the lines.

        Args:
            labels: what stands below each line.
            shares: width of each as a share of the whole.
            colour: of the lines.
            room: height above a line, to write in.
            gutter: distance between lines.
            mirrored: whether the first stands at the right.
        """
        self.labels = tuple(labels)
        self._shares = tuple(shares)
        self._colour = colour
        self._room = room
        self._gutter = gutter
        self._mirrored = mirrored

    @property
    def space_after(self) -> float:
        """See Block."""
        return 10

    def height(self, width: float) -> float:
        """See Block."""
        return self._room + max(label.height(column.width) for label, column in self._columns(Place(0, 0, width)))

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        for label, column in self._columns(place):
            with canvas.artifact():
                canvas.rule(column.x, column.top - self._room, column.width, self._colour, 0.75)
            label.paint(canvas, Place(column.x, column.top - self._room - 2, column.width))

    def _columns(self, place: Place) -> Sequence[tuple[TextBlock, Place]]:
        columns, used = [], 0.0
        room = place.width - self._gutter * (len(self.labels) - 1)
        for label, share in zip(self.labels, self._shares, strict=True):
            width = share * room
            x = place.x + (place.width - used - width if self._mirrored else used)
            columns.append((label, Place(x, place.top, width)))
            used += width + self._gutter
        return columns


class Room(Block):
    """Empty room for somebody to write in."""

    __slots__ = ("_height",)

    def __init__(self, height: float) -> None:
        self._height = height

    def height(self, width: float) -> float:
        """See Block."""
        return self._height

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """Nothing is painted."""
