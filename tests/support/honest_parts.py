# SPDX-License-Identifier: MIT
"""The parts of an honest packet, the same bytes every time, to make hostile files from and start fuzzing at."""

import base64
import hashlib
import zlib
from collections.abc import Mapping
from functools import cache

from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import Card, MessageType
from rkv_app.packets.arkivmelding import ArchiveFacts, ArchiveFile, write_arkivmelding
from rkv_app.packets.json_reading import canonical_json
from rkv_app.packets.manifest import Manifest, Reference, write_manifest
from rkv_app.packets.messages import FileEntry, FileRole, MessageFields, write_message
from support import hand_made
from support import packet_samples as samples
from support.packet_samples import RawEntry, raw_zip

SIGNATURE = "META-INF/signature-00000000-0000-4000-8000-000000000000.p7s"
MANIFEST = "META-INF/ASiCManifest.xml"
MESSAGE_ID = "5b1f0a52-8a5e-4c8c-9f0e-2d3c4b5a6978"
PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
TEXT = "Blåbærsyltetøy\n".encode() * 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {
    "pdf": "application/pdf",
    "txt": "text/plain",
    "xml": "application/xml",
    "json": "application/json",
    "docx": DOCX,
}


def card(name: str) -> Card:
    """The contact card of a party."""
    keys = hand_made.identity(name)
    return Card(
        party=samples.ADVISER,
        signing_certificate=keys.signing_certificate,
        sealing_certificate=keys.sealing_certificate,
    )


@cache
def message_files(kind: MessageType = MessageType.APPLICATION) -> Mapping[str, bytes]:
    """The data files of a packet from the adviser to the county and to whoever knows the code."""
    return files_with({"vedlegg-01.txt": TEXT}, kind)


def files_with(attachments: Mapping[str, bytes], kind: MessageType = MessageType.APPLICATION) -> dict[str, bytes]:
    """The same with other attachments."""
    documents = {"hoveddokument.pdf": PDF, **attachments}
    entries = [
        FileEntry(
            navn=name,
            visningsnavn=name,
            sha256=hashlib.sha256(content).hexdigest(),
            stoerrelse=len(content),
            rolle=FileRole.MAIN if name == "hoveddokument.pdf" else FileRole.ATTACHMENT,
            mediatype=media_type(name),
        )
        for name, content in documents.items()
    ]
    sender = hand_made.identity("adviser")
    receivers = (key_id(hand_made.identity("county").sealing_certificate), "kode", key_id(sender.sealing_certificate))
    message = write_message(
        MessageFields(
            type=kind,
            message_id=MESSAGE_ID,
            conversation_id=samples.CONVERSATION,
            answers="" if kind is MessageType.REQUEST else samples.REQUEST_ID,
            created=hand_made.AT,
            expires=None,
            sender=card("adviser"),
            recipients=receivers,
            reply_token=samples.TOKEN,
            files=entries,
            content=samples.CONTENTS[kind],
        )
    )
    facts = ArchiveFacts(
        type=kind,
        message_id=MESSAGE_ID,
        conversation_id=samples.CONVERSATION,
        unit="Markedsteam",
        at=hand_made.AT,
    )
    listed = {"hoveddokument.pdf": PDF, "rkv.json": message, **attachments}
    archive = write_arkivmelding(
        facts,
        [
            ArchiveFile(name=name, media_type=media_type(name), data=content, main=name == "hoveddokument.pdf")
            for name, content in listed.items()
        ],
    )
    return {"arkivmelding.xml": archive, **listed}


def every_message() -> Mapping[str, Mapping[str, bytes]]:
    """The data files of a packet of each type, by type."""
    return {kind.value: message_files(kind) for kind in samples.CONTENTS}


def media_type(name: str) -> str:
    """What the manifest calls a file."""
    return TYPES.get(name.rpartition(".")[2], "application/octet-stream")


def manifest_of(files: Mapping[str, bytes], *, signature: str = SIGNATURE) -> bytes:
    """An honest manifest of any files."""
    references = tuple(
        Reference(name, media_type(name), hashlib.sha256(content).digest(), root=name == "arkivmelding.xml")
        for name, content in files.items()
    )
    return write_manifest(Manifest(signature, references))


def signature_of(manifest: bytes, signer: str = "adviser", **lies: object) -> bytes:
    """A signature over a manifest."""
    keys = hand_made.identity(signer)
    return hand_made.signed_data(manifest, keys.signing_key, keys.signing_certificate, **lies)  # type: ignore[arg-type]


def signed(files: Mapping[str, bytes], extra: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files with a manifest and its signature, in the order of the profile, then `extra`."""
    manifest = manifest_of(files)
    return {**files, MANIFEST: manifest, SIGNATURE: signature_of(manifest), **(extra or {})}


def entries(files: Mapping[str, bytes], *, deflate: bool = False, descriptors: bool = False) -> list[RawEntry]:
    """ZIP entries of these files, `mimetype` first."""
    made = [
        RawEntry(
            name=name.encode(),
            data=content,
            deflate=deflate,
            flags=8 if descriptors else 0,
            descriptor=_descriptor(content) if descriptors else b"",
        )
        for name, content in files.items()
    ]
    return [samples.mimetype_entry(), *made]


def zipped(files: Mapping[str, bytes], *, deflate: bool = False, descriptors: bool = False) -> bytes:
    """A container of these files, as they are."""
    return raw_zip(entries(files, deflate=deflate, descriptors=descriptors))


def container(kind: MessageType = MessageType.APPLICATION) -> bytes:
    """An honest container."""
    return zipped(signed(message_files(kind)))


def sealed(content: bytes) -> bytes:
    """Anything, sealed for the county and for whoever knows the code."""
    county = hand_made.identity("county").sealing_certificate
    return hand_made.Seal(infos=[hand_made.key_info(county), hand_made.code_info()]).around(content)


def card_payload(name: str) -> bytes:
    """What is signed in a contact card."""
    keys = hand_made.identity(name)
    party = {"role": "adviser", "name": "Åse Prøve", "organisation": "Nav Øvingsby", "unit": "Markedsteam"}
    shown = {
        "party": {**party, "org_number": "", "phone": "", "email": ""},
        "signing_certificate": _base64url(keys.signing_certificate),
        "sealing_certificate": _base64url(keys.sealing_certificate),
    }
    return canonical_json({"schema": "rkv-kontakt/1", "opprettet": "2026-11-23T09:30:00Z", "kort": shown})


def card_file(name: str, payload: bytes, *, signer: str = "") -> bytes:
    """A contact card around any payload, signed by its owner or by somebody else."""
    shell = {
        "schema": "rkv-kontakt/1",
        "innhold": base64.b64encode(payload).decode(),
        "signatur": base64.b64encode(signature_of(payload, signer or name)).decode(),
    }
    return canonical_json(shell)


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()


def _descriptor(content: bytes) -> bytes:
    engine = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = engine.compress(content) + engine.flush()
    sizes = b"".join(number.to_bytes(4, "little") for number in (zlib.crc32(content), len(packed), len(content)))
    return b"PK\7\10" + sizes
