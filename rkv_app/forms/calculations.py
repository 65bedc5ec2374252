# SPDX-License-Identifier: MIT
"""The named calculations, each a plain function of the answers that count.

A calculation has no result until something that it looks at is answered; only `count` begins at 0. Nothing here knows
what day it is, so that the same answers give the same number for ever.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rkv_app.forms.conditions import Counted
from rkv_app.forms.model import CalculatedItem, ChoiceItem, ChoicesItem, ScaleItem
from rkv_app.forms.parts import Calculation, Function
from rkv_app.forms.values import chosen, day, number, period


@dataclass(frozen=True, slots=True)
class Known:
    """What a calculation may look at.

    Attributes:
        counting: the answers that count, by question id.
        rows: by id of a group that is asked, its rows (of a matrix, those begun), each with the answers that count.
    """

    counting: Mapping[str, Counted]
    rows: Mapping[str, Sequence[Mapping[str, Counted]]]

    def at(self, ref: str) -> Iterator[Counted]:
        """The answers under a question id, or under `group/column`, one for each row."""
        group, _, column = ref.partition("/")
        if column:
            yield from (row[column] for row in self.rows.get(group, ()) if column in row)
        elif ref in self.counting:
            yield self.counting[ref]


def result(item: CalculatedItem, known: Known) -> int | float | None:
    """The number that a calculated item shows, rounded to its decimals; None where there is nothing to count yet.

    * `sum`: the numbers, added.
    * `count`: the rows of a repeat, the aims of a matrix about which something is said, or the answers to questions; of
      a question with several choices, each choice. With `value`, only the answers that are it.
    * `score`: the scores of the options chosen, added; an option without one adds nothing.
    * `months_between`: calendar months from the first day to the last, both included; days over are a part of the
      month that they stand in. Of periods, added; or, of two dates, from the one to the other.
    * `full_time_months`: months of periods times the percentage in the same row, at most 100; added. Periods that
      overlap are both counted: how much that is worth is the county's to say.
    """
    calculation = item.calculate
    match calculation.function:
        case Function.COUNT:
            return _count(calculation, known)
        case Function.SUM:
            found = [number(answer.value) or 0 for ref in calculation.of for answer in known.at(ref)]
        case Function.SCORE:
            found = [score for ref in calculation.of for answer in known.at(ref) for score in _scores(answer)]
        case Function.MONTHS_BETWEEN:
            found = list(_months(calculation, known))
        case Function.FULL_TIME_MONTHS:
            found = list(_full_time(calculation, known))
    if not found:
        return None
    rounded = round(sum(found), item.decimals)
    return int(rounded) if rounded == int(rounded) else rounded


def months(first: date, last: date) -> float:
    """Calendar months from `first` to `last`, both included; 0 where `last` comes before."""
    end = last + timedelta(days=1) if last < date.max else last
    if end <= first:
        return 0
    whole = (end.year - first.year) * 12 + end.month - first.month
    if _later(first, whole) > end:
        whole -= 1
    start, stop = _later(first, whole), _later(first, whole + 1)
    return whole + (end - start).days / max(1, (stop - start).days)


def _later(first: date, count: int) -> date:
    """The same day of the month `count` months later; the last of the month where it has no such day."""
    month = first.year * 12 + first.month - 1 + count
    year, number_in_year = divmod(month, 12)
    if year >= date.max.year:
        return date.max
    next_month = date(year + (number_in_year + 1) // 12, (number_in_year + 1) % 12 + 1, 1)
    return min(date(year, number_in_year + 1, 1) + timedelta(days=first.day - 1), next_month - timedelta(days=1))


def _count(calculation: Calculation, known: Known) -> int:
    total = 0
    for ref in calculation.of:
        if ref in known.rows:
            total += len(known.rows[ref])
        for item, value in known.at(ref):
            answers = chosen(value) if isinstance(item, ChoicesItem) else (value,)
            total += sum(calculation.value is None or answer == calculation.value for answer in answers)
    return total


def _scores(answered: Counted) -> Iterator[int]:
    item, value = answered
    if isinstance(item, ChoiceItem | ChoicesItem | ScaleItem):
        codes = chosen(value) if isinstance(item, ChoicesItem) else (value,)
        yield from (
            found.score for code in codes if (found := item.option(code)) is not None and found.score is not None
        )


def _months(calculation: Calculation, known: Known) -> Iterator[float]:
    found = [answer for ref in calculation.of for answer in known.at(ref)]
    days = [named for answer in found if (named := day(answer.value)) is not None]
    if len(days) == 2:
        yield months(*days)
    for answer in found:
        yield from _length(answer.value, calculation, known)


def _full_time(calculation: Calculation, known: Known) -> Iterator[float]:
    group, _, column = calculation.of[0].partition("/")
    percent = (calculation.by or "").rpartition("/")[2]
    for row in known.rows.get(group, ()):
        if column in row and percent in row:
            part = min(100, max(0, number(row[percent].value) or 0)) / 100
            yield from (length * part for length in _length(row[column].value, calculation, known))


def _length(value: object, calculation: Calculation, known: Known) -> Iterator[float]:
    first, last = period(value)
    if last is None and calculation.until is not None and calculation.until in known.counting:
        last = day(known.counting[calculation.until].value)
    if first is not None and last is not None:
        yield months(first, last)
