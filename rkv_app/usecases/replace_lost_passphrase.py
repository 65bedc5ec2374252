# SPDX-License-Identifier: MIT
"""Choose a new passphrase for a store that was opened without the old one."""

from rkv_app.domain.stores import SlotKind
from rkv_app.usecases.workspace import Workspace


def replace_lost_passphrase(ws: Workspace, new: str) -> None:
    """Lets `new` open the store, and the lost passphrase no longer.

    A passphrase that was given a name is somebody's own beside the owner's, and stays.

    Raises:
        UserError: RKV-STO-018 `new` is too weak; RKV-STO-007 the store is read-only.
    """
    ways_in, now = ws.store.ways_in, ws.clock.now()
    lost = [slot for slot in ways_in.all() if slot.kind is SlotKind.PASSPHRASE and not slot.label]
    ways_in.add_passphrase(new, "", now)
    for slot in lost:
        ways_in.remove(slot.id, now)
