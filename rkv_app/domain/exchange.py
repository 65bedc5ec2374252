# SPDX-License-Identifier: MIT
"""The conversation between the parties: message types, what was sent and received, and who is trusted how far."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rkv_app.domain.evaluations import AimText, Evaluation, FormPin
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.sharing import SharingGround


class MessageType(StrEnum):
    """Types of packet, by the names that stand in `rkv.json`."""

    REQUEST = "foresporsel"
    EVALUATION = "vurdering"
    APPLICATION = "soknad"
    RECEIPT = "kvittering"
    SUPPLEMENT_REQUEST = "tilleggskrav"


class Direction(StrEnum):
    """Whether a packet left this store or came to it."""

    SENT = "sent"
    RECEIVED = "received"


class Trust(StrEnum):
    """How far the sender is known, strongest first. Always shown in words."""

    VERIFIED_CONTACT = "verified_contact"
    REPLY = "reply"
    PINNED_CONTACT = "pinned_contact"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A contact card: who, and the two certificates (DER) that sign for them and that seal to them."""

    party: Party
    signing_certificate: bytes
    sealing_certificate: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A party whose keys this store has pinned.

    Attributes:
        digits: 30 digits over both public keys, to be compared aloud.
        checked_by, checked_on: who compared the digits and when; empty and None while nobody has.
    """

    id: str
    card: Card
    digits: str
    pinned_at: datetime
    checked_by: str = ""
    checked_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRecord:
    """One packet that was sent or received, and the exact bytes of it.

    Attributes:
        message_id, conversation_id, answers: `meldingId`, `samtaleId`, `svarPaa` of `rkv.json`.
        manifest_sha256: digest of the signed manifest: the same id with another digest is an alarm.
        reply_token: the secret a reply must bring, kept with a sent request; empty otherwise.
        reply_used: whether a reply with that token has been received.
    """

    message_id: str
    conversation_id: str
    answers: str
    type: MessageType
    direction: Direction
    case_id: str
    counterpart: str
    at: datetime
    manifest_sha256: str
    packet: bytes
    reply_token: str = ""
    reply_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRequest:
    """What a supervisor is asked: content of a request packet."""

    candidate_name: str
    placement: Placement
    wanted: str
    curriculum_code: str
    curriculum_changed: str
    curriculum_title: str
    aims: tuple[AimText, ...]
    form: FormPin


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """Everything the county is given about one case: content of an application packet, and of its PDF."""

    reference: str
    candidate: Candidate
    wanted: str
    curriculum_code: str
    curriculum_changed: str
    curriculum_title: str
    aims: tuple[AimText, ...]
    placements: tuple[Placement, ...]
    evaluations: tuple[Evaluation, ...]
    ground: SharingGround
    adviser: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The county's answer that an application has come: content of a receipt packet.

    Attributes:
        journal_number: the county's own number for the application.
        application_sha256: digest of the signed manifest of the application that was received.
    """

    journal_number: str
    received_at: datetime
    application_sha256: str
    intake: Party


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingRequest:
    """A request in a supervisor's store: what is asked, by whom, and what a reply must carry."""

    message_id: str
    conversation_id: str
    received_at: datetime
    expires: date | None
    sender: Card
    reply_token: str
    request: EvaluationRequest
    evaluation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedApplication:
    """An application in the county's queue."""

    message_id: str
    conversation_id: str
    journal_number: str
    received_at: datetime
    sender: Card
    trust: Trust
    manifest_sha256: str
    application: Application
    pdf: bytes
    receipt_sent: bool = False
