# SPDX-License-Identifier: MIT
"""Makes, opens and mends encrypted stores: a SQLCipher database and the header file with its wrapped key.

A store's id is also the salt that stands in clear at the head of its database, so that a header from another store is
told apart from a damaged database, which no wrong key could.
"""

import contextlib
import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from rkv_app.crypto.kdf import KdfCost, calibrated_cost
from rkv_app.crypto.keyslots import add_passphrase, header_bytes, key_slots, new_header, parse_header
from rkv_app.domain.stores import Backup, Health, Holder, KeySlot, Notice, Progress, SalvageReport, WayIn
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.memory import SecretOctets, wipe
from rkv_app.store.care import backups, checking, rekeying, restoring, salvaging
from rkv_app.store.care.swapping import aside_path, finish, staging, swap
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.making import new_database
from rkv_app.store.database.tip import TipFile, remembered_tip
from rkv_app.store.entry.opening import (
    check_end_of_trail,
    clock_notice,
    follow,
    migrate,
    needs_new_revision,
    open_database,
    reachable,
    require_database,
)
from rkv_app.store.entry.os_keys import OsKeys
from rkv_app.store.entry.snapshot import taken
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import unlocked
from rkv_app.store.entry.whereabouts import other_copy
from rkv_app.store.failures import exists_already
from rkv_app.store.files.ballast import keep_ballast
from rkv_app.store.files.header_file import header_path, read_header, write_header
from rkv_app.store.files.lock import StoreLock, holder
from rkv_app.store.files.places import place_notices
from rkv_app.store.store import SqlCipherStore

_KEY_LENGTH: Final = 32
_OWNER_ONLY: Final = 0o600


class SqlCipherVault:
    """Implements `domain.store_ports.Vault`.

    Args:
        clock: dates what is written down.
        state_folder: this user's folder for what the program remembers of stores.
        cost: what a guess at the passphrase of a new store costs; measured on this machine when None.
        os_keys: the machine's own key store.
    """

    def __init__(
        self, clock: Clock, state_folder: Path, *, cost: KdfCost | None = None, os_keys: OsKeys | None = None
    ) -> None:
        self._around = Surroundings(clock=clock, state_folder=state_folder, os_keys=os_keys or OsKeys(), cost=cost)

    def create(self, path: Path, passphrase: str) -> SqlCipherStore:
        """See Vault. It lies beside until it is whole: whatever fails or is killed leaves no half a store behind."""
        now = self._around.clock.now()
        finish(path, now)
        _require_nothing_at(path)
        key = SecretOctets(secrets.token_bytes(_KEY_LENGTH))
        with contextlib.ExitStack() as until:
            until.callback(wipe, key)
            cost = self._around.cost or calibrated_cost()
            header = add_passphrase(new_header(new_id()), key, passphrase, cost, "", now)
            until.callback(StoreLock.acquire(path, now).release)
            # Somebody else may have made one there meanwhile.
            _require_nothing_at(path)
            with staging(path) as staged:
                with reachable(path):
                    staged.touch(_OWNER_ONLY)
                new_database(staged, key, header.store_id, self._around.clock).close()
                write_header(staged, header_bytes(header, key))
                swap(path, aside_path(path, "making", now.strftime(backups.STAMP)))
            database = open_database(path, key, header.store_id, self._around.clock)
            with contextlib.ExitStack() as failing:
                failing.callback(database.close)
                tips = TipFile(self._around.state_folder, header.store_id, key)
                until.callback(tips.close)
                follow(database, tips, accept_older=False)
                failing.pop_all()
            other_copy(self._around.state_folder, header.store_id, key, path)
            keep_ballast(path)
            return SqlCipherStore(database, path, key, self._around, until.pop_all())

    def open(self, path: Path, way: WayIn, *, read_only: bool = False, accept_older: bool = False) -> SqlCipherStore:
        """See Vault."""
        finish(path, self._around.clock.now())
        require_database(path)
        if read_only:
            return self._look(path, way)
        clock = self._around.clock
        with contextlib.ExitStack() as until:
            until.callback(StoreLock.acquire(path, clock.now()).release)
            opened = unlocked(path, way, self._around)
            header, key = opened
            until.callback(wipe, key)
            tips = TipFile(self._around.state_folder, header.store_id, key)
            until.callback(tips.close)
            database = open_database(path, key, header.store_id, clock)
            with contextlib.ExitStack() as failing:
                failing.callback(database.close)
                if needs_new_revision(database):
                    backups.back_up(database, path, key, clock, None, None)
                    migrate(database)
                restoring.heed_promise(database, tips, self._around, opened)
                follow(database, tips, accept_older=accept_older)
                failing.pop_all()
            rekeying.remove_old(path)
            keep_ballast(path)
            copies = other_copy(self._around.state_folder, header.store_id, key, path)
            notices = (*copies, *self._notices(path, database))
            return SqlCipherStore(database, path, key, self._around, until.pop_all(), notices)

    def _look(self, path: Path, way: WayIn) -> SqlCipherStore:
        clock = self._around.clock
        with contextlib.ExitStack() as until:
            header, key = unlocked(path, way, self._around)
            until.callback(wipe, key)
            remembered = remembered_tip(self._around.state_folder, header.store_id, key)
            database = taken(path, lambda copy: open_database(copy, key, header.store_id, clock), until)
            with contextlib.ExitStack() as failing:
                failing.callback(database.close)
                if needs_new_revision(database):
                    migrate(database)
                check_end_of_trail(database, remembered)
                database.read_only = True
                failing.pop_all()
            return SqlCipherStore(database, path, key, self._around, until.pop_all(), self._notices(path, database))

    def ways_in(self, path: Path) -> Sequence[KeySlot]:
        """See Vault."""
        finish(path, self._around.clock.now())
        require_database(path)
        return key_slots(parse_header(read_header(path)))

    def holder(self, path: Path) -> Holder | None:
        """See Vault."""
        return holder(path)

    def check(self, path: Path, way: WayIn, progress: Progress | None = None) -> Health:
        """See Vault."""
        return checking.check(path, way, self._around, progress)

    def backups(self, path: Path) -> Sequence[Backup]:
        """See Vault."""
        return backups.list_backups(path, None)

    def restore(self, backup: Path, path: Path, way: WayIn, progress: Progress | None = None) -> Path | None:
        """See Vault."""
        return restoring.restore(backup, path, way, self._around, progress)

    def salvage(
        self, path: Path, way: WayIn, target: Path, passphrase: str, progress: Progress | None = None
    ) -> SalvageReport:
        """See Vault."""
        return salvaging.salvage(path, way, target, passphrase, self._around, progress)

    def rekey(self, path: Path, passphrase: str, progress: Progress | None = None) -> Sequence[KeySlot]:
        """See Vault."""
        return rekeying.rekey(path, passphrase, self._around, progress)

    def _notices(self, path: Path, database: SqlCipherDatabase) -> tuple[Notice, ...]:
        late = clock_notice(database, self._around.clock.now())
        return (
            *((late,) if late else ()),
            *place_notices(path),
            *backups.backup_notices(database, path, self._around.clock.now()),
        )


def _require_nothing_at(path: Path) -> None:
    with reachable(path):
        if path.exists() or header_path(path).exists():
            raise exists_already()
