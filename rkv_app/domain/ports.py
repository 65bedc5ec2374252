# SPDX-License-Identifier: MIT
"""The repositories that use cases need, as Protocols. Only `rkv_app.app` knows which classes stand behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Protocol

from rkv_app.domain.aims import Curriculum, Validity, validity
from rkv_app.domain.cases import Case, Transition
from rkv_app.domain.evaluations import Attestation, Evaluation, EvaluationState
from rkv_app.domain.exchange import Contact, ExchangeRecord, IncomingRequest, MessageType, QueuedApplication
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse, SurveyAnswers, VersionMove
from rkv_app.domain.sharing import SharingEvent
from rkv_app.domain.stores import Attachment, CaseOrder, Hit, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumSummary:
    """A curriculum in a list."""

    code: str
    title: Mapping[str, str]
    changed: str
    published: bool
    sets: int
    aims: int
    valid_from: date | None = None
    valid_to: date | None = None
    modular: bool = False

    def validity(self, on: date) -> Validity:
        """Whether it is in force `on` a day."""
        return validity(self.published, self.valid_from, self.valid_to, on)


@dataclass(frozen=True, slots=True)
class CurriculumHit:
    """A curriculum, a set or an aim that a search found.

    Attributes:
        plan: code of the curriculum.
        changed: which version of it.
        aim: code of the aim; empty where the curriculum itself or a set was found.
        text: the title, or the aim, in the language that has most of the words searched for.
        language: Grep's code of that language (`nob`, `nno` ...).
        set_code: code of the set that was found, or that the aim belongs to; empty for a curriculum.
    """

    plan: str
    changed: str
    aim: str
    text: str
    language: str
    set_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """A case in a list."""

    case: Case
    candidate_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """A part of a list of cases.

    Attributes:
        next: hand it back to get the part that follows; empty at the end.
        total: how many cases the whole list has.
    """

    cases: tuple[CaseSummary, ...]
    next: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestSummary:
    """A request in a supervisor's list."""

    message_id: str
    received_at: datetime
    expires: date | None
    candidate_name: str
    wanted: str
    sender: Party
    evaluation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPage:
    """A part of a list of requests. `next` and `total` as in `CasePage`."""

    requests: tuple[RequestSummary, ...]
    next: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuedSummary:
    """An application in the list of the county's queue.

    Attributes:
        types: what was sent and received about it, oldest first.
    """

    message_id: str
    journal_number: str
    received_at: datetime
    candidate_name: str
    wanted: str
    organisation: str
    receipt_sent: bool
    types: tuple[MessageType, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """A part of the county's queue. `next` and `total` as in `CasePage`."""

    applications: tuple[QueuedSummary, ...]
    next: str
    total: int


class CurriculumRepository(Protocol):
    """The imported curricula; several versions of one code live side by side, told apart by `changed`."""

    def put(self, curricula: Iterable[Curriculum]) -> None:
        """Adds curricula, all or none; one with the same code and `changed` is replaced."""
        ...

    def summaries(self) -> Sequence[CurriculumSummary]:
        """All curricula, by code, newest version first."""
        ...

    def get(self, code: str, changed: str | None = None) -> Curriculum | None:
        """One curriculum; the newest version where `changed` is None. None where there is none."""
        ...

    def search(self, text: str, limit: int = 50) -> Sequence[CurriculumHit]:
        """What has all words of `text` in its code or texts, the last one as the beginning of a word; at most `limit`.

        Curricula before sets before aims, those in use first. Case, accents, æ/ø/å typed as ae/o/a, bokmål or nynorsk
        and the form of a word make no difference; the last part of a compound is found as well. Nothing where `text`
        has no word. The first search after an import takes a moment longer.
        """
        ...


class CaseRepository(Protocol):
    """Candidates, cases, their placements and their recorded changes of state."""

    def add(self, candidate: Candidate, case: Case) -> None: ...

    def get(self, case_id: str) -> Case | None: ...

    def candidate(self, candidate_id: str) -> Candidate | None: ...

    def summaries(self) -> Sequence[CaseSummary]:
        """All cases, last changed first."""
        ...

    def page(
        self, order: CaseOrder, *, after: str = "", limit: int = 200, ids: Sequence[str] | None = None
    ) -> CasePage:
        """A part of the list of cases, however long the list is.

        Args:
            order: names in Norwegian order; CHANGED newest first.
            after: `CasePage.next` of the part before; empty for the first one.
            limit: how many at most.
            ids: only these cases, as a search found them; None means all.
        """
        ...

    def record(self, transition: Transition) -> None:
        """Writes a change of state: the case's state becomes `transition.after`."""
        ...

    def transitions(self, case_id: str) -> Sequence[Transition]:
        """Recorded changes of state, oldest first."""
        ...

    def put_placement(self, placement: Placement, at: datetime) -> None:
        """Adds a placement, or replaces the one with its id; the case counts as changed `at`."""
        ...

    def placement(self, placement_id: str) -> Placement | None: ...

    def placements(self, case_id: str) -> Sequence[Placement]:
        """Placements of a case, by first day."""
        ...


class EvaluationRepository(Protocol):
    """Evaluations and their answers, each answer saved with an audit row in the same transaction."""

    def add(self, *evaluations: Evaluation) -> None:
        """Adds evaluations with the answers they have, all or none; many go in faster together than one by one."""
        ...

    def get(self, evaluation_id: str) -> Evaluation | None: ...

    def for_case(self, case_id: str) -> Sequence[Evaluation]:
        """Evaluations of all placements of a case, in the order of the placements."""
        ...

    def save_answer(self, evaluation_id: str, item: str, value: object, at: datetime) -> None:
        """Writes one answer and one audit row; None removes the answer. Saving the same twice is harmless.

        Args:
            evaluation_id: which evaluation.
            item: item path, see `Evaluation.answers`.
            value: a JSON value.
            at: when it was given.
        """
        ...

    def set_state(
        self,
        evaluation_id: str,
        state: EvaluationState,
        attestation: Attestation | None,
        at: datetime,
        reason: str = "",
    ) -> None:
        """Changes state, with the attestation where it is completed, and the reason where there has to be one."""
        ...

    def amend(self, evaluation_id: str, reason: str, at: datetime) -> None:
        """Keeps a completed evaluation as a revision, with its attestation, and lets its answers be written in again.

        Raises:
            LookupError: there is no such evaluation, or nobody attested it.
        """
        ...

    def go_back(self, evaluation_id: str, state: EvaluationState, at: datetime) -> None:
        """Puts the last revision and its attestation in the place of an amendment that is being written."""
        ...

    def revisions(self, evaluation_id: str) -> Sequence[Revision]:
        """What was completed before it was amended, oldest first."""
        ...

    def reason(self, evaluation_id: str) -> str:
        """Why it is being amended or was amended last, was left, or was withdrawn; else empty."""
        ...


class ResponseRepository(Protocol):
    """Answers to forms on a case; every change with an audit row in the same transaction."""

    def add(self, response: FormResponse) -> None:
        """Adds a response without revisions, with the answers it has."""
        ...

    def get(self, response_id: str) -> FormResponse | None: ...

    def for_case(self, case_id: str) -> Sequence[FormResponse]:
        """The responses of a case, oldest first."""
        ...

    def save_answer(self, response_id: str, item: str, value: object, at: datetime) -> None:
        """Writes one answer, as `EvaluationRepository.save_answer` does."""
        ...

    def set_state(self, response_id: str, state: EvaluationState, at: datetime, reason: str = "") -> None:
        """Changes state, with the reason for it."""
        ...

    def revise(self, response_id: str, revision: Revision, state: EvaluationState) -> None:
        """Keeps what was completed beside the revisions before; its answers are those of the response from now on."""
        ...

    def go_back(self, response_id: str, state: EvaluationState, at: datetime) -> None:
        """Puts the answers of the last revision in the place of what was written since."""
        ...

    def move(self, response_id: str, move: VersionMove, answers: Mapping[str, object]) -> None:
        """Binds a response to another version of its form, with the answers as they are there, and keeps the report."""
        ...

    def moves(self, response_id: str) -> Sequence[VersionMove]:
        """The reports, oldest first."""
        ...

    def add_survey(self, survey: SurveyAnswers) -> None:
        """Adds answers that nothing points to: not a case, not a day, and no other answers beside them."""
        ...

    def surveys(self, form_id: str) -> Sequence[SurveyAnswers]:
        """All anonymous answers to a form, by month, in no order within one."""
        ...


class ExchangeRepository(Protocol):
    """Packets that were sent and received, incoming requests, and the county's queue.

    Packets and PDFs go in and out in pieces; no record holds one. What is in a `target` counts once copying returns.
    """

    def record(self, record: ExchangeRecord, packet: BinaryIO) -> None:
        """Keeps a packet, read from `packet` to its end, and what is known of it."""
        ...

    def find(self, message_id: str) -> ExchangeRecord | None: ...

    def copy_packet_to(self, message_id: str, target: BinaryIO) -> None:
        """Writes a packet to `target` byte for byte, and checks it against its digest.

        Raises:
            UserError: RKV-STO-036 it is not what was put in.
            LookupError: there is no such packet.
        """
        ...

    def for_case(self, case_id: str) -> Sequence[ExchangeRecord]:
        """Packets of a case, oldest first."""
        ...

    def mark_reply_used(self, message_id: str) -> None: ...

    def add_request(self, request: IncomingRequest) -> None: ...

    def request_page(self, *, after: str = "", limit: int = 50) -> RequestPage:
        """A part of the list of requests in a supervisor's store, newest first, however long the list is.

        Args:
            after: `RequestPage.next` of the part before; empty for the first one.
            limit: how many at most.
        """
        ...

    def request(self, message_id: str) -> IncomingRequest | None: ...

    def enqueue(self, application: QueuedApplication, pdf: BinaryIO) -> None:
        """Puts an application in the queue, with its PDF, read from `pdf` to its end."""
        ...

    def queue_page(self, *, after: str = "", limit: int = 200) -> QueuePage:
        """A part of the county's queue, oldest first, however long it is.

        Args:
            after: `QueuePage.next` of the part before; empty for the first one.
            limit: how many at most.
        """
        ...

    def queue_length(self) -> int:
        """How many applications are in the queue."""
        ...

    def queued(self, message_id: str) -> QueuedApplication | None: ...

    def copy_pdf_to(self, message_id: str, target: BinaryIO) -> None:
        """Writes the PDF of an application in the queue to `target`, as `copy_packet_to` does a packet."""
        ...

    def mark_receipt_sent(self, message_id: str) -> None: ...


class ContactRepository(Protocol):
    """Who this store knows, and who it is itself."""

    def pin(self, contact: Contact) -> None:
        """Adds a contact, or replaces the one with its id."""
        ...

    def get(self, contact_id: str) -> Contact | None: ...

    def all(self) -> Sequence[Contact]: ...

    def own_party(self) -> Party: ...

    def own_keys(self) -> bytes:
        """The store's own keys, those in use first and former ones after; sealed by the store's encryption alone."""
        ...

    def found(self, party: Party, keys: bytes) -> None:
        """Writes who this store belongs to, once, when it is made."""
        ...

    def put_own_keys(self, keys: bytes) -> None:
        """Keeps other keys of the store's own in place of those before, which are among them."""
        ...


class SharingRepository(Protocol):
    """The sharing record: append only."""

    def append(self, event: SharingEvent) -> None: ...

    def for_case(self, case_id: str) -> Sequence[SharingEvent]:
        """What was shared of a case, oldest first."""
        ...


class SearchRepository(Protocol):
    """Finding people, cases and words in answers while one types."""

    def find(self, text: str, *, limit: int = 50) -> Sequence[Hit]:
        """What has all words of `text`, the last one as the beginning of a word; best first, at most `limit`.

        Case, accents and æ/ø/å typed as ae/o/a make no difference. Nothing where `text` has no word.
        """
        ...


class AttachmentRepository(Protocol):
    """Files that belong to a case. Content goes in and out in pieces, and is kept once however often it is attached."""

    def add(
        self, source: BinaryIO, *, subject: str, name: str, at: datetime, progress: Progress | None = None
    ) -> Attachment:
        """Reads `source` to its end and keeps it.

        Raises:
            UserError: RKV-STO-035 it is larger than 200 MiB, or of a kind that is not taken; RKV-STO-034 cancelled;
                RKV-SYS-001 the disk is full.
        """
        ...

    def for_subject(self, subject: str) -> Sequence[Attachment]:
        """What is attached to something, oldest first."""
        ...

    def copy_to(self, attachment_id: str, target: BinaryIO, *, progress: Progress | None = None) -> None:
        """Writes the content to `target`, piece by piece, and checks it against its digest.

        Raises:
            UserError: RKV-STO-036 the content is not what was put in; RKV-STO-034 cancelled.
            LookupError: there is no such attachment.
        """
        ...

    def remove(self, attachment_id: str, at: datetime) -> None:
        """Takes an attachment away, and its content where nothing else uses it."""
        ...


class DraftRepository(Protocol):
    """What is typed but belongs to no record yet, by a key that its owner chooses."""

    def put(self, key: str, value: object, at: datetime) -> None:
        """Keeps a JSON value in place of the one before."""
        ...

    def get(self, key: str) -> object | None: ...

    def remove(self, key: str) -> None: ...


class SettingRepository(Protocol):
    """The choices of a store's owner, by name."""

    def put(self, name: str, value: object) -> None:
        """Keeps a JSON value in place of the one before."""
        ...

    def get(self, name: str) -> object | None: ...
