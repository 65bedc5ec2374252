# SPDX-License-Identifier: MIT
"""What the view-models have in common whose page is a form that is answered and saved by itself. No widgets here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from PySide6.QtCore import Signal

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import Form
from rkv_app.forms.problems import Problem
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.answer_saving import AnswerSaving
from rkv_app.ui.form_widgets.filling import Filling, ToPutRight
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweringShown:
    """What a page shows of the answers that are given on it; heirs add what else they show.

    Attributes:
        answers: item path to value, those not yet saved among them.
        answered, total: how many of the questions have an answer.
        problems: what the last check found, or None where nobody has asked for one.
        told: the problems to show beside their questions.
        removed: the questions whose answers completing will remove, since they are not asked any more.
    """

    answers: Mapping[str, object] = field(default_factory=dict)
    answered: int = 0
    total: int = 0
    problems: tuple[ToPutRight, ...] | None = None
    told: tuple[Problem, ...] = ()
    removed: tuple[str, ...] = ()


Shown = TypeVar("Shown", bound=AnsweringShown)


class AnsweringViewModel(ViewModel):
    """See the module. Heirs read what is answered, call `begin`, and show it.

    Signals:
        savingChanged(str): the line that says whether all is saved, and since when.
        checked(tuple[ToPutRight, ...]): this is what the check that was asked for found.

    Attributes:
        filling: the answers, those not yet saved among them; None until they are read.
        is_open: whether they can be written in.
    """

    savingChanged = Signal(str)
    checked = Signal(object)

    def __init__(self, session: Session, words: Words) -> None:
        super().__init__(session, words)
        self.filling: Filling | None = None
        self.is_open = False
        self._saving = AnswerSaving(self)
        self._saving.told.connect(self.savingChanged)
        self._saving.failed.connect(self.failed)

    def begin(
        self,
        form: Form,
        answers: Mapping[str, object],
        aims: Sequence[AimText],
        *,
        today: date,
        is_open: bool,
        save: Callable[[Workspace, str, object], None],
    ) -> None:
        """Takes what the store has, lays what waits over it, and shows it; a check that was asked for still holds.

        Args:
            form: what is asked.
            answers: item path to JSON value, as stored.
            aims: of the form's matrices.
            today: the day it is.
            is_open: whether the answers can be written in.
            save: keeps one answer; None takes it back.
        """
        if not is_open:
            self._saving.forget()
        was_checked = self.filling is not None and self.filling.checked
        self.is_open = is_open
        self.filling = Filling(form, self._saving.over(answers), aims, today=today)
        self.filling.checked = was_checked and is_open
        self._saving.begin(save)
        self.show_filling(self.filling)

    def show_filling(self, filling: Filling) -> None:
        """Shows the answers as they are now."""
        raise NotImplementedError

    def answer(self, path: str, value: object) -> None:
        """Takes an answer; None takes it back."""
        if self.filling is None or not self.is_open:
            return
        changed = self.filling.answer(path, value)
        self._saving.answer(path, value)
        if changed:
            self.show_filling(self.filling)

    def flush(self) -> None:
        """See ViewModel."""
        self._saving.flush()

    def is_saving(self) -> bool:
        """See ViewModel."""
        return self._saving.is_saving()

    def unsaved(self) -> Mapping[str, object]:
        """See ViewModel."""
        return dict(self._saving.waiting)

    def take_unsaved(self, unsaved: Mapping[str, object]) -> None:
        """See ViewModel."""
        self._saving.take(unsaved)
        if self.filling is not None:
            self.load()

    def check(self) -> None:
        """Finds what is still to be done."""
        self.flush()
        if self.filling is not None:
            self.filling.checked = True
            self.show_filling(self.filling)
            self.checked.emit(self.filling.to_put_right(self.words))

    def on_refused(self, problem: UserError) -> None:
        """Says why completing was refused, and what stands in its way."""
        self.failed.emit(problem)
        self.check()

    def with_answers(self, shown: Shown, filling: Filling) -> Shown:
        """Returns what is shown with the answers as they are now; of closed ones nothing is to be put right."""
        answered, total = filling.progress()
        return replace(
            shown,
            answers=dict(filling.answers),
            answered=answered,
            total=total,
            problems=self._problems(filling),
            told=filling.told() if self.is_open else (),
            removed=filling.removed(self.words) if self.is_open else (),
        )

    def _problems(self, filling: Filling) -> tuple[ToPutRight, ...] | None:
        if not self.is_open:
            return ()
        return filling.to_put_right(self.words) if filling.checked else None
