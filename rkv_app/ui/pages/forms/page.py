# SPDX-License-Identifier: MIT
"""Answers to a form on a case: the outline at the left, the form beside it, and what can be done with it at the end."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from rkv_app.domain.transcribed import transcribed
from rkv_app.foundation.i18n import Words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.own_document import look_at_own
from rkv_app.ui.page import refill
from rkv_app.ui.pages.forms.dialogs import MoveDialog
from rkv_app.ui.pages.forms.give_out import GiveOutDialog
from rkv_app.ui.pages.forms.moves import moves_card
from rkv_app.ui.pages.forms.newer_aims import BeginAnewDialog, NewerAimsCard
from rkv_app.ui.pages.forms.view_model import FormShown, FormViewModel, WantedCopy
from rkv_app.ui.standing import Situation
from rkv_app.ui.stepping_page import SteppingPage
from rkv_app.ui.transcribed_words import compared_words
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.usecases.move_form_version import PlannedMove
from rkv_app.usecases.newer_aims import NewerAims
from rkv_app.usecases.write_documents import response_form


class FormPage(SteppingPage):
    """See the module."""

    def __init__(self, context: PageContext, response_id: str) -> None:
        self._model = FormViewModel(context.session, context.words, response_id)
        words = context.words
        super().__init__(
            context,
            self._model,
            words("Form"),
            _said(words),
            outlined=words("Parts of the form and how far they have come"),
            nothing_missing=words("Nothing is missing. You can complete the form."),
        )
        self._state: FormShown | None = None
        self._shown_version = ""
        self.header_actions.addWidget(button(words("As a PDF …"), "asPdfButton", "secondary", self._on_pdf))
        self._give_out = button(words("Give it out …"), "giveOutButton", "secondary", self._on_give_out)
        self._give_out.setToolTip(words("As a PDF to fill in, or on paper, for somebody without the app"))
        self.header_actions.addWidget(self._give_out)
        self.header_actions.addWidget(self.check_button)
        self.header_actions.addWidget(self.end_button)
        self._about = text("", "muted", "formAboutText")
        self.column.addWidget(self._about)
        self._transcribed = text("", "small", "transcribedText")
        self.column.addWidget(self._transcribed)
        self._returned = QVBoxLayout()
        self.column.addLayout(self._returned)
        self._newer_aims = NewerAimsCard(words)
        self._newer_aims.asked.connect(self._model.compare)
        self.column.addWidget(self._newer_aims)
        self.panel.completeAsked.connect(self._model.complete)
        self._move = button(words("Move to the newer version …"), "moveFormButton", "secondary", self._model.plan)
        self.panel.steps.addWidget(self._move)
        self.column.addWidget(self.panel)
        self._moves = QVBoxLayout()
        self.column.addLayout(self._moves)
        self.place_outline()
        self._model.planned.connect(self._on_planned)
        self._model.compared.connect(self._on_newer_aims)
        self._model.begun.connect(lambda begun: context.go(Route(PageName.FORM, begun)))

    def before_amending(self) -> Sequence[str]:
        """See SteppingPage."""
        return (self.words("What was completed is kept, and counts until the amendment is completed."),)

    def before_stopping(self) -> Sequence[str]:
        """See SteppingPage."""
        return (self.words("The answers are kept, and the form can be taken up again."),)

    def before_withdrawing(self) -> Sequence[str]:
        """See SteppingPage."""
        words = self.words
        return (words("The answers will count for nothing and be found by no search. This cannot be taken back."),)

    def reopen(self, dialog: str) -> None:
        """See Page."""
        again = {
            "giveOutDialog": self._on_give_out,
            "moveFormDialog": self._model.plan,
            "beginAnewDialog": self._model.compare,
        }
        if self._state is not None and dialog in again:
            again[dialog]()
        else:
            super().reopen(dialog)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, FormShown):
            return
        words, view = self.words, state.view
        if self._state is None:
            self.set_back(view.candidate_name, Route(PageName.CASE, view.response.case_id))
        self._state = state
        self.set_title(view.form.title.text(words.language.value))
        self.progress.setText(words("{n} of {total} answered", n=state.answered, total=state.total))
        self.progress.setVisible(state.is_open and state.total > 0)
        self._about.setText(words("Version {version} of the form", version=view.form.version))
        mark = transcribed(view.response.answers)
        self._transcribed.setText(compared_words(words, mark) if mark is not None else "")
        self._transcribed.setVisible(mark is not None)
        self._give_out.setVisible(state.is_open)
        refill(self._returned, lambda: self._fill_returned(state))
        self._newer_aims.show_aims(view.newer_aims, amended=view.response.is_being_amended)
        form = self._view(state)
        form.show_content(
            FormContent(view.form, view.response.aims, state.answers, locked=not state.is_open, files=view.files)
        )
        form.show_problems(state.told)
        self.outline.show_entries(state.outline, state.problems)
        self.show_standing(state.standing)
        self._move.setVisible(bool(view.newer) and state.is_open)
        refill(self._moves, lambda: self._fill_moves(state))

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
            self.column.insertWidget(self.column.indexOf(self._newer_aims) + 1, self.form)
        return self.form

    def _fill_returned(self, state: FormShown) -> None:
        draft_id = state.view.awaiting
        if not draft_id:
            return
        words = self.words
        frame, inside = card("next", "returnedCard")
        inside.addWidget(text(words("A form came back and awaits confirmation"), "subheading"))
        look = button(words("Look through it …"), "lookThroughButton", "secondary")
        look.clicked.connect(lambda: self.context.go(Route(PageName.RETURNED, draft_id)))
        inside.addWidget(look)
        self._returned.addWidget(frame)

    def _on_give_out(self) -> None:
        state = self._state
        if state is None:
            return
        view, words = state.view, self.words
        dialog = GiveOutDialog(words, view.form, view.response.language, shielded=view.shielded, parent=self)

        def make(wanted: WantedCopy) -> None:
            suggested = f"{view.form.id}-{view.response.id[:8]}.pdf"
            path = self.context.files.save_file(words("Where to write the form"), suggested)
            if path is not None:
                self._model.give_out(wanted, path, dialog.show_error)

        dialog.filled.connect(make)
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _fill_moves(self, state: FormShown) -> None:
        if state.view.moves:
            self._moves.addWidget(moves_card(self.words, state.view.moves))

    def _on_pdf(self) -> None:
        if self._state is not None:
            self._model.flush()
            view = self._state.view
            name = f"{view.form.id}-{view.response.id[:8]}"
            make = partial(response_form, response_id=view.response.id)
            look_at_own(self, self._title.text(), name, make, shielded=view.shielded)

    def _on_planned(self, planned: PlannedMove) -> None:
        dialog = MoveDialog(self.words, planned, self)
        dialog.agreed.connect(lambda: self._model.move(planned, dialog.show_error))
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _on_newer_aims(self, found: NewerAims | None) -> None:
        if found is None:
            return
        dialog = BeginAnewDialog(self.words, found, self)
        dialog.agreed.connect(lambda: self._model.begin_anew(found, dialog.show_error))
        self._model.stepped.connect(dialog.accept)
        dialog.open()

    def _on_file(self, path: str) -> None:
        words = self.words
        chosen = self.context.files.open_file(words("Choose the document"), words("All files") + " (*)")
        if chosen is not None:
            self._model.attach(path, chosen)


def _said(words: Words) -> Mapping[Situation, tuple[str, str]]:
    return {
        Situation.WRITTEN: (
            words("Complete the form"),
            words("What is completed can be amended later, with a reason; both are kept."),
        ),
        Situation.AMENDED: (
            words("Complete the amendment"),
            words("Until then, what was completed last is what counts. Both are kept."),
        ),
        Situation.COMPLETED: (words("The form is completed"), ""),
        Situation.STOPPED: (words("Left unfinished"), words("The answers are kept as they are.")),
        Situation.WITHDRAWN: (
            words("Entered in error"),
            words("The answers count for nothing and are found by no search. They can still be read."),
        ),
    }
