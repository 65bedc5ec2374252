# SPDX-License-Identifier: MIT
"""The files of an opened packet with a fresh archive description: loose, or in a container signed by who exports them.

The description is written anew from facts, and never copied: what a stranger wrote into theirs goes no further. For our
own packets it comes out byte for byte as it was sent.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import BinaryIO

from rkv_app.crypto.identity import Identity
from rkv_app.packets.arkivmelding import (
    ARCHIVE_NAME,
    ArchiveFacts,
    ArchiveFile,
    Described,
    MeasuredArchiveFile,
    write_arkivmelding,
)
from rkv_app.packets.build import MAIN_NAME, MESSAGE_NAME, signing_files
from rkv_app.packets.container import NewFile, write_container
from rkv_app.packets.exports.fiks_arkiv import write_fiks_arkivmelding
from rkv_app.packets.files import digest_of, size_of
from rkv_app.packets.messages import FileRole
from rkv_app.packets.opening import OpenedPacket
from rkv_app.packets.streams import Source

_XML = "application/xml"
_JSON = "application/json"


def main_file(opened: OpenedPacket) -> Described:
    """The document for people alone."""
    return _described(opened, MAIN_NAME, "application/pdf", main=True)


def content_of(opened: OpenedPacket, file: Described) -> bytes | Source:
    """The content of a file of a packet, to be read while the packet is open; or of its fresh description."""
    if isinstance(file, ArchiveFile):
        return file.data

    def copy_to(target: BinaryIO) -> None:
        for piece in opened.documents.pieces(file.name):
            target.write(piece)

    return Source(file.size, copy_to)


def eformidling_files(opened: OpenedPacket) -> tuple[Described, ...]:
    """What an integrasjonspunkt takes: `arkivmelding.xml` (Noark 5), then the documents it lists."""
    documents = _documents(opened)
    return (_description(write_arkivmelding(_facts(opened), documents)), *documents)


def fiks_files(opened: OpenedPacket) -> tuple[Described, ...]:
    """What a Fiks Arkiv message carries: `arkivmelding.xml` (Fiks Arkiv V1), then the documents it lists."""
    documents = _documents(opened)
    return (_description(write_fiks_arkivmelding(_facts(opened), documents)), *documents)


def sign_container(
    opened: OpenedPacket, files: Sequence[Described], out: BinaryIO, identity: Identity, at: datetime
) -> None:
    """Puts files in an ASiC-E container, `arkivmelding.xml` as the one to start at.

    A signature covers every file, so another description takes another signature: that of who exports.

    Args:
        opened: the packet, with documents that can be read.
        files: what goes in.
        out: where the container is written to.
        identity: who exports.
        at: the moment of signing.

    Raises:
        UserError: RKV-PKT-012, too large.
    """
    covered = [(file.name, file.media_type, bytes.fromhex(file.sha256)) for file in files]
    _, meta = signing_files(covered, identity, at)
    data = (NewFile(file.name, content_of(opened, file), packed=file.media_type not in (_XML, _JSON)) for file in files)
    write_container(out, (*data, *meta))


def _description(data: bytes) -> ArchiveFile:
    return ArchiveFile(name=ARCHIVE_NAME, media_type=_XML, data=data)


def _described(opened: OpenedPacket, name: str, media_type: str, *, main: bool = False) -> Described:
    files = opened.documents
    return MeasuredArchiveFile(
        name=name, media_type=media_type, size=size_of(files, name), sha256=digest_of(files, name).hex(), main=main
    )


def _facts(opened: OpenedPacket) -> ArchiveFacts:
    party = opened.sender.party
    return ArchiveFacts(
        type=opened.type,
        message_id=opened.message_id,
        conversation_id=opened.conversation_id,
        unit=party.unit or party.organisation,
        at=opened.created,
    )


def _documents(opened: OpenedPacket) -> tuple[Described, ...]:
    """The main document, the record, the attachments: the order of the description in a packet."""
    record = _described(opened, MESSAGE_NAME, _JSON)
    attachments = (
        _described(opened, entry.name, entry.media_type) for entry in opened.files if entry.role is not FileRole.MAIN
    )
    return (main_file(opened), record, *attachments)
