# SPDX-License-Identifier: MIT
"""Roads to a final competence from what the case knows and the adviser answers, and Nav's recommendation."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.recommend import write_recommendation
from rkv_app.usecases.suggest_roads import Asked, suggest_roads


class RoadsViewModel(ViewModel):
    """See the module; the state is a `RoadsView`.

    Signals:
        recommended: the letter is written.
    """

    recommended = Signal()

    def __init__(self, session: Session, words: Words, case_id: str) -> None:
        super().__init__(session, words)
        self._case_id = case_id
        # None until somebody has answered here: then the form of the case counts, if there is one.
        self.asked: Asked | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: suggest_roads(ws, self._case_id, self.asked), self.changed.emit)

    def answer(self, asked: Asked) -> None:
        """Suggests anew from these answers."""
        if asked != self.asked:
            self.asked = asked
            self.load()

    def recommend(self, reasons: str, cleared_by: str, target: Path, failed: Callable[[UserError], None]) -> None:
        """Writes the recommendation; `cleared_by` counts for a shielded candidate alone."""
        self.run(
            lambda ws: write_recommendation(ws, self._case_id, reasons, target, cleared_by=cleared_by),
            self._on_written,
            failed,
        )

    def _on_written(self, path: Path) -> None:
        self.told.emit(self.words("The recommendation was written to {name}.", name=path.name))
        self.recommended.emit()
