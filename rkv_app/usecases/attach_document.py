# SPDX-License-Identifier: MIT
"""Attach documents to a case, or at the county to an application, so that they can be sent along."""

from collections.abc import Sequence
from pathlib import Path

from rkv_app.domain.people import Role
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.safe_files import explain_os_error, write_in_pieces
from rkv_app.packets.attachment_safety import Safety, examine, mark_as_downloaded
from rkv_app.usecases.documents_along import content_of
from rkv_app.usecases.incoming_files import check_incoming
from rkv_app.usecases.workspace import Workspace


def attach_document(ws: Workspace, subject: str, path: Path) -> Attachment:
    """Keeps a copy of a file with a case or an application; the file itself is left as it is.

    Raises:
        UserError: RKV-STO-035 too large or of a kind that is not taken; RKV-SYS-002, RKV-SYS-004 it cannot be read;
            RKV-SYS-005 it is no file.
    """
    ws.require(Role.ADVISER, Role.INTAKE)
    check_incoming(path)
    try:
        with path.open("rb") as source:
            return ws.store.attachments.add(source, subject=subject, name=path.name, at=ws.clock.now())
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def attached_to(ws: Workspace, subject: str) -> Sequence[Attachment]:
    """Returns what is attached to a case or an application, oldest first."""
    return ws.store.attachments.for_subject(subject)


def look_into(ws: Workspace, attachment: Attachment) -> Safety:
    """Says what an attached document is by its content, and what in it calls for care. Nothing is opened.

    Raises:
        UserError: RKV-STO-036 its content is damaged.
    """
    return examine(content_of(ws, attachment))


def save_document(ws: Workspace, attachment: Attachment, target: Path) -> Path:
    """Writes a copy of an attached document to `target`, marked as come from outside. Nothing is opened.

    Raises:
        UserError: RKV-STO-036 its content is damaged; RKV-SYS-001 to -003 it cannot be written.
    """
    write_in_pieces(target, lambda out: ws.store.attachments.copy_to(attachment.id, out))
    mark_as_downloaded(target)
    return target
