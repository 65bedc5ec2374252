# SPDX-License-Identifier: MIT
"""Whether one answer keeps within what its question allows: required, lengths, numbers, dates, constraints."""

from collections.abc import Iterator, Mapping
from datetime import date

from rkv_app.forms.conditions import Counted, compare
from rkv_app.forms.model import (
    AttachmentItem,
    DateItem,
    HoursItem,
    IntegerItem,
    LongTextItem,
    PeriodItem,
    TextItem,
    day_bound,
)
from rkv_app.forms.parts import Constraint
from rkv_app.forms.problems import Problem
from rkv_app.forms.reading import Cell
from rkv_app.forms.values import chosen, day, fits, number, period
from rkv_app.foundation.i18n import Message, message


def cell_problems(cell: Cell, counting: Mapping[str, Counted], today: date) -> Iterator[Problem]:
    """What is wrong with one answer.

    Args:
        cell: the question and its answer.
        counting: the answers beside it that constraints may compare with: of the same row, or outside rows.
        today: what `today` means in a bound.
    """
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
            yield from _within(cell, cell.item, day(cell.value), today)
        case PeriodItem():
            yield from _whole_period(cell, cell.item, today)
        case HoursItem():
            yield from _number(cell, cell.item.min, cell.item.max, cell.item.decimals)
        case IntegerItem():
            yield from _number(cell, cell.item.min, cell.item.max, 0)
        case AttachmentItem() if len(chosen(cell.value)) > cell.item.max:
            yield Problem("RKV-FRM-029", cell.path, message("At most {most} fit here.", most=cell.item.max))
        case _:
            pass
    for constraint in cell.item.constraints:
        if not _kept(constraint, cell, counting):
            # The form says it in its own words, in each language.
            own = Message("{words}", {"words": constraint.message})
            yield Problem("RKV-FRM-026", cell.path, own, constraint.code)


def _kept(constraint: Constraint, cell: Cell, counting: Mapping[str, Counted]) -> bool:
    """Whether a constraint holds; one against a question without an answer always does."""
    value: object = constraint.value
    if constraint.item is not None:
        other = counting.get(constraint.item)
        if other is None:
            return True
        value = other.value
    return compare(constraint.operator, Counted(cell.item, cell.value), value)


def _length(cell: Cell, item: TextItem | LongTextItem) -> Iterator[Problem]:
    length = len(str(cell.value).strip())
    if length > item.max_length:
        told = message("The text has {length} characters; at most {most} fit.", length=length, most=item.max_length)
        yield Problem("RKV-FRM-021", cell.path, told)
    if item.min_length is not None and length < item.min_length:
        told = message("Write a little more: at least {least} characters.", least=item.min_length)
        yield Problem("RKV-FRM-021", cell.path, told)


def _number(cell: Cell, least: float | None, most: float | None, decimals: int) -> Iterator[Problem]:
    given = number(cell.value)
    if given is None:
        return
    if most is not None and given > most:
        yield Problem("RKV-FRM-025", cell.path, message("The number can be at most {most}.", most=plain(most)))
    if least is not None and given < least:
        yield Problem("RKV-FRM-025", cell.path, message("The number must be at least {least}.", least=plain(least)))
    if round(given, decimals) != given:
        told = message("The number can have at most {decimals} decimals.", decimals=decimals)
        yield Problem("RKV-FRM-025", cell.path, told)


def _whole_period(cell: Cell, item: PeriodItem, today: date) -> Iterator[Problem]:
    first, last = period(cell.value)
    if first is None or (last is None and not item.open_end):
        yield Problem("RKV-FRM-028", cell.path, message("Give both the first and the last day."))
    elif last is not None and last < first:
        yield Problem("RKV-FRM-028", cell.path, message("The last day comes before the first."))
    else:
        yield from _within(cell, item, first, today, latest=last or first)


def _within(
    cell: Cell, item: DateItem | PeriodItem, given: date | None, today: date, *, latest: date | None = None
) -> Iterator[Problem]:
    if given is None:
        return
    if item.max is not None and (latest or given) > (bound := day_bound(item.max, today)):
        told = message("The date cannot be later than {date}.", date=bound.isoformat())
        yield Problem("RKV-FRM-022", cell.path, told)
    if item.min is not None and given < (bound := day_bound(item.min, today)):
        told = message("The date cannot be earlier than {date}.", date=bound.isoformat())
        yield Problem("RKV-FRM-022", cell.path, told)


def plain(value: float) -> str:
    """A number without a decimal point where it needs none."""
    return str(int(value)) if value == int(value) else str(value)
