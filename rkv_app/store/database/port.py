# SPDX-License-Identifier: MIT
"""What repositories need of an open database, whichever it is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

import sqlalchemy as sa

from rkv_app.store.database.trail import Entry


class Database(Protocol):
    """An open database and its transactions. Used from one thread at a time."""

    def transaction(self) -> AbstractContextManager[sa.Connection]:
        """All writes inside succeed together or not at all; one inside another can fail alone.

        Raises:
            UserError: RKV-STO-007 it is open for reading only; what `store.failures.explained` raises.
        """
        ...

    def reading(self) -> AbstractContextManager[sa.Connection]:
        """One state of the database for all reads inside; within a transaction, that transaction's."""
        ...

    def streaming(self) -> AbstractContextManager[None]:
        """Keeps no more in memory of what is read and written inside than a little at a time."""
        ...

    def execute(self, sql: str, parameters: Sequence[object]) -> object:
        """Runs one statement with `?` for parameters by the shortest way. To be used inside `transaction()`."""
        ...

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Runs one statement for each of many rows of parameters, as `execute` does."""
        ...

    def note(self, kind: Entry, subject: str, *, item: str = "", value: str | None = None, at: str = "") -> None:
        """Adds an entry to the audit trail, inside `transaction()`.

        Args:
            kind: what happened.
            subject: id of what it happened to.
            item: which part of it.
            value: JSON of what it became, where it matters afterwards.
            at: when, as `columns.moment_text` writes it; now where it is empty.
        """
        ...
