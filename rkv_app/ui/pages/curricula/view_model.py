# SPDX-License-Identifier: MIT
"""The curricula in the store, and new ones from files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.curriculum.importer import ImportReport
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.import_curriculum import import_curriculum, import_practice_curriculum
from rkv_app.usecases.view_curriculum import list_curricula


class CurriculaViewModel(ViewModel):
    """See the module.

    Signals:
        importing(Job): files are being read; follow it, or call it off.
    """

    importing = Signal(object)

    def load(self) -> None:
        """See ViewModel."""
        self.run(list_curricula, self.changed.emit)

    def import_files(self, files: Sequence[Path]) -> None:
        """Brings in the curricula in these files, all or none."""
        job = self.session.run_long(
            lambda ws, _progress: import_curriculum(ws, files),
            done=self._on_imported,
            failed=self.failed.emit,
            owner=self,
        )
        self.importing.emit(job)

    def import_practice(self) -> None:
        """Brings in the made-up practice plan."""
        self.run(import_practice_curriculum, self._on_imported)

    def _on_imported(self, report: ImportReport) -> None:
        self.told.emit(
            self.words.plural("{n} curriculum was imported.", "{n} curricula were imported.", len(report.curricula))
        )
        self.load()
