# SPDX-License-Identifier: MIT
"""Hand an application over in a shape that others take: a PDF, a folder, a Fiks IO envelope, or paper.

Whatever the shape, the same is shown before it leaves, and it goes on the sharing record together with the writing.
"""

import contextlib
import hashlib
import io
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from rkv_app.crypto.fiks_envelope import envelop, read_rsa_certificate
from rkv_app.domain.exchange import Application, Direction, ExchangeRecord
from rkv_app.domain.people import Role
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import N_, Message, Words, message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import write_folder, write_in_pieces
from rkv_app.packets.arkivmelding import ARCHIVE_NAME, Described
from rkv_app.packets.exports.archive_files import content_of, eformidling_files, fiks_files, main_file, sign_container
from rkv_app.packets.opening import OpenedPacket, open_packet_file
from rkv_app.packets.plaintext import opened_nameless, plaintext_path
from rkv_app.packets.streams import Source, file_source
from rkv_app.usecases.clearance import require_clearance
from rkv_app.usecases.packet_files import opened_on_record, read_on_record
from rkv_app.usecases.workspace import Workspace


class ExportKind(StrEnum):
    """The shapes. Print gives the same file as PDF, and stands as paper on the sharing record."""

    PDF = "pdf"
    EFORMIDLING = "eformidling"
    FIKS_IO = "fiks-io"
    PRINT = "print"


_SHAPES: Mapping[ExportKind, str] = {
    ExportKind.PDF: N_("PDF for an upload portal"),
    ExportKind.EFORMIDLING: N_("folder for eFormidling"),
    ExportKind.FIKS_IO: N_("envelope for Fiks IO"),
    ExportKind.PRINT: N_("on paper"),
}

_NOT_ENCRYPTED = message(
    "What is written is not encrypted. Keep it where nobody else can read it, and delete it when it is handed over."
)
_NOT_AUTHENTICATED = message(
    "The encryption that Fiks IO takes hides the content, but does not show whether it was changed on its way. "
    "The signature inside does."
)


@dataclass(frozen=True, slots=True, repr=False)
class ApplicationPacket:
    """An application that this store has sent or received. The content of its documents is read when it is exported.

    Attributes:
        content: the application itself.
    """

    record: ExchangeRecord
    opened: OpenedPacket
    content: Application


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file that leaves."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class ExportPreview:
    """What a person is shown before an application leaves.

    Attributes:
        receiver: who is put down as receiver where nobody else is named.
        shape: what it leaves as, in words.
        shielded: whether a named person has to clear it.
        files: what leaves, unpacked.
        notices: what to know about this shape.
    """

    candidate_name: str
    receiver: str
    shape: str
    ground: SharingGround
    shielded: bool
    files: tuple[ExportedFile, ...]
    notices: tuple[Message, ...]


@dataclass(frozen=True, slots=True, repr=False)
class _Outgoing:
    """Content by file name, of one file or of those of a folder; and the digest that goes on record."""

    files: Mapping[str, bytes | Source]
    sha256: str


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written.

    Attributes:
        files: names of the documents that left.
        sha256: digest of the file, for a folder of its `arkivmelding.xml`, which has the digests of the others.
    """

    files: tuple[str, ...]
    sha256: str


def application_on_record(ws: Workspace, message_id: str) -> ApplicationPacket:
    """Returns an application that was sent from here or received here.

    Raises:
        UserError: RKV-EXC-005 a supervisor's store; RKV-PKT-061 no application; RKV-PKT-062 not on record here.
    """
    ws.require(Role.ADVISER, Role.INTAKE)
    record = ws.store.exchange.find(message_id)
    if record is None:
        raise _not_on_record()
    opened = read_on_record(ws, message_id)
    if not isinstance(opened.content, Application):
        raise UserError(
            "RKV-PKT-061",
            message("This packet is not an application, and only applications are exported."),
            message("Nothing was written. Choose the packet with the application."),
        )
    return ApplicationPacket(record, opened, opened.content)


def application_in(ws: Workspace, path: Path) -> ApplicationPacket:
    """Returns the application in a packet file, which has to be one that this store has sent or received.

    Raises:
        UserError: RKV-PKT-* it cannot be opened; else as `application_on_record`.
    """
    with open_packet_file(path, ws.identity) as opened:
        message_id, manifest_sha256 = opened.message_id, opened.manifest_sha256
    record = ws.store.exchange.find(message_id)
    if record is None or record.manifest_sha256 != manifest_sha256:
        raise _not_on_record()
    return application_on_record(ws, message_id)


def preview_export(ws: Workspace, packet: ApplicationPacket, kind: ExportKind) -> ExportPreview:
    """Says what would leave. Nothing is written or recorded."""
    return ExportPreview(
        candidate_name=packet.content.candidate.name,
        receiver=_receiver(ws, packet),
        shape=ws.words(_SHAPES[kind]),
        ground=packet.content.ground,
        shielded=packet.content.candidate.shielded,
        files=tuple(
            ExportedFile(file.name, file.media_type, file.size, file.sha256) for file in _files(packet.opened, kind)
        ),
        notices=(_NOT_AUTHENTICATED if kind is ExportKind.FIKS_IO else _NOT_ENCRYPTED,),
    )


def export_application(
    ws: Workspace,
    packet: ApplicationPacket,
    kind: ExportKind,
    target: Path | BinaryIO,
    *,
    receiver: str = "",
    cleared_by: str = "",
    certificate: bytes = b"",
) -> Exported:
    """Writes an application in one of the shapes, and puts the sharing on record: both or neither.

    Args:
        ws: who hands it over.
        packet: the application.
        kind: the shape.
        target: file to write, or folder for eFormidling; refused where it exists. Or a stream, for one file.
        receiver: who gets it; by default whom it was sent to, or our own organisation for one that was received.
        cleared_by: who cleared the papers of a shielded candidate.
        certificate: PEM or DER, the receiver's, for Fiks IO.

    Raises:
        UserError: RKV-CAS-008 shielded and not cleared; RKV-PKT-012 too large; RKV-PKT-060 the certificate cannot be
            used; RKV-SYS-001 to -004 it cannot be written.
        ValueError: a folder cannot be written to a stream.
    """
    require_clearance(packet.content.candidate, cleared_by)
    files = _files(packet.opened, kind)
    with _outgoing(ws, packet.record.message_id, files, kind, certificate) as outgoing:
        event = _event(ws, packet, kind, outgoing.sha256, receiver, cleared_by)
        _write_on_record(ws, event, target, outgoing)
    return Exported(tuple(file.name for file in files), event.sha256)


def content_to_print(ws: Workspace, packet: ApplicationPacket, cleared_by: str = "") -> bytes:
    """Returns the PDF for a printer; nothing is recorded until the printer has it, see `record_printed`.

    Raises:
        UserError: RKV-CAS-008 shielded and not cleared; RKV-STO-036 it is damaged.
    """
    require_clearance(packet.content.candidate, cleared_by)
    content = io.BytesIO()
    with opened_on_record(ws, packet.record.message_id) as opened:
        _filling(content_of(opened, main_file(opened)))(content)
    return content.getvalue()


def record_printed(ws: Workspace, packet: ApplicationPacket, receiver: str = "", cleared_by: str = "") -> None:
    """Puts on record that the PDF went to a printer; for the arguments see `export_application`.

    Raises:
        UserError: RKV-PKT-065 it cannot be put on record, though the paper is out.
    """
    sha256 = main_file(packet.opened).sha256
    try:
        with ws.store.transaction():
            ws.store.sharing.append(_event(ws, packet, ExportKind.PRINT, sha256, receiver, cleared_by))
    except UserError as problem:
        raise UserError(
            "RKV-PKT-065",
            message("It went to the printer, but could not be put on the record of what was shared."),
            message(
                "Keep the paper here and print it again when the store can be written to, or destroy it. "
                "The store told {code}.",
                code=problem.code,
            ),
            problem.status,
        ) from problem


def _event(
    ws: Workspace, packet: ApplicationPacket, kind: ExportKind, sha256: str, receiver: str, cleared_by: str
) -> SharingEvent:
    return SharingEvent(
        id=new_id(),
        case_id=packet.record.case_id,
        message_id=packet.record.message_id,
        at=ws.clock.now(),
        receiver=receiver.strip() or _receiver(ws, packet),
        ground=packet.content.ground,
        sha256=sha256,
        shape=kind.value,
        cleared_by=cleared_by.strip(),
    )


def _write_on_record(ws: Workspace, event: SharingEvent, target: Path | BinaryIO, outgoing: _Outgoing) -> None:
    written = False
    try:
        with ws.store.transaction():
            ws.store.sharing.append(event)
            _write(target, outgoing.files)
            written = True
    except BaseException:
        # Written but not on record after all: what is not on record has not left.
        if written and isinstance(target, Path):
            _take_back(target)
        raise


def shared_with(words: Words, event: SharingEvent) -> str:
    """Says who got something, who cleared it, and for an export in which shape."""
    if not event.shape and event.cleared_by:
        return words("{receiver}, cleared by {name}", receiver=event.receiver, name=event.cleared_by)
    if not event.shape:
        return event.receiver
    shape = words(_SHAPES[ExportKind(event.shape)])
    if event.cleared_by:
        return words(
            "{receiver}, {shape}, cleared by {name}", receiver=event.receiver, shape=shape, name=event.cleared_by
        )
    return words("{receiver}, {shape}", receiver=event.receiver, shape=shape)


def _files(opened: OpenedPacket, kind: ExportKind) -> tuple[Described, ...]:
    """The documents that leave."""
    if kind is ExportKind.EFORMIDLING:
        return eformidling_files(opened)
    if kind is ExportKind.FIKS_IO:
        return fiks_files(opened)
    return (main_file(opened),)


@contextlib.contextmanager
def _outgoing(
    ws: Workspace, message_id: str, files: Sequence[Described], kind: ExportKind, certificate: bytes
) -> Iterator[_Outgoing]:
    """What is written; it can be read inside the block."""
    with opened_on_record(ws, message_id) as opened:
        if kind is ExportKind.FIKS_IO:
            with plaintext_path(None) as path:
                sha256 = _enveloped(ws, opened, files, certificate, path)
                yield _Outgoing({files[0].name: file_source(path)}, sha256)
        else:
            described = next(file for file in files if kind is not ExportKind.EFORMIDLING or file.name == ARCHIVE_NAME)
            yield _Outgoing({file.name: content_of(opened, file) for file in files}, described.sha256)


def _enveloped(ws: Workspace, opened: OpenedPacket, files: Sequence[Described], certificate: bytes, path: Path) -> str:
    """Writes the envelope of Fiks IO to `path`, and returns its digest."""
    at = ws.clock.now()
    receiver = read_rsa_certificate(certificate, at)
    with plaintext_path(None) as container_path:
        write_in_pieces(container_path, lambda out: sign_container(opened, files, out, ws.identity, at))
        with opened_nameless(container_path) as container:
            write_in_pieces(path, lambda out: envelop(container, out, [receiver]))
    with path.open("rb") as enveloped:
        return hashlib.file_digest(enveloped, "sha256").hexdigest()


def _receiver(ws: Workspace, packet: ApplicationPacket) -> str:
    return packet.record.counterpart if packet.record.direction is Direction.SENT else ws.party.organisation


def _write(target: Path | BinaryIO, files: Mapping[str, bytes | Source]) -> None:
    if isinstance(target, Path) and ARCHIVE_NAME in files and len(files) > 1:
        write_folder(target, {name: _filling(content) for name, content in files.items()})
        return
    if len(files) != 1:
        raise ValueError("a folder cannot be written to a stream")
    (fill,) = map(_filling, files.values())
    if isinstance(target, Path):
        write_in_pieces(target, fill)
    else:
        fill(target)
        target.flush()


def _filling(content: bytes | Source) -> Callable[[BinaryIO], object]:
    return content.copy_to if isinstance(content, Source) else lambda out: out.write(content)


def _take_back(target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target, ignore_errors=True)
    else:
        target.unlink(missing_ok=True)


def _not_on_record() -> UserError:
    return UserError(
        "RKV-PKT-062",
        message("This packet was neither sent from this store nor received in it."),
        message("Nothing was written. Receive the packet first, so that it is on record what left and why."),
    )
