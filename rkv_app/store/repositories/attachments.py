# SPDX-License-Identifier: MIT
"""Files that belong to a case, in and out in pieces, so that none is ever in memory whole.

A file is added in one transaction. Whatever ends it early, a crash, a full disk or a cancel, leaves nothing behind.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from io import SEEK_END
from itertools import count
from typing import Any, BinaryIO, Final, NamedTuple

import sqlalchemy as sa

from rkv_app.domain.media_types import HEAD, TAIL, TEXT, is_text, may_be_known, media_type, safe_name
from rkv_app.domain.stores import Attachment, Progress
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import attachment, content, content_piece
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.failures import go_on

MOST_BYTES: Final = 200 * 1024 * 1024
PIECE: Final = 256 * 1024

_ATTACHMENTS = sa.select(attachment, content.c.sha256, content.c.size).join_from(attachment, content)


class _Content(NamedTuple):
    id: int
    sha256: str
    size: int
    media_type: str


class _ThereAlready(Exception):
    """The content that was just written is in the store already."""

    def __init__(self, content: _Content) -> None:
        super().__init__()
        self.content = content


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
            kept = self._kept(_pieces_of(source, total, progress))
            attachment_id = new_id()
            connection.execute(
                attachment.insert().values(
                    id=attachment_id,
                    subject=subject,
                    name=safe_name(name, kept.media_type),
                    media_type=kept.media_type,
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
        digest, done = hashlib.sha256(), 0
        with self._database.streaming(), self._database.reading() as connection:
            row = _one(connection, attachment_id)
            for piece in _pieces_in(connection, row.content_id):
                digest.update(piece)
                target.write(piece)
                done += len(piece)
                go_on(progress, done, row.size)
        if digest.hexdigest() != row.sha256:
            raise _damaged_content()

    def remove(self, attachment_id: str, at: datetime) -> None:
        """See AttachmentRepository. Raises LookupError where there is no such attachment."""
        with self._database.transaction() as connection:
            row = _one(connection, attachment_id)
            connection.execute(attachment.delete().where(attachment.c.id == attachment_id))
            is_used = sa.exists().where(attachment.c.content_id == content.c.id)
            connection.execute(content.delete().where(content.c.id == row.content_id, ~is_used))
            self._note(Entry.DETACHED, _attachment(row), at)

    def _kept(self, pieces: Iterator[bytes]) -> "_Content":
        """Keeps content, unless it is there already: then what was just written is taken back."""
        try:
            with self._database.transaction() as connection:
                written = _written(connection, pieces)
                same = sa.select(content.c.id).where(content.c.sha256 == written.sha256)
                if (known := connection.scalar(same)) is not None:
                    raise _ThereAlready(written._replace(id=known))
                finished = content.update().where(content.c.id == written.id)
                connection.execute(finished.values(sha256=written.sha256, size=written.size))
        except _ThereAlready as there:
            return there.content
        return written

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


def _pieces_of(source: BinaryIO, total: int, progress: Progress | None) -> Iterator[bytes]:
    """Reads to the end, in pieces of `PIECE` bytes but for the last one."""
    done = 0
    while piece := _read(source, PIECE):
        done += len(piece)
        if done > MOST_BYTES:
            raise _too_large()
        yield piece
        go_on(progress, done, max(done, total))


def _read(source: BinaryIO, most: int) -> bytes:
    """Reads `most` bytes, or all there are: a pipe gives what it has."""
    piece = source.read(most)
    while piece and len(piece) < most and (more := source.read(most - len(piece))):
        piece += more
    return piece


def _written(connection: sa.Connection, pieces: Iterator[bytes]) -> _Content:
    content_id: int = connection.execute(content.insert().values(size=0)).inserted_primary_key[0]  # type: ignore[index]
    digest, size, head, last_two, is_all_text = hashlib.sha256(), 0, b"", (b"", b""), True
    for position, piece in enumerate(pieces):
        if position == 0:
            head = piece[:HEAD]
            if not may_be_known(head):
                raise _unknown_kind()
        is_all_text = is_all_text and is_text(piece)
        last_two = (last_two[1], piece)
        digest.update(piece)
        size += len(piece)
        row = {"content_id": content_id, "position": position, "octets": piece}
        connection.execute(content_piece.insert(), row)
    kind = media_type(head, b"".join(last_two)[-TAIL:])
    if kind is None or (kind == TEXT and not is_all_text):
        raise _unknown_kind()
    return _Content(content_id, digest.hexdigest(), size, kind)


def _pieces_in(connection: sa.Connection, content_id: int) -> Iterator[bytes]:
    octets = sa.select(content_piece.c.octets).where(content_piece.c.content_id == content_id)
    for position in count():
        piece = connection.scalar(octets.where(content_piece.c.position == position))
        if piece is None:
            return
        yield piece


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


def _damaged_content() -> UserError:
    return UserError(
        "RKV-STO-036",
        message("The content of this attachment is not what was put in."),
        message(
            "Nothing in the store was changed. Do not use the file; check the store, and restore it from a backup."
        ),
        ExitStatus.DAMAGED,
    )
