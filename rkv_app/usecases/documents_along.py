# SPDX-License-Identifier: MIT
"""Documents that go along with a message: out of the store into a packet, and out of a packet into the store."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.domain.exchange import DocumentRole, ListedDocument
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets import build
from rkv_app.packets.messages import FileRole
from rkv_app.packets.opening import OpenedPacket
from rkv_app.packets.streams import Source
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ChosenDocument:
    """An attached document that somebody chose to send: what it is good for, and which item asked for it."""

    attachment_id: str
    role: DocumentRole = DocumentRole.OTHER
    item: str = ""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """Chosen documents as the packet takes them, and as its content lists them."""

    files: tuple[build.Attachment, ...]
    listed: tuple[ListedDocument, ...]


def content_of(ws: Workspace, attachment: Attachment) -> bytes:
    """Returns the content of an attached document, checked against its digest.

    Raises:
        UserError: RKV-STO-036.
    """
    target = io.BytesIO()
    ws.store.attachments.copy_to(attachment.id, target)
    return target.getvalue()


def enclose(ws: Workspace, subject: str, chosen: Sequence[ChosenDocument]) -> Enclosed:
    """Takes chosen documents of a case or an application out of the store. Each is read when the packet is made.

    Raises:
        UserError: RKV-EXC-016 one of them is not attached there. RKV-STO-036, its content is damaged, comes later.
    """
    kept = {one.id: one for one in ws.store.attachments.for_subject(subject)}
    files, listed = [], []
    for one in chosen:
        attachment = kept.get(one.attachment_id)
        if attachment is None:
            raise incomplete(message("a document that was chosen is not attached any more"))
        files.append(build.Attachment(attachment.name, attachment.media_type, _source(ws, attachment)))
        listed.append(ListedDocument(name=attachment.name, role=one.role, sha256=attachment.sha256, item=one.item))
    return Enclosed(tuple(files), tuple(listed))


def _source(ws: Workspace, attachment: Attachment) -> Source:
    return Source(attachment.size, lambda target: ws.store.attachments.copy_to(attachment.id, target))


def keep_documents(ws: Workspace, opened: OpenedPacket, listed: Sequence[ListedDocument], subject: str) -> None:
    """Attaches the documents of a packet to a case or an application. Nothing of them is opened.

    Raises:
        UserError: RKV-EXC-014 the packet has other documents than it lists; RKV-STO-035 one is of a kind that is not
            taken, by its content.
    """
    files = {entry.sha256: entry for entry in opened.files if entry.role is FileRole.ATTACHMENT}
    if files.keys() != {one.sha256 for one in listed}:
        raise UserError(
            "RKV-EXC-014",
            message("The documents in this packet are not the ones that it lists."),
            message("Nothing was taken in. Ask the sender to make and send the packet again."),
            ExitStatus.DAMAGED,
        )
    at = ws.clock.now()
    for one in listed:
        with opened.documents.open(files[one.sha256].name) as content:
            ws.store.attachments.add(content, subject=subject, name=one.name, at=at)


def incomplete(what: object) -> UserError:
    """The error for something that is to be sent, but lacks a part of what it needs."""
    return UserError(
        "RKV-EXC-016",
        message("Something is missing: {what}.", what=what),
        message("Nothing was sent. Fill it in, and try again."),
    )
