# SPDX-License-Identifier: MIT
"""Two sets of answers to the same form, question by question."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import Form, Question
from rkv_app.forms.reading import Cell, Part, Rows, read


@dataclass(frozen=True, slots=True)
class Pair:
    """One question, with the answer of each set; None where that set does not ask it or has no answer there.

    Attributes:
        group: id of the aim matrix or repeat that the question stands in; empty for none.
        row: code of the aim, or number of the row, counted from 1; empty for none.
    """

    item: Question
    group: str
    row: str
    first: Cell | None
    second: Cell | None

    @property
    def differs(self) -> bool:
        """Whether the two sets say different things."""
        return (self.first.value if self.first else None) != (self.second.value if self.second else None)


@dataclass(frozen=True, slots=True)
class _Placed:
    cell: Cell
    group: str = ""
    row: str = ""
    rank: tuple[int, str, int] = (0, "", 0)


def pairs(
    form: Form, first: Mapping[str, object], second: Mapping[str, object], aims: Sequence[AimText]
) -> tuple[Pair, ...]:
    """Returns every question that is answered in either set, in reading order.

    Rows of a repeat are told apart by their ids; one that both sets have keeps the number it has in the first.
    """
    one, other = (_placed(form, answers, aims) for answers in (first, second))
    items = [placed.item.id for placed in form.placed()]
    found = sorted({**other, **one}.items(), key=lambda entry: (items.index(entry[0].partition("/")[0]), entry[1].rank))
    return tuple(
        Pair(placed.cell.item, placed.group, placed.row, _cell(one.get(path)), _cell(other.get(path)))
        for path, placed in found
    )


def _cell(placed: _Placed | None) -> Cell | None:
    return placed.cell if placed is not None else None


def _placed(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> dict[str, _Placed]:
    """The answered questions of one set, by path."""
    parts = read(form, answers, aims).parts
    every = (placed for item_id, part in parts.items() for placed in _of_part(item_id, part))
    return {placed.cell.path: placed for placed in every if placed.cell.given}


def _of_part(item_id: str, part: Part) -> Iterator[_Placed]:
    if isinstance(part, Cell):
        yield _Placed(part)
        return
    columns = [column.id for column in (part.matrix if isinstance(part, Rows) else part.repeat).columns]
    for number, row in enumerate(part.rows, 1):
        called = row.id if isinstance(part, Rows) else str(number)
        for cell in row.cells:
            yield _Placed(cell, item_id, called, (number, row.id, columns.index(cell.item.id)))
