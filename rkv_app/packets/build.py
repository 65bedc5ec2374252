# SPDX-License-Identifier: MIT
"""Making a packet: the files, the signature over them, and the seal around it all (packet profile `rkv-pakke/1`).

Attachments are read twice and never held whole: once to measure them for the signed list, once to seal them. What is
written is sealed already; no plaintext lies on a disk at any time.
"""

import hashlib
import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final, NamedTuple

from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, Sealing, SealTo
from rkv_app.crypto.identity import Identity, key_id
from rkv_app.crypto.signing import sign_detached
from rkv_app.domain.exchange import Card, MessageType
from rkv_app.domain.stores import Progress
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import write_in_pieces
from rkv_app.packets.arkivmelding import (
    ARCHIVE_NAME,
    ArchiveFacts,
    Described,
    MeasuredArchiveFile,
    write_arkivmelding,
)
from rkv_app.packets.json_reading import clean_text
from rkv_app.packets.manifest import (
    MANIFEST_NAME,
    ODF_MANIFEST_NAME,
    Manifest,
    Reference,
    write_manifest,
    write_odf_manifest,
)
from rkv_app.packets.messages import (
    CONTENT_TYPES,
    FOR_CODE,
    Content,
    FileEntry,
    FileRole,
    MessageFields,
    write_message,
)
from rkv_app.packets.streams import Source, Watch
from rkv_app.packets.zip_rules import check_counts
from rkv_app.packets.zip_writing import (
    MeasuredFile,
    NewFile,
    container_size,
    measure,
    mimetype_file,
    write_measured,
)

MAIN_NAME: Final = "hoveddokument.pdf"
MESSAGE_NAME: Final = "rkv.json"
FILE_SUFFIX: Final = ".rkvpakke"

_PDF: Final = "application/pdf"
# Endings an entry may get, by media type, and whether such a file is compressed already.
_ENDINGS: Final[Mapping[str, tuple[str, bool]]] = MappingProxyType(
    {
        _PDF: ("pdf", True),
        "image/jpeg": ("jpg", True),
        "image/png": ("png", True),
        "text/plain": ("txt", False),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx", True),
        "application/vnd.oasis.opendocument.text": ("odt", True),
    }
)
_OTHER_ENDING: Final = ("bin", False)


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A document to send along.

    Attributes:
        name: the name people know it by; it goes into `rkv.json` only.
        media_type: such as `application/pdf`.
        data: the content, or where it is read from (`streams.file_source` for a file); at most 200 MiB.
    """

    name: str
    media_type: str
    data: bytes | Source


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class Draft:
    """A message before it is signed and sealed.

    Attributes:
        answers: id of the message this one answers, or empty.
        expires: last day on which a reply is wanted, or None.
        reply_token: the secret a reply must bring back (or brings back), or empty.
        main_document: the PDF for people (PDF/A).
    """

    type: MessageType
    content: Content
    conversation_id: str
    answers: str
    sender: Card
    expires: date | None
    reply_token: str
    main_document: bytes
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class BuiltPacket:
    """A finished packet.

    Attributes:
        data: the bytes to send.
        manifest_sha256: SHA-256 of the signed manifest, 64 hexadecimal digits: names this packet for good.
        file_name: what to call the file; it tells nothing about a person.
    """

    data: bytes
    message_id: str
    manifest_sha256: str
    file_name: str


@dataclass(frozen=True, slots=True, repr=False)
class BuiltPacketFile:
    """A finished packet that lies in a file.

    Attributes:
        path: the file.
        size: its length in bytes.
        manifest_sha256: SHA-256 of the signed manifest, 64 hexadecimal digits: names this packet for good.
        file_name: what to call the file; it tells nothing about a person.
    """

    path: Path
    size: int
    message_id: str
    manifest_sha256: str
    file_name: str


@dataclass(frozen=True, slots=True, repr=False)
class _Document:
    entry: FileEntry
    file: MeasuredFile


@dataclass(frozen=True, slots=True, repr=False)
class _Signed:
    """A packet of which everything is known but the seal."""

    files: tuple[MeasuredFile, ...]
    recipients: tuple[SealTo, ...]
    message_id: str
    manifest_sha256: str
    file_name: str


class _Listed(NamedTuple):
    """A file that the signature covers, with its media type."""

    file: MeasuredFile
    media_type: str


_UNWATCHED: Final = Watch(None, 0)


def build_packet(draft: Draft, *, identity: Identity, recipients: Sequence[SealTo], at: datetime) -> BuiltPacket:
    """Signs and seals a message, in memory.

    The sender's own key is added to the recipients where it is missing, so that sent copies stay readable.

    Args:
        draft: what to send.
        identity: the sender's keys; they must be the ones in `draft.sender`.
        recipients: who may open it.
        at: the moment of sending.

    Raises:
        UserError: RKV-PKT-012 too large, RKV-PKT-016 or RKV-PKT-044 a text is too long or a field has not its form,
            RKV-PKT-026 an attachment changed meanwhile, RKV-SYS-002 or RKV-SYS-004 it cannot be read.
        ValueError: the draft contradicts itself, or the main document is no PDF.
    """
    signed = _signed(draft, identity, recipients, at, _UNWATCHED)
    sealed = io.BytesIO()
    _seal(signed, sealed, _UNWATCHED)
    return BuiltPacket(sealed.getvalue(), signed.message_id, signed.manifest_sha256, signed.file_name)


def build_packet_file(
    draft: Draft,
    path: Path,
    *,
    identity: Identity,
    recipients: Sequence[SealTo],
    at: datetime,
    progress: Progress | None = None,
) -> BuiltPacketFile:
    """Signs and seals a message into a new file, which is there whole or not at all.

    Args:
        draft: what to send.
        path: the file to make; its folder must exist.
        identity: the sender's keys; they must be the ones in `draft.sender`.
        recipients: who may open it; the sender is added.
        at: the moment of sending.
        progress: is told how many bytes were read, of twice the length of all documents.

    Raises:
        UserError: as `build_packet`; RKV-PKT-025 cancelled; RKV-SYS-001 to 003 the file cannot be written.
        ValueError: as `build_packet`.
    """
    watch = Watch(progress, 2 * sum(file.size for file, _ in _new_files(draft)))
    signed = _signed(draft, identity, recipients, at, watch)
    write_in_pieces(path, lambda sealed: _seal(signed, sealed, watch))
    return BuiltPacketFile(path, path.stat().st_size, signed.message_id, signed.manifest_sha256, signed.file_name)


def signing_files(
    covered: Iterable[tuple[str, str, bytes]], identity: Identity, at: datetime
) -> tuple[bytes, tuple[NewFile, ...]]:
    """Signs the files of a container, `arkivmelding.xml` as the one to start at.

    Args:
        covered: name, media type and SHA-256 (32 bytes) of every file.
        identity: who signs.
        at: the moment of signing.

    Returns:
        The signed manifest, and the files of META-INF, it among them.
    """
    signature_name = f"META-INF/signature-{uuid.uuid4()}.p7s"
    references = tuple(Reference(name, kind, sha256, root=name == ARCHIVE_NAME) for name, kind, sha256 in covered)
    manifest = write_manifest(Manifest(signature_name, references))
    return manifest, (
        NewFile(MANIFEST_NAME, manifest),
        NewFile(signature_name, sign_detached(manifest, identity, at)),
        NewFile(ODF_MANIFEST_NAME, write_odf_manifest(references)),
    )


def _signed(draft: Draft, identity: Identity, recipients: Sequence[SealTo], at: datetime, watch: Watch) -> _Signed:
    _check_draft(draft, identity)
    everyone = _with_sender(recipients, identity)
    message_id = new_id()
    documents = _documents(draft, watch)
    rkv_json = write_message(
        MessageFields(
            type=draft.type,
            message_id=message_id,
            conversation_id=draft.conversation_id,
            answers=draft.answers,
            created=at,
            expires=draft.expires,
            sender=draft.sender,
            recipients=_names(everyone),
            reply_token=draft.reply_token,
            files=[document.entry for document in documents],
            content=draft.content,
        )
    )
    message_file = measure(NewFile(MESSAGE_NAME, rkv_json), _UNWATCHED)
    arkivmelding = write_arkivmelding(_archive_facts(draft, message_id, at), _archive_files(documents, message_file))
    archive_file = measure(NewFile(ARCHIVE_NAME, arkivmelding), _UNWATCHED)
    main, *attachments = (_Listed(each.file, each.entry.media_type) for each in documents)
    listed = (
        _Listed(archive_file, "application/xml"),
        main,
        _Listed(message_file, "application/json"),
        *attachments,
    )
    manifest, meta = _sign(listed, identity, at)
    files = (mimetype_file(), *(each.file for each in listed), *meta)
    check_counts([file.size for file in files])
    return _Signed(
        files=files,
        recipients=everyone,
        message_id=message_id,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        file_name=f"rkv-{draft.type.value}-{archive_time(at):%Y%m%d}-{message_id[:8]}{FILE_SUFFIX}",
    )


def _seal(signed: _Signed, sealed: BinaryIO, watch: Watch) -> None:
    sealing = Sealing(sealed, signed.recipients, container_size(signed.files))
    write_measured(signed.files, sealing, watch)
    sealing.finish()


def _check_draft(draft: Draft, identity: Identity) -> None:
    if not isinstance(draft.content, CONTENT_TYPES[draft.type]):
        raise ValueError("the content is not of the type the message says")
    own = (identity.signing_certificate, identity.sealing_certificate)
    if (draft.sender.signing_certificate, draft.sender.sealing_certificate) != own:
        raise ValueError("the sender's card is not of the keys that sign")
    if not draft.main_document.startswith(b"%PDF-"):
        raise ValueError("the main document is not a PDF")


def _with_sender(recipients: Sequence[SealTo], identity: Identity) -> tuple[SealTo, ...]:
    own = key_id(identity.sealing_certificate)
    if own in _names(recipients):
        return tuple(recipients)
    return (*recipients, CertificateRecipient(identity.sealing_certificate))


def _names(recipients: Iterable[SealTo]) -> list[str]:
    return [FOR_CODE if isinstance(each, CodeRecipient) else key_id(each.certificate) for each in recipients]


def _new_files(draft: Draft) -> tuple[tuple[NewFile, Attachment], ...]:
    """The main document and the attachments under their entry names."""
    main = Attachment(MAIN_NAME, _PDF, draft.main_document)
    files = [(NewFile(MAIN_NAME, draft.main_document, packed=True), main)]
    for number, attachment in enumerate(draft.attachments, start=1):
        ending, packed = _ENDINGS.get(attachment.media_type, _OTHER_ENDING)
        files.append((NewFile(f"vedlegg-{number:02d}.{ending}", attachment.data, packed), attachment))
    return tuple(files)


def _documents(draft: Draft, watch: Watch) -> tuple[_Document, ...]:
    files = _new_files(draft)
    # Before anything is read: what is refused at the end should not take minutes to be refused.
    check_counts([file.size for file, _ in files])
    return tuple(_document(measure(file, watch), attachment) for file, attachment in files)


def _document(file: MeasuredFile, attachment: Attachment) -> _Document:
    entry = FileEntry(
        navn=file.name,
        visningsnavn=clean_text(attachment.name)[:255] or file.name,
        sha256=file.sha256.hex(),
        stoerrelse=file.size,
        rolle=FileRole.MAIN if file.name == MAIN_NAME else FileRole.ATTACHMENT,
        mediatype=attachment.media_type if attachment.media_type in _ENDINGS else "application/octet-stream",
    )
    return _Document(entry, file)


def _archive_facts(draft: Draft, message_id: str, at: datetime) -> ArchiveFacts:
    party = draft.sender.party
    return ArchiveFacts(
        type=draft.type,
        message_id=message_id,
        conversation_id=draft.conversation_id,
        unit=party.unit or party.organisation,
        at=at,
    )


def _archive_files(documents: Sequence[_Document], rkv_json: MeasuredFile) -> list[Described]:
    main, *attachments = (
        _archive_file(each.file, each.entry.media_type, main=each.entry.role is FileRole.MAIN) for each in documents
    )
    return [main, _archive_file(rkv_json, "application/json"), *attachments]


def _archive_file(file: MeasuredFile, media_type: str, *, main: bool = False) -> Described:
    return MeasuredArchiveFile(
        name=file.name, media_type=media_type, size=file.size, sha256=file.sha256.hex(), main=main
    )


def _sign(files: Sequence[_Listed], identity: Identity, at: datetime) -> tuple[bytes, tuple[MeasuredFile, ...]]:
    """Returns the manifest, and the files of META-INF, it among them."""
    manifest, meta = signing_files([(file.name, media_type, file.sha256) for file, media_type in files], identity, at)
    return manifest, tuple(measure(file, _UNWATCHED) for file in meta)
