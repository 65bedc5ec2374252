# SPDX-License-Identifier: MIT
"""Write a packet once more, byte for byte: for one that was lost on its way. Whoever gets it twice takes it in once."""

from contextlib import nullcontext
from pathlib import Path

from rkv_app.domain.exchange import Application, Direction, MessageType
from rkv_app.foundation.safe_files import write_in_pieces
from rkv_app.usecases.clearance import candidate_of, clearance_on_record, require_clearance
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.workspace import Workspace


def write_again(ws: Workspace, message_id: str, target: Path, *, cleared_by: str = "") -> Path:
    """Writes a packet that was sent or received to `target`.

    One that was sent leaves once more, so that somebody clears it for a shielded candidate, and that goes on the
    case's history. One that came can be opened here alone.

    Raises:
        UserError: RKV-CAS-008 shielded and not cleared; RKV-SYS-001 to -003; RKV-STO-036 the packet is damaged.
        LookupError: there is no such packet.
    """
    record = ws.store.exchange.find(message_id)
    if record is None:
        raise LookupError("no such packet")
    case = ws.store.cases.get(record.case_id) if record.direction is Direction.SENT else None
    if case is not None:
        require_clearance(candidate_of(ws, case), cleared_by)
    elif record.direction is Direction.SENT and record.type is MessageType.APPLICATION:
        # Made of a draft from another program, it belongs to no case and says itself whom it is about.
        content = read_on_record(ws, message_id).content
        if isinstance(content, Application):
            require_clearance(content.candidate, cleared_by)
    on_record = clearance_on_record(ws, case, "packet_written_again", cleared_by, target) if case else nullcontext()
    with on_record:
        write_in_pieces(target, lambda out: ws.store.exchange.copy_packet_to(message_id, out))
    return target
