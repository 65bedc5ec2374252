# SPDX-License-Identifier: MIT
"""Answers to a form on a case: the outline at the left, the form beside it, and what can be done with it at the end."""

from collections.abc import Callable

from rkv_app.ui.answering_page import AnsweringPage
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.form_state_words import response_state
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.pages.forms.dialogs import MoveDialog, ReasonDialog, RevisionDialog
from rkv_app.ui.pages.forms.steps import StepsPanel
from rkv_app.ui.pages.forms.view_model import Failed, FormShown, FormViewModel
from rkv_app.ui.widgets.basics import button, chip, set_chip, text
from rkv_app.usecases.move_form_version import PlannedMove
from rkv_app.usecases.write_documents import response_form


class FormPage(AnsweringPage):
    """See the module."""

    def __init__(self, context: PageContext, response_id: str) -> None:
        self._model = FormViewModel(context.session, context.words, response_id)
        words = context.words
        super().__init__(
            context,
            self._model,
            words("Form"),
            outlined=words("Parts of the form and how far they have come"),
            nothing_missing=words("Nothing is missing. You can complete the form."),
        )
        self._state: FormShown | None = None
        self._shown_version = ""
        self._state_chip = chip("", "info", "stateChip")
        self._progress = chip("", "neutral", "progressChip")
        for part in (self._state_chip, self._progress, self.saved):
            self.header_chips.addWidget(part)
        self.header_actions.addWidget(button(words("As a PDF …"), "asPdfButton", "secondary", self._on_pdf))
        self.header_actions.addWidget(self.check_button)
        self.header_actions.addWidget(self.end_button)
        self._about = text("", "muted", "formAboutText")
        self.column.addWidget(self._about)
        self.end = self._steps = StepsPanel(words)
        self._steps.completeAsked.connect(self._model.complete)
        self._steps.giveUpAsked.connect(self._model.give_up)
        self._steps.resumeAsked.connect(self._model.resume)
        self._steps.amendAsked.connect(self._on_amend)
        self._steps.stopAsked.connect(self._on_stop)
        self._steps.withdrawAsked.connect(self._on_withdraw)
        self._steps.moveAsked.connect(self._model.plan)
        self._steps.revisionAsked.connect(self._on_revision)
        self.column.addWidget(self._steps)
        self.place_outline()
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
        self.outline.show_entries(state.outline, state.problems)
        self._steps.show_state(state)
        self.check_button.setVisible(state.is_open)
        self.end_button.setVisible(state.is_open)

    def _view(self, state: FormShown) -> FormView:
        """The view of the form; another version of it is another form."""
        version = state.view.response.form.version
        if self.form is None or version != self._shown_version:
            if self.form is not None:
                self.form.hide()
                self.column.removeWidget(self.form)
                self.form.deleteLater()
            self.form = FormView(self.words, state.view.response.language)
            self.form.answerChanged.connect(self._model.answer)
            self.form.fileAsked.connect(self._on_file)
            self._shown_version = version
            self.column.insertWidget(1, self.form)
        return self.form

    def _on_pdf(self) -> None:
        if self._state is not None:
            self._model.flush()
            view = self._state.view
            name = f"{view.form.id}-{view.response.id[:8]}"
            look_at_own(self, self._title.text(), name, lambda ws: response_form(ws, view.response.id))

    def _on_amend(self) -> None:
        words = self.words
        self._ask(
            "amendFormDialog",
            words("Amend the answers"),
            words("What was completed is kept, and counts until the amendment is completed."),
            words("Amend"),
            self._model.amend,
        )

    def _on_stop(self) -> None:
        words = self.words
        self._ask(
            "stopFormDialog",
            words("Leave it unfinished"),
            words("The answers are kept, and the form can be taken up again."),
            words("Leave it"),
            self._model.stop,
        )

    def _on_withdraw(self) -> None:
        words = self.words
        self._ask(
            "withdrawFormDialog",
            words("Entered in error"),
            words("The answers will count for nothing and be found by no search. This cannot be taken back."),
            words("Mark as entered in error"),
            self._model.withdraw,
        )

    def _ask(self, name: str, title: str, explained: str, action: str, step: Callable[[str, Failed], None]) -> None:
        dialog = ReasonDialog(self.words, title, explained, action, name, self)
        dialog.filled.connect(lambda reason: step(reason, dialog.show_error))
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _on_planned(self, planned: PlannedMove) -> None:
        dialog = MoveDialog(self.words, planned, self)
        dialog.agreed.connect(lambda: self._model.move(planned, dialog.show_error))
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
