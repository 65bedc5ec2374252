# SPDX-License-Identifier: MIT
"""Says what is still wrong with a set of answers. Only what is asked is looked at; nothing is changed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import is_repeat, question_at
from rkv_app.forms.bounds import cell_problems
from rkv_app.forms.conditions import Counted
from rkv_app.forms.model import CalculatedItem, Form, Question, RowsRequired
from rkv_app.forms.problems import Problem
from rkv_app.forms.reading import Cell, Part, Reading, Repeated, Row, Rows, item_path, read
from rkv_app.forms.values import are_rows, fits, is_blank, number
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message

__all__ = ["Problem", "check", "check_value"]


def check(form: Form, answers: Mapping[str, object], aims: Sequence[AimText], *, today: date) -> tuple[Problem, ...]:
    """Returns every problem, in reading order; none means that the form can be completed.

    Args:
        form: the form the answers were given on.
        answers: item path to JSON value.
        aims: the aims that were asked about.
        today: the day on which dates in the future begin tomorrow.
    """
    reading = read(form, answers, aims)
    found = [problem for part in reading.parts.values() for problem in part_problems(part, reading, answers, today)]
    found.extend(unknown(path) for path in answers if not is_known(form, path, aims))
    return tuple(found)


def part_problems(part: Part, reading: Reading, answers: Mapping[str, object], today: date) -> Iterator[Problem]:
    """What is wrong with one thing that is asked."""
    if isinstance(part, Cell):
        yield from question_problems(part, reading.counting, answers, today)
        return
    yield from group_problems(part)
    for row in part.rows:
        yield from row_problems(part, row, today)


def question_problems(
    cell: Cell, counting: Mapping[str, Counted], answers: Mapping[str, object], today: date
) -> Iterator[Problem]:
    """What is wrong with the answer to one question outside rows."""
    if isinstance(cell.item, CalculatedItem) and not _agrees(cell, answers.get(cell.path)):
        yield Problem("RKV-FRM-027", cell.path, message("This is not the number that the other answers give."))
    yield from cell_problems(cell, counting, today)


def group_problems(part: Rows | Repeated) -> Iterator[Problem]:
    """What is wrong with the number of rows of a group."""
    if isinstance(part, Rows):
        if part.matrix.required is RowsRequired.AT_LEAST_ONE and not any(row.begun for row in part.rows):
            yield Problem("RKV-FRM-024", part.matrix.id, message("At least one aim must be answered."))
        return
    repeat, number_of_rows = part.repeat, len(part.rows)
    if not is_blank(part.value) and not are_rows(part.value):
        yield Problem("RKV-FRM-011", part.path, message("This is not an answer that the question can have."))
    elif number_of_rows < repeat.min:
        yield Problem("RKV-FRM-029", part.path, message("At least {least} must be here.", least=repeat.min))
    elif number_of_rows > repeat.max:
        yield Problem("RKV-FRM-029", part.path, message("At most {most} fit here.", most=repeat.max))


def row_problems(part: Rows | Repeated, row: Row, today: date) -> Iterator[Problem]:
    """What is wrong in one row: of an aim matrix only where it is begun, of a repeat always."""
    if isinstance(part, Rows) and not row.begun:
        if part.matrix.required is RowsRequired.EVERY:
            path = item_path(part.matrix.id, row.id, part.matrix.columns[0].id)
            yield Problem("RKV-FRM-020", path, message("This needs an answer."))
        return
    counting = row.counting
    for cell in row.cells:
        yield from cell_problems(cell, counting, today)


def is_known(form: Form, path: str, aims: Sequence[AimText]) -> bool:
    """Whether the form has a place for an answer under this path."""
    return question_at(form, path, aims) is not None or is_repeat(form, path)


def unknown(path: str) -> Problem:
    """There is an answer to a question that the form does not have."""
    return Problem("RKV-FRM-010", path, message("There is an answer here to a question that the form does not have."))


def check_value(form: Form, item: str, value: object, aims: Sequence[AimText]) -> None:
    """Makes sure that `value` can be an answer under the item path `item`; None, which removes an answer, always can.

    Raises:
        UserError: RKV-FRM-010 there is no such question in the form, RKV-FRM-011 the question has no such answer.
    """
    question = question_at(form, item, aims)
    if question is None and not is_repeat(form, item):
        raise UserError(
            "RKV-FRM-010",
            message("The form has no question {item}.", item=item[:120]),
            message("Nothing was saved. All other answers are as they were."),
        )
    if value is not None and not _can_be(question, value):
        raise UserError(
            "RKV-FRM-011",
            message("This is not an answer that the question {item} can have.", item=item[:120]),
            message("Nothing was saved. The answer that stood there before is kept."),
        )


def check_writable(form: Form, item: str, aims: Sequence[AimText]) -> None:
    """Makes sure that a person may answer here.

    Raises:
        UserError: RKV-FRM-027 the program finds the answer from others.
    """
    if isinstance(question_at(form, item, aims), CalculatedItem):
        raise UserError(
            "RKV-FRM-027",
            message("The number in {item} is found from other answers and cannot be written.", item=item[:120]),
            message("Nothing was saved. Change the answers that it is found from."),
        )


def _can_be(question: Question | None, value: object) -> bool:
    return are_rows(value) if question is None else fits(question, value)


def _agrees(cell: Cell, stored: object) -> bool:
    return is_blank(stored) or (number(stored) is not None and stored == cell.value)
