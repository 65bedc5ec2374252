# SPDX-License-Identifier: MIT
"""The repositories that use cases need, as Protocols. Only `rkv_app.app` knows which classes stand behind them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import BinaryIO, Protocol

from rkv_app.domain.aims import Curriculum, Validity, validity
from rkv_app.domain.cases import Case, Transition
from rkv_app.domain.exchange import Contact, ExchangeRecord, IncomingRequest, MessageType, QueuedApplication
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
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

    def replaced_by(self, versions: Collection[tuple[str, str]]) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """Codes of what replaces each of these curricula, by code and version, where Grep names any."""
        ...

    def search(self, text: str, limit: int = 50) -> Sequence[CurriculumHit]:
        """What has all words of `text` in its code or texts, the last one as the beginning of a word; at most `limit`.

        Curricula before sets before aims, those in use first. Case, accents, æ/ø/å typed as ae/o/a, bokmål or nynorsk
        and the form of a word make no difference; the last part of a compound is found as well. Nothing where `text`
        has no word. The first search after an import takes some seconds longer, unless `prepare_search` was called.
        """
        ...

    def prepare_search(self) -> bool:
        """Does a short step of what the first search waits for, and tells whether it was the last: call it again."""
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

    def set_further_plans(self, case_id: str, codes: Sequence[str], at: datetime) -> None:
        """Says which curricula the case rests on beside that of the wanted competence, in order."""
        ...

    def placement(self, placement_id: str) -> Placement | None: ...

    def placements(self, case_id: str) -> Sequence[Placement]:
        """Placements of a case, by first day."""
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

    def open_requests(self, limit: int) -> Sequence[ExchangeRecord]:
        """Requests that were sent and that nothing has answered, newest first, at most `limit`."""
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
