# SPDX-License-Identifier: MIT
"""A county's shared register: the tables of a store on PostgreSQL. Needs the optional packages `rkv-app[register]`.

What PostgreSQL does otherwise than SQLite is made alike here, so that the repositories need not know where they are:
one transaction writes at a time, texts are compared by code point, and an error never says what stands in a row.
"""

import contextlib
import errno
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import psycopg
import sqlalchemy as sa
from psycopg.pq import TransactionStatus
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from rkv_app import __version__
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.migration import bring_up_to_date, run_revisions
from rkv_app.store.database.schema import store_info
from rkv_app.store.database.trail import Entry, Trail, dump_json
from rkv_app.store.failures import damaged_database, read_only_store

Connection = psycopg.Connection[tuple[Any, ...]]

_CONNECT_SECONDS: Final = 10
# How a transaction begins, is kept, and is undone: by itself, for reading only, and inside another one.
_OUTER: Final = ("BEGIN ISOLATION LEVEL READ COMMITTED", "COMMIT", ("ROLLBACK",))
_LOOKING: Final = ("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", "COMMIT", ("ROLLBACK",))
_INNER: Final = ("SAVEPOINT inner_one", "RELEASE inner_one", ("ROLLBACK TO inner_one", "RELEASE inner_one"))
# A statement that waits sees what was there when it began to wait, so whoever writes waits before its first one. Held
# until the transaction ends; the number means nothing but "whoever writes to this register".
_MY_TURN: Final = "SELECT pg_advisory_xact_lock(7501)"
_LONGEST_WAIT: Final = "SET lock_timeout = '10s'"
_NEWEST_ENTRY: Final = "SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1"
# Asked of the catalogue itself: what `to_regclass` knows is from before the wait for our turn.
_IS_EMPTY: Final = """
    SELECT NOT EXISTS (
        SELECT FROM pg_class WHERE relname = 'alembic_version' AND relnamespace = current_schema()::regnamespace)
"""
# Nothing is rewritten by this but the indexes that change, and in new tables those are empty.
_COMPARE_BY_CODE_POINT: Final = """
    SELECT format('ALTER TABLE %s %s', attrelid::regclass, string_agg(
        format('ALTER COLUMN %I TYPE %s COLLATE "C"', attname, format_type(atttypid, atttypmod)), ', '))
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
        AND attcollation = 'pg_catalog.default'::regcollation
    GROUP BY attrelid
"""


class _DiscreetCursor(psycopg.Cursor[tuple[Any, ...]]):
    """Leaves out of an error's text the part where PostgreSQL repeats the row that it refused."""

    def execute(self, *arguments: Any, **options: Any) -> "_DiscreetCursor":
        with _without_rows():
            return super().execute(*arguments, **options)

    def executemany(self, *arguments: Any, **options: Any) -> None:
        with _without_rows():
            super().executemany(*arguments, **options)


def connect(conninfo: str) -> Connection:
    """Connects to a register.

    Args:
        conninfo: as libpq takes it; a password is better kept in the place that `passfile` names.

    Raises:
        UserError: RKV-STO-038 there is no answer, or no access.
    """
    try:
        raw = psycopg.connect(
            conninfo,
            autocommit=True,
            cursor_factory=_DiscreetCursor,
            client_encoding="UTF8",
            connect_timeout=_CONNECT_SECONDS,
        )
        raw.execute(_LONGEST_WAIT)
    except psycopg.Error:
        # What libpq says has the address and the user in it, and of a mistyped one perhaps the password.
        raise no_answer() from None
    return raw


class PostgresDatabase:
    """Implements `store.database.port.Database` on one connection to PostgreSQL.

    Every transaction waits for its turn to write when it begins, so that two can neither fork the trail, nor wait for
    one another for ever, nor overwrite what the other has just read. One inside another is a savepoint.

    Args:
        raw: the connection, as from `connect`.
        clock: dates entries of the trail.
        read_only: whether writes are refused.
    """

    def __init__(self, raw: Connection, clock: Clock, *, read_only: bool = False) -> None:
        self.read_only = read_only
        self._raw = raw
        self._clock = clock
        self._trail: Trail | None = None
        self._engine: sa.Engine | None = None
        self._connection: sa.Connection | None = None

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """See Database. A connection that is lost while a transaction is being kept is no UserError: it may be kept."""
        if self.read_only:
            raise read_only_store()
        return self.scratching()

    @contextlib.contextmanager
    def scratching(self) -> Iterator[sa.Connection]:
        """A transaction for temporary tables, which nobody else sees: one for reading only allows it as well."""
        connection = self._alchemy()
        inner = self._in_transaction
        begin, keep, undo = _INNER if inner else _OUTER
        try:
            with _explained():
                self._raw.execute(begin)
                if not (inner or self.read_only):
                    self._raw.execute(_MY_TURN)
                    self._trail = None
                yield connection
            if self._raw.execute(keep).statusmessage == "ROLLBACK":
                raise RuntimeError("a statement of the transaction had failed, so nothing of it was kept")
        except BaseException:
            # What was noted may be gone; what is left is found anew.
            self._trail = None
            self._undo(undo)
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """See Database."""
        connection = self._alchemy()
        if self._in_transaction:
            with _explained():
                yield connection
            return
        begin, keep, undo = _LOOKING
        with _explained():
            try:
                self._raw.execute(begin)
                yield connection
                self._raw.execute(keep)
            except BaseException:
                self._undo(undo)
                raise

    def execute(self, sql: str, parameters: Sequence[object]) -> object:
        """See Database. A question mark in `sql` is a parameter wherever it stands."""
        return self._raw.execute(_in_our_style(sql), parameters)

    def streaming(self) -> AbstractContextManager[None]:
        """See Database. What is kept in memory is the server's affair."""
        return contextlib.nullcontext()

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """See Database."""
        if rows:
            with self._raw.cursor() as cursor:
                cursor.executemany(_in_our_style(sql), rows)

    def note(self, kind: Entry, subject: str, *, item: str = "", value: str | None = None, at: str = "") -> None:
        """See Database. The end of the trail is wherever whoever wrote last has left it."""
        if self._trail is None:
            newest = self._raw.execute(_NEWEST_ENTRY).fetchone()
            self._trail = Trail(self.execute, *newest) if newest else Trail(self.execute)
        self._trail.note(at or moment_text(self._clock.now()), kind, subject, item, value)

    def bring_up_to_date(self) -> None:
        """Makes the tables of a new register, or brings them to the newest revision.

        Raises:
            UserError: RKV-STO-014 the register is newer than this program; else as `transaction`.
        """
        with self.transaction() as connection:
            if connection.scalar(sa.text(_IS_EMPTY)):
                run_revisions(connection)
                connection.execute(store_info.insert().values(id=1, store_id=new_id(), made_by=__version__))
            else:
                bring_up_to_date(connection)
            for (statement,) in self._raw.execute(_COMPARE_BY_CODE_POINT).fetchall():
                self._raw.execute(statement)

    def close(self) -> None:
        """Lets go of the connection; what was not kept is undone. Closing twice is harmless."""
        self._raw.close()
        if self._engine is not None:
            self._engine.dispose()

    @property
    def _in_transaction(self) -> bool:
        return self._raw.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def _undo(self, steps: Sequence[str]) -> None:
        # Where the connection is lost the server has rolled back by itself.
        if self._in_transaction:
            for step in steps:
                self._raw.execute(step)

    def _alchemy(self) -> sa.Connection:
        if self._raw.closed and not self._raw.broken:
            raise RuntimeError("the store is closed")
        if self._connection is None:
            self._engine = sa.create_engine(
                "postgresql+psycopg://",
                creator=lambda: self._raw,
                poolclass=StaticPool,
                isolation_level="AUTOCOMMIT",
                hide_parameters=True,
                json_serializer=dump_json,
                use_native_hstore=False,
            )
            # As in `store/database/engine.py`: transactions are the driver's, and SQLAlchemy must not end them.
            self._connection = self._engine.connect()
            self._connection.begin()
        return self._connection


def no_answer() -> UserError:
    """The server is not there, does not let us in, or lets us wait too long: RKV-STO-038."""
    return UserError(
        "RKV-STO-038",
        message("The register does not answer, or does not let you in."),
        message("Nothing was changed. Check the network and your access, then try again."),
        ExitStatus.LOCKED,
    )


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    """As `store.failures.explained`, for PostgreSQL."""
    try:
        yield
    except (psycopg.Error, DBAPIError) as problem:
        driver_error = problem.orig if isinstance(problem, DBAPIError) else problem
        explanation = _explanation(driver_error)
        if explanation is None:
            raise
        raise explanation from problem


def _explanation(problem: BaseException | None) -> UserError | None:
    match getattr(problem, "sqlstate", None):
        case "53100":
            return explain_os_error(OSError(errno.ENOSPC, "database full"), Path())
        case "25006":
            return read_only_store()
        case "XX001" | "XX002":
            return damaged_database()
        case "55P03" | "57P01" | "57P02" | "57P03":
            return no_answer()
        # libpq has no code for a connection that is gone.
        case None if isinstance(problem, psycopg.OperationalError):
            return no_answer()
    return None


@contextlib.contextmanager
def _without_rows() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as problem:
        if problem.diag.message_primary is not None:
            problem.args = (problem.diag.message_primary,)
        raise


@lru_cache(maxsize=64)
def _in_our_style(sql: str) -> str:
    """The same statement with psycopg's signs for parameters."""
    return sql.replace("%", "%%").replace("?", "%s")
