# SPDX-License-Identifier: MIT
"""An anonymous form. Nothing of it is stored before it is handed in, and it knows no case."""

from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.form_widgets.filling import ToPutRight
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.page import Page
from rkv_app.ui.pages.forms.survey_view_model import SurveyShown, SurveyViewModel
from rkv_app.ui.widgets.basics import button, card, text


class SurveyPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, form_id: str) -> None:
        self._model = SurveyViewModel(context.session, context.words, form_id)
        words = context.words
        super().__init__(context, self._model, words("Anonymous form"))
        self.set_back(words("Cases"), Route(PageName.CASES))
        promise = words(
            "Your answers belong to no case. Only the month is kept, not the day, and nothing says who you are. "
            "Nothing is kept before you hand it in, so do it before you leave this page."
        )
        self.column.addWidget(text(promise, "body", "anonymousText"))
        self._form: FormView | None = None
        self._end, inside = card("next", "handInPanel")
        inside.addWidget(text(words("Hand it in"), "heading"))
        inside.addWidget(text(words("Afterwards nobody can change it, or find out which answers are yours.")))
        inside.addWidget(button(words("Hand it in"), "handInButton", "primary", self._model.hand_in))
        self.column.addWidget(self._end)
        self._thanks = text(words("Thank you. Your answers are handed in."), "heading", "handedInText")
        self._thanks.hide()
        self.column.addWidget(self._thanks)
        self._model.checked.connect(self._tell_problems)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, SurveyShown):
            return
        self.set_title(state.form.title.text(self.words.language.value))
        if self._form is None:
            self._form = FormView(self.words)
            self._form.answerChanged.connect(self._model.answer)
            self.column.insertWidget(1, self._form)
        self._form.show_content(FormContent(state.form, (), state.answers, locked=state.handed_in))
        self._form.show_problems(state.told)
        for part in (self._form, self._end):
            part.setVisible(not state.handed_in)
        self._thanks.setVisible(state.handed_in)

    def _tell_problems(self, problems: tuple[ToPutRight, ...]) -> None:
        if self._form is not None:
            self._form.go_to(problems[0].path, self.area)
        self.messages.warn(self.words("It cannot be handed in yet."), problems[0].said)
