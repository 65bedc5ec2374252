# SPDX-License-Identifier: MIT
"""Reads a flat store of answers through a form: what is asked now, what counts, how far one has come.

An answer lies under its item path: `item`, or `matrix/<aim code>/<column>`. Answers to items that are not asked are
kept in the store but count for nothing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating
from rkv_app.forms.conditions import asked_items
from rkv_app.forms.model import QUESTIONS, AimMatrixItem, Form, Item, Question
from rkv_app.forms.values import chosen, day, fits, is_blank

RATING = "rating"
KNOWN_BY = "known_by"
EXAMPLE = "example"
OBSERVED_ON = "observed_on"


def item_path(matrix: str, aim_code: str, column: str) -> str:
    """The path of one cell of an aim matrix."""
    return f"{matrix}/{aim_code}/{column}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One question that is asked, and the stored value under its path."""

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


@dataclass(frozen=True, slots=True)
class Row:
    """What is asked about one aim."""

    aim: AimText
    cells: tuple[Cell, ...]

    @property
    def begun(self) -> bool:
        """Something has been said about the aim."""
        return any(cell.given for cell in self.cells)

    @property
    def answered(self) -> bool:
        """Everything that must be said about the aim has been said."""
        return self.begun and all(cell.counts for cell in self.cells if cell.item.required)

    def value(self, column: str) -> object:
        """The answer in a column, or None where none counts."""
        return next((cell.value for cell in self.cells if cell.item.id == column and cell.counts), None)


@dataclass(frozen=True, slots=True)
class Rows:
    """An aim matrix that is asked, one row for each aim."""

    matrix: AimMatrixItem
    rows: tuple[Row, ...]


def asked(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[Cell | Rows, ...]:
    """Returns what the form asks now, in reading order."""
    shown = shown_items(form, answers)
    parts: list[Cell | Rows] = []
    for _, item, _ in form.placed():
        if item.id not in shown:
            continue
        if isinstance(item, AimMatrixItem):
            parts.append(Rows(item, tuple(_row(item, aim, answers) for aim in aims)))
        elif isinstance(item, QUESTIONS):
            parts.append(Cell(item.id, item, answers.get(item.id)))
    return tuple(parts)


def shown_items(form: Form, answers: Mapping[str, object]) -> frozenset[str]:
    """Returns the ids of all items to be shown now, sections and notes too, columns of matrices not."""
    items: list[tuple[Item, tuple[str, ...]]] = [
        (item, tuple(section.id for section in sections)) for _, item, sections in form.placed()
    ]
    return asked_items(items, answers)


def asked_columns(matrix: AimMatrixItem, aim_code: str, answers: Mapping[str, object]) -> frozenset[str]:
    """Returns the ids of the columns that are asked about one aim."""
    values = {column.id: answers.get(item_path(matrix.id, aim_code, column.id)) for column in matrix.columns}
    return asked_items(((column, ()) for column in matrix.columns), values)


def relevant_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> dict[str, object]:
    """Returns the answers that count, by path in reading order: what is exported and what completing keeps."""
    return {cell.path: cell.value for cell in _cells(asked(form, answers, aims)) if cell.counts}


def hidden_answers(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[str, ...]:
    """Returns the paths of answers to questions that are not asked any more: what completing will remove."""
    paths = {cell.path for cell in _cells(asked(form, answers, aims))}
    return tuple(path for path, value in answers.items() if path not in paths and not is_blank(value))


def progress(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[int, int]:
    """Returns how many things are answered, of how many: each aim is one, each other required question is one."""
    done: list[bool] = []
    for part in asked(form, answers, aims):
        if isinstance(part, Rows):
            done.extend(row.answered for row in part.rows)
        elif part.item.required:
            done.append(part.counts)
    return sum(done), len(done)


def aim_ratings(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> tuple[AimRating, ...]:
    """Returns what is said about each rated aim, in the order of `aims`; an aim without a rating is left out."""
    ratings: list[AimRating] = []
    for part in asked(form, answers, aims):
        if not isinstance(part, Rows):
            continue
        for row in part.rows:
            rating = row.value(RATING)
            if rating in list(Rating):
                ratings.append(_aim_rating(row, Rating(str(rating))))
    return tuple(ratings)


def question_at(form: Form, path: str, aims: Sequence[AimText]) -> Question | None:
    """Returns the question that an item path names, whether it is asked now or not; None for an unknown path."""
    head, *rest = path.split("/")
    item = form.find(head)
    if isinstance(item, AimMatrixItem) and len(rest) == 2 and any(aim.code == rest[0] for aim in aims):
        return item.column(rest[1])
    return item if isinstance(item, QUESTIONS) and not rest else None


def _row(matrix: AimMatrixItem, aim: AimText, answers: Mapping[str, object]) -> Row:
    shown = asked_columns(matrix, aim.code, answers)
    cells = (
        Cell(path, column, answers.get(path))
        for column in matrix.columns
        if column.id in shown and (path := item_path(matrix.id, aim.code, column.id))
    )
    return Row(aim, tuple(cells))


def _cells(parts: Sequence[Cell | Rows]) -> Iterator[Cell]:
    for part in parts:
        if isinstance(part, Rows):
            for row in part.rows:
                yield from row.cells
        else:
            yield part


def _aim_rating(row: Row, rating: Rating) -> AimRating:
    known_by = chosen(row.value(KNOWN_BY))
    return AimRating(
        aim=row.aim,
        rating=rating,
        known_by=frozenset(KnownBy(code) for code in known_by if code in list(KnownBy)),
        example=str(row.value(EXAMPLE) or "").strip(),
        observed_on=day(row.value(OBSERVED_ON)),
    )
