# SPDX-License-Identifier: MIT
"""One curriculum to read, and what changed in it since another version."""

from dataclasses import dataclass

from rkv_app.domain.curriculum_changes import CurriculumChanges
from rkv_app.foundation.i18n import Words
from rkv_app.ui.curriculum_place import Place
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.compare_curricula import compare_curricula
from rkv_app.usecases.view_curriculum import CurriculumView, view_curriculum
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CurriculumShown:
    """What the page shows; `changes` once they have been asked for."""

    view: CurriculumView
    changes: CurriculumChanges | None = None


class CurriculumViewModel(ViewModel):
    """See the module."""

    def __init__(self, session: Session, words: Words, place: Place) -> None:
        super().__init__(session, words)
        self._name, self._since = place.name, place.since

    def load(self) -> None:
        """See ViewModel."""
        if self._since:
            self.compare(self._since, self._name)
        else:
            self.run(lambda ws: CurriculumShown(view_curriculum(ws, self._name)), self.changed.emit)

    def compare(self, old: str, new: str) -> None:
        """Finds what changed from `old` to `new`, both named as for `named_curriculum`."""

        def work(ws: Workspace) -> CurriculumShown:
            return CurriculumShown(view_curriculum(ws, self._name), compare_curricula(ws, old, new))

        self.run(work, self.changed.emit)
