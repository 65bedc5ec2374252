# SPDX-License-Identifier: MIT
"""Answers to a form on a case: saved by themselves while they are given, and every step of their life."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.forms.problems import Problem
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.answering import AnsweringViewModel
from rkv_app.ui.form_widgets.filling import Filling, OutlineEntry, ToPutRight
from rkv_app.ui.session import Session
from rkv_app.usecases.amend_form import amend_form, give_up_amendment
from rkv_app.usecases.attach_to_answer import attach_to_answer
from rkv_app.usecases.complete_form import complete_form
from rkv_app.usecases.move_form_version import PlannedMove, move_form_version, plan_move
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.stop_form import resume_form, stop_form, withdraw_form
from rkv_app.usecases.view_form_response import ResponseView, view_response
from rkv_app.usecases.workspace import Workspace

Failed = Callable[[UserError], None]


@dataclass(frozen=True, slots=True)
class FormShown:
    """What the page shows.

    Attributes:
        answers: item path to value, those not yet saved among them.
        problems: what the last check found, or None where nothing was checked.
        told: the problems to show beside their questions.
        removed: the questions whose answers completing will remove.
    """

    view: ResponseView
    answers: Mapping[str, object]
    answered: int = 0
    total: int = 0
    outline: tuple[OutlineEntry, ...] = ()
    problems: tuple[ToPutRight, ...] | None = None
    told: tuple[Problem, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the answers can be written in."""
        return self.view.response.state is EvaluationState.IN_PROGRESS


class FormViewModel(AnsweringViewModel):
    """See the module.

    Signals:
        planned(PlannedMove): this is what moving to the newest version would do.
        stepped: a step that a dialog asked for was taken.
    """

    planned = Signal(object)
    stepped = Signal()

    def __init__(self, session: Session, words: Words, response_id: str) -> None:
        super().__init__(session, words)
        self._id = response_id
        self._state: FormShown | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: view_response(ws, self._id), self._on_read)

    def complete(self) -> None:
        """Completes the answers, or their amendment."""
        self.flush()
        self.run(lambda ws: complete_form(ws, self._id), lambda _: self.load(), self.on_refused)

    def amend(self, reason: str, failed: Failed) -> None:
        """Lets completed answers be written in again."""
        self._step(lambda ws: amend_form(ws, self._id, reason), failed)

    def stop(self, reason: str, failed: Failed) -> None:
        """Leaves the answers unfinished."""
        self._step(lambda ws: stop_form(ws, self._id, reason), failed)

    def withdraw(self, reason: str, failed: Failed) -> None:
        """Marks the answers as entered in error."""
        self._step(lambda ws: withdraw_form(ws, self._id, reason), failed)

    def give_up(self) -> None:
        """Gives up the amendment that is being written."""
        self._step(lambda ws: give_up_amendment(ws, self._id), self.failed.emit)

    def resume(self) -> None:
        """Takes answers up again that were left."""
        self._step(lambda ws: resume_form(ws, self._id), self.failed.emit)

    def plan(self) -> None:
        """Finds out what moving to the newest version would do."""
        self.flush()
        self.run(lambda ws: plan_move(ws, self._id), self.planned.emit)

    def move(self, agreed: PlannedMove, failed: Failed) -> None:
        """Moves to the newest version."""
        self._step(lambda ws: move_form_version(ws, self._id, agreed), failed)

    def attach(self, path: str, file: Path) -> None:
        """Adds a file to an answer."""
        self.flush()
        self.run(lambda ws: attach_to_answer(ws, self._id, path, file), lambda _: self.load())

    def _step(self, step: Callable[[Workspace], object], failed: Failed) -> None:
        self.flush()
        self.run(step, self._on_stepped, failed)

    def _on_stepped(self, _: object) -> None:
        self.stepped.emit()
        self.load()

    def _on_read(self, view: ResponseView) -> None:
        response = view.response
        self._state = FormShown(view, {})
        self.begin(
            view.form,
            response.answers,
            response.aims,
            today=view.today,
            is_open=self._state.is_open,
            save=lambda ws, path, value: save_form_answer(ws, response.id, path, value),
        )

    def show_filling(self, filling: Filling) -> None:
        """See AnsweringViewModel."""
        state = self._state
        if state is None:
            return
        answered, total = filling.progress()
        self._state = replace(
            state,
            answers=dict(filling.answers),
            answered=answered,
            total=total,
            outline=filling.outline(self.words, state.view.response.language),
            problems=self.problems(filling),
            told=filling.told() if state.is_open else (),
            removed=filling.removed(self.words) if state.is_open else (),
        )
        self.changed.emit(self._state)
