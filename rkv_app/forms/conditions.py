# SPDX-License-Identifier: MIT
"""Decides which items are asked, from the answers so far.

An item without an answer, or that is itself not asked, matches nothing: only `exists: false` is true of it.
"""

from collections.abc import Collection, Iterable, Mapping

from rkv_app.forms.model import (
    QUESTIONS,
    ChoicesItem,
    Condition,
    DateItem,
    EnableWhen,
    Item,
    Operator,
    Question,
    ScaleItem,
)
from rkv_app.forms.values import chosen, day, fits, is_blank


def asked_items(items: Iterable[tuple[Item, Collection[str]]], values: Mapping[str, object]) -> frozenset[str]:
    """Returns the ids of the items that are asked.

    Args:
        items: items in reading order, each with the ids of the sections around it.
        values: JSON values by item id, of these items only.
    """
    asked: set[str] = set()
    counting: dict[str, tuple[Question, object]] = {}
    for item, sections in items:
        if not asked.issuperset(sections) or not _enabled(item.enable_when, counting):
            continue
        asked.add(item.id)
        value = values.get(item.id)
        if isinstance(item, QUESTIONS) and not is_blank(value) and fits(item, value):
            counting[item.id] = (item, value)
    return frozenset(asked)


def _enabled(when: EnableWhen | None, counting: Mapping[str, tuple[Question, object]]) -> bool:
    if when is None:
        return True
    results = (_holds(condition, counting) for condition in when.conditions)
    return all(results) if when.all is not None else any(results)


def _holds(condition: Condition, counting: Mapping[str, tuple[Question, object]]) -> bool:
    answered = counting.get(condition.item)
    if condition.operator is Operator.EXISTS:
        return (answered is not None) == condition.value
    if answered is None:
        return False
    item, value = answered
    match item:
        case ChoicesItem():
            return (condition.value in chosen(value)) == (condition.operator is Operator.EQUAL)
        case ScaleItem() if condition.operator not in (Operator.EQUAL, Operator.NOT_EQUAL):
            return _compare(condition.operator, item.step(str(value)), item.step(str(condition.value)))
        case DateItem():
            return _compare(condition.operator, _ordinal(value), _ordinal(condition.value))
        case _:
            return (value == condition.value) == (condition.operator is Operator.EQUAL)


def _ordinal(value: object) -> int | None:
    named = day(value)
    return named.toordinal() if named is not None else None


def _compare(operator: Operator, left: int | None, right: int | None) -> bool:
    if left is None or right is None:
        return False
    results = {
        Operator.EQUAL: left == right,
        Operator.NOT_EQUAL: left != right,
        Operator.GREATER: left > right,
        Operator.LESS: left < right,
        Operator.AT_LEAST: left >= right,
        Operator.AT_MOST: left <= right,
    }
    return results[operator]
