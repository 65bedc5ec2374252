# SPDX-License-Identifier: MIT
"""Write a packet once more, byte for byte: for one that was lost on its way. Whoever gets it twice takes it in once."""

from pathlib import Path

from rkv_app.foundation.safe_files import write_in_pieces
from rkv_app.usecases.workspace import Workspace


def write_again(ws: Workspace, message_id: str, target: Path) -> Path:
    """Writes a packet that was sent or received to `target`.

    Raises:
        UserError: RKV-SYS-001 to -003; RKV-STO-036 the packet is damaged.
        LookupError: there is no such packet.
    """
    write_in_pieces(target, lambda out: ws.store.exchange.copy_packet_to(message_id, out))
    return target
