# SPDX-License-Identifier: MIT
"""Opening, unpacking and verifying packets. Plaintext lies in a private file while it is checked and read, then goes.

Packets may be larger than the memory: every function takes the bytes, or has a sibling that takes a file.
"""

import contextlib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from rkv_app.crypto import failures
from rkv_app.crypto.envelope import OpenWith, unseal_to_file
from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import MessageType
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error, write_in_pieces
from rkv_app.packets import problems
from rkv_app.packets.build import MAIN_NAME, MESSAGE_NAME
from rkv_app.packets.checking import (
    SignedContainer,
    archive_list_agrees,
    check_profile,
    check_recipient,
    check_signed_container,
)
from rkv_app.packets.container import MAX_TOTAL_SIZE
from rkv_app.packets.files import Files, beginning_of
from rkv_app.packets.json_reading import MAX_JSON
from rkv_app.packets.messages import Content, is_of_another_kind
from rkv_app.packets.plaintext import opened_nameless, plaintext_path
from rkv_app.packets.reports import Finding, PacketHeader, Verdict, VerifiedFile, VerifyReport, header_of
from rkv_app.packets.streams import Watch, WatchedFile

__all__ = [
    "Finding",
    "OpenedPacket",
    "Verdict",
    "VerifiedFile",
    "VerifyReport",
    "open_packet",
    "open_packet_file",
    "verify_packet",
    "verify_packet_file",
    "write_documents",
]

# A sealed packet is its container and a header; 2 MiB is twice what the header may be.
_MAX_SEALED: Final = MAX_TOTAL_SIZE + 2 * 2**20
_ZIP_MARK: Final = b"PK"
_UNWATCHED: Final = Watch(None, 0)


_VERDICT_OF_CODE: Final[Mapping[str, Verdict]] = {
    "RKV-PKT-001": Verdict.NOT_OUR_FORMAT,
    "RKV-PKT-002": Verdict.NOT_FOR_YOU,
    "RKV-PKT-003": Verdict.NOT_FOR_YOU,
    "RKV-PKT-007": Verdict.NOT_FOR_YOU,
    "RKV-PKT-010": Verdict.NOT_OUR_FORMAT,
}


# What says nothing of the file that was checked.
_NO_FINDINGS: Final = frozenset({"RKV-PKT-025", "RKV-SYS-001", "RKV-SYS-002", "RKV-SYS-004"})


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class OpenedPacket(PacketHeader):
    """A packet that is intact, signed by the sender it names, and meant for whoever opened it.

    How far that sender is trusted is not decided here.

    Attributes:
        documents: every file by entry name, `arkivmelding.xml` and `rkv.json` among them, read when it is asked for.
        manifest_sha256: SHA-256 of the signed manifest, 64 hexadecimal digits.
        signer_chain: further certificates that came along with the signature; they may be anything.
        signed_at: what the signer's clock said, or None.
        archive_agrees: whether `arkivmelding.xml` lists the files that are there.
    """

    content: Content
    documents: Files
    manifest_sha256: str
    signer_certificate: bytes
    signer_chain: tuple[bytes, ...]
    signed_at: datetime | None
    archive_agrees: bool

    @property
    def main_document(self) -> bytes:
        """The PDF for people."""
        return self.documents[MAIN_NAME]


def open_packet(data: bytes, opener: OpenWith, *, folder: Path | None = None) -> OpenedPacket:
    """Opens a sealed packet after every check of the profile.

    Args:
        data: the sealed packet.
        opener: the reader's own keys, or the code that was told.
        folder: private folder for the plaintext while it is checked; a fresh one by default. It is left as it was.

    Raises:
        UserError: RKV-PKT-001 to 006 the seal, the signature, the receiver; RKV-PKT-010 to 017 and 030 to 059 what is
            inside; RKV-SYS-001 the disk is full.
    """
    with _unsealed(io.BytesIO(data), opener, folder) as container:
        return _opened(io.BytesIO(container.read()), opener)


@contextlib.contextmanager
def open_packet_file(
    path: Path, opener: OpenWith, *, folder: Path | None = None, progress: Progress | None = None
) -> Iterator[OpenedPacket]:
    """Opens a sealed packet of any size after every check of the profile; its documents can be read inside the block.

    Args:
        path: the sealed packet, which is left as it is.
        opener: the reader's own keys, or the code that was told.
        folder: private folder for the plaintext until the block ends; a fresh one by default. It is left as it was.
        progress: is told how many bytes were read, of twice the length of the packet.

    Raises:
        UserError: as `open_packet`; RKV-PKT-025 cancelled; RKV-SYS-002 or RKV-SYS-004 the packet cannot be read.
    """
    with _read(path, progress) as (sealed, watch), _unsealed(sealed, opener, folder) as container:
        watched = WatchedFile(container, watch)
        opened = _opened(watched.stream, opener)
        watched.end_watch()
        yield opened


def write_documents(opened: OpenedPacket, folder: Path) -> None:
    """Writes all files of an opened packet to `folder` under their entry names, which are safe on every system.

    All of them or none.

    Raises:
        UserError: RKV-SYS-001 to 003 when a file cannot be written or is there already.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    written: list[Path] = []
    try:
        for name in opened.documents:
            _write_document(opened.documents, name, folder / name)
            written.append(folder / name)
    except BaseException:
        # Half a packet on disk would be taken for the whole.
        for path in written:
            path.unlink(missing_ok=True)
        raise


def _write_document(documents: Files, name: str, path: Path) -> None:
    def fill(out: BinaryIO) -> None:
        for piece in documents.pieces(name):
            out.write(piece)

    write_in_pieces(path, fill)


def verify_packet(data: bytes, opener: OpenWith | None, *, known_signers: Collection[str] = ()) -> VerifyReport:
    """Checks a sealed packet, or a bare ASiC-E container, and reports instead of raising.

    The rules of the profile bind wherever there is an `rkv.json`; another container with a CAdES signature is judged by
    its signature and coverage alone, and a finding says that it is not a packet.

    Args:
        data: the file.
        opener: keys or code for a sealed packet; not used for a bare container, whose receivers are not checked.
        known_signers: key ids of signers the user has pinned.
    """
    return _verified(io.BytesIO(data), opener, known_signers, None, _UNWATCHED)


def verify_packet_file(
    path: Path,
    opener: OpenWith | None,
    *,
    known_signers: Collection[str] = (),
    folder: Path | None = None,
    progress: Progress | None = None,
) -> VerifyReport:
    """Checks a file of any size as `verify_packet` does.

    Args:
        path: the file.
        opener: keys or code for a sealed packet.
        known_signers: key ids of signers the user has pinned.
        folder: private folder for the plaintext while it is checked; a fresh one by default. It is left as it was.
        progress: is told how many bytes were read, of twice the length of the file.

    Raises:
        UserError: RKV-PKT-025 cancelled; RKV-SYS-001 the disk is full; RKV-SYS-002 or RKV-SYS-004 the file cannot be
            read.
    """
    with _read(path, progress) as (file, watch):
        return _verified(file, opener, known_signers, folder, watch)


def _verified(
    file: BinaryIO, opener: OpenWith | None, known_signers: Collection[str], folder: Path | None, watch: Watch
) -> VerifyReport:
    try:
        mark = _mark(file)
        if mark == _ZIP_MARK:
            return _report_on_container(file, None, known_signers)
        if opener is None and mark[:1] == b"\x30":
            needs_key = message("The packet is sealed: a key or a code is needed to check it.")
            return VerifyReport(verdict=Verdict.NOT_FOR_YOU, findings=(Finding("RKV-PKT-002", needs_key),))
        if opener is None:
            raise failures.not_our_format()
        with _unsealed(file, opener, folder) as container:
            return _report_on_container(WatchedFile(container, watch).stream, opener, known_signers)
    except UserError as problem:
        if problem.code in _NO_FINDINGS:
            raise
        verdict = _VERDICT_OF_CODE.get(problem.code, Verdict.REFUSED)
        return VerifyReport(verdict=verdict, findings=(Finding(problem.code, problem.message),))


def _report_on_container(file: BinaryIO, opener: OpenWith | None, known_signers: Collection[str]) -> VerifyReport:
    signed = check_signed_container(file)
    signer = key_id(signed.signature.certificate)
    findings: list[Finding] = []
    header = None
    files = signed.container.files
    if MESSAGE_NAME not in files or is_of_another_kind(beginning_of(files, MESSAGE_NAME, MAX_JSON + 1)):
        findings.append(Finding("RKV-PKT-020", problems.another_kind_of_content()))
    else:
        read = check_profile(signed)
        if opener is not None:
            check_recipient(read, opener)
        if not archive_list_agrees(read, signed):
            findings.append(Finding("RKV-PKT-019", problems.archive_list_differs()))
        header = None if signed.signature.weak else header_of(read)
    verdict = Verdict.VALID if signer in known_signers else Verdict.VALID_UNKNOWN_SENDER
    if signed.signature.weak:
        verdict = Verdict.WEAK
        findings.append(Finding("RKV-PKT-043", failures.weak_signature().message))
    return VerifyReport(
        verdict=verdict,
        findings=tuple(findings),
        signer=signer,
        signed_at=signed.signature.signed_at,
        signer_chain=signed.signature.chain,
        files=_verified_files(signed),
        header=header,
    )


def _verified_files(signed: SignedContainer) -> tuple[VerifiedFile, ...]:
    files = signed.container.files
    return tuple(
        VerifiedFile(each.name, each.media_type, files.size(each.name), each.digest.hex())
        for each in signed.manifest.references
    )


def _opened(container: BinaryIO, opener: OpenWith) -> OpenedPacket:
    signed = check_signed_container(container)
    if signed.signature.weak:
        raise failures.weak_signature()
    read = check_profile(signed)
    check_recipient(read, opener)
    return OpenedPacket(
        type=MessageType(read.type),
        message_id=read.message_id,
        conversation_id=read.conversation_id,
        answers=read.answers,
        created=read.created,
        expires=read.expires,
        sender=read.sender,
        recipients=read.recipients,
        reply_token=read.reply_token,
        content=read.content,
        files=read.files,
        documents=signed.container.files,
        manifest_sha256=signed.manifest_sha256,
        signer_certificate=signed.signature.certificate,
        signer_chain=signed.signature.chain,
        signed_at=signed.signature.signed_at,
        archive_agrees=archive_list_agrees(read, signed),
    )


@contextlib.contextmanager
def _read(path: Path, progress: Progress | None) -> Iterator[tuple[BinaryIO, Watch]]:
    """A file to read, each reading of which is told."""
    try:
        file = path.open("rb")
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    with file:
        watch = Watch(progress, 2 * file.seek(0, io.SEEK_END))
        file.seek(0)
        yield WatchedFile(file, watch).stream, watch


@contextlib.contextmanager
def _unsealed(sealed: BinaryIO, opener: OpenWith, folder: Path | None) -> Iterator[BinaryIO]:
    """Takes the seal off in a private file, and gives the plaintext only when the seal held."""
    if _mark(sealed) == _ZIP_MARK:
        raise problems.not_our_format(message("it is not sealed"))
    if sealed.seek(0, io.SEEK_END) > _MAX_SEALED:
        raise problems.too_large(message("the file is over {limit} MiB", limit=MAX_TOTAL_SIZE // 2**20))
    sealed.seek(0)
    with plaintext_path(folder) as path:
        try:
            unseal_to_file(sealed, path, opener)
        except OSError as problem:
            raise explain_os_error(problem, path.parent) from problem
        with opened_nameless(path) as container:
            yield container


def _mark(file: BinaryIO) -> bytes:
    file.seek(0)
    return file.read(len(_ZIP_MARK))
