# SPDX-License-Identifier: MIT
"""Making a packet: the files, the signature over them, and the seal around it all (packet profile `rkv-pakke/1`)."""

import hashlib
import io
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Final

from rkv_app.crypto.envelope import CertificateRecipient, CodeRecipient, SealTo, seal
from rkv_app.crypto.identity import Identity, key_id
from rkv_app.crypto.signing import sign_detached
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import Application, Card, EvaluationRequest, MessageType, Receipt
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.ids import new_id
from rkv_app.packets.arkivmelding import ARCHIVE_NAME, ArchiveFacts, ArchiveFile, write_arkivmelding
from rkv_app.packets.container import NewFile, write_container
from rkv_app.packets.json_reading import clean_text
from rkv_app.packets.manifest import (
    MANIFEST_NAME,
    ODF_MANIFEST_NAME,
    Manifest,
    Reference,
    write_manifest,
    write_odf_manifest,
)
from rkv_app.packets.messages import FOR_CODE, Content, FileEntry, FileRole, MessageFields, write_message

MAIN_NAME: Final = "hoveddokument.pdf"
MESSAGE_NAME: Final = "rkv.json"
FILE_SUFFIX: Final = ".rkvpakke"

_PDF: Final = "application/pdf"
_CONTENT_TYPES: Final[Mapping[MessageType, type]] = MappingProxyType(
    {
        MessageType.REQUEST: EvaluationRequest,
        MessageType.EVALUATION: Evaluation,
        MessageType.APPLICATION: Application,
        MessageType.RECEIPT: Receipt,
    }
)
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
    """

    name: str
    media_type: str
    data: bytes


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
class _Document:
    entry: FileEntry
    data: bytes
    packed: bool


def build_packet(draft: Draft, *, identity: Identity, recipients: Sequence[SealTo], at: datetime) -> BuiltPacket:
    """Signs and seals a message.

    The sender's own key is added to the recipients where it is missing, so that sent copies stay readable.

    Args:
        draft: what to send.
        identity: the sender's keys; they must be the ones in `draft.sender`.
        recipients: who may open it.
        at: the moment of sending.

    Raises:
        UserError: RKV-PKT-012 too large, RKV-PKT-016 a text is too long or a field has not its form.
        ValueError: the draft contradicts itself, or the main document is no PDF.
    """
    _check_draft(draft, identity)
    everyone = _with_sender(recipients, identity)
    message_id = new_id()
    documents = _documents(draft)
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
    arkivmelding = write_arkivmelding(_archive_facts(draft, message_id, at), _archive_files(documents, rkv_json))
    files = _ordered_files(arkivmelding, rkv_json, documents)
    container, manifest = _sign(files, identity, at)
    sealed = io.BytesIO()
    seal(io.BytesIO(container), sealed, everyone)
    day = f"{archive_time(at):%Y%m%d}"
    return BuiltPacket(
        data=sealed.getvalue(),
        message_id=message_id,
        manifest_sha256=hashlib.sha256(manifest).hexdigest(),
        file_name=f"rkv-{draft.type.value}-{day}-{message_id[:8]}{FILE_SUFFIX}",
    )


def _check_draft(draft: Draft, identity: Identity) -> None:
    if not isinstance(draft.content, _CONTENT_TYPES.get(draft.type, ())):
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


def _documents(draft: Draft) -> tuple[_Document, ...]:
    documents = [_document(MAIN_NAME, Attachment(MAIN_NAME, _PDF, draft.main_document), FileRole.MAIN, packed=True)]
    for number, attachment in enumerate(draft.attachments, start=1):
        ending, packed = _ENDINGS.get(attachment.media_type, _OTHER_ENDING)
        name = f"vedlegg-{number:02d}.{ending}"
        documents.append(_document(name, attachment, FileRole.ATTACHMENT, packed=packed))
    return tuple(documents)


def _document(name: str, attachment: Attachment, role: FileRole, *, packed: bool) -> _Document:
    entry = FileEntry(
        navn=name,
        visningsnavn=clean_text(attachment.name)[:255] or name,
        sha256=hashlib.sha256(attachment.data).hexdigest(),
        stoerrelse=len(attachment.data),
        rolle=role,
        mediatype=attachment.media_type if attachment.media_type in _ENDINGS else "application/octet-stream",
    )
    return _Document(entry, attachment.data, packed)


def _archive_facts(draft: Draft, message_id: str, at: datetime) -> ArchiveFacts:
    party = draft.sender.party
    return ArchiveFacts(
        type=draft.type,
        message_id=message_id,
        conversation_id=draft.conversation_id,
        unit=party.unit or party.organisation,
        at=at,
    )


def _archive_files(documents: Sequence[_Document], rkv_json: bytes) -> list[ArchiveFile]:
    main, *attachments = (
        ArchiveFile(
            name=document.entry.name,
            media_type=document.entry.media_type,
            data=document.data,
            main=document.entry.role is FileRole.MAIN,
        )
        for document in documents
    )
    return [main, ArchiveFile(name=MESSAGE_NAME, media_type="application/json", data=rkv_json), *attachments]


def _ordered_files(
    arkivmelding: bytes, rkv_json: bytes, documents: Sequence[_Document]
) -> tuple[tuple[NewFile, str], ...]:
    main, *attachments = (
        (NewFile(each.entry.name, each.data, each.packed), each.entry.media_type) for each in documents
    )
    return (
        (NewFile(ARCHIVE_NAME, arkivmelding), "application/xml"),
        main,
        (NewFile(MESSAGE_NAME, rkv_json), "application/json"),
        *attachments,
    )


def _sign(files: Sequence[tuple[NewFile, str]], identity: Identity, at: datetime) -> tuple[bytes, bytes]:
    """Returns the container and the manifest whose signature it holds."""
    signature_name = f"META-INF/signature-{uuid.uuid4()}.p7s"
    references = tuple(
        Reference(file.name, media_type, hashlib.sha256(file.data).digest(), root=file.name == ARCHIVE_NAME)
        for file, media_type in files
    )
    manifest = write_manifest(Manifest(signature_name, references))
    container = write_container(
        (
            *(file for file, _ in files),
            NewFile(MANIFEST_NAME, manifest),
            NewFile(signature_name, sign_detached(manifest, identity, at)),
            NewFile(ODF_MANIFEST_NAME, write_odf_manifest(references)),
        )
    )
    return container, manifest
