# SPDX-License-Identifier: MIT
"""Sign and seal what another program has written: a draft, its PDF, and what goes along."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import SEEK_END
from pathlib import Path
from typing import BinaryIO

from rkv_app.crypto.codes import new_spoken_code
from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, SealTo
from rkv_app.domain.exchange import Application, Card, MessageType, Supplement
from rkv_app.domain.media_types import HEAD, TAIL, media_type
from rkv_app.domain.minimised import minimised
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id, new_token
from rkv_app.foundation.safe_files import copy_atomically, explain_os_error
from rkv_app.packets.build import Attachment, BuiltPacketFile, Draft
from rkv_app.packets.drafts import WrittenDraft, wrong_draft
from rkv_app.packets.streams import file_source
from rkv_app.usecases.clearance import require_clearance
from rkv_app.usecases.incoming_files import check_incoming
from rkv_app.usecases.packet_files import built_packet
from rkv_app.usecases.sending import record_of, record_packet, sharing_of
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
    """A packet that was made from a draft. The file in `built` is gone: it was written where it was to go.

    Attributes:
        code: the spoken code that opens it, or empty.
    """

    built: BuiltPacketFile
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
    attachments: Sequence[Path] = (),
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
        attachments: files to go along, under their names; they are read where they lie.
        cleared_by: who cleared the papers of a shielded candidate.

    Raises:
        UserError: RKV-EXC-005 another kind of workspace sends this; RKV-CAS-008 shielded and not cleared; RKV-PKT-006,
            RKV-PKT-012, RKV-PKT-016, RKV-PKT-026 as `build_packet_file`; RKV-PKT-063 the document is no PDF, the
            draft contradicts itself, or it tells where a shielded candidate is; RKV-PKT-064 nobody to send it
            to; RKV-SYS-001 to -005.
    """
    ws.require(_SENDER[written.type])
    content = written.content
    if isinstance(content, Application):
        require_clearance(content.candidate, cleared_by)
        if content != minimised(content, national_number=True):
            raise wrong_draft(
                message("the candidate has address protection, and the draft tells where a workplace or supervisor is")
            )
    code = new_spoken_code() if under_code else ""
    recipients: list[SealTo] = [CertificateRecipient(card.sealing_certificate) for card in to]
    recipients += [CodeRecipient(code)] if code else []
    if not recipients:
        raise _nobody()
    draft = _draft(ws, written, main_document, attachments)
    at = ws.clock.now()
    counterpart = ", ".join(card.party.organisation for card in to) or ws.words("Whoever is told the code")
    with _built(ws, draft, recipients, at) as built:
        with ws.store.transaction():
            record_packet(ws, record_of(draft, built, counterpart, "", at), built)
            if isinstance(content, Application | Supplement):
                ws.store.sharing.append(sharing_of(built, counterpart, content.ground, "", at, cleared_by))
            _write(built.path, target)
        return WrittenPacket(built, draft.conversation_id, code)


def _write(packet: Path, target: Path | BinaryIO) -> None:
    if isinstance(target, Path):
        copy_atomically(packet, target)
    else:
        file_source(packet).copy_to(target)
        target.flush()


def _draft(ws: Workspace, written: WrittenDraft, main_document: bytes, attachments: Sequence[Path]) -> Draft:
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
        attachments=tuple(Attachment(path.name, _kind(path), file_source(path)) for path in attachments),
    )


def _kind(path: Path) -> str:
    """The kind of a file by its beginning and its end."""
    check_incoming(path)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
            file.seek(max(0, file.seek(0, SEEK_END) - TAIL))
            return media_type(head, file.read()) or "application/octet-stream"
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


@contextlib.contextmanager
def _built(ws: Workspace, draft: Draft, recipients: Sequence[SealTo], at: datetime) -> Iterator[BuiltPacketFile]:
    with contextlib.ExitStack() as until:
        try:
            built = until.enter_context(built_packet(ws, draft, recipients, at))
        except ValueError as problem:
            raise wrong_draft(message("the main document is no PDF, or it does not fit the draft")) from problem
        yield built


def _nobody() -> UserError:
    return UserError(
        "RKV-PKT-064",
        message("Nobody is named who could open the packet."),
        message("Nothing was written. Name a contact card with --to, or ask for a spoken code with --code."),
    )
