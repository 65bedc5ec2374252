# SPDX-License-Identifier: MIT
"""Take an opened packet into the store: see what it answers, and store it in one transaction, once.

Nothing is stored unless all of it holds. Taking in the same packet twice changes nothing, and says so.
"""

from dataclasses import dataclass
from typing import BinaryIO

from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType, Trust
from rkv_app.domain.people import Role
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases import (
    receive_application,
    receive_evaluation,
    receive_outcome,
    receive_receipt,
    receive_request,
    receive_supplement,
    receive_supplement_request,
)
from rkv_app.usecases.workspace import Workspace

_RECEIVER = {
    MessageType.REQUEST: Role.SUPERVISOR,
    MessageType.EVALUATION: Role.ADVISER,
    MessageType.APPLICATION: Role.INTAKE,
    MessageType.RECEIPT: Role.ADVISER,
    MessageType.SUPPLEMENT_REQUEST: Role.ADVISER,
    MessageType.SUPPLEMENT: Role.INTAKE,
    MessageType.OUTCOME: Role.ADVISER,
}
_TAKE = {
    MessageType.REQUEST: receive_request.take,
    MessageType.EVALUATION: receive_evaluation.take,
    MessageType.APPLICATION: receive_application.take,
    MessageType.RECEIPT: receive_receipt.take,
    MessageType.SUPPLEMENT_REQUEST: receive_supplement_request.take,
    MessageType.SUPPLEMENT: receive_supplement.take,
    MessageType.OUTCOME: receive_outcome.take,
}


@dataclass(frozen=True, slots=True)
class Received:
    """What came.

    Attributes:
        case_id: the case it belongs to in this store; at the county the id of the application; or empty.
    """

    type: MessageType
    message_id: str
    case_id: str
    trust: Trust


def take_in(ws: Workspace, sealed: BinaryIO, opened: OpenedPacket) -> Received:
    """Stores a packet that was opened.

    Args:
        ws: who receives.
        sealed: the packet as it came, from its beginning.
        opened: what was in it, with documents that can be read.

    Raises:
        UserError: RKV-EXC-001, RKV-EXC-007 it, or another one with its number, is here already; other RKV-EXC-*: it
            does not fit what was sent, or who sent it.
    """
    ws.require(_RECEIVER[opened.type])
    before = ws.store.exchange.find(opened.message_id)
    if before is not None:
        raise _again(before, opened)
    with ws.store.transaction():
        case_id, trust = _TAKE[opened.type](ws, opened)
        ws.store.exchange.record(_record(ws, opened, case_id), sealed)
    return Received(opened.type, opened.message_id, case_id, trust)


def other_content() -> UserError:
    """The alarm: two packets have the same number, and differ."""
    return UserError(
        "RKV-EXC-001",
        message("Another packet with the same number, but with different content, is already here."),
        message("Nothing was changed. Call the sender and ask which of the two is the right one."),
        ExitStatus.DAMAGED,
    )


def _again(before: ExchangeRecord, opened: OpenedPacket) -> UserError:
    if before.manifest_sha256 != opened.manifest_sha256:
        return other_content()
    return UserError(
        "RKV-EXC-007",
        message("This packet was received before, on {day}.", day=local_date(before.at).isoformat()),
        message("Nothing was changed. Everything in it is here already."),
        ExitStatus.NO,
    )


def _record(ws: Workspace, opened: OpenedPacket, case_id: str) -> ExchangeRecord:
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
    )
