# SPDX-License-Identifier: MIT
"""What view-models share in which curricula are searched for while somebody types. No widgets here."""

from PySide6.QtCore import QTimer, Signal

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.search_curricula import FoundCurricula, prepare_search, search_curricula

# Milliseconds without a key before the search begins: shorter than a pause, longer than between two letters of a word.
TYPING_PAUSE_MS = 120


class SearchingViewModel(ViewModel):
    """See the module.

    Signals:
        searchReady(bool): whether a search answers at once.
        found(FoundCurricula): what the last search found; None once nothing is searched for.
    """

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

    def prepare_search(self) -> None:
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
