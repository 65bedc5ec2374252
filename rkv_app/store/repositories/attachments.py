# SPDX-License-Identifier: MIT
"""Files that belong to a case, in and out in pieces, so that none is ever in memory whole.

A file is added in one transaction. Whatever ends it early, a crash, a full disk or a cancel, leaves nothing behind.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import SEEK_END
from typing import Any, BinaryIO, Final

import sqlalchemy as sa

from rkv_app.domain.media_types import HEAD, TAIL, TEXT, is_text, may_be_known, media_type, safe_name
from rkv_app.domain.stores import Attachment, Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import attachment, content
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.failures import go_on
from rkv_app.store.repositories.contents import copy_content, drop_unused, keep_content, pieces_of

MOST_BYTES: Final = 200 * 1024 * 1024

_ATTACHMENTS = sa.select(attachment, content.c.sha256, content.c.size).join_from(attachment, content)


class SqlAttachments:
    """Implements `domain.ports.AttachmentRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(
        self, source: BinaryIO, *, subject: str, name: str, at: datetime, progress: Progress | None = None
    ) -> Attachment:
        """See AttachmentRepository."""
        total = _left_in(source)
        if total > MOST_BYTES:
            raise _too_large()
        with self._database.streaming(), self._database.transaction() as connection:
            seen = _Seen()
            kept = keep_content(self._database, seen.passing(_watched(source, total, progress)))
            kind = seen.media_type()
            attachment_id = new_id()
            connection.execute(
                attachment.insert().values(
                    id=attachment_id,
                    subject=subject,
                    name=safe_name(name, kind),
                    media_type=kind,
                    content_id=kept.id,
                    added=at,
                )
            )
            added = _attachment(_one(connection, attachment_id))
            self._note(Entry.ATTACHED, added, at)
        return added

    def for_subject(self, subject: str) -> Sequence[Attachment]:
        """See AttachmentRepository."""
        query = _ATTACHMENTS.where(attachment.c.subject == subject).order_by(attachment.c.seq)
        with self._database.reading() as connection:
            return [_attachment(row) for row in connection.execute(query)]

    def copy_to(self, attachment_id: str, target: BinaryIO, *, progress: Progress | None = None) -> None:
        """See AttachmentRepository. What is in `target` counts only once this has returned."""
        with self._database.streaming(), self._database.reading() as connection:
            copy_content(connection, _one(connection, attachment_id).content_id, target, progress)

    def remove(self, attachment_id: str, at: datetime) -> None:
        """See AttachmentRepository. Raises LookupError where there is no such attachment."""
        with self._database.transaction() as connection:
            row = _one(connection, attachment_id)
            connection.execute(attachment.delete().where(attachment.c.id == attachment_id))
            drop_unused(connection, row.content_id)
            self._note(Entry.DETACHED, _attachment(row), at)

    def _note(self, entry: Entry, what: Attachment, at: datetime) -> None:
        value = dump_json({"sha256": what.sha256, "size": what.size, "name": what.name})
        self._database.note(entry, what.subject, item=what.id, value=value, at=moment_text(at))


def _left_in(source: BinaryIO) -> int:
    """How many bytes there are from here on; 0 where that cannot be told before they are read."""
    if not source.seekable():
        return 0
    here = source.tell()
    left = source.seek(0, SEEK_END) - here
    source.seek(here)
    return left


def _watched(source: BinaryIO, total: int, progress: Progress | None) -> Iterator[bytes]:
    done = 0
    for piece in pieces_of(source):
        done += len(piece)
        if done > MOST_BYTES:
            raise _too_large()
        yield piece
        go_on(progress, done, max(done, total))


class _Seen:
    """What can be said of the kind of a file from its pieces, as they pass by on their way into the store."""

    def __init__(self) -> None:
        self._head = b""
        self._last_two = (b"", b"")
        self._is_all_text = True

    def passing(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        """Lets the pieces by; one that cannot be of any kind that is taken ends it at once."""
        for position, piece in enumerate(pieces):
            if position == 0:
                self._head = piece[:HEAD]
                if not may_be_known(self._head):
                    raise _unknown_kind()
            self._is_all_text = self._is_all_text and is_text(piece)
            self._last_two = (self._last_two[1], piece)
            yield piece

    def media_type(self) -> str:
        """The kind, once all have passed."""
        kind = media_type(self._head, b"".join(self._last_two)[-TAIL:])
        if kind is None or (kind == TEXT and not self._is_all_text):
            raise _unknown_kind()
        return kind


def _one(connection: sa.Connection, attachment_id: str) -> sa.Row[Any]:
    row = connection.execute(_ATTACHMENTS.where(attachment.c.id == attachment_id)).one_or_none()
    if row is None:
        raise LookupError("there is no such attachment")
    return row


def _attachment(row: sa.Row[Any]) -> Attachment:
    return Attachment(
        id=row.id,
        subject=row.subject,
        name=row.name,
        media_type=row.media_type,
        sha256=row.sha256,
        size=row.size,
        added=row.added,
    )


def _too_large() -> UserError:
    return UserError(
        "RKV-STO-035",
        message("The file is larger than {most} MiB.", most=MOST_BYTES // 1024 // 1024),
        message("Nothing was attached. Make it smaller, or split it into several files."),
    )


def _unknown_kind() -> UserError:
    return UserError(
        "RKV-STO-035",
        message("Files of this kind cannot be attached."),
        message(
            "Nothing was attached. PDF, pictures (PNG, JPEG, TIFF, HEIC), plain text, Word, Excel and OpenDocument "
            "text without macros, and packets can be: save it as one of these."
        ),
    )
