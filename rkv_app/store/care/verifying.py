# SPDX-License-Identifier: MIT
"""Recomputes the whole audit trail of an open store."""

from collections.abc import Sequence
from typing import Final, cast

from rkv_app.domain.stores import Progress, Verified
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.trail import first_broken
from rkv_app.store.failures import changed_entry, go_on

_AT_A_TIME: Final = 5_000


def verify_trail(database: SqlCipherDatabase, progress: Progress | None = None) -> None:
    """Checks every entry against the one before it.

    Raises:
        UserError: RKV-STO-020 an entry was changed, taken out or put in; RKV-STO-034 cancelled.
    """
    until, so_far = database.trail.count, Verified()
    while (further := verify_part(database, so_far)) is not None:
        so_far = further
        go_on(progress, min(so_far.entries, until), until)


def verify_part(database: SqlCipherDatabase, so_far: Verified) -> Verified | None:
    """Checks the entries that follow, so few that others can wait for it; None where there are no more.

    Raises:
        UserError: RKV-STO-020 as above.
    """
    if so_far.entries >= database.trail.count:
        return None
    rows = _entries(database, so_far.entries)
    broken = first_broken(rows, so_far.last, so_far.entries + 1)
    if broken is not None or not rows:
        raise changed_entry(broken or so_far.entries + 1)
    return Verified(so_far.entries + len(rows), cast(bytes, rows[-1][-1]))


def _entries(database: SqlCipherDatabase, after: int) -> list[Sequence[object]]:
    query = "SELECT seq, at, kind, subject, item, value, hash FROM trail WHERE seq > ? ORDER BY seq LIMIT ?"
    with database.reading():
        return list(database.raw.execute(query, (after, _AT_A_TIME)).fetchall())
