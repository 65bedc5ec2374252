# SPDX-License-Identifier: MIT
"""Answers to a form on a case: saved by themselves while they are given, and every step of their life."""

from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.answering import AnsweringShown
from rkv_app.ui.form_widgets.filling import Filling, OutlineEntry
from rkv_app.ui.session import Session
from rkv_app.ui.standing import Completed, Standing
from rkv_app.ui.stepping import Failed, SteppingViewModel, Steps
from rkv_app.usecases.amend_form import amend_form, give_up_amendment
from rkv_app.usecases.attach_to_answer import attach_to_answer
from rkv_app.usecases.complete_form import complete_form
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.give_out_form import give_out_form
from rkv_app.usecases.move_form_version import PlannedMove, move_form_version, plan_move
from rkv_app.usecases.newer_aims import NewerAims, begin_on_newer_aims, newer_aims
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.stop_form import resume_form, stop_form, withdraw_form
from rkv_app.usecases.view_form_response import ResponseView, view_response
from rkv_app.usecases.write_documents import in_language

_STEPS = Steps(amend=amend_form, stop=stop_form, withdraw=withdraw_form, give_up=give_up_amendment, resume=resume_form)


@dataclass(frozen=True, slots=True)
class WantedCopy:
    """How a form is wanted: on paper or for a PDF reader, in which language (BCP 47), and who cleared it."""

    on_paper: bool
    language: str
    cleared_by: str


@dataclass(frozen=True, slots=True)
class FormShown(AnsweringShown):
    """What the page shows."""

    view: ResponseView
    outline: tuple[OutlineEntry, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether the answers can be written in."""
        return self.view.response.state is EvaluationState.IN_PROGRESS

    @property
    def standing(self) -> Standing:
        """Where the answers stand."""
        response = self.view.response
        return Standing(
            response.state,
            self.view.form,
            response.aims,
            self.answers,
            reason=response.reason,
            completed=tuple(Completed(revision, form) for revision, form in self.view.completed),
            language=response.language,
            files=self.view.files,
            removed=self.removed,
        )


class FormViewModel(SteppingViewModel):
    """See the module.

    Signals:
        planned(PlannedMove): this is what moving to the newest version would do.
        compared(NewerAims): this is what beginning anew on the newest version of the curriculum would do.
        begun(str): the form was begun anew, under this id.
    """

    planned = Signal(object)
    compared = Signal(object)
    begun = Signal(str)

    def __init__(self, session: Session, words: Words, response_id: str) -> None:
        super().__init__(session, words, response_id, _STEPS)
        self._id = response_id
        self._state: FormShown | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: view_response(ws, self._id), self._on_read)

    def complete(self) -> None:
        """Completes the answers, or their amendment."""
        self.flush()
        self.run(lambda ws: complete_form(ws, self._id), lambda _: self.load(), self.on_refused)

    def plan(self) -> None:
        """Finds out what moving to the newest version would do."""
        self.flush()
        self.run(lambda ws: plan_move(ws, self._id), self.planned.emit)

    def move(self, agreed: PlannedMove, failed: Failed) -> None:
        """Moves to the newest version."""
        self.step(lambda ws: move_form_version(ws, self._id, agreed), failed)

    def compare(self) -> None:
        """Finds out what beginning anew on the newest version of the curriculum would do."""
        self.flush()
        self.run(lambda ws: newer_aims(ws, response_of(ws, self._id)), self.compared.emit)

    def begin_anew(self, agreed: NewerAims, failed: Failed) -> None:
        """Begins the form anew on the newest version of the curriculum."""
        self.flush()
        self.run(lambda ws: begin_on_newer_aims(ws, self._id, agreed).id, self._on_begun, failed)

    def attach(self, path: str, file: Path) -> None:
        """Adds a file to an answer."""
        self.flush()
        self.run(lambda ws: attach_to_answer(ws, self._id, path, file), lambda _: self.load())

    def give_out(self, wanted: WantedCopy, target: Path, failed: Failed) -> None:
        """Writes the form for somebody without the app; around words in another language stand those of the window."""
        self.flush()
        ours = Language(wanted.language) if wanted.language in list(Language) else self.words.language
        self.run(
            lambda ws: give_out_form(
                in_language(ws, ours),
                self._id,
                target,
                on_paper=wanted.on_paper,
                language=wanted.language,
                cleared_by=wanted.cleared_by,
            ),
            self._on_given_out,
            failed,
        )

    def _on_given_out(self, path: Path) -> None:
        self.stepped.emit()
        self.told.emit(
            self.words(
                "The form was written to {name}. Hand it over in person or in a channel that is locked. When it comes "
                "back, drop it on the page of the case.",
                name=path.name,
            )
        )

    def _on_begun(self, response_id: str) -> None:
        self.stepped.emit()
        self.begun.emit(response_id)

    def _on_read(self, view: ResponseView) -> None:
        response = view.response
        self._state = FormShown(view)
        self.begin(
            view.form,
            response.answers,
            response.aims,
            today=view.today,
            is_open=self._state.is_open,
            save=lambda ws, path, value: save_form_answer(ws, response.id, path, value),
        )

    def show_filling(self, filling: Filling) -> None:
        """See SteppingViewModel."""
        state = self._state
        if state is None:
            return
        outline = filling.outline(self.words, state.view.response.language)
        self._state = replace(self.with_answers(state, filling), outline=outline)
        self.changed.emit(self._state)
