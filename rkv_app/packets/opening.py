# SPDX-License-Identifier: MIT
"""Opening, unpacking and verifying packets. Plaintext lies in a private file until its seal is checked, then goes."""

import contextlib
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final

from rkv_app.crypto import failures
from rkv_app.crypto.envelope import OpenWith, unseal_to_file
from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import Card, MessageType
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, Words, message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import explain_os_error, private_folder, write_atomically
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
from rkv_app.packets.messages import Content, FileEntry, PacketMessage, is_of_another_kind, message_type

# A sealed packet is its container and a header; 2 MiB is twice what the header may be.
_MAX_SEALED: Final = MAX_TOTAL_SIZE + 2 * 2**20
_ZIP_MARK: Final = b"PK"


class Verdict(StrEnum):
    """What `verify_packet` says in one word. Only the first two are good."""

    VALID = "valid"
    VALID_UNKNOWN_SENDER = "valid_unknown_sender"
    WEAK = "weak"
    REFUSED = "refused"
    NOT_OUR_FORMAT = "not_our_format"
    NOT_FOR_YOU = "not_for_you"


_VERDICT_OF_CODE: Final[Mapping[str, Verdict]] = {
    "RKV-PKT-001": Verdict.NOT_OUR_FORMAT,
    "RKV-PKT-002": Verdict.NOT_FOR_YOU,
    "RKV-PKT-003": Verdict.NOT_FOR_YOU,
    "RKV-PKT-007": Verdict.NOT_FOR_YOU,
    "RKV-PKT-010": Verdict.NOT_OUR_FORMAT,
}


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class OpenedPacket:
    """A packet that is intact, signed by the sender it names, and meant for whoever opened it.

    How far that sender is trusted is not decided here.

    Attributes:
        recipients: key ids of the receivers, or `kode`.
        files: the documents with their real names, which may come from anybody: show them as text only.
        documents: content of every file by entry name, `arkivmelding.xml` and `rkv.json` among them.
        manifest_sha256: SHA-256 of the signed manifest, 64 hexadecimal digits.
        signed_at: what the signer's clock said, or None.
        weak: always False; a weakly signed packet is not opened.
        archive_agrees: whether `arkivmelding.xml` lists the files that are there.
    """

    type: MessageType
    message_id: str
    conversation_id: str
    answers: str
    created: datetime
    expires: date | None
    sender: Card
    recipients: tuple[str, ...]
    reply_token: str
    content: Content
    main_document: bytes
    files: tuple[FileEntry, ...]
    documents: Mapping[str, bytes]
    manifest_sha256: str
    signer_certificate: bytes
    signed_at: datetime | None
    weak: bool
    archive_agrees: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about a packet: a stable code and a sentence."""

    code: str
    message: Message


@dataclass(frozen=True, slots=True)
class VerifiedFile:
    """A file that the signature covers."""

    name: str
    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a check of a packet found.

    Attributes:
        signer: key id of the signing certificate (SHA-256 of its public key), or empty.
        signed_at: what the signer's clock said, or None.
        files: the covered files; empty unless the signature holds.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    signer: str = ""
    signed_at: datetime | None = None
    files: tuple[VerifiedFile, ...] = ()

    @property
    def good(self) -> bool:
        """Whether the packet is intact and signed well."""
        return self.verdict in (Verdict.VALID, Verdict.VALID_UNKNOWN_SENDER)

    def as_json(self, words: Words) -> dict[str, object]:
        """The report as a JSON object, its sentences in the language of `words`."""
        return {
            "verdict": self.verdict.value,
            "findings": [{"code": each.code, "message": words.say(each.message)} for each in self.findings],
            "signer": self.signer,
            "signed_at": self.signed_at.isoformat() if self.signed_at else "",
            "files": [
                {"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256}
                for each in self.files
            ],
        }


def open_packet(data: bytes, opener: OpenWith, *, folder: Path | None = None) -> OpenedPacket:
    """Opens a sealed packet after every check of the profile.

    Args:
        data: the sealed packet.
        opener: the reader's own keys, or the code that was told.
        folder: private folder for the plaintext while it is checked; a fresh one by default. It is left as it was.

    Raises:
        UserError: RKV-PKT-001 to 006 the seal, the signature, the receiver; RKV-PKT-010 to 017 what is inside.
    """
    signed = check_signed_container(_unsealed(data, opener, folder))
    if signed.signature.weak:
        raise failures.unsupported()
    read = check_profile(signed)
    check_recipient(read, opener)
    return _opened(read, signed)


def unpack_packet(data: bytes, opener: OpenWith, folder: Path) -> OpenedPacket:
    """Opens a packet and writes its files to `folder` under their entry names, which are safe on every system.

    Raises:
        UserError: as `open_packet`; RKV-SYS-001 to 003 when a file cannot be written or is there already.
    """
    opened = open_packet(data, opener)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    written: list[Path] = []
    try:
        for name, content in opened.documents.items():
            write_atomically(folder / name, content)
            written.append(folder / name)
    except UserError:
        # All or nothing: half a packet on disk would be taken for the whole.
        for path in written:
            path.unlink(missing_ok=True)
        raise
    return opened


def verify_packet(data: bytes, opener: OpenWith | None, *, known_signers: Collection[str] = ()) -> VerifyReport:
    """Checks a sealed packet, or a bare ASiC-E container, and reports instead of raising.

    The rules of the profile bind wherever there is an `rkv.json`; another container with a CAdES signature is judged by
    its signature and coverage alone, and a finding says that it is not a packet.

    Args:
        data: the file.
        opener: keys or code for a sealed packet; not used for a bare container, whose receivers are not checked.
        known_signers: key ids of signers the user has pinned.
    """
    try:
        if data.startswith(_ZIP_MARK):
            return _report_on_container(data, None, known_signers)
        if opener is None and data[:1] == b"\x30":
            needs_key = message("The packet is sealed: a key or a code is needed to check it.")
            return VerifyReport(verdict=Verdict.NOT_FOR_YOU, findings=(Finding("RKV-PKT-002", needs_key),))
        if opener is None:
            raise failures.not_our_format()
        return _report_on_container(_unsealed(data, opener, None), opener, known_signers)
    except UserError as problem:
        verdict = _VERDICT_OF_CODE.get(problem.code, Verdict.REFUSED)
        return VerifyReport(verdict=verdict, findings=(Finding(problem.code, problem.message),))


def _report_on_container(data: bytes, opener: OpenWith | None, known_signers: Collection[str]) -> VerifyReport:
    signed = check_signed_container(data)
    signer = key_id(signed.signature.certificate)
    findings: list[Finding] = []
    rkv_json = signed.container.files.get(MESSAGE_NAME)
    if rkv_json is None or is_of_another_kind(rkv_json):
        findings.append(Finding("RKV-PKT-020", problems.another_kind_of_content()))
    else:
        read = check_profile(signed)
        if opener is not None:
            check_recipient(read, opener)
        if not archive_list_agrees(read, signed):
            findings.append(Finding("RKV-PKT-019", problems.archive_list_differs()))
    verdict = Verdict.VALID if signer in known_signers else Verdict.VALID_UNKNOWN_SENDER
    if signed.signature.weak:
        verdict = Verdict.WEAK
        findings.append(Finding("RKV-PKT-006", failures.unsupported().message))
    return VerifyReport(
        verdict=verdict,
        findings=tuple(findings),
        signer=signer,
        signed_at=signed.signature.signed_at,
        files=_verified_files(signed),
    )


def _verified_files(signed: SignedContainer) -> tuple[VerifiedFile, ...]:
    files = signed.container.files
    return tuple(
        VerifiedFile(each.name, each.media_type, len(files[each.name]), each.digest.hex())
        for each in signed.manifest.references
    )


def _opened(read: PacketMessage, signed: SignedContainer) -> OpenedPacket:
    files = signed.container.files
    return OpenedPacket(
        type=message_type(read),
        message_id=read.message_id,
        conversation_id=read.conversation_id,
        answers=read.answers,
        created=read.created,
        expires=read.expires,
        sender=read.sender,
        recipients=read.recipients,
        reply_token=read.reply_token,
        content=read.content,
        main_document=files[MAIN_NAME],
        files=read.files,
        documents=files,
        manifest_sha256=signed.manifest_sha256,
        signer_certificate=signed.signature.certificate,
        signed_at=signed.signature.signed_at,
        weak=signed.signature.weak,
        archive_agrees=archive_list_agrees(read, signed),
    )


def _unsealed(data: bytes, opener: OpenWith, folder: Path | None) -> bytes:
    """Takes the seal off in a private file, and returns the plaintext only when the seal held."""
    if data.startswith(_ZIP_MARK):
        raise problems.not_our_format(message("it is not sealed"))
    if len(data) > _MAX_SEALED:
        raise problems.too_large(message("the file is over {limit} MiB", limit=MAX_TOTAL_SIZE // 2**20))
    with _working_folder(folder) as place:
        path = place / new_id()
        try:
            unseal_to_file(io.BytesIO(data), path, opener)
            return path.read_bytes()
        except OSError as problem:
            raise explain_os_error(problem, place) from problem
        finally:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _working_folder(folder: Path | None) -> Iterator[Path]:
    if folder is not None:
        yield folder
        return
    with private_folder() as fresh:
        yield fresh
