# SPDX-License-Identifier: MIT
"""From a key to an open, trusted database: pairing, revision, and whether it is as it was when last open here."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from rkv_app import __version__
from rkv_app.domain.stores import Notice
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.store.database.engine import RawConnection, SqlCipherDatabase, connect
from rkv_app.store.database.migration import bring_up_to_date, is_up_to_date
from rkv_app.store.database.schema import store_info
from rkv_app.store.database.tip import Tip, TipFile
from rkv_app.store.database.trail import NOTHING_BEFORE, Entry, dump_json, first_broken
from rkv_app.store.failures import OLDER, changed_entry, damaged_database, no_store, older_than_before, wrong_pairing
from rkv_app.store.files.header_file import header_path

SALT_LENGTH: Final = 16
# Clocks of one office differ a little, and nobody needs to hear of it.
_CLOCK_SLACK: Final = timedelta(minutes=5)


def require_database(path: Path) -> None:
    """Refuses where SQLite would make a new database out of nothing, or out of next to nothing.

    Raises:
        UserError: RKV-STO-004 there is no store; RKV-STO-011 the database is missing or emptied.
    """
    with reachable(path):
        has_header = header_path(path).exists()
        has_database = path.is_file()
        is_stump = has_database and path.stat().st_size < SALT_LENGTH
    if not has_database and not has_header:
        raise no_store()
    if has_header and (not has_database or is_stump):
        raise damaged_database()


def open_database(
    path: Path, key: bytearray, store_id: str, clock: Clock, *, read_only: bool = False
) -> SqlCipherDatabase:
    """Opens the database of a store as it is, whatever its revision.

    Raises:
        UserError: RKV-STO-002 open elsewhere; RKV-STO-011 damaged; RKV-STO-013 of another store than its header.
    """
    database = SqlCipherDatabase(_connect_paired(path, key, store_id), path, clock, read_only=read_only)
    try:
        with database.reading() as connection:
            if connection.scalar(sa.select(store_info.c.store_id)) != store_id:
                raise wrong_pairing()
    except BaseException:
        database.close()
        raise
    return database


def needs_new_revision(database: SqlCipherDatabase) -> bool:
    """Whether the tables are older than this program's. Raises RKV-STO-014 where they are newer."""
    with database.reading() as connection:
        return not is_up_to_date(connection)


def migrate(database: SqlCipherDatabase) -> None:
    """Brings the tables up to date, whole or not at all."""
    with database.transaction() as connection:
        bring_up_to_date(connection)
        connection.execute(store_info.update().values(made_by=__version__))


def check_end_of_trail(database: SqlCipherDatabase, remembered: Tip | None) -> None:
    """Finds the end of the trail, and holds it against the tip that this machine remembers.

    The newest entry is checked against the one before it; the whole trail is `verify_trail`'s affair.

    Raises:
        UserError: RKV-STO-020 the newest entry was changed; RKV-STO-021 entries are missing, or are others.
    """
    database.begin_trail()
    _check_newest(database)
    if remembered is not None and hash_at(database, remembered.entries) != remembered.last:
        raise older_than_before(max(1, remembered.entries - database.trail.count))


def follow(database: SqlCipherDatabase, tips: TipFile, *, accept_older: bool) -> None:
    """Checks the end of the trail, and from then on remembers every new end of it.

    Args:
        database: with its tables up to date.
        tips: this machine's memory of the store.
        accept_older: write down that a store was opened that is not what it was, instead of refusing it.

    Raises:
        UserError: as `check_end_of_trail`.
    """
    remembered = tips.read()
    try:
        check_end_of_trail(database, remembered)
    except UserError as problem:
        if problem.code != OLDER or not accept_older:
            raise
        with database.transaction():
            database.note(Entry.ACCEPTED_OLDER, "", value=dump_json(remembered.entries if remembered else 0))
        tips.replace(Tip(database.trail.count, database.trail.last))
    else:
        if remembered is None or remembered.entries < database.trail.count:
            tips.write(Tip(database.trail.count, database.trail.last))
    database.on_growth = lambda count, last: tips.write(Tip(count, last))


def clock_notice(database: SqlCipherDatabase, now: datetime) -> Notice | None:
    """Notices that the newest entry lies in the future: RKV-STO-022."""
    newest = database.raw.execute("SELECT at FROM trail ORDER BY seq DESC LIMIT 1").fetchone()
    if newest is None or datetime.fromisoformat(str(newest[0])) <= now + _CLOCK_SLACK:
        return None
    return Notice(
        "RKV-STO-022",
        message("The machine's clock is behind what was written in the store before."),
        message("Nothing is lost. Set the clock right, so that dates in evaluations and receipts are right."),
    )


def _check_newest(database: SqlCipherDatabase) -> None:
    query = "SELECT seq, at, kind, subject, item, value, hash FROM trail ORDER BY seq DESC LIMIT 2"
    rows = database.raw.execute(query).fetchall()[::-1]
    if not rows:
        return
    before, checked = (NOTHING_BEFORE, rows) if len(rows) == 1 else (rows[0][-1], rows[1:])
    broken = first_broken(checked, before, database.trail.count)  # type: ignore[arg-type]  # the column holds octets
    if broken is not None:
        raise changed_entry(broken)


def hash_at(database: SqlCipherDatabase, seq: int) -> bytes | None:
    """The hash of an entry of the trail; None where there is no such entry."""
    if seq == 0:
        return NOTHING_BEFORE
    found = database.raw.execute("SELECT hash FROM trail WHERE seq = ?", (seq,)).fetchone()
    return None if found is None else bytes(found[0])  # type: ignore[call-overload]  # octets


def _connect_paired(path: Path, key: bytearray, store_id: str) -> RawConnection:
    try:
        return connect(path, key)
    except UserError as problem:
        if problem.status is ExitStatus.DAMAGED and is_of_another_store(path, key, UUID(store_id)):
            raise wrong_pairing() from problem
        raise


def is_of_another_store(path: Path, key: bytearray, store_id: UUID) -> bool:
    """Whether the database carries another store's id, rather than a damaged copy of its own.

    To be called only after opening has failed on what the file holds: reading the file by any other way than SQLite's
    gives up this process's lock on it (POSIX), and a file that somebody has locked never gets that far.
    """
    with reachable(path), path.open("rb") as database:
        salt = database.read(SALT_LENGTH)
    if len(salt) < SALT_LENGTH or salt == store_id.bytes or UUID(bytes=salt).version != store_id.version:
        return False
    try:
        connect(path, key, salt=store_id.bytes).close()
    except UserError:
        return True
    return False


@contextlib.contextmanager
def reachable(place: Path) -> Iterator[None]:
    """Lets a UserError out of the block where the operating system refuses; FileExistsError stays what it is."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as problem:
        raise explain_os_error(problem, place) from problem
