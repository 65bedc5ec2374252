# SPDX-License-Identifier: MIT
"""Says what is still wrong with a set of answers. Only what is asked is looked at; nothing is changed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import Cell, Rows, asked, item_path, question_at
from rkv_app.forms.model import DateItem, Form, LongTextItem, RowsRequired, TextItem, day_bound
from rkv_app.forms.values import day, fits
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to put right.

    Attributes:
        code: stable, `RKV-FRM-nnn`.
        item: path of the item to go to.
        message: what is wrong, without the answer itself.
    """

    code: str
    item: str
    message: Message


def check(form: Form, answers: Mapping[str, object], aims: Sequence[AimText], *, today: date) -> tuple[Problem, ...]:
    """Returns every problem, in reading order; none means that the form can be completed.

    Args:
        form: the form the answers were given on.
        answers: item path to JSON value.
        aims: the aims that were asked about.
        today: the day on which dates in the future begin tomorrow.
    """
    found: list[Problem] = []
    for part in asked(form, answers, aims):
        if isinstance(part, Rows):
            found.extend(_in_rows(part, today))
        else:
            found.extend(_in_cell(part, today))
    found.extend(_unknown(path) for path in answers if question_at(form, path, aims) is None)
    return tuple(found)


def check_value(form: Form, item: str, value: object, aims: Sequence[AimText]) -> None:
    """Makes sure that `value` can be saved under the item path `item`; None, which removes an answer, always can.

    Raises:
        UserError: RKV-FRM-010 there is no such question in the form, RKV-FRM-011 the question has no such answer.
    """
    question = question_at(form, item, aims)
    if question is None:
        raise UserError(
            "RKV-FRM-010",
            message("The form has no question {item}.", item=item[:120]),
            message("Nothing was saved. All other answers are as they were."),
        )
    if value is not None and not fits(question, value):
        raise UserError(
            "RKV-FRM-011",
            message("This is not an answer that the question {item} can have.", item=item[:120]),
            message("Nothing was saved. The answer that stood there before is kept."),
        )


def _in_rows(part: Rows, today: date) -> Iterator[Problem]:
    matrix = part.matrix
    if matrix.required is RowsRequired.AT_LEAST_ONE and not any(row.begun for row in part.rows):
        yield Problem("RKV-FRM-024", matrix.id, message("At least one aim must be answered."))
    for row in part.rows:
        if row.begun:
            for cell in row.cells:
                yield from _in_cell(cell, today)
        elif matrix.required is RowsRequired.EVERY:
            yield Problem(
                "RKV-FRM-020",
                item_path(matrix.id, row.aim.code, matrix.columns[0].id),
                message("This needs an answer."),
            )


def _in_cell(cell: Cell, today: date) -> Iterator[Problem]:
    if not cell.given:
        if cell.item.required:
            yield Problem("RKV-FRM-020", cell.path, message("This needs an answer."))
        return
    if not fits(cell.item, cell.value):
        yield Problem("RKV-FRM-011", cell.path, message("This is not an answer that the question can have."))
        return
    match cell.item:
        case TextItem() | LongTextItem():
            yield from _length(cell, cell.item)
        case DateItem():
            yield from _bounds(cell, cell.item, today)
        case _:
            pass


def _length(cell: Cell, item: TextItem | LongTextItem) -> Iterator[Problem]:
    length = len(str(cell.value).strip())
    if length > item.max_length:
        told = message("The text has {length} characters; at most {most} fit.", length=length, most=item.max_length)
        yield Problem("RKV-FRM-021", cell.path, told)
    if item.min_length is not None and length < item.min_length:
        told = message("Write a little more: at least {least} characters.", least=item.min_length)
        yield Problem("RKV-FRM-021", cell.path, told)


def _bounds(cell: Cell, item: DateItem, today: date) -> Iterator[Problem]:
    given = day(cell.value)
    if given is None:
        return
    if item.max is not None and given > (latest := day_bound(item.max, today)):
        told = message("The date cannot be later than {date}.", date=latest.isoformat())
        yield Problem("RKV-FRM-022", cell.path, told)
    if item.min is not None and given < (earliest := day_bound(item.min, today)):
        told = message("The date cannot be earlier than {date}.", date=earliest.isoformat())
        yield Problem("RKV-FRM-022", cell.path, told)


def _unknown(path: str) -> Problem:
    return Problem("RKV-FRM-010", path, message("There is an answer here to a question that the form does not have."))
