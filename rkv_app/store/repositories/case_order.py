# SPDX-License-Identifier: MIT
"""The orders of a list of cases, each as a walk along one index: how a page begins where the one before it ended.

A page says where it ended in a token: the values that its last row is ordered by. Whatever comes back in its place is
checked like anything that comes from outside.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.cases import CaseState
from rkv_app.domain.stores import CaseOrder
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.schema import candidate_case
from rkv_app.store.database.trail import dump_json

_LARGEST: Final = 2**63 - 1
# The columns that each order goes by, the last one different in every row.
_COLUMNS: Final = {
    CaseOrder.CHANGED: ("changed", "seq"),
    CaseOrder.NAME: ("name_key", "seq"),
    CaseOrder.STATE: ("state", "changed", "seq"),
    CaseOrder.REFERENCE: ("reference",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one index.

    Attributes:
        columns: what it is ordered by.
        after: their values in the row before the first one; empty where it is from the beginning.
        newest_first: whether it is walked from its end.
        state: only cases in this state.
    """

    columns: tuple[str, ...]
    after: tuple[Any, ...] = ()
    newest_first: bool = False
    state: CaseState | None = None

    def of(self, query: sa.Select[Any]) -> sa.Select[Any]:
        """Returns `query` for this stretch, in its order."""
        columns = [candidate_case.c[name] for name in self.columns]
        if self.state is not None:
            query = query.where(candidate_case.c.state == self.state.value)
        if self.after:
            here = sa.tuple_(*columns)
            there = sa.tuple_(*map(_literal, columns, self.after))
            query = query.where(here < there if self.newest_first else here > there)
        return query.order_by(*(column.desc() if self.newest_first else column for column in columns))


def parts_of(order: CaseOrder, after: str) -> Iterator[Part]:
    """The stretches that make up the list from a token on; from the beginning where it is empty.

    Raises:
        ValueError: `after` is no token of this order.
    """
    values = _values(order, after) if after else ()
    if order is not CaseOrder.STATE:
        yield Part(_COLUMNS[order], values, newest_first=order is CaseOrder.CHANGED)
        return
    states = tuple(CaseState)
    first = states.index(CaseState(values[0])) if values else 0
    for state in states[first:]:
        yield Part(("changed", "seq"), values[1:] if state is states[first] else (), newest_first=True, state=state)


def token_of(order: CaseOrder, row: sa.Row[Any]) -> str:
    """Returns what names the place of a row in an order."""
    values = (row._mapping[name] for name in _COLUMNS[order])
    return dump_json([moment_text(value) if isinstance(value, datetime) else value for value in values])


def _literal(column: sa.Column[Any], value: Any) -> sa.BindParameter[Any]:
    # A number that nobody's row has is still a number.
    return sa.literal(value, sa.BigInteger() if column.name == "seq" else column.type)


def _values(order: CaseOrder, token: str) -> tuple[Any, ...]:
    try:
        values = json.loads(token)
    except RecursionError as problem:
        raise ValueError("no token of a page") from problem
    columns = _COLUMNS[order]
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError("no token of a page")
    return tuple(_value(name, value) for name, value in zip(columns, values, strict=True))


def _value(column: str, value: object) -> str | int | datetime:
    if column == "seq":
        if type(value) is int and 0 <= value <= _LARGEST:
            return value
    elif isinstance(value, str) and b"\0" not in value.encode():
        if column == "changed":
            return _moment(value)
        return CaseState(value).value if column == "state" else value
    raise ValueError("no token of a page")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("no token of a page") from problem
