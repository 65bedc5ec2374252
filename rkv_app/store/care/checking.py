# SPDX-License-Identifier: MIT
"""Checks a whole store and changes nothing: not its files, not its tables, not what this machine remembers of it."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast
from uuid import UUID

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.domain.stores import Health, Notice, Progress, WayIn, share_of
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.memory import wipe
from rkv_app.foundation.safe_files import private_folder
from rkv_app.store.care.backups import is_backup
from rkv_app.store.care.comparing import (
    damaged_content_ids,
    differing_answers,
    differing_revisions,
    differing_surveys,
    missing_packets,
)
from rkv_app.store.care.copies import faults_of, looking_at
from rkv_app.store.care.swapping import finish
from rkv_app.store.database.engine import RawConnection, connect
from rkv_app.store.database.schema import REVISION
from rkv_app.store.database.tip import Tip, remembered_tip
from rkv_app.store.database.trail import NOTHING_BEFORE, first_broken
from rkv_app.store.entry.opening import is_of_another_store, reachable, require_database
from rkv_app.store.entry.snapshot import copy_files
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import Unlocked, unlocked
from rkv_app.store.failures import changed_entry, go_on, made_by_newer_version, older_than_before, wrong_pairing
from rkv_app.store.files.lock import StoreLock

_LOG: Final = "-wal"
_TRIES: Final = 5
_ENTRIES: Final = "SELECT seq, at, kind, subject, item, value, hash FROM trail ORDER BY seq"
_KEEP: Final = message("Nothing was changed. Keep the file as it is, and restore the store from a backup.")


class _Checked(NamedTuple):
    """What is looked at, and what it is held against."""

    raw: RawConnection
    store_id: str
    tip: Tip | None = None
    progress: Progress | None = None


_Look = Callable[[_Checked], Iterator[Notice]]


def check(path: Path, way: WayIn, surroundings: Surroundings, progress: Progress | None = None) -> Health:
    """Looks at every page, every entry of the trail, every answer, packet and attachment.

    A store that somebody has open, or that was not closed, is checked in a private copy of its encrypted files.

    Returns:
        All that was found of the database: RKV-STO-011 damage, RKV-STO-013 it is another store's, RKV-STO-020 and
        RKV-STO-021 the trail, RKV-STO-033 answers or packets that are not what the trail says, RKV-STO-036 attachments
        or packets.

    Raises:
        UserError: as `Vault.open` does for the key file, the way in, and a store that is not there or is newer;
            RKV-STO-034 cancelled.
    """
    finish(path, surroundings.clock.now())
    require_database(path)
    with contextlib.ExitStack() as until:
        opened = unlocked(path, way, surroundings)
        until.callback(wipe, opened.key)
        still = _held_still(path, opened.key, surroundings, until)
        folder, store_id = surroundings.state_folder, opened.header.store_id
        tip = None if is_backup(path) else remembered_tip(folder, store_id, opened.key)
        return Health(findings=tuple(_findings(still, opened, tip, progress)))


def look_through(
    still: Path, key: bytes | bytearray, store_id: str, progress: Progress | None = None
) -> Sequence[Notice]:
    """Looks at every answer, packet and attachment of a sound copy whose trail has been recomputed.

    Returns:
        What was found, as `check` does.

    Raises:
        UserError: RKV-STO-034 cancelled.
    """
    with looking_at(still, key) as raw:
        return tuple(_looked(_Checked(raw, store_id), (_pairing, _references, *_OF_THE_CONTENT), progress))


def _held_still(path: Path, key: bytearray, surroundings: Surroundings, until: contextlib.ExitStack) -> Path:
    """A database that nobody writes to and that has no log: the store's own where it can be had, else a copy."""
    is_ours = False
    with contextlib.suppress(UserError):
        lock = StoreLock.acquire(path, surroundings.clock.now())
        until.callback(lock.release)
        is_ours = True
    with reachable(path):
        if is_ours and not path.with_name(path.name + _LOG).exists():
            return path
    copy = until.enter_context(private_folder()) / path.name
    # A copy that was taken while pages were being folded in is not sound, though the store is.
    for _ in range(1 if is_ours else _TRIES):
        copy_files(path, copy)
        # What cannot be opened is damaged, and the check itself will say so.
        with contextlib.suppress(UserError, dbapi2.Error), contextlib.closing(connect(copy, key)) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        if not faults_of(copy, key):
            break
    return copy


def _findings(still: Path, opened: Unlocked, tip: Tip | None, progress: Progress | None) -> Iterator[Notice]:
    faults = faults_of(still, opened.key)
    if faults and is_of_another_store(still, opened.key, UUID(opened.header.store_id)):
        yield _found(wrong_pairing())
        return
    if faults.pages:
        yield _damage(message("{pages} pages of the database are not as they were written.", pages=faults.pages))
    if faults.structure:
        yield _damage(message("The structure of the database does not hold together."))
    with looking_at(still, opened.key) as raw:
        looks = (_pairing, _references, *((_trail, _tip, *_OF_THE_CONTENT) if _has_trail(raw) else ()))
        yield from _looked(_Checked(raw, opened.header.store_id, tip), looks, progress, bool(faults))


def _looked(
    checked: _Checked, looks: Sequence[_Look], progress: Progress | None, is_known_damaged: bool = False
) -> Iterator[Notice]:
    for done, look in enumerate(looks):
        part = share_of(progress, done, len(looks))
        try:
            yield from look(checked._replace(progress=part))
        except (dbapi2.Error, ValueError):
            # What was found already says that not all can be read.
            if not is_known_damaged:
                yield _damage(message("A part of the database cannot be read."))
        go_on(part, 1, 1)


def _has_trail(raw: RawConnection) -> bool:
    """Whether the tables are today's; those of the first revision are brought up to date by the first opening."""
    try:
        stored = raw.execute("SELECT version_num FROM alembic_version").fetchone()
        if stored is not None and str(stored[0]) > REVISION:
            made_by = raw.execute("SELECT made_by FROM store_info").fetchone()
            raise made_by_newer_version(str(made_by[0]) if made_by else "")
        return raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'trail'").fetchone() is not None
    except dbapi2.Error:
        return True


def _pairing(checked: _Checked) -> Iterator[Notice]:
    if checked.raw.execute("SELECT store_id FROM store_info").fetchall() != [(checked.store_id,)]:
        yield _found(wrong_pairing())


def _references(checked: _Checked) -> Iterator[Notice]:
    dangling = len(checked.raw.execute("PRAGMA foreign_key_check").fetchall())
    if dangling:
        yield _damage(message("{n} records refer to others that are not there.", n=dangling))


def _trail(checked: _Checked) -> Iterator[Notice]:
    broken = first_broken(checked.raw.execute(_ENTRIES))
    if broken is not None:
        yield _found(changed_entry(broken))


def _tip(checked: _Checked) -> Iterator[Notice]:
    tip = checked.tip
    if tip is None:
        return
    (count,) = cast(tuple[int], checked.raw.execute("SELECT count(*) FROM trail").fetchone())
    at_tip = checked.raw.execute("SELECT hash FROM trail WHERE seq = ?", (tip.entries,)).fetchone()
    if (NOTHING_BEFORE if tip.entries == 0 else at_tip and at_tip[0]) != tip.last:
        yield _found(older_than_before(max(1, tip.entries - count)))


def _answers(checked: _Checked) -> Iterator[Notice]:
    differing = sum(1 for _ in differing_answers(checked.raw, checked.progress))
    if differing:
        yield _unlike_trail(message("{n} sets of answers are not what the audit trail says.", n=differing))


def _completed(checked: _Checked) -> Iterator[Notice]:
    differing = sum(1 for _ in differing_revisions(checked.raw)) + differing_surveys(checked.raw)
    if differing:
        yield _unlike_trail(message("{n} completed forms are not what the audit trail says.", n=differing))


def _packets(checked: _Checked) -> Iterator[Notice]:
    missing = missing_packets(checked.raw)
    if missing:
        yield _unlike_trail(message("{n} packets that the audit trail speaks of are not there.", n=missing))


def _attachments(checked: _Checked) -> Iterator[Notice]:
    damaged = sum(1 for _ in damaged_content_ids(checked.raw, checked.progress))
    if damaged:
        yield Notice(
            "RKV-STO-036",
            message("The content of {n} attachments or packets is not what was put in.", n=damaged),
            _KEEP,
        )


_OF_THE_CONTENT: Final[tuple[_Look, ...]] = (_answers, _completed, _packets, _attachments)


def _found(problem: UserError) -> Notice:
    return Notice(problem.code, problem.message, problem.hint)


def _damage(said: Message) -> Notice:
    return Notice("RKV-STO-011", said, _KEEP)


def _unlike_trail(said: Message) -> Notice:
    return Notice(
        "RKV-STO-033",
        said,
        message("Nothing was changed. Somebody has altered the store: keep it, and restore it from a backup."),
    )
