# SPDX-License-Identifier: MIT
"""One case: everything about it, a new placement, a request to its supervisor, and a packet that has come."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.practice import Practice, sum_practice
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui import labels
from rkv_app.ui.curriculum_search import SearchingViewModel
from rkv_app.ui.session import Session
from rkv_app.usecases.add_placement import NewPlacement, add_placement
from rkv_app.usecases.ask_on_form import FormToFill, ask_on_form
from rkv_app.usecases.asked_on_older import AskedOnOlder, asked_on_older
from rkv_app.usecases.case_plans import add_plan_to_case, remove_plan_from_case
from rkv_app.usecases.form_responses import ResponseSummary, responses_of
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.reference import legal_bases, measures, offered_legal_bases, offered_measures
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.send_supplement import NewSupplement, send_supplement
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace
from rkv_app.usecases.write_documents import in_language


@dataclass(frozen=True, slots=True)
class WantedForm:
    """What somebody wants of a form to fill in: on paper or for a PDF reader, in which language, and who cleared it."""

    on_paper: bool
    language: Language
    cleared_by: str = ""


@dataclass(frozen=True, slots=True)
class CaseShown:
    """What the page shows.

    Attributes:
        measures, legal_bases: code to words; what can be chosen today stands in the two that are offered.
        today: the day it is.
        practice: the placements together.
        request: the request made last, whose code must still be told.
        form: the form to fill in made last, which must still be handed over.
        older: open requests whose curriculum has changed since.
        responses: forms that were begun, newest first.
    """

    view: CaseView
    measures: Mapping[str, str]
    legal_bases: Mapping[str, str]
    offered_measures: Mapping[str, str]
    offered_legal_bases: Mapping[str, str]
    today: date
    practice: Practice
    request: SentRequest | None = None
    older: tuple[AskedOnOlder, ...] = ()
    responses: tuple[ResponseSummary, ...] = ()
    form: FormToFill | None = None


class CaseViewModel(SearchingViewModel):
    """See the module.

    Signals:
        placementAdded: the placement is stored.
        documentsSent: the answer to a request for more is made.
        planAdded: the case rests on one curriculum more.
        formMade: the form to fill in is written.
    """

    placementAdded = Signal()
    documentsSent = Signal()
    planAdded = Signal()
    formMade = Signal()

    def __init__(self, session: Session, words: Words, case_id: str) -> None:
        super().__init__(session, words)
        self._case_id = case_id
        self.request: SentRequest | None = None
        self.form: FormToFill | None = None

    def load(self) -> None:
        """See ViewModel."""
        language = self.words.language.value
        case_id = self._case_id

        def read(ws: Workspace) -> CaseShown:
            today, view = local_date(ws.clock.now()), view_case(ws, case_id)
            return CaseShown(
                view,
                measures(language),
                legal_bases(language),
                offered_measures(language, today),
                offered_legal_bases(language, today),
                today,
                sum_practice(view.placements, today),
                self.request,
                asked_on_older(ws, case_id),
                responses_of(ws, case_id),
                self.form,
            )

        self.run(read, self.changed.emit)

    def add_placement(self, new: NewPlacement, failed: Callable[[UserError], None]) -> None:
        """Registers a placement."""
        self.run(lambda ws: add_placement(ws, self._case_id, new), self._on_placement, failed)

    def add_plan(self, code: str, failed: Callable[[UserError], None]) -> None:
        """Lets the case rest on one curriculum more."""
        self.run(lambda ws: add_plan_to_case(ws, self._case_id, code), self._on_plan, failed)

    def remove_plan(self, code: str) -> None:
        """Takes a further curriculum away."""
        self.run(lambda ws: remove_plan_from_case(ws, self._case_id, code), lambda _: self.load())

    def make_request(
        self, placement_id: str, target: Path, aim_codes: Collection[str] | None = None, cleared_by: str = ""
    ) -> None:
        """Writes a request packet for the supervisor of a placement; about all aims where none are named."""
        self.run(
            lambda ws: request_evaluation(ws, placement_id, target, aim_codes, cleared_by=cleared_by),
            self._on_requested,
        )

    def make_form(
        self, placement_id: str, wanted: WantedForm, target: Path, failed: Callable[[UserError], None]
    ) -> None:
        """Writes a form to fill in for the supervisor of a placement."""
        self.run(
            lambda ws: ask_on_form(
                in_language(ws, wanted.language),
                placement_id,
                target,
                on_paper=wanted.on_paper,
                cleared_by=wanted.cleared_by,
            ),
            self._on_form,
            failed,
        )

    def form_is_told(self) -> None:
        """Lets go of what is said about the form that was made last."""
        self.form = None
        self.load()

    def send_documents(
        self, request_id: str, new: NewSupplement, target: Path, failed: Callable[[UserError], None]
    ) -> None:
        """Writes the answer to a request for more."""
        self.run(lambda ws: send_supplement(ws, self._case_id, request_id, new, target), self._on_documents, failed)

    def receive(self, path: Path) -> None:
        """Receives a packet that belongs to this case."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def code_is_told(self) -> None:
        """Lets go of the spoken code."""
        self.request = None
        self.load()

    def _on_placement(self, _placement_id: str) -> None:
        self.placementAdded.emit()
        self.load()

    def _on_plan(self, _none: None) -> None:
        self.planAdded.emit()
        self.load()

    def _on_documents(self, sent: SentPacket) -> None:
        self.told.emit(self.words("The packet was written to {name}. Send it to the county.", name=sent.path.name))
        self.documentsSent.emit()
        self.load()

    def _on_requested(self, sent: SentRequest) -> None:
        self.request = sent
        self.load()

    def _on_form(self, form: FormToFill) -> None:
        self.form = form
        self.formMade.emit()
        self.load()

    def _on_received(self, received: Received) -> None:
        kind = labels.message_type(self.words, received.type)
        if received.case_id != self._case_id:
            self.told.emit(self.words("Received: {kind}. It belongs to another case and was put there.", kind=kind))
        else:
            said, _ = labels.trust(self.words, received.trust)
            self.told.emit(self.words("Received: {kind}. {trust}.", kind=kind, trust=said))
        self.load()
