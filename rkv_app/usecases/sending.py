# SPDX-License-Identifier: MIT
"""What every sending has in common: the packet is sealed, written whole, and put on record together."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

from rkv_app.crypto.envelope import CertificateRecipient, SealTo
from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType, QueuedApplication
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.packets.build import Attachment, BuiltPacket, Draft, build_packet
from rkv_app.packets.messages import Content
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
    and_record: Callable[[BuiltPacket], None] = lambda _built: None,
) -> SentPacket:
    """Builds the packet, writes it to `target`, and records that it was sent: all of it or nothing.

    Args:
        ws: who sends.
        draft: what is sent.
        to: whom it is sealed to; `build_packet` adds ourselves, so that what was sent stays readable.
        counterpart: the receiver in words, for the record.
        case_id: the case it belongs to, or empty.
        target: file to write; refused where it exists.
        beside: further files to write with it.
        and_record: further writes of the same transaction.

    Raises:
        UserError: RKV-SYS-001 to -003, the file cannot be written.
    """
    at = ws.clock.now()
    built = build_packet(draft, identity=ws.identity, recipients=to, at=at)
    with ws.store.transaction():
        ws.store.exchange.record(record_of(draft, built, counterpart, case_id, at))
        and_record(built)
        _write_all({target: built.data, **beside})
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
    and_record: Callable[[BuiltPacket], None] = lambda _built: None,
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


def record_of(draft: Draft, built: BuiltPacket, counterpart: str, case_id: str, at: datetime) -> ExchangeRecord:
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
        packet=built.data,
        reply_token=draft.reply_token,
    )


def sharing_of(built: BuiltPacket, receiver: str, ground: SharingGround, case_id: str, at: datetime) -> SharingEvent:
    """What the sharing record says of a packet with a candidate's papers."""
    return SharingEvent(
        id=new_id(),
        case_id=case_id,
        message_id=built.message_id,
        at=at,
        receiver=receiver,
        ground=ground,
        sha256=built.manifest_sha256,
    )


def _write_all(files: Mapping[Path, bytes]) -> None:
    written: list[Path] = []
    try:
        for path, data in files.items():
            write_atomically(path, data)
            written.append(path)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
