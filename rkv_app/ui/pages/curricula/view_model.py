# SPDX-License-Identifier: MIT
"""The curricula in the store, the search in them, and new ones from files or from Udir."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.ports import CaseSummary
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.ui.curriculum_search import SearchingViewModel
from rkv_app.ui.tasks import Job
from rkv_app.usecases.curriculum_news import cases_on_older
from rkv_app.usecases.fetch_curricula import fetch_catalogue, fetch_curricula, grep_service, set_grep_service
from rkv_app.usecases.import_curriculum import Imported, import_curriculum, import_practice_curriculum
from rkv_app.usecases.view_curriculum import list_curricula
from rkv_app.usecases.workspace import Workspace


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


class CurriculaViewModel(SearchingViewModel):
    """See the module.

    Signals:
        importing(Job): files are being read; follow it, or call it off.
        arrived(Arrival): an import or a fetch is through.
    """

    importing = Signal(object)
    arrived = Signal(object)

    def load(self) -> None:
        """See ViewModel."""
        self.run(list_curricula, self.changed.emit)
        self.prepare_search()

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

    def _on_arrived(self, arrival: Arrival) -> None:
        self.arrived.emit(arrival)
        self.load()
        self.search_now()


def _arrival(ws: Workspace, imported: Imported | None) -> Arrival:
    codes = {one.code for one in imported.news} if imported is not None else set()
    return Arrival(imported, cases_on_older(ws, codes) if codes else ())
