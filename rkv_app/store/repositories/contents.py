# SPDX-License-Identifier: MIT
"""Content of any size, in and out in pieces, kept once by its digest: attachments, packets and PDFs all lie here.

Content is kept inside the transaction of whatever it belongs to. Whatever ends that early leaves nothing behind.
"""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import count
from typing import BinaryIO, Final, NamedTuple

import sqlalchemy as sa

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import content, content_piece, metadata
from rkv_app.store.failures import go_on

PIECE: Final = 256 * 1024

USES: Final = tuple(
    key.parent
    for table in metadata.sorted_tables
    for key in table.foreign_keys
    if key.column is content.c.id and table is not content_piece
)
"""The columns that say which content a row has."""


class Content(NamedTuple):
    """Content that is kept.

    Attributes:
        sha256: its digest, in hexadecimal.
        size: in bytes.
    """

    id: int
    sha256: str
    size: int


class _ThereAlready(Exception):
    """The content that was just written is in the store already."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content


def pieces_of(source: BinaryIO) -> Iterator[bytes]:
    """Reads to the end, in pieces of `PIECE` bytes but for the last one."""
    while piece := _read(source, PIECE):
        yield piece


def keep_content(database: Database, pieces: Iterable[bytes]) -> Content:
    """Keeps content, unless it is there already: then what was just written is taken back. Inside `transaction()`.

    Args:
        database: where to.
        pieces: all of `PIECE` bytes but for the last one.
    """
    try:
        with database.transaction() as connection:
            written = _written(connection, pieces)
            same = sa.select(content.c.id).where(content.c.sha256 == written.sha256)
            if (known := connection.scalar(same)) is not None:
                raise _ThereAlready(written._replace(id=known))
            finished = content.update().where(content.c.id == written.id)
            connection.execute(finished.values(sha256=written.sha256, size=written.size))
    except _ThereAlready as there:
        return there.content
    return written


def size_of(connection: sa.Connection, content_id: int) -> int:
    """Length of content in bytes."""
    size: int = connection.execute(sa.select(content.c.size).where(content.c.id == content_id)).scalar_one()
    return size


def copy_content(
    connection: sa.Connection, content_id: int, target: BinaryIO, progress: Progress | None = None
) -> None:
    """Writes content to `target`, piece by piece, and checks it against its digest.

    Raises:
        UserError: RKV-STO-036 it is not what was put in; RKV-STO-034 cancelled.
    """
    kept = connection.execute(sa.select(content).where(content.c.id == content_id)).one()
    digest, done = hashlib.sha256(), 0
    for piece in _pieces_in(connection, content_id):
        digest.update(piece)
        target.write(piece)
        done += len(piece)
        go_on(progress, done, kept.size)
    if digest.hexdigest() != kept.sha256:
        raise _damaged_content()


def drop_unused(connection: sa.Connection, content_id: int) -> None:
    """Takes content away that nothing has any more."""
    used = [sa.exists().where(column == content.c.id) for column in USES]
    connection.execute(content.delete().where(content.c.id == content_id, ~sa.or_(*used)))


def _read(source: BinaryIO, most: int) -> bytes:
    """Reads `most` bytes, or all there are: a pipe gives what it has."""
    piece = source.read(most)
    while piece and len(piece) < most and (more := source.read(most - len(piece))):
        piece += more
    return piece


def _written(connection: sa.Connection, pieces: Iterable[bytes]) -> Content:
    content_id: int = connection.execute(content.insert().values(size=0)).inserted_primary_key[0]  # type: ignore[index]
    digest, size = hashlib.sha256(), 0
    for position, piece in enumerate(pieces):
        digest.update(piece)
        size += len(piece)
        row = {"content_id": content_id, "position": position, "octets": piece}
        connection.execute(content_piece.insert(), row)
    return Content(content_id, digest.hexdigest(), size)


def _pieces_in(connection: sa.Connection, content_id: int) -> Iterator[bytes]:
    octets = sa.select(content_piece.c.octets).where(content_piece.c.content_id == content_id)
    for position in count():
        piece = connection.scalar(octets.where(content_piece.c.position == position))
        if piece is None:
            return
        yield piece


def _damaged_content() -> UserError:
    return UserError(
        "RKV-STO-036",
        message("The content of this attachment or packet is not what was put in."),
        message(
            "Nothing in the store was changed. Do not use the file; check the store, and restore it from a backup."
        ),
        ExitStatus.DAMAGED,
    )
