# SPDX-License-Identifier: MIT
"""Sign and seal what another program has written: a draft, its PDF, and what goes along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from rkv_app.crypto.codes import new_spoken_code
from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, SealTo
from rkv_app.domain.exchange import Application, Card, MessageType, Supplement
from rkv_app.domain.media_types import HEAD, TAIL, media_type
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id, new_token
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.packets.build import Attachment, BuiltPacket, Draft, build_packet
from rkv_app.packets.drafts import WrittenDraft, wrong_draft
from rkv_app.usecases.assemble_application import require_clearance
from rkv_app.usecases.sending import record_of, sharing_of
from rkv_app.usecases.workspace import Workspace

_SENDER: Mapping[MessageType, Role] = {
    MessageType.REQUEST: Role.ADVISER,
    MessageType.EVALUATION: Role.SUPERVISOR,
    MessageType.APPLICATION: Role.ADVISER,
    MessageType.RECEIPT: Role.INTAKE,
    MessageType.SUPPLEMENT_REQUEST: Role.INTAKE,
    MessageType.SUPPLEMENT: Role.ADVISER,
    MessageType.OUTCOME: Role.INTAKE,
}


@dataclass(frozen=True, slots=True, repr=False)
class WrittenPacket:
    """A packet that was made from a draft.

    Attributes:
        code: the spoken code that opens it, or empty.
    """

    built: BuiltPacket
    conversation_id: str
    code: str


def build_from_draft(
    ws: Workspace,
    written: WrittenDraft,
    main_document: bytes,
    target: Path | BinaryIO,
    *,
    to: Sequence[Card],
    under_code: bool = False,
    attachments: Sequence[tuple[str, bytes]] = (),
    cleared_by: str = "",
) -> WrittenPacket:
    """Makes a packet with the store's keys, writes it, and puts it on record as sent: all of it or nothing.

    It belongs to no case of the store. What holds a candidate's papers goes on the sharing record too.

    Args:
        ws: who sends.
        written: the message.
        main_document: the PDF for people.
        target: file to write, refused where it exists, or a stream.
        to: contact cards of the receivers.
        under_code: whether it opens with a fresh spoken code too.
        attachments: name and content.
        cleared_by: who cleared the papers of a shielded candidate.

    Raises:
        UserError: RKV-EXC-005 another kind of workspace sends this; RKV-CAS-008 shielded and not cleared; RKV-PKT-006,
            RKV-PKT-012, RKV-PKT-016 as `build_packet`; RKV-PKT-063 the document is no PDF, or the draft contradicts
            itself; RKV-PKT-064 nobody to send it to; RKV-SYS-001 to -004.
    """
    ws.require(_SENDER[written.type])
    content = written.content
    if isinstance(content, Application):
        require_clearance(content.candidate, cleared_by)
    code = new_spoken_code() if under_code else ""
    recipients: list[SealTo] = [CertificateRecipient(card.sealing_certificate) for card in to]
    recipients += [CodeRecipient(code)] if code else []
    if not recipients:
        raise _nobody()
    draft = _draft(ws, written, main_document, attachments)
    at = ws.clock.now()
    built = _built(ws, draft, recipients)
    counterpart = ", ".join(card.party.organisation for card in to) or ws.words("Whoever is told the code")
    with ws.store.transaction():
        ws.store.exchange.record(record_of(draft, built, counterpart, "", at))
        if isinstance(content, Application | Supplement):
            ws.store.sharing.append(sharing_of(built, counterpart, content.ground, "", at))
        if isinstance(target, Path):
            write_atomically(target, built.data)
        else:
            target.write(built.data)
            target.flush()
    return WrittenPacket(built, draft.conversation_id, code)


def _draft(
    ws: Workspace, written: WrittenDraft, main_document: bytes, attachments: Sequence[tuple[str, bytes]]
) -> Draft:
    is_request = written.type is MessageType.REQUEST
    return Draft(
        type=written.type,
        content=written.content,
        conversation_id=written.conversation_id or new_id(),
        answers=written.answers,
        sender=ws.card,
        expires=written.expires,
        reply_token=written.reply_token or (new_token() if is_request else ""),
        main_document=main_document,
        attachments=tuple(
            Attachment(name, media_type(data[:HEAD], data[-TAIL:]) or "application/octet-stream", data)
            for name, data in attachments
        ),
    )


def _built(ws: Workspace, draft: Draft, recipients: Sequence[SealTo]) -> BuiltPacket:
    try:
        return build_packet(draft, identity=ws.identity, recipients=recipients, at=ws.clock.now())
    except ValueError as problem:
        raise wrong_draft(message("the main document is no PDF, or it does not fit the draft")) from problem


def _nobody() -> UserError:
    return UserError(
        "RKV-PKT-064",
        message("Nobody is named who could open the packet."),
        message("Nothing was written. Name a contact card with --to, or ask for a spoken code with --code."),
    )
