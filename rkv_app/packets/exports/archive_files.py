# SPDX-License-Identifier: MIT
"""The files of an opened packet with a fresh archive description: loose, or in a container signed by who exports them.

The description is written anew from facts, and never copied: what a stranger wrote into theirs goes no further. For our
own packets it comes out byte for byte as it was sent.
"""

from collections.abc import Sequence
from datetime import datetime

from rkv_app.crypto.identity import Identity
from rkv_app.packets.arkivmelding import ARCHIVE_NAME, ArchiveFacts, ArchiveFile, write_arkivmelding
from rkv_app.packets.build import MAIN_NAME, MESSAGE_NAME, signing_files
from rkv_app.packets.container import NewFile, write_container
from rkv_app.packets.exports.fiks_arkiv import write_fiks_arkivmelding
from rkv_app.packets.messages import FileRole
from rkv_app.packets.opening import OpenedPacket

_XML = "application/xml"
_JSON = "application/json"


def main_file(opened: OpenedPacket) -> ArchiveFile:
    """The document for people alone."""
    return ArchiveFile(name=MAIN_NAME, media_type="application/pdf", data=opened.documents[MAIN_NAME], main=True)


def eformidling_files(opened: OpenedPacket) -> tuple[ArchiveFile, ...]:
    """What an integrasjonspunkt takes: `arkivmelding.xml` (Noark 5), then the documents it lists."""
    documents = _documents(opened)
    return (_description(write_arkivmelding(_facts(opened), documents)), *documents)


def fiks_files(opened: OpenedPacket) -> tuple[ArchiveFile, ...]:
    """What a Fiks Arkiv message carries: `arkivmelding.xml` (Fiks Arkiv V1), then the documents it lists."""
    documents = _documents(opened)
    return (_description(write_fiks_arkivmelding(_facts(opened), documents)), *documents)


def sign_container(files: Sequence[ArchiveFile], identity: Identity, at: datetime) -> bytes:
    """Puts files in an ASiC-E container, `arkivmelding.xml` as the one to start at.

    A signature covers every file, so another description takes another signature: that of who exports.

    Args:
        files: what goes in.
        identity: who exports.
        at: the moment of signing.

    Raises:
        UserError: RKV-PKT-012, too large.
    """
    covered = [(file.name, file.media_type, bytes.fromhex(file.sha256)) for file in files]
    _, meta = signing_files(covered, identity, at)
    data = (NewFile(file.name, file.data, packed=file.media_type not in (_XML, _JSON)) for file in files)
    return write_container((*data, *meta))


def _description(data: bytes) -> ArchiveFile:
    return ArchiveFile(name=ARCHIVE_NAME, media_type=_XML, data=data)


def _facts(opened: OpenedPacket) -> ArchiveFacts:
    party = opened.sender.party
    return ArchiveFacts(
        type=opened.type,
        message_id=opened.message_id,
        conversation_id=opened.conversation_id,
        unit=party.unit or party.organisation,
        at=opened.created,
    )


def _documents(opened: OpenedPacket) -> tuple[ArchiveFile, ...]:
    """The main document, the record, the attachments: the order of the description in a packet."""
    files = opened.documents
    record = ArchiveFile(name=MESSAGE_NAME, media_type=_JSON, data=files[MESSAGE_NAME])
    attachments = (
        ArchiveFile(name=entry.name, media_type=entry.media_type, data=files[entry.name])
        for entry in opened.files
        if entry.role is not FileRole.MAIN
    )
    return (main_file(opened), record, *attachments)
