# SPDX-License-Identifier: MIT
"""Tables that break well: between rows, inside a row only where it is long, with the header repeated on each page."""

from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.documents.tagged.blocks import Block, Place, Stack, StyledBlock
from rkv_app.documents.tagged.canvas import Artifact, TagCanvas

# A row lower than this is moved whole to the next page; a higher one may be divided, but not into less than a strip.
WHOLE_ROW = 190.0
_STRIP = 70.0
_WHOLE_TABLE = 340.0


class Row:
    """Cells beside each other."""

    __slots__ = ("_measured", "cells")

    def __init__(self, cells: tuple[Stack, ...]) -> None:
        self.cells = cells
        self._measured: tuple[float, float] | None = None

    def height(self, width: float, look: "TableLook") -> float:
        """Height with its padding; remembered, because filling a page asks several times."""
        if self._measured is None or self._measured[0] != width:
            columns = look.columns(Place(0, 0, width))
            highest = max(cell.height(column.width) for cell, column in zip(self.cells, columns, strict=True))
            self._measured = (width, highest + look.above + look.below)
        return self._measured[1]


@dataclass(frozen=True, slots=True)
class TableLook:
    """How a table looks.

    Attributes:
        shares: width of each column as a share of the whole; they add up to 1.
        above, below: padding inside each row.
        gutter: distance between columns.
        rule: colour of the line below each row, or empty for none.
        header_rule: colour of the line below the header.
        whole_row: a row no higher than this is not divided.
        keep_whole: whether the table is moved to the next page rather than divided, where it is no higher than half
            a page.
        mirrored: whether the first column stands at the right.
        keep_with_next: whether the last of it is not left alone at the foot of a page.
    """

    shares: tuple[float, ...]
    above: float = 5
    below: float = 6
    gutter: float = 14
    rule: str = ""
    header_rule: str = ""
    space_before: float = 0
    space_after: float = 0
    whole_row: float = WHOLE_ROW
    keep_whole: bool = False
    mirrored: bool = False
    keep_with_next: bool = False

    def columns(self, place: Place) -> Sequence[Place]:
        """Where the columns stand: each loses the gutter at its right, but the last."""
        x, result = place.x, []
        for index, share in enumerate(self.shares):
            width = share * place.width
            last = index == len(self.shares) - 1
            inner = width if last else width - self.gutter
            left = 2 * place.x + place.width - x - inner if self.mirrored else x
            result.append(Place(left, place.top, inner))
            x += width
        return result


class Table(StyledBlock):
    """Rows below a header. Cells know their own elements, so a split needs no bookkeeping of the structure."""

    def __init__(self, header: Row | None, rows: Sequence[Row], look: TableLook, *, continues: bool = False) -> None:
        """Makes the table.

        Args:
            header: repeated on each page; None for a table with row headers alone.
            rows: at least one.
            look: columns and distances.
            continues: this is the later part of a table, so its header is not content once more.
        """
        self.header = header
        self.rows = tuple(rows)
        self.look: TableLook = look
        self.continues = continues

    def height(self, width: float) -> float:
        """See Block."""
        return self._header_height(width) + sum(row.height(width, self.look) for row in self.rows)

    def least(self, width: float) -> float:
        """See Block: the header, and the first row or a good strip of it; or all of a table that is kept whole."""
        if self.look.keep_whole and (height := self.height(width)) <= _WHOLE_TABLE:
            return height
        first = self.rows[0].height(width, self.look)
        return self._header_height(width) + (first if first <= self.look.whole_row else _STRIP)

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """See Block."""
        used = self._header_height(width)
        fitting: list[Row] = []
        rest = list(self.rows)
        while rest and used + rest[0].height(width, self.look) <= room:
            used += rest[0].height(width, self.look)
            fitting.append(rest.pop(0))
        if rest and rest[0].height(width, self.look) > self.look.whole_row and room - used >= _STRIP:
            parts = self._split_row(rest[0], width, room - used)
            if parts:
                fitting.append(parts[0])
                rest[0] = parts[1]
        if not fitting or not rest:
            return None
        first = Table(self.header, fitting, self.look, continues=self.continues)
        return first, Table(self.header, rest, self.look, continues=True)

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        top = place.top
        if self.header is not None:
            top -= self._paint_header(self.header, canvas, place)
        for row in self.rows:
            top -= self._paint_row(row, canvas, Place(place.x, top, place.width), self.look.rule)

    def _paint_header(self, header: Row, canvas: TagCanvas, place: Place) -> float:
        if not self.continues:
            return self._paint_row(header, canvas, place, self.look.header_rule)
        with canvas.artifact(Artifact.PAGINATION):
            return self._paint_row(header, canvas, place, self.look.header_rule)

    def _paint_row(self, row: Row, canvas: TagCanvas, place: Place, rule: str) -> float:
        height = row.height(place.width, self.look)
        for cell, column in zip(row.cells, self.look.columns(place), strict=True):
            cell.paint(canvas, Place(column.x, place.top - self.look.above, column.width))
        if rule:
            with canvas.artifact():
                canvas.rule(place.x, place.top - height, place.width, rule)
        return height

    def _split_row(self, row: Row, width: float, room: float) -> tuple[Row, Row] | None:
        inner = room - self.look.above - self.look.below
        first, rest = [], []
        for cell, column in zip(row.cells, self.look.columns(Place(0, 0, width)), strict=True):
            before, after = cell.split(column.width, inner) or (Stack(()), cell)
            first.append(before)
            rest.append(after)
        if not any(cell.blocks for cell in first):
            return None
        return Row(tuple(first)), Row(tuple(rest))

    def _header_height(self, width: float) -> float:
        return self.header.height(width, self.look) if self.header is not None else 0.0
