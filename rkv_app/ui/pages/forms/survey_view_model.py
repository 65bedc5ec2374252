# SPDX-License-Identifier: MIT
"""An anonymous form while somebody answers it: the answers are here and nowhere else until they are handed in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal

from rkv_app.forms.model import Form
from rkv_app.forms.problems import Problem
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.filling import Filling
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.hand_in_survey import anonymous_form, hand_in_survey
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SurveyShown:
    """What the page shows."""

    form: Form
    answers: Mapping[str, object]
    told: tuple[Problem, ...]
    handed_in: bool


class SurveyViewModel(ViewModel):
    """See the module. `unsaved` stays empty: what is not handed in is nowhere kept.

    Signals:
        checked(tuple[ToPutRight, ...]): this stands in the way of handing in.
    """

    checked = Signal(object)

    def __init__(self, session: Session, words: Words, form_id: str) -> None:
        super().__init__(session, words)
        self._form_id = form_id
        self._filling: Filling | None = None
        self._handed_in = False

    def load(self) -> None:
        """See ViewModel."""

        def read(ws: Workspace) -> tuple[Form, date]:
            return anonymous_form(ws, self._form_id), local_date(ws.clock.now())

        self.run(read, self._on_read)

    def answer(self, path: str, value: object) -> None:
        """Takes an answer; None takes it back."""
        if self._filling is not None and not self._handed_in and self._filling.answer(path, value):
            self._show()

    def hand_in(self) -> None:
        """Hands the answers in, if nothing is missing."""
        filling = self._filling
        if filling is None or self._handed_in:
            return
        filling.checked = True
        self._show()
        if filling.problems:
            self.checked.emit(filling.to_put_right(self.words))
            return
        answers = dict(filling.answers)
        self.run(lambda ws: hand_in_survey(ws, self._form_id, answers), self._on_handed_in)

    def _on_read(self, read: tuple[Form, date]) -> None:
        form, today = read
        self._filling = Filling(form, {}, (), today=today)
        self._show()

    def _on_handed_in(self, _: object) -> None:
        self._handed_in = True
        self._show()

    def _show(self) -> None:
        if self._filling is not None:
            answers = {} if self._handed_in else dict(self._filling.answers)
            self.changed.emit(SurveyShown(self._filling.form, answers, self._filling.told(), self._handed_in))
