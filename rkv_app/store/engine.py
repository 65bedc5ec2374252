# SPDX-License-Identifier: MIT
"""The one connection to a store's database: keyed, locked for us alone, every commit on disk before it is answered."""

import contextlib
import json
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.store.failures import explained

# Locked for us alone there is no shared-memory file, and a second window is told so at once.
_PRAGMAS: Final = (
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA cipher_memory_security = ON",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)
# How a transaction begins, is kept, and is undone: by itself, and inside another one.
_OUTER: Final = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_INNER: Final = ("SAVEPOINT inner_one", "RELEASE inner_one", ("ROLLBACK TO inner_one", "RELEASE inner_one"))

dump_json = partial(json.dumps, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
"""JSON as it is written in every JSON column."""


class RawCursor(Protocol):
    """What is used of a driver's cursor."""

    def fetchall(self) -> list[tuple[object, ...]]: ...  # noqa: D102


class RawConnection(Protocol):
    """What is used of a driver's connection (PEP 249, with sqlite3's shortcuts)."""

    @property
    def in_transaction(self) -> bool: ...  # noqa: D102

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> RawCursor: ...  # noqa: D102

    def executescript(self, sql: str, /) -> RawCursor: ...  # noqa: D102

    def close(self) -> None: ...  # noqa: D102


def connect(path: Path, key: bytes | bytearray, *, salt: bytes = b"") -> RawConnection:
    """Opens the database at `path` and takes its lock.

    Args:
        path: an existing file; an empty one becomes a new database.
        key: 32 bytes, used as they are.
        salt: the 16 bytes that stand first in the file; read from there when not given.

    Raises:
        UserError: RKV-STO-002 open elsewhere; RKV-STO-011 damaged, or another key; RKV-SYS-001, RKV-SYS-002.
    """
    with explained(path):
        raw = cast(RawConnection, dbapi2.connect(str(path), timeout=0, isolation_level=None, check_same_thread=False))
        try:
            # As a script, because the driver would keep the text of a single statement, and with it the key, for reuse.
            raw.executescript(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
            for pragma in _PRAGMAS:
                raw.execute(pragma).fetchall()
            take_lock, let_go, _ = _OUTER
            raw.execute(take_lock)
            raw.execute(let_go)
        except BaseException:
            raw.close()
            raise
    return raw


class Database:
    """An open database and its transactions. Used from one thread at a time.

    Every transaction takes the write lock when it begins, so none can fail half-way for want of it. One inside another
    is a savepoint: it can fail alone. Whatever fails rolls back, and a failure a user can act on is a UserError.
    """

    def __init__(self, raw: RawConnection, path: Path) -> None:
        self._path = path
        self._raw = raw
        self._engine = sa.create_engine(
            "sqlite://",
            module=dbapi2,
            creator=lambda: raw,
            poolclass=StaticPool,
            isolation_level="AUTOCOMMIT",
            hide_parameters=True,
            json_serializer=dump_json,
        )
        # Transactions are the driver's: beginning and ending them through SQLAlchemy takes longer than saving an
        # answer. It is told of one that lasts as long as the connection, so that neither it nor Alembic ends ours.
        self._connection: sa.Connection | None = self._engine.connect()
        self._connection.begin()

    @property
    def raw(self) -> RawConnection:
        """The driver's own connection, for statements that must not wait; use it inside `transaction()`."""
        return self._raw

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """All writes inside succeed together or not at all."""
        connection = self._open_connection()
        begin, keep, undo = _INNER if self._raw.in_transaction else _OUTER
        with explained(self._path):
            self._raw.execute(begin)
            try:
                yield connection
                self._raw.execute(keep)
            except BaseException:
                # On a full disk SQLite has rolled back by itself.
                if self._raw.in_transaction:
                    for step in undo:
                        self._raw.execute(step)
                raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One state of the database for all reads inside; within a transaction, that transaction's."""
        connection = self._open_connection()
        if self._raw.in_transaction:
            with explained(self._path):
                yield connection
        else:
            with self.transaction():
                yield connection

    def is_sound(self) -> bool:
        """Whether every page is as it was written, and every structure and reference holds.

        SQLCipher's own check does not see a file cut off between two pages, SQLite's does not see every changed bit.
        """
        with explained(self._path):
            return (
                self._raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
                and self._raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                and self._raw.execute("PRAGMA foreign_key_check").fetchall() == []
            )

    def close(self) -> None:
        """Folds the write-ahead log into the file and lets go of it. Closing twice is harmless."""
        if self._connection is None:
            return
        self._connection.close()
        self._connection = None
        # A log that cannot be folded in now, on a full disk, is complete and is folded in at the next opening.
        with contextlib.suppress(dbapi2.Error):
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._engine.dispose()

    def _open_connection(self) -> sa.Connection:
        if self._connection is None:
            raise RuntimeError("the store is closed")
        return self._connection
