# SPDX-License-Identifier: MIT
"""The curricula in the store, the search in them, and new ones from files or from Udir."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer, Signal

from rkv_app.domain.ports import CaseSummary
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.tasks import Job
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.curriculum_news import cases_on_older
from rkv_app.usecases.fetch_curricula import fetch_catalogue, fetch_curricula, grep_service, set_grep_service
from rkv_app.usecases.import_curriculum import Imported, import_curriculum, import_practice_curriculum
from rkv_app.usecases.search_curricula import FoundCurricula, prepare_search, search_curricula
from rkv_app.usecases.view_curriculum import list_curricula
from rkv_app.usecases.workspace import Workspace

# Milliseconds without a key before the search begins: shorter than a pause, longer than between two letters of a word.
TYPING_PAUSE_MS = 120


@dataclass(frozen=True, slots=True)
class Arrival:
    """What has come in. `imported` is None where nothing had changed; `cases` wait for answers on an older version."""

    imported: Imported | None
    cases: tuple[CaseSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be fetched from Udir.

    Attributes:
        codes: none means the whole catalogue.
        key: an API key to keep in the store and use; None uses the one that is kept, an empty one forgets it.
    """

    codes: tuple[str, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """How Udir is reached; never the key itself."""

    root: str
    has_key: bool


class CurriculaViewModel(ViewModel):
    """See the module.

    Signals:
        importing(Job): files are being read; follow it, or call it off.
        arrived(Arrival): an import or a fetch is through.
        searchReady(bool): whether a search answers at once.
        found(FoundCurricula): what the last search found; None once nothing is searched for.
    """

    importing = Signal(object)
    arrived = Signal(object)
    searchReady = Signal(bool)
    found = Signal(object)

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__(session, words)
        self._search = ""
        # Counts what was asked for; an answer to any but the last question comes too late.
        self._asked = 0
        self._preparing = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        self._pause.timeout.connect(self.search_now)

    def load(self) -> None:
        """See ViewModel."""
        self.run(list_curricula, self.changed.emit)
        self._prepare()

    def search(self, text: str) -> None:
        """Searches once the typing pauses; where `text` is empty, nothing is searched for any more."""
        before, self._search = self._search, text.strip()
        if self._search == before:
            return
        # What is under way answers an older question.
        self._asked += 1
        if self._search:
            self._pause.start()
        else:
            self._pause.stop()
            self.found.emit(None)

    def search_now(self) -> None:
        """Searches without waiting for a pause."""
        self._pause.stop()
        if not self._search:
            return
        self._asked += 1
        asked, text = self._asked, self._search

        def done(found: FoundCurricula) -> None:
            if asked == self._asked:
                self.found.emit(found)

        self.run(lambda ws: search_curricula(ws, text), done)

    def import_files(self, files: Sequence[Path]) -> None:
        """Brings in the curricula in these files and folders, all or none."""
        self.importing.emit(
            self._long(lambda ws, progress: import_curriculum(ws, files, progress=progress), self.failed.emit)
        )

    def import_practice(self) -> None:
        """Brings in the made-up practice plan."""
        self.run(lambda ws: _arrival(ws, import_practice_curriculum(ws)), self._on_arrived)

    def ask_service(self, told: Callable[[Service], None]) -> None:
        """Tells how Udir is reached."""

        def work(ws: Workspace) -> Service:
            service = grep_service(ws)
            return Service(service.root, bool(service.key))

        self.run(work, told)

    def fetch(self, wanted: Wanted, failed: Callable[[UserError], None]) -> Job:
        """Fetches from Udir, over the network. Follow what is returned, or call it off."""

        def work(ws: Workspace, progress: Progress) -> Imported | None:
            if wanted.key is not None:
                set_grep_service(ws, key=wanted.key)
            return fetch_curricula(ws, wanted.codes, progress) if wanted.codes else fetch_catalogue(ws, progress)

        return self._long(work, failed)

    def _long(self, work: Callable[[Workspace, Progress], Imported | None], failed: Callable[[UserError], None]) -> Job:
        return self.session.run_long(
            lambda ws, progress: _arrival(ws, work(ws, progress)), done=self._on_arrived, failed=failed, owner=self
        )

    def _prepare(self) -> None:
        """Makes the index of the search step by step, so that whatever else is asked of the store comes in between."""
        if not self._preparing:
            self._preparing = True
            self.searchReady.emit(False)
            self._step()

    def _step(self) -> None:
        self.run(prepare_search, self._on_step, self._on_step_refused)

    def _on_step(self, is_ready: bool) -> None:
        if not is_ready:
            self._step()
            return
        self._preparing = False
        self.searchReady.emit(True)

    def _on_step_refused(self, problem: UserError) -> None:
        self._preparing = False
        self.failed.emit(problem)

    def _on_arrived(self, arrival: Arrival) -> None:
        self.arrived.emit(arrival)
        self.load()
        self.search_now()


def _arrival(ws: Workspace, imported: Imported | None) -> Arrival:
    codes = {one.code for one in imported.news} if imported is not None else set()
    return Arrival(imported, cases_on_older(ws, codes) if codes else ())
