# SPDX-License-Identifier: MIT
"""Column types that keep what a database would lose: the time zone of a moment, the shape of a nested value."""

from datetime import UTC, datetime
from functools import cached_property
from typing import Generic, TypeVar

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

T = TypeVar("T")


def moment_text(at: datetime) -> str:
    """Returns `at` in UTC as RFC 3339 text of fixed width, so that the order of texts is the order of moments.

    Raises:
        ValueError: `at` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept as the text of `moment_text`."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """See TypeDecorator."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """See TypeDecorator."""
        return None if value is None else datetime.fromisoformat(value)


class Snapshot(TypeDecorator[T], Generic[T]):
    """A whole value of the domain as JSON: for content that never changes and is only ever read whole."""

    impl = sa.JSON
    cache_ok = True

    def __init__(self, kind: type[T]) -> None:
        super().__init__(none_as_null=True)
        self.kind = kind

    def process_bind_param(self, value: T | None, dialect: Dialect) -> object:
        """See TypeDecorator."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(self, value: object, dialect: Dialect) -> T | None:
        """See TypeDecorator."""
        if value is None:
            return None
        return self._adapter.validate_python(value)

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self.kind)
