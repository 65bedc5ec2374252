# SPDX-License-Identifier: MIT
"""Take in a packet: open it, see who it is from and what it answers, and store it in one transaction.

Nothing is stored unless all of it holds. Receiving the same packet twice changes nothing, and says so.
"""

from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto.envelope import OpenWith, SpokenCode
from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType, Trust
from rkv_app.domain.people import Role
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import OpenedPacket, open_packet
from rkv_app.usecases import receive_application, receive_evaluation, receive_receipt, receive_request
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace

_RECEIVER = {
    MessageType.REQUEST: Role.SUPERVISOR,
    MessageType.EVALUATION: Role.ADVISER,
    MessageType.APPLICATION: Role.INTAKE,
    MessageType.RECEIPT: Role.ADVISER,
}
_TAKE = {
    MessageType.REQUEST: receive_request.take,
    MessageType.EVALUATION: receive_evaluation.take,
    MessageType.APPLICATION: receive_application.take,
    MessageType.RECEIPT: receive_receipt.take,
}


@dataclass(frozen=True, slots=True)
class Received:
    """What came.

    Attributes:
        case_id: the case it belongs to in this store, or empty.
    """

    type: MessageType
    message_id: str
    case_id: str
    trust: Trust


def receive_packet(ws: Workspace, path: Path, code: str | None = None) -> Received:
    """Receives the packet at `path`; the file is left untouched.

    Args:
        ws: who receives.
        path: the file.
        code: the spoken code, for a request to a supervisor.

    Raises:
        UserError: RKV-PKT-*: it cannot be opened or does not hold; RKV-EXC-*: it does not fit what was sent.
    """
    data = read_incoming(path)
    opened = open_packet(data, _opener(ws, code))
    receiver = _RECEIVER.get(opened.type)
    ws.require(*([receiver] if receiver else []))
    before = ws.store.exchange.find(opened.message_id)
    if before is not None:
        raise _again(before, opened)
    with ws.store.transaction():
        case_id, trust = _TAKE[opened.type](ws, opened)
        ws.store.exchange.record(_record(ws, opened, data, case_id))
    return Received(opened.type, opened.message_id, case_id, trust)


def _opener(ws: Workspace, code: str | None) -> OpenWith:
    if code is not None and code.strip():
        return SpokenCode(code)
    if ws.party.role is Role.SUPERVISOR:
        raise UserError(
            "RKV-EXC-006",
            message("This request is opened with a spoken code."),
            message("Ask the adviser who sent it for the code. It is 20 digits, told by phone or in person."),
            ExitStatus.LOCKED,
        )
    return ws.identity


def _again(before: ExchangeRecord, opened: OpenedPacket) -> UserError:
    if before.manifest_sha256 != opened.manifest_sha256:
        return UserError(
            "RKV-EXC-001",
            message("Another packet with the same number, but with different content, is already here."),
            message("Nothing was changed. Call the sender and ask which of the two is the right one."),
            ExitStatus.DAMAGED,
        )
    return UserError(
        "RKV-EXC-007",
        message("This packet was received before, on {day}.", day=local_date(before.at).isoformat()),
        message("Nothing was changed. Everything in it is here already."),
        ExitStatus.NO,
    )


def _record(ws: Workspace, opened: OpenedPacket, data: bytes, case_id: str) -> ExchangeRecord:
    return ExchangeRecord(
        message_id=opened.message_id,
        conversation_id=opened.conversation_id,
        answers=opened.answers,
        type=opened.type,
        direction=Direction.RECEIVED,
        case_id=case_id,
        counterpart=opened.sender.party.organisation,
        at=ws.clock.now(),
        manifest_sha256=opened.manifest_sha256,
        packet=data,
    )
