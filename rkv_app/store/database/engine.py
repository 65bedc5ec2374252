# SPDX-License-Identifier: MIT
"""The one connection to a store's database: keyed, locked for us alone, every commit on disk before it is answered."""

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, cast

import sqlalchemy as sa
from sqlalchemy.pool import StaticPool
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.foundation.clock import Clock
from rkv_app.foundation.safe_files import DISK_FULL
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.schema import ADD_TO_TRAIL, SAVE_ANSWER
from rkv_app.store.database.trail import Entry, Trail, dump_json
from rkv_app.store.failures import explained, explanation_of, read_only_store, replaced_underneath
from rkv_app.store.files.ballast import drop_ballast

# KiB of pages that are kept decrypted, which makes lists and searches quick in a large store.
_CACHE: Final = "PRAGMA cache_size = -65536"
_CACHE_FOR_STREAMS: Final = "PRAGMA cache_size = -2048"
# Locked for us alone there is no shared-memory file, and a second window is told so at once.
_PRAGMAS: Final = (
    "PRAGMA cipher_log_level = NONE",
    "PRAGMA cipher_memory_security = ON",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA journal_size_limit = 16777216",
    _CACHE,
)
# Statements the driver keeps compiled. Each takes from the little memory that SQLite sets aside for a connection. Once
# that is used up, every statement asks the system for memory, which is locked and wiped: saves take half as long again.
_STATEMENTS: Final = 12
# Once it is full, the driver lets go of the statement that was wanted least often, which is always the newest: two new
# ones would push each other out for ever. So these are asked for some times before anything is saved.
_OF_EVERY_SAVE: Final = (SAVE_ANSWER, ADD_TO_TRAIL)
_OFTEN: Final = 8
# Seconds between two looks at whether the file is still the one that was opened.
_LOOK_EVERY: Final = 1.0
# How a transaction begins, is kept, and is undone: by itself, and inside another one.
_OUTER: Final = ("BEGIN IMMEDIATE", "COMMIT", ("ROLLBACK",))
_LOOKING: Final = ("BEGIN", "COMMIT", ("ROLLBACK",))
_INNER: Final = ("SAVEPOINT inner_one", "RELEASE inner_one", ("ROLLBACK TO inner_one", "RELEASE inner_one"))


class RawCursor(Protocol):
    """What is used of a driver's cursor."""

    def fetchall(self) -> list[tuple[object, ...]]: ...  # noqa: D102

    def fetchone(self) -> tuple[object, ...] | None: ...  # noqa: D102

    def __iter__(self) -> Iterator[tuple[object, ...]]: ...


class RawConnection(Protocol):
    """What is used of a driver's connection (PEP 249, with sqlite3's shortcuts)."""

    @property
    def in_transaction(self) -> bool: ...  # noqa: D102

    def execute(self, sql: str, parameters: Sequence[object] = ..., /) -> RawCursor: ...  # noqa: D102

    def executemany(self, sql: str, rows: Sequence[Sequence[object]], /) -> RawCursor: ...  # noqa: D102

    def executescript(self, sql: str, /) -> RawCursor: ...  # noqa: D102

    def backup(  # noqa: D102
        self, target: object, *, pages: int = ..., progress: Callable[[int, int, int], None] | None = ...
    ) -> None: ...

    def close(self) -> None: ...  # noqa: D102


def connect(path: Path, key: bytes | bytearray, *, salt: bytes = b"", read_only: bool = False) -> RawConnection:
    """Opens the database at `path` and takes its lock.

    Args:
        path: an existing file; an empty one becomes a new database.
        key: 32 bytes, used as they are.
        salt: the 16 bytes that stand first in the file; read from there when not given.
        read_only: refuse every write afterwards.

    Raises:
        UserError: RKV-STO-002 open elsewhere; RKV-STO-011 damaged, or another key; RKV-SYS-001, RKV-SYS-002.
    """
    with explained(path):
        raw = cast(
            RawConnection,
            dbapi2.connect(
                str(path), timeout=0, isolation_level=None, check_same_thread=False, cached_statements=_STATEMENTS
            ),
        )
        try:
            # As a script, because the driver would keep the text of a single statement, and with it the key, for reuse.
            raw.executescript(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
            raw.executescript(";".join(_PRAGMAS))
            take_lock, let_go, _ = _OUTER
            raw.execute(take_lock)
            raw.execute(let_go)
            if read_only:
                raw.execute("PRAGMA query_only = ON")
        except BaseException:
            raw.close()
            raise
    return raw


class SqlCipherDatabase:
    """Implements `store.database.port.Database` on one connection to SQLCipher.

    Every transaction takes the write lock when it begins, so none can fail half-way for want of it. One inside another
    is a savepoint: it can fail alone. Whatever fails rolls back, and a failure a user can act on is a UserError.

    Args:
        raw: the connection, as from `connect`.
        path: its file.
        clock: dates entries of the trail.
        read_only: whether writes are refused.
    """

    def __init__(self, raw: RawConnection, path: Path, clock: Clock, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self.trail = Trail(raw.execute)
        self.on_growth: Callable[[int, bytes], None] = _nothing
        self._raw = raw
        self._clock = clock
        self._place = str(path)
        self._identity = _identity(self._place)
        self._looked_at = 0.0
        self._engine: sa.Engine | None = None
        self._connection: sa.Connection | None = None
        self._is_open = True

    @property
    def raw(self) -> RawConnection:
        """The driver's own connection, for what the driver alone can do."""
        return self._raw

    def now(self) -> str:
        """The present moment as the database keeps it."""
        return moment_text(self._clock.now())

    def begin_trail(self) -> None:
        """Finds the end of the trail; to be called once the tables are up to date."""
        newest = self._raw.execute("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1").fetchone()
        if newest is not None:
            self.trail = Trail(self._raw.execute, cast(int, newest[0]), cast(bytes, newest[1]))
        for statement in _OF_EVERY_SAVE:
            for _ in range(_OFTEN):
                self._raw.executemany(statement, ())

    def transaction(self) -> contextlib.AbstractContextManager[sa.Connection]:
        """See Database."""
        return _Transaction(self)

    def begin(self) -> bool:
        """Begins a transaction, or a savepoint inside the one that is open; tells whether it is inside another."""
        if self.read_only:
            raise read_only_store()
        inner: bool = self._raw.in_transaction
        if not inner:
            self._require_own_file()
        self._raw.execute((_INNER if inner else _OUTER)[0])
        return inner

    def keep(self, inner: bool) -> None:
        """Keeps what was written since `begin`."""
        self._raw.execute((_INNER if inner else _OUTER)[1])

    def undo(self, inner: bool) -> None:
        """Takes back what was written since `begin`; on a full disk SQLite has done so by itself."""
        if self._raw.in_transaction:
            for step in (_INNER if inner else _OUTER)[2]:
                self._raw.execute(step)

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """See Database."""
        connection = self.alchemy()
        if self._raw.in_transaction:
            with explained(self.path):
                yield connection
            return
        begin, keep, _ = _LOOKING
        with explained(self.path):
            self._raw.execute(begin)
            try:
                yield connection
            finally:
                self._end_look(keep)

    def _end_look(self, keep: str) -> None:
        # Nothing was written, so it is all one how it ends; after some errors SQLite has ended it by itself.
        if self._raw.in_transaction:
            self._raw.execute(keep)

    @contextlib.contextmanager
    def streaming(self) -> Iterator[None]:
        """See Database."""
        self._raw.execute(_CACHE_FOR_STREAMS)
        try:
            yield
        finally:
            self._raw.execute(_CACHE)

    def execute(self, sql: str, parameters: Sequence[object]) -> object:
        """See Database."""
        return self._raw.execute(sql, parameters)

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Database."""
        self._raw.executemany(sql, rows)

    def note(self, kind: Entry, subject: str, *, item: str = "", value: str | None = None, at: str = "") -> None:
        """See Database."""
        self.trail.note(at or self.now(), kind, subject, item, value)

    def is_sound(self) -> bool:
        """Whether every page is as it was written, and every structure and reference holds.

        SQLCipher's own check does not see a file cut off between two pages, SQLite's does not see every changed bit.
        """
        with explained(self.path):
            return (
                self._raw.execute("PRAGMA cipher_integrity_check").fetchall() == []
                and self._raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
                and self._raw.execute("PRAGMA foreign_key_check").fetchall() == []
            )

    def close(self) -> None:
        """Folds the write-ahead log into the file and lets go of it. Closing twice is harmless."""
        if not self._is_open:
            return
        self._is_open = False
        if self._connection is not None:
            self._connection.close()
        # A log that cannot be folded in now, on a full disk, is complete and is folded in at the next opening.
        with contextlib.suppress(dbapi2.Error):
            self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if self._engine is not None:
            self._engine.dispose()
        self._raw.close()

    def _require_own_file(self) -> None:
        """Refuses to write into a file that nobody will find again, because another one stands in its place."""
        now = time.monotonic()
        if now - self._looked_at > _LOOK_EVERY:
            self._looked_at = now
            if _identity(self._place) != self._identity:
                self._looked_at = 0.0
                raise replaced_underneath()

    def alchemy(self) -> sa.Connection:
        """The same connection as SQLAlchemy sees it; its own transactions are not to be used."""
        if not self._is_open:
            raise RuntimeError("the store is closed")
        if self._connection is None:
            self._engine = sa.create_engine(
                "sqlite://",
                module=dbapi2,
                creator=lambda: self._raw,
                poolclass=StaticPool,
                isolation_level="AUTOCOMMIT",
                hide_parameters=True,
                json_serializer=dump_json,
            )
            # Transactions are the driver's: beginning and ending them through SQLAlchemy takes longer than saving an
            # answer. It is told of one that lasts as long as the connection, so that neither it nor Alembic ends ours.
            self._connection = self._engine.connect()
            self._connection.begin()
        return self._connection


class _Transaction:
    """One transaction. A class, because the generators it could be written with would make every save slower."""

    __slots__ = ("_before", "_database", "_inner")

    def __init__(self, database: SqlCipherDatabase) -> None:
        self._database = database
        self._inner = False
        self._before = (database.trail.count, database.trail.last)

    def __enter__(self) -> sa.Connection:
        database = self._database
        connection = database.alchemy()
        try:
            self._inner = database.begin()
        except Exception as problem:
            self._explain(problem)
            raise
        return connection

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        database = self._database
        if problem is None:
            try:
                database.keep(self._inner)
            except BaseException as failure:
                self._undo(failure)
                raise
            trail = database.trail
            if not self._inner and trail.count != self._before[0]:
                database.on_growth(trail.count, trail.last)
        else:
            self._undo(problem)

    def _undo(self, problem: BaseException) -> None:
        self._database.trail.back_to(*self._before)
        self._database.undo(self._inner)
        self._explain(problem)

    def _explain(self, problem: BaseException) -> None:
        explanation = explanation_of(problem, self._database.path)
        if explanation is None:
            return
        if explanation.code == DISK_FULL:
            # What is asked for again, such as an answer that is still on the screen, then finds room.
            drop_ballast(self._database.path)
        raise explanation from problem


def _identity(place: str) -> tuple[int, int]:
    try:
        found = os.stat(place)
    except OSError:
        return (0, 0)
    return found.st_dev, found.st_ino


def _nothing(count: int, last: bytes) -> None:
    """What happens on growth where nobody listens."""
