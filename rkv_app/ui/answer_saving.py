# SPDX-License-Identifier: MIT
"""Saves answers by themselves, a moment after they are given. No widgets here.

An answer that could not be saved stays here and is tried again with the next one, with a check and on leaving.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from rkv_app.foundation.errors import UserError
from rkv_app.ui.view_model import ViewModel

if TYPE_CHECKING:
    from rkv_app.usecases.workspace import Workspace

SAVE_AFTER_MS = 400


class AnswerSaving(QObject):
    """The answers of one view-model that are on their way to the store.

    Signals:
        told(str): the line that says whether all is saved, and since when.
        failed(UserError): an answer was not saved; it is tried again.

    Attributes:
        waiting: what the store has not taken, by item path; None takes an answer back.
    """

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, model: ViewModel) -> None:
        super().__init__(model)
        self._model = model
        self._save: Callable[[Workspace, str, object], None] | None = None
        self._on_the_way = 0
        self.waiting: dict[str, object] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_AFTER_MS)
        self._timer.timeout.connect(self.flush)

    def begin(self, save: Callable[[Workspace, str, object], None]) -> None:
        """Says how an answer is saved, which is known once there is something to answer; what waits is saved then."""
        self._save = save
        if self.waiting:
            self._timer.start()

    def answer(self, path: str, value: object) -> None:
        """Takes an answer; None takes it back."""
        self.waiting[path] = value
        # Not started anew by each key, so that somebody who never pauses is saved all the same.
        if not self._timer.isActive():
            self._timer.start()
        self.told.emit(self._model.words("Saving …"))

    def flush(self) -> None:
        """Hands everything to the store at once."""
        self._timer.stop()
        if self._save is None:
            return
        waiting, self.waiting = self.waiting, {}
        for path, value in waiting.items():
            self._hand_over(self._save, path, value)

    def forget(self) -> None:
        """Lets go of what waits: nothing can be written any more."""
        self._timer.stop()
        self.waiting = {}

    def is_saving(self) -> bool:
        """Whether something is not yet in the store."""
        return bool(self.waiting or self._on_the_way)

    def take(self, unsaved: Mapping[str, object]) -> None:
        """Takes what one before this could not save. What was typed here since is newer."""
        self.waiting = {**unsaved, **self.waiting}

    def over(self, answers: Mapping[str, object]) -> dict[str, object]:
        """The answers of the store with those that wait laid over them."""
        return {path: value for path, value in {**answers, **self.waiting}.items() if value is not None}

    def _hand_over(self, save: Callable[[Workspace, str, object], None], path: str, value: object) -> None:
        def work(ws: Workspace) -> datetime:
            save(ws, path, value)
            return ws.clock.now()

        def failed(problem: UserError) -> None:
            self._on_the_way -= 1
            # A newer answer to the same question has taken its place already.
            self.waiting.setdefault(path, value)
            self.told.emit(self._model.words("Not saved"))
            self.failed.emit(problem)

        self._on_the_way += 1
        self._model.run(work, self._on_saved, failed)

    def _on_saved(self, at: datetime) -> None:
        self._on_the_way -= 1
        if not self.is_saving():
            self.told.emit(self._model.words("Saved {time}", time=f"{at.astimezone():%H:%M}"))
