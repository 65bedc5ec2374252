# SPDX-License-Identifier: MIT
"""An evaluation being written: answers are saved by themselves, a moment after they are given, and never lost."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.curriculum_changes import CurriculumChanges
from rkv_app.domain.response_states import can_be_written, is_completed
from rkv_app.forms.model import Form
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.ui.answering import AnsweringShown
from rkv_app.ui.form_widgets.filling import Filling, OutlineEntry
from rkv_app.ui.session import Session
from rkv_app.ui.standing import Completed, Standing
from rkv_app.ui.stepping import SteppingViewModel, Steps
from rkv_app.usecases.amend_evaluation import (
    amend_evaluation,
    give_up_evaluation_amendment,
    resume_evaluation,
    stop_evaluation,
    withdraw_evaluation,
)
from rkv_app.usecases.carry_over import carry_over
from rkv_app.usecases.compare_curricula import changes_since
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.evaluation_history import EvaluationHistory, evaluation_history
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.suggest_bridges import (
    EarlierAnswers,
    NewerRequest,
    earlier_answers,
    newer_request,
    same_text_elsewhere,
)
from rkv_app.usecases.view_requests import RequestView, view_request
from rkv_app.usecases.workspace import Workspace

_STEPS = Steps(
    amend=amend_evaluation,
    stop=stop_evaluation,
    withdraw=withdraw_evaluation,
    give_up=give_up_evaluation_amendment,
    resume=resume_evaluation,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """What the store knows beside the evaluation itself.

    Attributes:
        earlier: earlier evaluations of the same placement that have something to give.
        newer: a later request about the same placement.
        changes: what changed in a curriculum since the aims were put, where the store has a newer version.
    """

    earlier: tuple[EarlierAnswers, ...] = ()
    newer: NewerRequest | None = None
    changes: tuple[CurriculumChanges, ...] = ()


class _Read(NamedTuple):
    view: RequestView
    form: Form
    today: date
    history: EvaluationHistory
    beside: Beside


@dataclass(frozen=True, slots=True)
class EvaluationShown(AnsweringShown):
    """What the page shows.

    Attributes:
        history: what was attested to so far, and whether it was sent.
        sent: the reply that was just written.
        offers: answers that may be copied within this evaluation.
    """

    view: RequestView
    form: Form
    history: EvaluationHistory
    outline: tuple[OutlineEntry, ...] = ()
    sent: SentPacket | None = None
    offers: tuple[Bridge, ...] = ()
    beside: Beside = Beside()

    @property
    def is_open(self) -> bool:
        """Whether the answers can be written in."""
        return can_be_written(self.view.evaluation.state)

    @property
    def standing(self) -> Standing:
        """Where the answers stand."""
        evaluation = self.view.evaluation
        return Standing(
            evaluation.state,
            self.form,
            evaluation.aims,
            self.answers,
            # Beside a completed one the reason stands with the number that it is of.
            reason="" if is_completed(evaluation.state) else self.history.reason,
            completed=tuple(Completed(revision, self.form) for revision in self.history.completed),
            removed=self.removed,
        )


class EvaluationViewModel(SteppingViewModel):
    """See the module.

    Attributes:
        sent: the reply that was just written.
    """

    def __init__(self, session: Session, words: Words, message_id: str) -> None:
        super().__init__(session, words, message_id, _STEPS)
        self._message_id = message_id
        self._state: EvaluationShown | None = None
        self.sent: SentPacket | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(self._read, self._on_read)

    def copy(self, accepted: Sequence[Bridge], source_id: str = "") -> None:
        """Copies answers to other aims, see `carry_over`."""
        self.flush()
        if self._state is not None:
            evaluation_id = self._state.view.evaluation.id
            self.run(lambda ws: carry_over(ws, evaluation_id, accepted, source_id=source_id), self._on_copied)

    def complete(self, name: str, position: str) -> None:
        """Completes the evaluation with the supervisor's attestation."""
        self.flush()
        self.run(
            lambda ws: complete_evaluation(ws, self._message_id, name, position),
            lambda _: self.load(),
            self.on_refused,
        )

    def send(self, target: Path) -> None:
        """Writes the reply packet."""
        self.run(lambda ws: send_evaluation(ws, self._message_id, target), self._on_sent)

    def _read(self, ws: Workspace) -> _Read:
        view = view_request(ws, self._message_id)
        evaluation = view.evaluation
        form, today = ws.forms.pinned(evaluation.form), local_date(ws.clock.now())
        history = evaluation_history(ws, view.incoming, evaluation)
        if not can_be_written(evaluation.state):
            return _Read(view, form, today, history, Beside())
        earlier = tuple(one for one in earlier_answers(ws, evaluation.id) if one.report.offered)
        changes = changes_since(ws, evaluation.plan, evaluation.aims)
        return _Read(view, form, today, history, Beside(earlier, newer_request(ws, self._message_id), changes))

    def _on_read(self, read: _Read) -> None:
        evaluation = read.view.evaluation
        if can_be_written(evaluation.state):
            # What was written before is not the answer that is being made now.
            self.sent = None
        self._state = EvaluationShown(read.view, read.form, read.history, sent=self.sent, beside=read.beside)
        self.begin(
            read.form,
            evaluation.answers,
            evaluation.aims,
            today=read.today,
            is_open=self._state.is_open,
            save=lambda ws, path, value: save_answer(ws, evaluation.id, path, value),
        )

    def show_filling(self, filling: Filling) -> None:
        """See SteppingViewModel."""
        state = self._state
        if state is None:
            return
        self._state = replace(
            self.with_answers(state, filling),
            outline=filling.outline(self.words),
            offers=self._offers(state, filling) if state.is_open else (),
            sent=self.sent,
        )
        self.changed.emit(self._state)

    @staticmethod
    def _offers(state: EvaluationShown, filling: Filling) -> tuple[Bridge, ...]:
        return same_text_elsewhere(replace(state.view.evaluation, answers=filling.answers))

    def _on_copied(self, number: int) -> None:
        self.told.emit(
            self.words.plural(
                "{n} answer was copied. Read it through, and change what is not true here.",
                "{n} answers were copied. Read them through, and change what is not true here.",
                number,
            )
        )
        self.load()

    def _on_sent(self, sent: SentPacket) -> None:
        self.sent = sent
        if self.filling is not None:
            self.show_filling(self.filling)
