# SPDX-License-Identifier: MIT
"""The curricula in the store, and new ones from files."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rkv_app.curriculum.importer import ImportReport
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.import_curriculum import import_curriculum, import_practice_curriculum


@dataclass(frozen=True, slots=True)
class CurriculaState:
    """What the page shows."""

    curricula: tuple[CurriculumSummary, ...]


class CurriculaViewModel(ViewModel):
    """See the module."""

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: CurriculaState(tuple(ws.store.curricula.summaries())), self.changed.emit)

    def import_files(self, files: Sequence[Path]) -> None:
        """Brings in the curricula in these files."""
        self.run(lambda ws: import_curriculum(ws, files), self._on_imported)

    def import_practice(self) -> None:
        """Brings in the made-up practice plan."""
        self.run(import_practice_curriculum, self._on_imported)

    def _on_imported(self, report: ImportReport) -> None:
        self.told.emit(
            self.words.plural("{n} curriculum was imported.", "{n} curricula were imported.", len(report.curricula))
        )
        self.load()
