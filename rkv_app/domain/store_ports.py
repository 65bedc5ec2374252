# SPDX-License-Identifier: MIT
"""Encrypted stores and those who make and mend them, as Protocols, see `rkv_app.domain.ports`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from rkv_app.domain.answer_ports import EvaluationRepository, ResponseRepository
from rkv_app.domain.ports import (
    AttachmentRepository,
    CaseRepository,
    ContactRepository,
    CurriculumRepository,
    DraftRepository,
    ExchangeRepository,
    SearchRepository,
    SettingRepository,
    SharingRepository,
)
from rkv_app.domain.stores import (
    Backup,
    Health,
    Holder,
    KeySlot,
    Notice,
    Progress,
    SalvageReport,
    StoreInfo,
    Verified,
    WayIn,
)


class WaysIn(Protocol):
    """The ways into an open store: its key slots. The last way in cannot be removed."""

    def all(self) -> Sequence[KeySlot]: ...

    def change_passphrase(self, old: str, new: str, now: datetime) -> None:
        """Wraps the store's key anew; nothing of the store is encrypted again.

        Raises:
            UserError: RKV-STO-001 `old` opens nothing; RKV-STO-018 `new` is too weak.
        """
        ...

    def add_passphrase(self, passphrase: str, label: str, now: datetime) -> KeySlot:
        """Another passphrase that opens the store. Raises as `change_passphrase` does."""
        ...

    def add_recovery(self, words: str, label: str, now: datetime) -> KeySlot:
        """Lets recovery words open the store, once they have been typed back (RKV-STO-008 where they are wrong)."""
        ...

    def add_quick(self, now: datetime) -> KeySlot:
        """Lets the logged-in user of this machine open the store without typing, for 8 hours or until a restart.

        Raises:
            UserError: RKV-STO-009 the machine has no key store that can be trusted.
        """
        ...

    def add_office(self, certificate: bytes, label: str, now: datetime) -> KeySlot:
        """Seals the store's key to an office certificate (DER). Raises RKV-STO-016 where it cannot."""
        ...

    def remove(self, slot_id: str, now: datetime) -> None:
        """Raises RKV-STO-017 for the last way in, RKV-STO-019 where there is none with that id."""
        ...


class Store(Protocol):
    """One open encrypted store. Used from one thread at a time.

    Attributes:
        notices: what was noticed on opening and does not stop the work.
    """

    curricula: CurriculumRepository
    cases: CaseRepository
    evaluations: EvaluationRepository
    responses: ResponseRepository
    exchange: ExchangeRepository
    contacts: ContactRepository
    sharing: SharingRepository
    search: SearchRepository
    attachments: AttachmentRepository
    drafts: DraftRepository
    settings: SettingRepository
    ways_in: WaysIn
    notices: Sequence[Notice]

    @property
    def read_only(self) -> bool:
        """Whether this is a look at somebody else's open store; every write is then refused with RKV-STO-007."""
        ...

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside succeed together or not at all. A write outside is a transaction of its own."""
        ...

    def info(self) -> StoreInfo: ...

    def back_up(self, progress: Progress | None = None) -> Backup:
        """Makes a verified copy in the store's backup folder, and in the second one where there is one.

        Raises:
            UserError: RKV-STO-029 the copy is not sound; RKV-STO-034 cancelled; RKV-SYS-001 the disk is full.
        """
        ...

    def verify_trail(self, progress: Progress | None = None) -> None:
        """Recomputes the whole audit trail.

        Raises:
            UserError: RKV-STO-020 an entry was changed; RKV-STO-034 cancelled.
        """
        ...

    def verify_part(self, so_far: Verified) -> Verified | None:
        """Recomputes the next part of the audit trail, a short one; returns how far it is then, None at the end.

        Raises:
            UserError: RKV-STO-020 an entry was changed.
        """
        ...

    def look_through(self, backup: Backup, progress: Progress | None = None) -> Sequence[Notice]:
        """Holds all that is in a backup of this store against the trail in it, and returns what differs.

        Returns:
            RKV-STO-011 or RKV-STO-013 damage, RKV-STO-033 answers or packets, RKV-STO-036 attachments.

        Raises:
            UserError: RKV-STO-034 cancelled.
        """
        ...

    def export(self, folder: Path, progress: Progress | None = None) -> None:
        """Writes everything as readable files, unprotected, into a new folder."""
        ...

    def close(self, *, back_up: bool = True) -> None:
        """Backs up what has changed, folds the write-ahead log into the file and lets go of it, wipes the keys.

        Closing twice is harmless. A backup that fails stops nothing; the next opening has a notice of it.

        Args:
            back_up: False where the store is only locked, and somebody waits to open it again.
        """
        ...


class Vault(Protocol):
    """Makes, opens, checks and mends encrypted stores on this machine."""

    def create(self, path: Path, passphrase: str) -> Store:
        """Makes an empty store at `path` (with its header file beside it) and opens it.

        Raises:
            UserError: RKV-STO-003 there is a store already; RKV-SYS-001, RKV-SYS-002 the place cannot be written.
        """
        ...

    def open(self, path: Path, way: WayIn, *, read_only: bool = False, accept_older: bool = False) -> Store:
        """Opens the store at `path`.

        Args:
            path: the database.
            way: which way in.
            read_only: look at it as it is now, even where somebody has it open.
            accept_older: open it though it is older than when it was last open here (RKV-STO-021); it is written down.

        Raises:
            UserError: RKV-STO-001 wrong passphrase, RKV-STO-002 open elsewhere, RKV-STO-006 wait first, RKV-STO-008,
                RKV-STO-009, RKV-STO-016 another way in does not work (all status LOCKED); RKV-STO-004 no store there;
                RKV-STO-010 and up: damaged header, database or pairing (status DAMAGED).
        """
        ...

    def ways_in(self, path: Path) -> Sequence[KeySlot]:
        """Which ways there are into a closed store; raises RKV-STO-004, RKV-STO-010, RKV-STO-012."""
        ...

    def holder(self, path: Path) -> Holder | None:
        """Who has the store open for writing, or None."""
        ...

    def check(self, path: Path, way: WayIn, progress: Progress | None = None) -> Health:
        """Checks every page, structure and entry of a store, and changes nothing. Raises as `open` does."""
        ...

    def backups(self, path: Path) -> Sequence[Backup]:
        """The backups of the store at `path`, newest first, whether the store is still there or not."""
        ...

    def restore(self, backup: Path, path: Path, way: WayIn, progress: Progress | None = None) -> Path | None:
        """Puts a verified backup in the place of the store at `path`; returns where the present one was moved.

        Raises:
            UserError: RKV-STO-029 the backup is not sound; RKV-STO-002 the store is open; else as `open`.
        """
        ...

    def salvage(
        self, path: Path, way: WayIn, target: Path, passphrase: str, progress: Progress | None = None
    ) -> SalvageReport:
        """Reads what can be read of a damaged store into a new one at `target`; the damaged one stays as it is.

        Raises:
            UserError: RKV-STO-032 nothing can be read; RKV-STO-003 there is a store at `target` already.
        """
        ...

    def rekey(self, path: Path, passphrase: str, progress: Progress | None = None) -> Sequence[KeySlot]:
        """Encrypts a closed store anew under a fresh key; returns the ways in that had to be given up.

        An interrupted run is finished, or taken back, by the next opening.

        Raises:
            UserError: RKV-STO-034 cancelled; RKV-SYS-001 the disk is full; else as `open`. Nothing was changed then.
        """
        ...
