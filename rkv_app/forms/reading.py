# SPDX-License-Identifier: MIT
"""Reads answers through a form, item by item in reading order: what is asked, and what counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.calculations import Known, result
from rkv_app.forms.conditions import Counted, enabled
from rkv_app.forms.model import (
    QUESTIONS,
    AimMatrixItem,
    CalculatedItem,
    Form,
    Group,
    Placed,
    Question,
    RepeatItem,
)
from rkv_app.forms.values import are_rows, chosen, fits, is_blank


def item_path(group: str, row: str, column: str) -> str:
    """The path of one cell: of an aim matrix, where a row is an aim code, or of a repeat, where it is a row id."""
    return f"{group}/{row}/{column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One question that is asked, and its answer: that stored under its path, or the result of a calculation."""

    path: str
    item: Question
    value: object

    @property
    def given(self) -> bool:
        """Something stands there, be it right or wrong."""
        return not is_blank(self.value)

    @property
    def counts(self) -> bool:
        """There is an answer of the right type."""
        return self.given and fits(self.item, self.value)


@dataclass(frozen=True)
class Row:
    """What is asked in one row of a group.

    Attributes:
        id: the aim's code in an aim matrix, the row id in a repeat.
    """

    id: str
    cells: tuple[Cell, ...]

    @property
    def begun(self) -> bool:
        """Something has been said in the row."""
        return any(cell.given for cell in self.cells)

    @property
    def answered(self) -> bool:
        """Everything that must be said in the row has been said."""
        return self.begun and all(cell.counts for cell in self.cells if cell.item.required)

    def value(self, column: str) -> object:
        """The answer in a column, or None where none counts."""
        return next((cell.value for cell in self.cells if cell.item.id == column and cell.counts), None)

    @cached_property
    def counting(self) -> Mapping[str, Counted]:
        """The answers that count, by column. Found once: all other rows stay as they are while one is written in."""
        return {cell.item.id: Counted(cell.item, cell.value) for cell in self.cells if cell.counts}


@dataclass(frozen=True)
class AimRow(Row):
    """What is asked about one aim."""

    aim: AimText


@dataclass(frozen=True, slots=True)
class Rows:
    """An aim matrix that is asked, one row for each aim."""

    matrix: AimMatrixItem
    rows: tuple[AimRow, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A repeat that is asked, its rows in the order that somebody gave them.

    Attributes:
        value: what is stored under the item's own path: the list of row ids.
    """

    repeat: RepeatItem
    value: object
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """The item's own path."""
        return self.repeat.id


Part = Cell | Rows | Repeated


@dataclass(slots=True)
class Reading:
    """What is asked and what counts, as far as one has read.

    Attributes:
        shown: ids of the items that are shown, sections and notes too, columns of groups not.
        counting: the answers that count, by question id.
        parts: by item id, in reading order, what is asked.
    """

    shown: set[str] = field(default_factory=set)
    counting: dict[str, Counted] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)


def read(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> Reading:
    """Reads the whole form once."""
    reading = Reading()
    for placed in form.placed():
        judge(reading, placed, answers, aims)
    return reading


def judge(reading: Reading, placed: Placed, answers: Mapping[str, object], aims: Sequence[AimText]) -> None:
    """Reads one item again; everything before it must have been read."""
    item = placed.item
    reading.counting.pop(item.id, None)
    if not _is_shown(reading, placed):
        reading.shown.discard(item.id)
        reading.parts.pop(item.id, None)
        return
    reading.shown.add(item.id)
    match item:
        case AimMatrixItem():
            reading.parts[item.id] = Rows(item, tuple(aim_row(item, aim, answers) for aim in aims))
        case RepeatItem():
            order = answers.get(item.id)
            reading.parts[item.id] = Repeated(
                item, order, tuple(Row(row_id, cells(item, row_id, answers)) for row_id in row_ids(item, answers))
            )
        case CalculatedItem():
            _count(reading, Cell(item.id, item, result(item, known(reading, item))))
        case _ if isinstance(item, QUESTIONS):
            _count(reading, Cell(item.id, item, answers.get(item.id)))
        case _:
            pass


def aim_row(matrix: AimMatrixItem, aim: AimText, answers: Mapping[str, object]) -> AimRow:
    """Reads what is asked about one aim."""
    return AimRow(aim.code, cells(matrix, aim.code, answers), aim)


def cells(group: Group, row_id: str, answers: Mapping[str, object]) -> tuple[Cell, ...]:
    """Reads what is asked in one row."""
    found: list[Cell] = []
    counting: dict[str, Counted] = {}
    for column in group.columns:
        if enabled(column.enable_when, counting):
            path = item_path(group.id, row_id, column.id)
            cell = Cell(path, column, answers.get(path))
            found.append(cell)
            if cell.counts:
                counting[column.id] = Counted(column, cell.value)
    return tuple(found)


def row_ids(repeat: RepeatItem, answers: Mapping[str, object]) -> tuple[str, ...]:
    """The ids of the rows of a repeat, in order; none where what is stored is no list of ids."""
    order = answers.get(repeat.id)
    return chosen(order) if are_rows(order) else ()


def known(reading: Reading, item: CalculatedItem) -> Known:
    """What a calculation may look at."""
    groups = {ref.partition("/")[0] for _, ref in item.calculate.refs()}
    rows: dict[str, list[Mapping[str, Counted]]] = {}
    for group in groups:
        match reading.parts.get(group):
            case Rows(rows=found):
                rows[group] = [row.counting for row in found if row.begun]
            case Repeated(rows=listed):
                rows[group] = [row.counting for row in listed]
            case _:
                pass
    return Known(reading.counting, rows)


def _is_shown(reading: Reading, placed: Placed) -> bool:
    # The innermost section is shown only where those around it are.
    inside = not placed.sections or placed.sections[-1].id in reading.shown
    return inside and enabled(placed.item.enable_when, reading.counting)


def _count(reading: Reading, cell: Cell) -> None:
    reading.parts[cell.path] = cell
    if cell.counts:
        reading.counting[cell.path] = Counted(cell.item, cell.value)
