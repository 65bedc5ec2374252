# SPDX-License-Identifier: MIT
"""What every sending has in common: the packet is sealed, written whole, and put on record together."""

import contextlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from rkv_app.crypto.envelope import CertificateRecipient, SealTo
from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType, QueuedApplication
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import copy_atomically, write_atomically
from rkv_app.packets.build import Attachment, BuiltPacketFile, Draft
from rkv_app.packets.messages import Content
from rkv_app.usecases.packet_files import built_packet
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SentPacket:
    """A packet that lies ready to be handed over."""

    path: Path
    message_id: str


def send(
    ws: Workspace,
    draft: Draft,
    *,
    to: Sequence[SealTo],
    counterpart: str,
    case_id: str,
    target: Path,
    beside: Mapping[Path, bytes] = MappingProxyType({}),
    and_record: Callable[[BuiltPacketFile], None] = lambda _built: None,
) -> SentPacket:
    """Builds the packet, writes it to `target`, and records that it was sent: all of it or nothing.

    Args:
        ws: who sends.
        draft: what is sent; its attachments are best read from where they lie.
        to: whom it is sealed to; `build_packet_file` adds ourselves, so that what was sent stays readable.
        counterpart: the receiver in words, for the record.
        case_id: the case it belongs to, or empty.
        target: file to write; refused where it exists.
        beside: further files to write with it.
        and_record: further writes of the same transaction.

    Raises:
        UserError: RKV-SYS-001 to -003, the file cannot be written.
    """
    at = ws.clock.now()
    with built_packet(ws, draft, to, at) as built:
        with ws.store.transaction():
            record_packet(ws, record_of(draft, built, counterpart, case_id, at), built)
            and_record(built)
            _write_all(built.path, target, beside)
        return SentPacket(target, built.message_id)


def answer_application(
    ws: Workspace,
    queued: QueuedApplication,
    target: Path,
    *,
    type: MessageType,
    content: Content,
    main_document: bytes,
    expires: date | None = None,
    attachments: tuple[Attachment, ...] = (),
    and_record: Callable[[BuiltPacketFile], None] = lambda _built: None,
) -> SentPacket:
    """Sends what the county has to say of an application to whoever sent it. See `send`."""
    draft = Draft(
        type=type,
        content=content,
        conversation_id=queued.conversation_id,
        answers=queued.message_id,
        sender=ws.card,
        expires=expires,
        reply_token="",
        main_document=main_document,
        attachments=attachments,
    )
    return send(
        ws,
        draft,
        to=[CertificateRecipient(queued.sender.sealing_certificate)],
        counterpart=queued.sender.party.organisation,
        case_id=queued.message_id,
        target=target,
        and_record=and_record,
    )


def record_of(draft: Draft, built: BuiltPacketFile, counterpart: str, case_id: str, at: datetime) -> ExchangeRecord:
    """What the store keeps of a packet that was sent, see `send`."""
    return ExchangeRecord(
        message_id=built.message_id,
        conversation_id=draft.conversation_id,
        answers=draft.answers,
        type=draft.type,
        direction=Direction.SENT,
        case_id=case_id,
        counterpart=counterpart,
        at=at,
        manifest_sha256=built.manifest_sha256,
        reply_token=draft.reply_token,
    )


def record_packet(ws: Workspace, record: ExchangeRecord, built: BuiltPacketFile) -> None:
    """Puts a packet that was built on record; part of the transaction that is open."""
    with built.path.open("rb") as packet:
        ws.store.exchange.record(record, packet)


def sharing_of(
    built: BuiltPacketFile, receiver: str, ground: SharingGround, case_id: str, at: datetime, cleared_by: str = ""
) -> SharingEvent:
    """What the sharing record says of a packet with a candidate's papers."""
    return SharingEvent(
        id=new_id(),
        case_id=case_id,
        message_id=built.message_id,
        at=at,
        receiver=receiver,
        ground=ground,
        sha256=built.manifest_sha256,
        cleared_by=cleared_by.strip(),
    )


def _write_all(packet: Path, target: Path, beside: Mapping[Path, bytes]) -> None:
    with contextlib.ExitStack() as undoing:
        copy_atomically(packet, target)
        undoing.callback(target.unlink, missing_ok=True)
        for path, data in beside.items():
            write_atomically(path, data)
            undoing.callback(path.unlink, missing_ok=True)
        undoing.pop_all()
