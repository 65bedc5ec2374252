# SPDX-License-Identifier: MIT
"""Reads what can be read of a damaged store into a new one. The damaged files are copied first and stay as they are.

The new store has an id, a key and a passphrase of its own. The entries of the old trail are chained anew, which gives
the same chain where none is lost, and one more tells of the salvage. An answer that cannot be read where it lies is
taken from the trail, which has every answer that was ever saved.
"""

import contextlib
import json
import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, cast

import sqlalchemy as sa
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.crypto.kdf import calibrated_cost
from rkv_app.crypto.keyslots import add_passphrase, header_bytes, new_header
from rkv_app.crypto.strength import require_strong
from rkv_app.domain.stores import Progress, SalvageReport, WayIn
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.memory import wipe
from rkv_app.foundation.safe_files import private_folder, sync_file, write_atomically
from rkv_app.store.care.backups import STAMP
from rkv_app.store.care.comparing import damaged_content_ids, differing_answers, differing_revisions
from rkv_app.store.care.copies import faults_of, keyed
from rkv_app.store.care.reading import Queries, Rereading, Walk, readable_answers
from rkv_app.store.care.swapping import aside_path, finish, staging, swap
from rkv_app.store.database.engine import RawConnection, SqlCipherDatabase
from rkv_app.store.database.making import new_database
from rkv_app.store.database.schema import SAVE_ANSWER, SAVE_RESPONSE_ANSWER, metadata
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.entry.opening import migrate, needs_new_revision, open_database, reachable, require_database
from rkv_app.store.entry.snapshot import copy_files
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import Unlocked, unlocked
from rkv_app.store.failures import exists_already, go_on
from rkv_app.store.files.header_file import header_path
from rkv_app.store.files.lock import StoreLock
from rkv_app.store.repositories.contents import USES, keep_content, pieces_of

_KEY_LENGTH: Final = 32
_OWNER_ONLY: Final = 0o600
_TRAIL: Final = "trail"
# Where a store that is too damaged to be brought up to date still has octets in a row of their own: table, column, and
# the column that has named their content since revision 0004.
_OCTETS: Final = (("packet", "packet", "content_id"), ("queued_application", "pdf", "pdf_content_id"))
# Tables of answers, by the entry that begins the answers of one owner: the table, its first column, how to save.
_ANSWERS: Final = {
    Entry.EVALUATION: ("answer", "evaluation_id", SAVE_ANSWER),
    Entry.RESPONSE: ("response_answer", "response_id", SAVE_RESPONSE_ANSWER),
}
_NOT_COPIED: Final = frozenset({"store_info", _TRAIL, *(table for table, _, _ in _ANSWERS.values())})
_ADD_REVISION: Final = """
    INSERT OR REPLACE INTO revision (subject, number, answers, at, done_by, reason) VALUES (?, ?, ?, ?, ?, ?)
"""
_WHEN_REVISED: Final = "SELECT at FROM trail WHERE kind = ? AND subject = ? AND item = ? ORDER BY seq DESC LIMIT 1"


def salvage(
    path: Path,
    way: WayIn,
    target: Path,
    passphrase: str,
    surroundings: Surroundings,
    progress: Progress | None = None,
) -> SalvageReport:
    """Makes a new store at `target`, opened by `passphrase`, of what can be read of the one at `path`.

    Raises:
        UserError: RKV-STO-032 nothing can be read; RKV-STO-003 there is a store at `target`; RKV-STO-018 the passphrase
            is too weak; RKV-STO-034 cancelled; else as `Vault.open` for the key file and the way in. There is no new
            store then.
    """
    now = surroundings.clock.now()
    finish(target, now)
    with reachable(target):
        if target.exists() or header_path(target).exists():
            raise exists_already()
    require_strong(passphrase)
    require_database(path)
    with contextlib.ExitStack() as until:
        opened = unlocked(path, way, surroundings)
        until.callback(wipe, opened.key)
        lock = StoreLock.acquire(target, now)
        until.callback(lock.release)
        copy = until.enter_context(private_folder()) / path.name
        copy_files(path, copy)
        _bring_up_to_date(copy, opened, surroundings)
        damaged = until.enter_context(contextlib.closing(Rereading(lambda: _opened_as_it_is(copy, opened.key))))
        staged = until.enter_context(staging(target))
        key = bytearray(secrets.token_bytes(_KEY_LENGTH))
        until.callback(wipe, key)
        header = add_passphrase(new_header(new_id()), key, passphrase, surroundings.cost or calibrated_cost(), "", now)
        with reachable(target):
            staged.touch(_OWNER_ONLY)
        new = new_database(staged, key, header.store_id, surroundings.clock)
        with contextlib.closing(new):
            report = _carried_over(damaged, new, progress)
        if faults_of(staged, key):
            raise _nothing_readable()
        with reachable(target):
            sync_file(staged)
        write_atomically(header_path(staged), header_bytes(header, key))
        swap(target, aside_path(target, "salvage", now.strftime(STAMP)))
        return report


def _bring_up_to_date(copy: Path, opened: Unlocked, surroundings: Surroundings) -> None:
    """Gives the copy today's tables where it has older ones and is whole enough; else it is read as it is."""
    with contextlib.suppress(UserError, dbapi2.Error, sa.exc.DBAPIError):
        database = open_database(copy, opened.key, opened.header.store_id, surroundings.clock)
        with contextlib.closing(database):
            if needs_new_revision(database):
                migrate(database)


def _opened_as_it_is(copy: Path, key: bytearray) -> RawConnection:
    raw = keyed(str(copy), key)
    try:
        # Lets SQLite read a file that is shorter than it says of itself, and the tables that it can still find.
        for pragma in ("locking_mode = EXCLUSIVE", "writable_schema = ON", "query_only = ON"):
            raw.execute(f"PRAGMA {pragma}").fetchall()
        raw.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()
    except dbapi2.Error as problem:
        raw.close()
        raise _nothing_readable() from problem
    return raw


def _carried_over(damaged: Queries, new: SqlCipherDatabase, progress: Progress | None) -> SalvageReport:
    kept: Counter[str] = Counter()
    lost: Counter[str] = Counter() if _schema_is_whole(damaged) else Counter({"sqlite_schema": 1})
    tables = [table.name for table in metadata.sorted_tables if table.name not in _NOT_COPIED]
    steps = len(tables) + 2
    with new.transaction():
        _copy_trail(damaged, new, kept, lost)
        for done, table in enumerate(tables, start=1):
            go_on(progress, done, steps)
            _copy_table(damaged, new, table, kept, lost)
        go_on(progress, len(tables) + 1, steps)
        _copy_answers(damaged, new, kept, lost)
        _mend_revisions(new, kept)
        _drop_damaged_content(new, kept, lost)
        if _is_older(damaged):
            _fill_columns(new)
        if not +kept:
            raise _nothing_readable()
        kept_, lost_ = ({name: n for name, n in sorted(counted.items()) if n} for counted in (kept, lost))
        new.note(Entry.SALVAGED, "", value=dump_json({"kept": kept_, "lost": lost_}))
    if progress is not None:
        progress(steps, steps)
    return SalvageReport(kept=kept_, lost=lost_)


def _schema_is_whole(damaged: Queries) -> bool:
    try:
        damaged.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except dbapi2.Error:
        return False
    return True


def _copy_trail(damaged: Queries, new: SqlCipherDatabase, kept: Counter[str], lost: Counter[str]) -> None:
    columns = ("seq", "at", "kind", "subject", "item", "value")
    if not _columns(damaged, _TRAIL):
        return
    walk = Walk(damaged, _TRAIL, columns)
    for _seq, at, kind, subject, item, value in sorted(walk.rows(), key=lambda row: cast(int, row[0])):
        try:
            known = Entry(str(kind))
        except ValueError:
            lost[_TRAIL] += 1
            continue
        new.note(known, str(subject), item=str(item), value=None if value is None else str(value), at=str(at))
        kept[_TRAIL] += 1
    lost[_TRAIL] += walk.lost


def _copy_table(damaged: Queries, new: SqlCipherDatabase, table: str, kept: Counter[str], lost: Counter[str]) -> None:
    there = _columns(damaged, table)
    columns = [column.name for column in metadata.tables[table].columns if column.name in there]
    if not columns:
        return
    octets = _octets_in(table, there)
    walk = Walk(damaged, table, (*columns, octets[0]) if octets else columns)
    into = (*columns, octets[1]) if octets else columns
    names, places = ", ".join(f'"{name}"' for name in into), ", ".join("?" * len(into))
    insert = f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608  # names of our own
    for row in walk.rows():
        try:
            new.execute(insert, (*row[:-1], _kept_octets(new, row[-1])) if octets else row)
            kept[table] += 1
        except dbapi2.IntegrityError:
            # What it refers to is lost.
            lost[table] += 1
    lost[table] += walk.lost


def _octets_in(table: str, columns: Sequence[str]) -> tuple[str, str] | None:
    """The column that has octets in a store of an older revision, and the one that takes its place."""
    return next((found[1:] for found in _OCTETS if found[0] == table and found[1] in columns), None)


def _kept_octets(new: SqlCipherDatabase, octets: object) -> int:
    return keep_content(new, pieces_of(BytesIO(cast(bytes, octets)))).id


def _is_older(damaged: Queries) -> bool:
    return any(_octets_in(table, _columns(damaged, table)) for table, *_ in _OCTETS)


def _fill_columns(new: SqlCipherDatabase) -> None:
    # With the revisions comes Alembic, which only few need.
    from rkv_app.store.database.migrations.versions.rev_0004_packets_in_pieces import fill

    fill(new.alchemy())


def _copy_answers(damaged: Queries, new: SqlCipherDatabase, kept: Counter[str], lost: Counter[str]) -> None:
    for table, owner, save in _ANSWERS.values():
        for row in readable_answers(damaged, table, owner, _known_answers(new)):
            try:
                new.execute(save, row)
            except dbapi2.IntegrityError:
                lost[table] += 1
    responses = {str(row[0]) for row in new.raw.execute("SELECT id FROM response").fetchall()}
    for subject, held, told in list(differing_answers(new.raw)):
        table, _, save = _ANSWERS[Entry.RESPONSE if subject in responses else Entry.EVALUATION]
        for item in told.keys() - held.keys():
            try:
                new.execute(save, (subject, item, dump_json(told[item]), None))
            except dbapi2.IntegrityError:
                lost[table] += 1
                new.note(Entry.REMOVED, subject, item=item)
        # The entry that told of these is lost: an answer and its entry are always written together.
        for item in held:
            if item not in told or held[item] != told[item]:
                new.note(Entry.ANSWER, subject, item=item, value=dump_json(held[item]))
    for table, _, _ in _ANSWERS.values():
        (kept[table],) = cast(tuple[int], new.raw.execute(f"SELECT count(*) FROM {table}").fetchone())  # noqa: S608


def _mend_revisions(new: SqlCipherDatabase, kept: Counter[str]) -> None:
    """What was completed is in the trail too; and where its entry is lost, it is told of anew."""
    for subject, number, held, told in list(differing_revisions(new.raw)):
        if told is not None:
            at = new.raw.execute(_WHEN_REVISED, (Entry.REVISED.value, subject, str(number))).fetchone()
            values = (dump_json(told["answers"]), at[0] if at else "", told["by"], told["reason"])
            new.execute(_ADD_REVISION, (subject, number, *values))
        elif held is not None:
            new.note(Entry.REVISED, subject, item=str(number), value=dump_json(dict(held)))
    (kept["revision"],) = cast(tuple[int], new.raw.execute("SELECT count(*) FROM revision").fetchone())


def _known_answers(new: SqlCipherDatabase) -> Iterator[tuple[str, str]]:
    kinds = (Entry.ANSWER.value, *(entry.value for entry in _ANSWERS))
    rows = new.raw.execute("SELECT DISTINCT subject, item, kind, value FROM trail WHERE kind IN (?, ?, ?)", kinds)
    for subject, item, kind, value in rows.fetchall():
        items: Iterable[str] = [str(item)] if kind == Entry.ANSWER else json.loads(str(value or "{}"))
        yield from ((str(subject), one) for one in items)


def _drop_damaged_content(new: SqlCipherDatabase, kept: Counter[str], lost: Counter[str]) -> None:
    """Half a file is none: what lacks a piece goes, and so does every attachment, packet or application with it."""
    for content_id in list(damaged_content_ids(new.raw)):
        for table, column in (*((use.table.name, use.name) for use in USES), ("content", "id")):
            gone = new.raw.execute(f'DELETE FROM "{table}" WHERE "{column}" = ? RETURNING 1', (content_id,))  # noqa: S608
            n = len(gone.fetchall())
            kept[table] -= n
            lost[table] += n


def _columns(raw: Queries, table: str) -> Sequence[str]:
    try:
        return [str(row[1]) for row in raw.execute(f'PRAGMA table_info("{table}")').fetchall()]
    except dbapi2.Error:
        return ()


def _nothing_readable() -> UserError:
    return UserError(
        "RKV-STO-032",
        message("Nothing can be read of the damaged store."),
        message("It was left as it is, and no new store was made. Restore the newest backup."),
        ExitStatus.DAMAGED,
    )
