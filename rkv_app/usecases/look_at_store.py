# SPDX-License-Identifier: MIT
"""What can be told of a store before it is open, for whoever is about to open it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import Backup, SlotKind
from rkv_app.foundation.errors import UserError


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedStore:
    """A store that is not open here.

    Attributes:
        ways: the kinds of way in that have not run out; none where the key file cannot be read.
        last_backup: the newest, whether the store itself is still there or not.
    """

    ways: frozenset[SlotKind]
    last_backup: Backup | None


def look_at_store(vault: Vault, path: Path, now: datetime) -> ClosedStore:
    """Looks at the store at `path`. What is wrong with it is told by opening it, not here."""
    try:
        slots = vault.ways_in(path)
    except UserError:
        slots = ()
    backups = vault.backups(path)
    return ClosedStore(
        ways=frozenset(slot.kind for slot in slots if slot.expires is None or slot.expires > now),
        last_backup=backups[0] if backups else None,
    )
