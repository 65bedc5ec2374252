# SPDX-License-Identifier: MIT
"""The ways into an open store. Each change writes the header file anew, whole or not at all, and nothing else."""

import secrets
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from rkv_app.crypto import keyslots
from rkv_app.crypto.kdf import KdfCost, calibrated_cost
from rkv_app.crypto.keyslots import Header
from rkv_app.crypto.strength import require_strong
from rkv_app.domain.stores import KeySlot, SlotKind
from rkv_app.foundation.machine import boot_id
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.failures import read_only_store
from rkv_app.store.files.header_file import read_header, replace_header

QUICK_LASTS: Final = timedelta(hours=8)
_SECRET_LENGTH: Final = 32


class SqlCipherWaysIn:
    """Implements `domain.store_ports.WaysIn`.

    Args:
        key: the store's key; its owner wipes it when the store is closed.
    """

    def __init__(
        self, path: Path, key: bytearray, database: Database, surroundings: Surroundings, *, read_only: bool
    ) -> None:
        self._path = path
        self._key = key
        self._database = database
        self._surroundings = surroundings
        self._read_only = read_only

    def all(self) -> Sequence[KeySlot]:
        """See WaysIn."""
        return keyslots.key_slots(self._header())

    def change_passphrase(self, old: str, new: str, now: datetime) -> None:
        """See WaysIn."""
        require_strong(new)
        header = self._header()
        slot = keyslots.slot_opened_by(header, old)
        self._keep(
            lambda before: keyslots.replace_passphrase(before, slot, self._key, new, self._cost(), now),
            Entry.WAY_CHANGED,
            now,
        )

    def add_passphrase(self, passphrase: str, label: str, now: datetime) -> KeySlot:
        """See WaysIn."""
        require_strong(passphrase)
        return self._add(
            lambda before: keyslots.add_passphrase(before, self._key, passphrase, self._cost(), label, now), now
        )

    def add_recovery(self, words: str, label: str, now: datetime) -> KeySlot:
        """See WaysIn."""
        return self._add(lambda before: keyslots.add_recovery(before, self._key, words, label, now), now)

    def add_quick(self, now: datetime) -> KeySlot:
        """See WaysIn. One at a time: the one before is replaced."""
        header = self._header()
        secret = secrets.token_bytes(_SECRET_LENGTH)
        self._surroundings.os_keys.save(header.store_id, secret)

        def renewed(before: Header) -> Header:
            for slot in keyslots.key_slots(before):
                if slot.kind is SlotKind.QUICK:
                    before = keyslots.without(before, slot.id)
            return keyslots.add_quick(before, self._key, secret, now + QUICK_LASTS, boot_id(), now)

        return self._add(renewed, now)

    def add_office(self, certificate: bytes, label: str, now: datetime) -> KeySlot:
        """See WaysIn."""
        return self._add(lambda before: keyslots.add_office(before, self._key, certificate, label, now), now)

    def remove(self, slot_id: str, now: datetime) -> None:
        """See WaysIn."""
        removed = [slot for slot in self.all() if slot.id == slot_id]
        self._keep(lambda before: keyslots.without(before, slot_id), Entry.WAY_REMOVED, now)
        if any(slot.kind is SlotKind.QUICK for slot in removed):
            self._surroundings.os_keys.forget(self._header().store_id)

    def _add(self, change: Callable[[Header], Header], now: datetime) -> KeySlot:
        self._keep(change, Entry.WAY_ADDED, now)
        return keyslots.key_slots(self._header())[-1]

    def _keep(self, change: Callable[[Header], Header], entry: Entry, now: datetime) -> None:
        if self._read_only:
            raise read_only_store()
        before = self._header()
        after = change(before)
        known = {slot.id for slot in keyslots.key_slots(before)} ^ {slot.id for slot in keyslots.key_slots(after)}
        # The header first: an entry about a way in that is not there would be a lie, the other way round a gap.
        replace_header(self._path, keyslots.header_bytes(after, self._key))
        with self._database.transaction():
            self._database.note(entry, "", value=dump_json(sorted(known)), at=moment_text(now))

    def _header(self) -> Header:
        octets = read_header(self._path)
        header = keyslots.parse_header(octets)
        keyslots.check_seal(octets, header, self._key)
        return header

    def _cost(self) -> KdfCost:
        return self._surroundings.cost or calibrated_cost()
