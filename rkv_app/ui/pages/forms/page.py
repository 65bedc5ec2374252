# SPDX-License-Identifier: MIT
"""Answers to a form on a case: the outline at the left, the form beside it, and what can be done with it at the end."""

from collections.abc import Callable

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from rkv_app.foundation.errors import UserError
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.form_state_words import response_state
from rkv_app.ui.form_widgets.filling import ToPutRight
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.form_widgets.outline import Outline
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.page import Page
from rkv_app.ui.pages.forms.dialogs import MoveDialog, ReasonDialog, RevisionDialog
from rkv_app.ui.pages.forms.steps import StepsPanel
from rkv_app.ui.pages.forms.view_model import Failed, FormShown, FormViewModel
from rkv_app.ui.widgets.basics import button, chip, set_chip, text
from rkv_app.usecases.move_form_version import PlannedMove
from rkv_app.usecases.write_documents import response_form

# Below this many times the outline's own width there is no room for it beside the form.
_ROOM_FOR_OUTLINE = 2.6


class FormPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, response_id: str) -> None:
        self._model = FormViewModel(context.session, context.words, response_id)
        words = context.words
        super().__init__(context, self._model, words("Form"))
        self._state: FormShown | None = None
        self._form: FormView | None = None
        self._shown_version = ""
        self._state_chip = chip("", "info", "stateChip")
        self._progress = chip("", "neutral", "progressChip")
        self._saved = text("", "muted", "savedText")
        self._saved.setWordWrap(False)
        self._saved.setMinimumWidth(self.fontMetrics().horizontalAdvance("Lagrar 00:00 ") + 16)
        for part in (self._state_chip, self._progress, self._saved):
            self.header_chips.addWidget(part)
        self._check = button(words("Check"), "checkButton", "secondary", self._model.check)
        self._to_end = button(words("Complete …"), "toCompleteButton", "primary", self._on_to_end)
        self.header_actions.addWidget(button(words("As a PDF …"), "asPdfButton", "secondary", self._on_pdf))
        self.header_actions.addWidget(self._check)
        self.header_actions.addWidget(self._to_end)
        self._about = text("", "muted", "formAboutText")
        self.column.addWidget(self._about)
        self._steps = StepsPanel(words)
        self._steps.completeAsked.connect(self._model.complete)
        self._steps.giveUpAsked.connect(self._model.give_up)
        self._steps.resumeAsked.connect(self._model.resume)
        self._steps.amendAsked.connect(self._on_amend)
        self._steps.stopAsked.connect(self._on_stop)
        self._steps.withdrawAsked.connect(self._on_withdraw)
        self._steps.moveAsked.connect(self._model.plan)
        self._steps.revisionAsked.connect(self._on_revision)
        self.column.addWidget(self._steps)
        self._outline = Outline(words, words("Contents"), words("Parts of the form and how far they have come"))
        self._outline.chosen.connect(self._go_to)
        self.outer.removeWidget(self.area)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._outline)
        beside.addWidget(self.area, 1)
        self.outer.addLayout(beside, 1)
        self._model.savingChanged.connect(self._saved.setText)
        self._model.checked.connect(self._tell_problems)
        self._model.planned.connect(self._on_planned)

    def reopen(self, dialog: str) -> None:
        """See Page."""
        again = {
            "amendFormDialog": self._on_amend,
            "stopFormDialog": self._on_stop,
            "withdrawFormDialog": self._on_withdraw,
            "moveFormDialog": self._model.plan,
        }
        if self._state is not None and dialog in again:
            again[dialog]()

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, FormShown):
            return
        words, view = self.words, state.view
        if self._state is None:
            self.set_back(view.candidate_name, Route(PageName.CASE, view.response.case_id))
        elif self._state.view.response.state is not view.response.state:
            # What was said of the state before is no longer true.
            self.messages.hide()
        self._state = state
        self.set_title(view.form.title.text(words.language.value))
        said, tone = response_state(words, view.response)
        set_chip(self._state_chip, said, tone)
        self._progress.setText(words("{n} of {total} answered", n=state.answered, total=state.total))
        self._progress.setVisible(state.is_open and state.total > 0)
        self._about.setText(words("Version {version} of the form", version=view.form.version))
        form = self._view(state)
        form.show_content(
            FormContent(view.form, view.response.aims, state.answers, locked=not state.is_open, files=view.files)
        )
        form.show_problems(state.told)
        self._outline.show_entries(state.outline, state.problems)
        self._steps.show_state(state)
        self._check.setVisible(state.is_open)
        self._to_end.setVisible(state.is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._outline.setVisible(self.width() > self._outline.width() * _ROOM_FOR_OUTLINE)

    def _view(self, state: FormShown) -> FormView:
        """The view of the form; another version of it is another form."""
        version = state.view.response.form.version
        if self._form is None or version != self._shown_version:
            if self._form is not None:
                self._form.hide()
                self.column.removeWidget(self._form)
                self._form.deleteLater()
            self._form = FormView(self.words, state.view.response.language)
            self._form.answerChanged.connect(self._model.answer)
            self._form.fileAsked.connect(self._on_file)
            self._shown_version = version
            self.column.insertWidget(1, self._form)
        return self._form

    def _tell_problems(self, problems: tuple[ToPutRight, ...]) -> None:
        words, number = self.words, len(problems)
        if number:
            said = words.plural(
                "{n} thing is missing before you can complete.",
                "{n} things are missing before you can complete.",
                number,
            )
            if self._outline.isVisible():
                self.messages.warn(said, words("They are listed at the left. Choose one to go there."))
            else:
                self.messages.warn(said, problems[0].said)
                self._go_to(problems[0].path)
        else:
            self.messages.notify(words("Nothing is missing. You can complete the form."))

    def _go_to(self, path: str) -> None:
        target = self._form.jump_to(path) if self._form is not None else None
        if target is not None:
            # The card may have been made a moment ago and has no place yet.
            QTimer.singleShot(0, target, lambda: self.area.ensureWidgetVisible(target, 0, 40))

    def _on_to_end(self) -> None:
        panel = self._steps
        QTimer.singleShot(0, panel, lambda: self.area.ensureWidgetVisible(panel, 0, 24))

    def _on_pdf(self) -> None:
        if self._state is not None:
            self._model.flush()
            view = self._state.view
            name = f"{view.form.id}-{view.response.id[:8]}"
            look_at_own(self, self._title.text(), name, lambda ws: response_form(ws, view.response.id))

    def _on_amend(self) -> None:
        words = self.words
        self._ask(
            ReasonDialog(
                words,
                words("Amend the answers"),
                words("What was completed is kept, and counts until the amendment is completed."),
                words("Amend"),
                "amendFormDialog",
                self,
            ),
            self._model.amend,
        )

    def _on_stop(self) -> None:
        words = self.words
        self._ask(
            ReasonDialog(
                words,
                words("Leave it unfinished"),
                words("The answers are kept, and the form can be taken up again."),
                words("Leave it"),
                "stopFormDialog",
                self,
            ),
            self._model.stop,
        )

    def _on_withdraw(self) -> None:
        words = self.words
        self._ask(
            ReasonDialog(
                words,
                words("Entered in error"),
                words("The answers will count for nothing and be found by no search. This cannot be taken back."),
                words("Mark as entered in error"),
                "withdrawFormDialog",
                self,
            ),
            self._model.withdraw,
        )

    def _ask(self, dialog: ReasonDialog, step: Callable[[str, Failed], None]) -> None:
        dialog.filled.connect(lambda reason: step(reason, dialog.show_error))
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _on_planned(self, planned: PlannedMove) -> None:
        dialog = MoveDialog(self.words, planned, self)

        def refused(problem: UserError) -> None:
            dialog.show_error(problem)

        dialog.agreed.connect(lambda: self._model.move(planned, refused))
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _on_revision(self, number: int) -> None:
        if self._state is None:
            return
        response = self._state.view.response
        for revision, form in self._state.view.completed:
            if revision.number == number and form is not None:
                content = FormContent(form, response.aims, revision.answers, locked=True, files=self._state.view.files)
                title = self.words("Completed, number {n}", n=number)
                RevisionDialog(self.words, title, content, response.language, self).open()

    def _on_file(self, path: str) -> None:
        words = self.words
        chosen = self.context.files.open_file(words("Choose the document"), words("All files") + " (*)")
        if chosen is not None:
            self._model.attach(path, chosen)
