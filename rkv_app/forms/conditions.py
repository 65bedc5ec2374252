# SPDX-License-Identifier: MIT
"""Decides whether an item is asked, from the answers that count before it.

A question without an answer, or that is itself not asked, matches nothing: only `exists: false` is true of it.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rkv_app.forms.model import (
    CalculatedItem,
    ChoicesItem,
    DateItem,
    HoursItem,
    IntegerItem,
    Question,
    ScaleItem,
)
from rkv_app.forms.parts import Condition, EnableWhen, Operator
from rkv_app.forms.values import chosen, day, number


class Counted(NamedTuple):
    """A question that is asked, and its answer, which has the right type."""

    item: Question
    value: object


def enabled(when: EnableWhen | None, counting: Mapping[str, Counted]) -> bool:
    """Whether an item is asked, from the answers by question id that count before it."""
    if when is None:
        return True
    results = (holds(condition, counting.get(condition.item)) for condition in when.conditions)
    return all(results) if when.all is not None else any(results)


def holds(condition: Condition, answered: Counted | None) -> bool:
    """Whether one comparison is true of an answer; None where there is none that counts."""
    if condition.operator is Operator.EXISTS:
        return (answered is not None) == condition.value
    return answered is not None and compare(condition.operator, answered, condition.value)


def compare(operator: Operator, answered: Counted, value: object) -> bool:
    """Whether an answer stands in this relation to `value`; two things that have no order never do."""
    item, given = answered
    match item:
        case ChoicesItem():
            return (value in chosen(given)) == (operator is Operator.EQUAL)
        case ScaleItem() if operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
            return _ordered(operator, item.step(str(given)), item.step(str(value)))
        case DateItem():
            return _ordered(operator, _ordinal(given), _ordinal(value))
        case IntegerItem() | HoursItem() | CalculatedItem():
            return _ordered(operator, number(given), number(value))
        case _:
            return (given == value) == (operator is Operator.EQUAL)


def _ordinal(value: object) -> int | None:
    named = day(value)
    return named.toordinal() if named is not None else None


def _ordered(operator: Operator, left: float | None, right: float | None) -> bool:
    if left is None or right is None:
        return False
    match operator:
        case Operator.EQUAL:
            return left == right
        case Operator.NOT_EQUAL:
            return left != right
        case Operator.GREATER:
            return left > right
        case Operator.LESS:
            return left < right
        case Operator.AT_LEAST:
            return left >= right
        case Operator.AT_MOST:
            return left <= right
        case Operator.EXISTS:
            return True
