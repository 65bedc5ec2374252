# SPDX-License-Identifier: MIT
"""How a page of a list begins where the one before it ended: the values that the last row is ordered by, as a token.

Whatever comes back in the place of a token is checked like anything that comes from outside.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Final

import sqlalchemy as sa

from rkv_app.domain.cases import CaseState
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.trail import dump_json

_LARGEST: Final = 2**63 - 1
_MOMENTS: Final = frozenset({"changed", "received_at"})


def token(columns: Sequence[str], row: sa.Row[Any]) -> str:
    """Returns what names the place of a row among rows that are ordered by these columns."""
    values = (row._mapping[name] for name in columns)
    return dump_json([moment_text(value) if isinstance(value, datetime) else value for value in values])


def values_in(columns: Sequence[str], token: str) -> tuple[Any, ...]:
    """Returns the values in a token.

    Raises:
        ValueError: it is no token of these columns.
    """
    try:
        values = json.loads(token)
    except RecursionError as problem:
        raise ValueError("no token of a page") from problem
    if not isinstance(values, list) or len(values) != len(columns):
        raise ValueError("no token of a page")
    return tuple(_value(name, value) for name, value in zip(columns, values, strict=True))


def beyond(
    columns: Sequence[sa.Column[Any]], values: Sequence[Any], *, newest_first: bool = False
) -> sa.ColumnElement[bool]:
    """What is true of the rows that follow the one with these values."""
    here, there = sa.tuple_(*columns), sa.tuple_(*map(_literal, columns, values))
    return here < there if newest_first else here > there


def _literal(column: sa.Column[Any], value: Any) -> sa.BindParameter[Any]:
    # A number that nobody's row has is still a number.
    return sa.literal(value, sa.BigInteger() if column.name == "seq" else column.type)


def _value(column: str, value: object) -> str | int | datetime:
    if column == "seq":
        if type(value) is int and 0 <= value <= _LARGEST:
            return value
    elif isinstance(value, str) and b"\0" not in value.encode():
        if column in _MOMENTS:
            return _moment(value)
        return CaseState(value).value if column == "state" else value
    raise ValueError("no token of a page")


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError as problem:
        raise ValueError("no token of a page") from problem
