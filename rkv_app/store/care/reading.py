# SPDX-License-Identifier: MIT
"""Reads the rows of damaged tables: what lies on a page that is not as it was written is passed over.

Every page carries an authentication code, so what can be read is what was written. A table is walked from its beginning
to the first page that cannot be read, then from its end; between the two, pages that can be read are looked for.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.store.database.engine import RawConnection, RawCursor

_FIRST: Final = -(2**63)
_LAST: Final = 2**63 - 1
# About as many rows as a page has; and how often to jump as far before jumps become longer.
_JUMP: Final = 32
_MOST_JUMPS: Final = 100

Row = tuple[object, ...]


class Queries(Protocol):
    """What is read from."""

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> RawCursor:
        """As a driver's connection does."""
        ...


class Rereading:
    """A damaged database that is opened anew after every page that cannot be read.

    SQLCipher gives out nothing more on a connection that has met such a page.

    Args:
        opened: opens the database; what it gives is closed here.
    """

    def __init__(self, opened: Callable[[], RawConnection]) -> None:
        self._opened = opened
        self._raw = opened()

    def execute(self, sql: str, parameters: Sequence[object] = (), /) -> RawCursor:
        """See Queries."""
        try:
            return _Rows(self._raw.execute(sql, parameters), self.open_again)
        except dbapi2.Error:
            self.open_again()
            raise

    def open_again(self) -> None:
        """Leaves the connection that has met a damaged page."""
        self._raw.close()
        self._raw = self._opened()

    def close(self) -> None:
        """Lets go of the database."""
        self._raw.close()


class _Rows:
    def __init__(self, cursor: RawCursor, on_damage: Callable[[], None]) -> None:
        self._cursor = cursor
        self._on_damage = on_damage

    def __iter__(self) -> Iterator[Row]:
        try:
            yield from self._cursor
        except dbapi2.Error:
            self._on_damage()
            raise

    def fetchall(self) -> list[Row]:
        return list(self)

    def fetchone(self) -> Row | None:
        return next(iter(self), None)


@dataclass(slots=True)
class Walk:
    """The readable rows of a table, and how many are lost: known when all have been taken.

    Attributes:
        lost: rows that are known to have been there; at least 1 where it is not known how many.
    """

    raw: Queries
    table: str
    columns: Sequence[str]
    lost: int = field(default=0, init=False)

    def rows(self) -> Iterator[Row]:
        """Yields every row that can be read, in no certain order."""
        low, high = _FIRST, _LAST
        try:
            for row in self._select("rowid > ? ORDER BY rowid", (low,)):
                low = cast(int, row[0])
                yield row[1:]
        except dbapi2.Error:
            pass
        else:
            return
        try:
            for row in self._select("rowid > ? ORDER BY rowid DESC", (low,)):
                high = cast(int, row[0])
                yield row[1:]
        except dbapi2.Error:
            pass
        yield from self._between(low, high)

    def _between(self, low: int, high: int) -> Iterator[Row]:
        """Looks for pages that can be read among those that cannot, by jumping ahead and reading back from there."""
        known = self._ids()
        read, at, step, tries = 0, low, 1, 0
        while at + step < high:
            first = last = None
            try:
                for row in self._select("rowid > ? AND rowid < ? ORDER BY rowid", (at + step, high)):
                    last = cast(int, row[0])
                    first = last if first is None else first
                    read += 1
                    yield row[1:]
                has_end = True
            except dbapi2.Error:
                has_end = False
            if first is not None:
                for row in self._back_from(first, at):
                    read += 1
                    yield row[1:]
            if has_end:
                break
            tries += 1
            if last is not None:
                at, step = last, 1
            else:
                step += step if step < _JUMP or tries > _MOST_JUMPS else _JUMP
        if known is not None:
            self.lost = sum(1 for one in known if low < one < high) - read
        else:
            self.lost = max(high - low - 1 - read, 0) if high < _LAST and low > _FIRST else 1

    def _back_from(self, first: int, until: int) -> Iterator[Row]:
        try:
            yield from self._select("rowid > ? AND rowid < ? ORDER BY rowid DESC", (until, first))
        except dbapi2.Error:
            return

    def _ids(self) -> list[int] | None:
        """The row ids by an index of the table that can be read; None where there is none."""
        try:
            indexes = self.raw.execute(f'PRAGMA index_list("{self.table}")').fetchall()
        except dbapi2.Error:
            return None
        for _, name, *_ in indexes:
            try:
                rows = self.raw.execute(f'SELECT rowid FROM "{self.table}" INDEXED BY "{name}"').fetchall()  # noqa: S608
            except dbapi2.Error:
                continue
            return sorted(cast(int, one) for (one,) in rows)
        return None

    def _select(self, where: str, parameters: Sequence[object]) -> RawCursor:
        names = ", ".join(f'"{column}"' for column in self.columns)
        query = f'SELECT rowid, {names} FROM "{self.table}" NOT INDEXED WHERE {where}'  # noqa: S608  # our own names
        return self.raw.execute(query, parameters)


def readable_answers(raw: Queries, table: str, owner: str, known: Iterable[tuple[str, str]]) -> Iterator[Row]:
    """Yields every answer that can be read, once: (owner, item, value, saved at). It is a table without row ids.

    Args:
        raw: the damaged database.
        table: `answer` or `response_answer`.
        owner: its first column.
        known: owners and items to ask for where walking does not get to.
    """
    columns = f"SELECT {owner}, item, value, saved_at FROM {table}"  # noqa: S608  # our own names
    seen: set[tuple[object, object]] = set()
    for order in (f"{owner}, item", f"{owner} DESC, item DESC"):
        try:
            for row in raw.execute(f"{columns} ORDER BY {order}"):
                if (row[0], row[1]) in seen:
                    break
                seen.add((row[0], row[1]))
                yield row
            else:
                return
        except dbapi2.Error:
            continue
        return
    for subject, item in known:
        if (subject, item) in seen:
            continue
        try:
            found = raw.execute(f"{columns} WHERE {owner} = ? AND item = ?", (subject, item)).fetchall()
        except dbapi2.Error:
            continue
        yield from found
