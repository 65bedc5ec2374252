# SPDX-License-Identifier: MIT
"""What a check of a packet found, for people and for programs."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from rkv_app.domain.exchange import Card, MessageType
from rkv_app.foundation.i18n import Message, Words
from rkv_app.packets.messages import FileEntry, PacketMessage


class Verdict(StrEnum):
    """What `verify_packet` says in one word. Only the first two are good."""

    VALID = "valid"
    VALID_UNKNOWN_SENDER = "valid_unknown_sender"
    WEAK = "weak"
    REFUSED = "refused"
    NOT_OUR_FORMAT = "not_our_format"
    NOT_FOR_YOU = "not_for_you"


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


@dataclass(frozen=True, slots=True, repr=False, kw_only=True)
class PacketHeader:
    """The fields of `rkv.json` but its content: nobody's papers belong in a report.

    Attributes:
        recipients: key ids of the receivers, or `kode`.
        files: the documents with their real names, which may come from anybody: show them as text only.
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
    reply_token: str
    files: tuple[FileEntry, ...]


def header_of(read: PacketMessage | PacketHeader) -> PacketHeader:
    """The header alone of a message that was checked."""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What a check of a packet found.

    Attributes:
        signer: key id of the signing certificate (SHA-256 of its public key), or empty.
        signed_at: what the signer's clock said, or None.
        signer_chain: further certificates that came along with the signature; they may be anything.
        files: the covered files; empty unless the signature holds.
        header: what the packet says of itself; None unless it is good, and a packet of ours.
    """

    verdict: Verdict
    findings: tuple[Finding, ...] = ()
    signer: str = ""
    signed_at: datetime | None = None
    signer_chain: tuple[bytes, ...] = ()
    files: tuple[VerifiedFile, ...] = ()
    header: PacketHeader | None = field(default=None, repr=False)

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
