# SPDX-License-Identifier: MIT
"""The conversation between the parties: message types, what was sent and received, and who is trusted how far."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from rkv_app.domain.evaluations import AboutPlans, AimText, Evaluation, FormPin
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
    SUPPLEMENT = "tillegg"
    OUTCOME = "vedtak"


class Direction(StrEnum):
    """Whether a packet left this store or came to it."""

    SENT = "sent"
    RECEIVED = "received"


class Trust(StrEnum):
    """How far the sender is known, strongest first. Always shown in words."""

    ORGANISATION = "organisation"
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
class Replaced:
    """How keys of a contact came to be former ones.

    Attributes:
        contact_id: the contact that has other keys now.
        on, by: the day, and who compared the new digits.
    """

    contact_id: str
    on: date
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A party whose keys this store has pinned.

    Attributes:
        digits: 30 digits over both public keys, to be compared aloud.
        checked_by, checked_on: who compared the digits and when; empty and None while nobody has.
        checked_how: how they were compared, as whoever did it wrote it; empty where nobody said.
        replaced: what became of the keys, where the contact has other ones now; None for keys that count.
    """

    id: str
    card: Card
    digits: str
    pinned_at: datetime
    checked_by: str = ""
    checked_on: date | None = None
    checked_how: str = ""
    replaced: Replaced | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExchangeRecord:
    """One packet that was sent or received. Its exact bytes are kept with it and read as a stream.

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
    reply_token: str = ""
    reply_used: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationRequest(AboutPlans):
    """What a supervisor is asked: content of a request packet."""

    candidate_name: str
    placement: Placement
    wanted: str
    curriculum_code: str
    curriculum_changed: str
    curriculum_title: str
    aims: tuple[AimText, ...]
    form: FormPin

    def evaluation(self, evaluation_id: str) -> Evaluation:
        """The evaluation that is asked for, without an answer."""
        return Evaluation(
            id=evaluation_id,
            placement_id=self.placement.id,
            form=self.form,
            curriculum_code=self.curriculum_code,
            curriculum_changed=self.curriculum_changed,
            curriculum_title=self.curriculum_title,
            aims=self.aims,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Application(AboutPlans):
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


class DocumentRole(StrEnum):
    """What a document is good for, by the names that stand in `rkv.json`."""

    EMPLOYMENT = "employment"
    DIPLOMA = "diploma"
    COURSE = "course"
    WORK_PRODUCT = "work_product"
    CV = "cv"
    DECISION = "decision"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """A document that goes along in the same packet.

    Attributes:
        name: what people know it by.
        sha256: digest of its content: which of the packet's files it is.
        item: the item of a request for more that it answers, or empty.
    """

    name: str
    role: DocumentRole
    sha256: str
    item: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingItem:
    """One thing the county lacks: a short id within its request, and what it is, in plain words."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequest:
    """What the county lacks before it can decide: content of a request for more.

    Attributes:
        journal_number: the county's own number for the application.
        application_sha256: digest of the signed manifest of the application it is about.
        deadline: the day by which the county would like to have it.
        note: more in plain words, or empty.
        intake: who asks.
    """

    journal_number: str
    application_sha256: str
    items: tuple[MissingItem, ...]
    deadline: date
    note: str
    intake: Party

    def __post_init__(self) -> None:
        if not self.items or len({item.id for item in self.items}) != len(self.items):
            raise ValueError("a request for more needs items, each with an id of its own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplement:
    """More documentation for an application: content of a supplement packet.

    Attributes:
        request_sha256: digest of the signed manifest of the request for more that it answers.
        documents: what goes along; every attachment of the packet stands here.
        note: what the county should know about them, or empty.
        ground: why it may be shared.
    """

    request_sha256: str
    documents: tuple[ListedDocument, ...]
    note: str
    ground: SharingGround
    adviser: Party


class DecisionScope(StrEnum):
    """How much a line of an outcome decides on."""

    PLAN = "plan"
    AIM_SET = "aim_set"
    AIM = "aim"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One line of an outcome. `recognised` is godkjent or ikke godkjent: the county's word alone.

    Attributes:
        code: Grep code of the curriculum, aim set or aim.
        title: its title, or the text of the aim, as the county decided on it.
    """

    scope: DecisionScope
    code: str
    title: str
    recognised: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the county decided (forskrift til opplæringsloven § 15-3): content of an outcome packet.

    Attributes:
        journal_number: the county's own number for the application.
        application_sha256: digest of the signed manifest of the application it decides on.
        reasons: why, in plain words, or empty where the decision letter says it.
        appeal: how to appeal and to whom.
        appeal_by: last day for an appeal, or None where the decision letter says it.
        documents: the decision letter and what else goes along.
    """

    journal_number: str
    application_sha256: str
    decided_on: date
    decisions: tuple[Decision, ...]
    reasons: str
    appeal: str
    appeal_by: date | None
    documents: tuple[ListedDocument, ...]
    intake: Party

    def __post_init__(self) -> None:
        if not self.decisions:
            raise ValueError("an outcome decides on something")


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


class Standing(StrEnum):
    """Where an application stands with the county."""

    NEW = "new"
    RECEIPT_SENT = "receipt_sent"
    ASKED_FOR_MORE = "asked_for_more"
    MORE_CAME = "more_came"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedApplication:
    """An application in the county's queue. The PDF that came with it is kept with it and read as a stream."""

    message_id: str
    conversation_id: str
    journal_number: str
    received_at: datetime
    sender: Card
    trust: Trust
    manifest_sha256: str
    application: Application
    receipt_sent: bool = False
