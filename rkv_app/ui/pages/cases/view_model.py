# SPDX-License-Identifier: MIT
"""The adviser's cases: the list part by part, the search, a new one, and a packet that has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from rkv_app.domain.ports import CasePage, CaseSummary, CurriculumSummary
from rkv_app.domain.stores import CaseOrder, Hit
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.list_cases import FoundCases, case_page, find_cases
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.workspace import Workspace

# Milliseconds without a key before the store is asked: shorter than a pause, longer than between two letters of a word.
TYPING_PAUSE_MS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesState:
    """What the page shows.

    Attributes:
        cases: the first part of the list, or all that was found.
        next: what to ask for the part that follows; empty where there is none.
        total: number of cases in the store.
        order: how they are sorted; None is best match first.
        search: what was searched for; empty where the list is shown.
        hits: by the id of a case, what was found in it.
        cut: whether more may be found than is shown.
    """

    cases: tuple[CaseSummary, ...]
    next: str
    total: int
    curricula: tuple[CurriculumSummary, ...]
    order: CaseOrder | None
    search: str = ""
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    cut: bool = False


class CasesViewModel(ViewModel):
    """See the module.

    Signals:
        added(CasePage): the part of the list that follows what is shown.
        created(str): a case with this id was begun.
        received(str): a packet was received into the case with this id.
    """

    added = Signal(object)
    created = Signal(str)
    received = Signal(str)

    def __init__(self, session: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(session, words, parent)
        self.order = CaseOrder.CHANGED
        self._order_found: CaseOrder | None = None
        self._search = ""
        self._state: CasesState | None = None
        # Counts what was asked for; an answer to any but the last question comes too late.
        self._asked = 0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self._read)

    def load(self) -> None:
        """See ViewModel."""
        self.run(_first_part(self.order), self._on_loaded)

    def search(self, text: str) -> None:
        """Shows the cases in which all words of `text` are found, once the typing pauses; all where it is empty."""
        before, self._search = self._search, text.strip()
        if self._search == before:
            return
        if not before:
            self._order_found = None
        # What is under way answers an older question.
        self._asked += 1
        self._pause.start() if self._search else self._read()

    def sort(self, order: CaseOrder | None) -> None:
        """Shows the cases in this order; None is best match first."""
        if self._search:
            self._order_found = order
        elif order is not None:
            self.order = order
        self._read()

    def read_more(self) -> None:
        """Reads the part of the list that follows."""
        state = self._state
        if state is None or not state.next:
            return
        asked, order, after = self._asked, self.order, state.next

        def refused(problem: UserError) -> None:
            self._on_more(asked, CasePage(cases=(), next="", total=state.total))
            self.failed.emit(problem)

        self.run(lambda ws: case_page(ws, order, after), lambda page: self._on_more(asked, page), refused)

    def create(self, new: NewCase, failed: Callable[[UserError], None]) -> None:
        """Begins a case."""
        self.run(lambda ws: create_case(ws, new), self.created.emit, failed)

    def receive(self, path: Path) -> None:
        """Receives a packet into the case it belongs to."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def _read(self) -> None:
        if self._state is None:
            return
        self._pause.stop()
        self._asked += 1
        asked, search, order = self._asked, self._search, self.order
        if search:
            order_found = self._order_found
            self.run(lambda ws: find_cases(ws, search, order_found), lambda found: self._on_found(asked, found))
        else:
            self.run(lambda ws: case_page(ws, order), lambda page: self._on_page(asked, page))

    def _on_loaded(self, state: CasesState) -> None:
        self._show(state)
        if self._search or self.order is not state.order:
            self._read()

    def _on_page(self, asked: int, page: CasePage) -> None:
        if asked == self._asked and self._state is not None:
            self._show(_listed(page, self._state.curricula, self.order))

    def _on_found(self, asked: int, found: FoundCases) -> None:
        if asked == self._asked and self._state is not None:
            self._show(
                replace(
                    self._state,
                    cases=found.cases,
                    next="",
                    order=self._order_found,
                    search=self._search,
                    hits=found.hits,
                    cut=found.cut,
                )
            )

    def _on_more(self, asked: int, page: CasePage) -> None:
        if asked == self._asked and self._state is not None:
            self._state = replace(self._state, next=page.next)
            self.added.emit(page)

    def _show(self, state: CasesState) -> None:
        self._state = state
        self.changed.emit(state)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.case_id)


def _first_part(order: CaseOrder) -> Callable[[Workspace], CasesState]:
    return lambda ws: _listed(case_page(ws, order), tuple(ws.store.curricula.summaries()), order)


def _listed(page: CasePage, curricula: tuple[CurriculumSummary, ...], order: CaseOrder) -> CasesState:
    return CasesState(cases=page.cases, next=page.next, total=page.total, curricula=curricula, order=order)
