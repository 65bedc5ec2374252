# SPDX-License-Identifier: MIT
"""What the view-models have in common whose answers are completed, amended, left and taken back. No widgets here."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Signal

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.answering import AnsweringViewModel
from rkv_app.ui.session import Session
from rkv_app.usecases.workspace import Workspace

Failed = Callable[[UserError], None]
ForAReason = Callable[[Workspace, str, str], object]
Plain = Callable[[Workspace, str], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The use cases that take answers from one state to the next; all but two are given the reason."""

    amend: ForAReason
    stop: ForAReason
    withdraw: ForAReason
    give_up: Plain
    resume: Plain


class SteppingViewModel(AnsweringViewModel):
    """See the module.

    Signals:
        stepped: a step that a dialog asked for was taken.
    """

    stepped = Signal()

    def __init__(self, session: Session, words: Words, subject_id: str, steps: Steps) -> None:
        super().__init__(session, words)
        self._subject_id = subject_id
        self._steps = steps

    def amend(self, reason: str, failed: Failed) -> None:
        """Lets completed answers be written in again."""
        self.step(lambda ws: self._steps.amend(ws, self._subject_id, reason), failed)

    def stop(self, reason: str, failed: Failed) -> None:
        """Leaves the answers unfinished."""
        self.step(lambda ws: self._steps.stop(ws, self._subject_id, reason), failed)

    def withdraw(self, reason: str, failed: Failed) -> None:
        """Marks the answers as entered in error."""
        self.step(lambda ws: self._steps.withdraw(ws, self._subject_id, reason), failed)

    def give_up(self) -> None:
        """Gives up the amendment that is being written."""
        self.step(lambda ws: self._steps.give_up(ws, self._subject_id), self.failed.emit)

    def resume(self) -> None:
        """Takes answers up again that were left."""
        self.step(lambda ws: self._steps.resume(ws, self._subject_id), self.failed.emit)

    def step(self, step: Callable[[Workspace], object], failed: Failed) -> None:
        """Takes a step once what was typed is saved, and reads anew; `failed` is told of a refusal."""
        self.flush()
        self.run(step, self._on_stepped, failed)

    def _on_stepped(self, _: object) -> None:
        self.stepped.emit()
        self.load()
