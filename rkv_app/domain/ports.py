# SPDX-License-Identifier: MIT
"""What use cases need from the outside, as Protocols. Only `rkv_app.app` knows which classes stand behind them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.cases import Case, Transition
from rkv_app.domain.evaluations import Attestation, Evaluation, EvaluationState
from rkv_app.domain.exchange import Contact, ExchangeRecord, IncomingRequest, QueuedApplication
from rkv_app.domain.people import Candidate, Party
from rkv_app.domain.placements import Placement
from rkv_app.domain.sharing import SharingEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumSummary:
    """A curriculum in a list."""

    code: str
    title: Mapping[str, str]
    changed: str
    published: bool
    sets: int
    aims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSummary:
    """A case in a list."""

    case: Case
    candidate_name: str


class CurriculumRepository(Protocol):
    """The imported curricula; several versions of one code live side by side, told apart by `changed`."""

    def put(self, curricula: Iterable[Curriculum]) -> None:
        """Adds curricula; one with the same code and `changed` is replaced."""
        ...

    def summaries(self) -> Sequence[CurriculumSummary]:
        """All curricula, by code, newest version first."""
        ...

    def get(self, code: str, changed: str | None = None) -> Curriculum | None:
        """One curriculum; the newest version where `changed` is None. None where there is none."""
        ...


class CaseRepository(Protocol):
    """Candidates, cases, their placements and their recorded changes of state."""

    def add(self, candidate: Candidate, case: Case) -> None: ...

    def get(self, case_id: str) -> Case | None: ...

    def candidate(self, candidate_id: str) -> Candidate | None: ...

    def summaries(self) -> Sequence[CaseSummary]:
        """All cases, last changed first."""
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

    def add(self, evaluation: Evaluation) -> None:
        """Adds an evaluation with the answers it has."""
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
        self, evaluation_id: str, state: EvaluationState, attestation: Attestation | None, at: datetime
    ) -> None:
        """Changes state, with the attestation where it is completed."""
        ...


class ExchangeRepository(Protocol):
    """Packets that were sent and received, incoming requests, and the county's queue."""

    def record(self, record: ExchangeRecord) -> None: ...

    def find(self, message_id: str) -> ExchangeRecord | None: ...

    def for_case(self, case_id: str) -> Sequence[ExchangeRecord]:
        """Packets of a case, oldest first."""
        ...

    def mark_reply_used(self, message_id: str) -> None: ...

    def add_request(self, request: IncomingRequest) -> None: ...

    def requests(self) -> Sequence[IncomingRequest]:
        """Requests in a supervisor's store, newest first."""
        ...

    def request(self, message_id: str) -> IncomingRequest | None: ...

    def enqueue(self, application: QueuedApplication) -> None: ...

    def queue(self) -> Sequence[QueuedApplication]:
        """Applications in the county's queue, oldest first."""
        ...

    def queued(self, message_id: str) -> QueuedApplication | None: ...

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
        """PKCS#12 of the store's own keys, sealed by the store's encryption alone."""
        ...

    def found(self, party: Party, keys: bytes) -> None:
        """Writes who this store belongs to, once, when it is made."""
        ...


class SharingRepository(Protocol):
    """The sharing record: append only."""

    def append(self, event: SharingEvent) -> None: ...

    def for_case(self, case_id: str) -> Sequence[SharingEvent]:
        """What was shared of a case, oldest first."""
        ...


class Store(Protocol):
    """One open encrypted store. Used from one thread at a time."""

    curricula: CurriculumRepository
    cases: CaseRepository
    evaluations: EvaluationRepository
    exchange: ExchangeRepository
    contacts: ContactRepository
    sharing: SharingRepository

    def transaction(self) -> AbstractContextManager[None]:
        """All writes inside succeed together or not at all. A write outside is a transaction of its own."""
        ...

    def close(self) -> None:
        """Folds the write-ahead log into the file and lets go of it. Closing twice is harmless."""
        ...


class Vault(Protocol):
    """Makes and opens encrypted stores on this machine."""

    def create(self, path: Path, passphrase: str) -> Store:
        """Makes an empty store at `path` (with its header file beside it) and opens it.

        Raises:
            UserError: RKV-STO-003 there is a store already; RKV-SYS-001, RKV-SYS-002 the place cannot be written.
        """
        ...

    def open(self, path: Path, passphrase: str) -> Store:
        """Opens the store at `path`.

        Raises:
            UserError: RKV-STO-001 wrong passphrase, RKV-STO-002 open elsewhere (both status LOCKED);
                RKV-STO-004 no store there; RKV-STO-010 and up: damaged header, database or pairing (status DAMAGED).
        """
        ...

    def check(self, path: Path, passphrase: str) -> None:
        """Opens the store, checks every page and structure, and closes it. Raises as `open` does."""
        ...
