# SPDX-License-Identifier: MIT
"""Encrypts a closed store anew under a fresh key, so that whoever knew the old one can no longer read what is written.

The passphrase and the office certificates open it afterwards too: they are all that is needed to wrap the new key. What
wraps a secret that is not here, recovery words and quick unlock, and other passphrases, have to be given up. Backups
that were made before stay under the old key.
"""

import contextlib
import secrets
from pathlib import Path
from typing import Final
from uuid import UUID

from rkv_app.crypto import keyslots
from rkv_app.crypto.kdf import calibrated_cost
from rkv_app.crypto.keyslots import Header, OfficeSlot
from rkv_app.domain.stores import KeySlot, Passphrase, Progress, SlotKind
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.memory import wipe
from rkv_app.foundation.safe_files import sync_file, write_atomically
from rkv_app.store.care import backups
from rkv_app.store.care.copies import copy_database, faults_of, mark_of
from rkv_app.store.care.swapping import finish, remove_database, staging, swap
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.tip import Tip, TipFile, remember_tip
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.entry.opening import (
    follow,
    migrate,
    needs_new_revision,
    open_database,
    reachable,
    require_database,
)
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import Unlocked, unlocked
from rkv_app.store.files.header_file import header_path
from rkv_app.store.files.lock import StoreLock

_KEY_LENGTH: Final = 32
_OLD: Final = ".before-rekey"


def rekey(
    path: Path, passphrase: str, surroundings: Surroundings, progress: Progress | None = None
) -> tuple[KeySlot, ...]:
    """Gives a closed store a new key. The old database is removed once the new one has been opened in its place.

    Returns:
        The ways in that were given up.

    Raises:
        UserError: RKV-STO-031 the copy under the new key is not sound; RKV-STO-034 cancelled; RKV-SYS-001 the disk is
            full; else as `Vault.open`. Nothing was changed then.
    """
    now = surroundings.clock.now()
    finish(path, now)
    require_database(path)
    with contextlib.ExitStack() as until:
        lock = StoreLock.acquire(path, now)
        until.callback(lock.release)
        old = unlocked(path, Passphrase(passphrase), surroundings)
        until.callback(wipe, old.key)
        key = bytearray(secrets.token_bytes(_KEY_LENGTH))
        until.callback(wipe, key)
        used = keyslots.slot_opened_by(old.header, passphrase)
        header = _new_header(old.header, used, key, passphrase, surroundings)
        given_up = _given_up(old.header, used)
        with staging(path) as staged:
            with contextlib.closing(_opened(path, old, surroundings)) as database:
                remove_old(path)
                mark = copy_database(database.raw, staged, key, UUID(header.store_id).bytes, progress)
            tip = _verified(staged, Unlocked(header, key), mark, given_up, surroundings)
            write_atomically(header_path(staged), keyslots.header_bytes(header, key))
            _require_opens(staged, passphrase, key, surroundings)
            swap(path, _old(path))
        open_database(path, key, header.store_id, surroundings.clock).close()
        remove_old(path)
        remember_tip(surroundings.state_folder, header.store_id, key, tip)
        if any(slot.kind is SlotKind.QUICK for slot in given_up):
            surroundings.os_keys.forget(header.store_id)
        return given_up


def remove_old(path: Path) -> None:
    """Removes what an interrupted re-keying has left of the store under its old key.

    To be called when the store has been opened in its place, by whoever holds its lock.
    """
    with contextlib.suppress(OSError):
        if _old(path).exists() or header_path(_old(path)).exists():
            remove_database(_old(path))


def _old(path: Path) -> Path:
    return path.with_name(path.name + _OLD)


def _new_header(old: Header, used: str, key: bytearray, passphrase: str, surroundings: Surroundings) -> Header:
    now = surroundings.clock.now()
    label = next(slot.label for slot in old.slots if slot.id == used)
    cost = surroundings.cost or calibrated_cost()
    header = keyslots.add_passphrase(keyslots.new_header(old.store_id), key, passphrase, cost, label, now)
    for slot in old.slots:
        if isinstance(slot, OfficeSlot):
            header = keyslots.add_office(header, key, slot.certificate, slot.label, now)
    return header


def _given_up(old: Header, used: str) -> tuple[KeySlot, ...]:
    return tuple(slot for slot in keyslots.key_slots(old) if slot.id != used and slot.kind is not SlotKind.OFFICE)


def _opened(path: Path, old: Unlocked, surroundings: Surroundings) -> SqlCipherDatabase:
    """The old database, up to date and as this machine remembers it."""
    database = open_database(path, old.key, old.header.store_id, surroundings.clock)
    tips = TipFile(surroundings.state_folder, old.header.store_id, old.key)
    try:
        if needs_new_revision(database):
            backups.back_up(database, path, old.key, surroundings.clock, None)
            migrate(database)
        follow(database, tips, accept_older=False)
    except BaseException:
        database.close()
        raise
    finally:
        tips.close()
    return database


def _verified(staged: Path, new: Unlocked, mark: str, given_up: tuple[KeySlot, ...], surroundings: Surroundings) -> Tip:
    """Checks the copy, and writes into it that it has a new key; returns its tip."""
    if faults_of(staged, new.key):
        raise _not_sound()
    database = open_database(staged, new.key, new.header.store_id, surroundings.clock)
    try:
        if mark_of(database.raw) != mark:
            raise _not_sound()
        database.begin_trail()
        with database.transaction():
            database.note(Entry.REKEYED, "", value=dump_json([slot.id for slot in given_up]))
        tip = Tip(database.trail.count, database.trail.last)
    finally:
        database.close()
    with reachable(staged):
        sync_file(staged)
    return tip


def _require_opens(staged: Path, passphrase: str, key: bytearray, surroundings: Surroundings) -> None:
    again = unlocked(staged, Passphrase(passphrase), surroundings)
    is_the_same = again.key == key
    wipe(again.key)
    if not is_the_same:
        raise _not_sound()


def _not_sound() -> UserError:
    return UserError(
        "RKV-STO-031",
        message("The store could not be encrypted anew: the copy under the new key is not sound."),
        message("Nothing was changed: the store opens as before. Check the store, and see that the disk is sound."),
        ExitStatus.DAMAGED,
    )
