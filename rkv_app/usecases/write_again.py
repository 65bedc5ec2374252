# SPDX-License-Identifier: MIT
"""Write a packet once more, byte for byte: for one that was lost on its way. Whoever gets it twice takes it in once."""

from pathlib import Path

from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.workspace import Workspace


def write_again(ws: Workspace, message_id: str, target: Path) -> Path:
    """Writes a packet that was sent or received to `target`.

    Raises:
        UserError: RKV-SYS-001 to -003.
        LookupError: there is no such packet.
    """
    record = ws.store.exchange.find(message_id)
    if record is None:
        raise LookupError("there is no such packet")
    write_atomically(target, record.packet)
    return target
