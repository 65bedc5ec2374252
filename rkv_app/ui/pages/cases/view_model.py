# SPDX-License-Identifier: MIT
"""The adviser's cases: the list, a new one, and a packet that has come."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.ports import CaseSummary, CurriculumSummary
from rkv_app.foundation.errors import UserError
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.receive_packet import Received, receive_packet
from rkv_app.usecases.view_case import list_cases
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CasesState:
    """What the page shows.

    Attributes:
        cases: those that match `search`, last changed first.
        total: number of cases in the store.
    """

    cases: tuple[CaseSummary, ...]
    total: int
    curricula: tuple[CurriculumSummary, ...]
    search: str = ""


class CasesViewModel(ViewModel):
    """See the module.

    Signals:
        created(str): a case with this id was begun.
        received(str): a packet was received into the case with this id.
    """

    created = Signal(str)
    received = Signal(str)

    _all: tuple[CaseSummary, ...] = ()
    _state: CasesState | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(_read, self._on_read)

    def search(self, words: str) -> None:
        """Shows the cases whose candidate, reference or wanted competence has all of `words`."""
        if self._state is not None:
            found = tuple(case for case in self._all if _matches(case, words))
            self._state = replace(self._state, cases=found, search=words)
            self.changed.emit(self._state)

    def create(self, new: NewCase, failed: Callable[[UserError], None]) -> None:
        """Begins a case."""
        self.run(lambda ws: create_case(ws, new), self.created.emit, failed)

    def receive(self, path: Path) -> None:
        """Receives a packet into the case it belongs to."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def _on_read(self, read: tuple[tuple[CaseSummary, ...], tuple[CurriculumSummary, ...]]) -> None:
        self._all, curricula = read
        self._state = CasesState(self._all, len(self._all), curricula)
        self.changed.emit(self._state)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.case_id)


def _read(ws: Workspace) -> tuple[tuple[CaseSummary, ...], tuple[CurriculumSummary, ...]]:
    return tuple(list_cases(ws)), tuple(ws.store.curricula.summaries())


def _matches(summary: CaseSummary, words: str) -> bool:
    where = f"{summary.candidate_name} {summary.case.reference} {summary.case.wanted.title}".casefold()
    return all(word in where for word in words.casefold().split())
