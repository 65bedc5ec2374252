# SPDX-License-Identifier: MIT
"""What a packet says about itself, without its content: for reports, where nobody's papers belong."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, cast

from rkv_app.crypto.envelope import OpenWith
from rkv_app.domain.exchange import Card, MessageType
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.checking import check_profile, check_signed_container
from rkv_app.packets.messages import FileEntry, PacketMessage
from rkv_app.packets.opening import OpenedPacket, open_packet_file

_ZIP_MARK = b"PK"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketHeader:
    """The fields of `rkv.json` but its content.

    Attributes:
        recipients: key ids of the receivers, or `kode`.
        reply_token: a secret, which no report shows.
    """

    type: MessageType
    message_id: str
    conversation_id: str
    answers: str
    created: datetime
    expires: date | None
    sender: Card
    recipients: tuple[str, ...]
    reply_token: str = field(repr=False)
    files: tuple[FileEntry, ...]


def read_header(path: Path, opener: OpenWith | None) -> PacketHeader:
    """Reads the header of a sealed packet, or of a bare container, after every check of the profile.

    Args:
        path: the file.
        opener: keys or code; not used for a bare container, whose receivers are not checked.

    Raises:
        UserError: as `open_packet_file`.
        ValueError: a sealed packet without anything to open it with.
    """
    with _opened(path) as file:
        if is_bare(file):
            return _header(check_profile(check_signed_container(cast("bytes", file))))
    if opener is None:
        raise ValueError("a sealed packet needs a key or a code")
    with open_packet_file(path, opener) as opened:
        return _header(opened)


def is_bare(file: BinaryIO) -> bool:
    """Whether a file begins as a container does that is not sealed; it is read from its beginning, and left there."""
    mark = file.read(len(_ZIP_MARK))
    file.seek(0)
    return mark == _ZIP_MARK


def _header(read: PacketMessage | OpenedPacket) -> PacketHeader:
    return PacketHeader(
        type=MessageType(read.type),
        message_id=read.message_id,
        conversation_id=read.conversation_id,
        answers=read.answers,
        created=read.created,
        expires=read.expires,
        sender=read.sender,
        recipients=read.recipients,
        reply_token=read.reply_token,
        files=read.files,
    )


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as file:
            yield file
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
