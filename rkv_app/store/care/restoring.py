# SPDX-License-Identifier: MIT
"""Puts a backup in the place of a store. The present store is moved aside, never deleted."""

import contextlib
from pathlib import Path
from typing import Final

from rkv_app.crypto.keyslots import parse_header
from rkv_app.domain.stores import Progress, WayIn
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.memory import wipe
from rkv_app.foundation.safe_files import copy_atomically, sync_file
from rkv_app.store.care.backups import STAMP, not_sound
from rkv_app.store.care.copies import faults_of
from rkv_app.store.care.swapping import aside_path, finish, staging, swap
from rkv_app.store.care.verifying import verify_trail
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.tip import Tip, TipFile, forget_tip, remember_tip, remembered_tip
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.entry.opening import hash_at, migrate, needs_new_revision, open_database, reachable, require_database
from rkv_app.store.entry.snapshot import copy_files
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import Unlocked, unlocked
from rkv_app.store.failures import go_on
from rkv_app.store.files.header_file import header_path, read_header
from rkv_app.store.files.lock import StoreLock

_STEPS: Final = 4


def restore(
    backup: Path, path: Path, way: WayIn, surroundings: Surroundings, progress: Progress | None = None
) -> Path | None:
    """Verifies a backup and puts a copy of it in the place of the store at `path`.

    The key file of `backup` lies beside it, and `way` is a way into the backup, as it was when it was made. There need
    not be a store at `path`.

    Returns:
        Where the database that was at `path` lies now, with its key file beside it; None where there was none.

    Raises:
        UserError: RKV-STO-029 the backup is not sound; RKV-STO-030 it is of another store, or is the store itself;
            RKV-STO-002 the store is open; RKV-STO-034 cancelled; RKV-SYS-001, RKV-SYS-002; else as `Vault.open`.
            Nothing was changed then.
    """
    now = surroundings.clock.now()
    finish(path, now)
    require_database(backup)
    _require_another_place(backup, path)
    with contextlib.ExitStack() as until:
        lock = StoreLock.acquire(path, now)
        until.callback(lock.release)
        opened = unlocked(backup, way, surroundings)
        until.callback(wipe, opened.key)
        _require_same_store(path, opened.header.store_id)
        go_on(progress, 0, _STEPS)
        with staging(path) as staged:
            copy_files(backup, staged)
            copy_atomically(header_path(backup), header_path(staged))
            go_on(progress, 1, _STEPS)
            tip = _verified(staged, opened, backup.name, surroundings, progress)
            go_on(progress, 3, _STEPS)
            aside = aside_path(path, "restore", now.strftime(STAMP))
            promise(surroundings, opened, tip)
            swap(path, aside)
        _keep_promise(surroundings, opened, tip)
        if progress is not None:
            # It is done: whoever cancels now comes too late.
            progress(_STEPS, _STEPS)
        return aside if aside.exists() else None


def promise(surroundings: Surroundings, opened: Unlocked, tip: Tip) -> None:
    """Writes down in the user's own folder that the store may be found ending here, though it has been further.

    For the moment between the files' changing places and the tip's being set back, in which a process may be killed.
    """
    remember_tip(surroundings.state_folder, _promised(opened.header.store_id), opened.key, tip)


def heed_promise(database: SqlCipherDatabase, tips: TipFile, surroundings: Surroundings, opened: Unlocked) -> None:
    """Sets back the tip of a store that was restored by a process that was killed before it could do so."""
    promised = _promised(opened.header.store_id)
    tip = remembered_tip(surroundings.state_folder, promised, opened.key)
    if tip is not None and hash_at(database, tip.entries) == tip.last:
        tips.replace(tip)
    forget_tip(surroundings.state_folder, promised)


def _keep_promise(surroundings: Surroundings, opened: Unlocked, tip: Tip) -> None:
    remember_tip(surroundings.state_folder, opened.header.store_id, opened.key, tip)
    forget_tip(surroundings.state_folder, _promised(opened.header.store_id))


def _promised(store_id: str) -> str:
    return f"{store_id}.restored"


def _require_another_place(backup: Path, path: Path) -> None:
    with reachable(backup):
        if path.exists() and path.samefile(backup):
            raise _refused(message("The store cannot be restored from itself."))


def _require_same_store(path: Path, store_id: str) -> None:
    """A key file that cannot be read, or none, is no reason to refuse: what is there is only moved aside."""
    try:
        present = parse_header(read_header(path)).store_id
    except UserError:
        return
    if present != store_id:
        raise _refused(message("The backup is of another store than the one that is there."))


def _refused(said: Message) -> UserError:
    return UserError(
        "RKV-STO-030",
        said,
        message("Nothing was changed. Choose a backup of this store, or restore it to a place where there is none."),
    )


def _verified(staged: Path, opened: Unlocked, name: str, surroundings: Surroundings, progress: Progress | None) -> Tip:
    """Checks the copy of the backup through and through, and writes into it that it was restored; returns its tip."""
    try:
        # Folds in a log, where the backup has one.
        open_database(staged, opened.key, opened.header.store_id, surroundings.clock).close()
        if faults_of(staged, opened.key):
            raise not_sound()
        go_on(progress, 2, _STEPS)
        database = open_database(staged, opened.key, opened.header.store_id, surroundings.clock)
        try:
            if needs_new_revision(database):
                migrate(database)
            database.begin_trail()
            verify_trail(database)
            with database.transaction():
                database.note(Entry.RESTORED, "", value=dump_json(name))
            tip = Tip(database.trail.count, database.trail.last)
        finally:
            database.close()
    except UserError as problem:
        if problem.status is ExitStatus.DAMAGED:
            raise not_sound() from problem
        raise
    with reachable(staged):
        sync_file(staged)
    return tip
