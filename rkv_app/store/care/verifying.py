# SPDX-License-Identifier: MIT
"""Recomputes the whole audit trail of an open store."""

from collections.abc import Sequence
from typing import Final

from rkv_app.domain.stores import Progress
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.trail import first_broken
from rkv_app.store.failures import changed_entry, go_on

_AT_A_TIME: Final = 5_000


def verify_trail(database: SqlCipherDatabase, progress: Progress | None = None) -> None:
    """Checks every entry against the one before it, some at a time, so that others come in between.

    Raises:
        UserError: RKV-STO-020 an entry was changed, taken out or put in; RKV-STO-034 cancelled.
    """
    until = database.trail.count
    before, checked = bytes(32), 0
    while checked < until:
        rows = _entries(database, checked)
        broken = first_broken(rows, before, checked + 1)
        if broken is not None or not rows:
            raise changed_entry(broken or checked + 1)
        checked += len(rows)
        before = bytes(rows[-1][-1])  # type: ignore[call-overload]  # the column holds octets
        go_on(progress, min(checked, until), until)


def _entries(database: SqlCipherDatabase, after: int) -> list[Sequence[object]]:
    query = "SELECT seq, at, kind, subject, item, value, hash FROM trail WHERE seq > ? ORDER BY seq LIMIT ?"
    with database.reading():
        return list(database.raw.execute(query, (after, _AT_A_TIME)).fetchall())
