# SPDX-License-Identifier: MIT
"""Forms and conversations, as a card of the case page: what was begun and where it stands, and what can be begun."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from rkv_app.foundation.errors import UserError
from rkv_app.ui import labels
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.form_state_words import how_far
from rkv_app.ui.page import Page
from rkv_app.ui.pages.forms.dialogs import StartFormDialog
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.table import Table, TableRow
from rkv_app.usecases.form_responses import OfferedForm, ResponseSummary, offered_forms
from rkv_app.usecases.start_form import start_form


class CaseForms(QObject):
    """Adds itself as the next section of the page."""

    def __init__(self, page: Page, case_id: str) -> None:
        super().__init__(page)
        words = page.words
        self._page = page
        self._case_id = case_id
        self._offered: Sequence[OfferedForm] | None = None
        inside = page.section(
            words("Forms and conversations"), intro=words("Open a line to read it, or to go on with it.")
        )
        self._nothing = text(words("No form is begun yet."), "muted")
        self._table = Table(words("Forms and conversations"), "formsTable", stretch=0, wrap=True)
        self._table.opened.connect(lambda id_: page.context.go(Route(PageName.FORM, id_)))
        self._surveys = text("", "muted", "surveysText")
        self._surveys.hide()
        for part in (self._nothing, self._table, self._surveys):
            inside.addWidget(part)
        inside.addWidget(button(words("Begin a form …"), "startFormButton", "secondary", self.start))

    def show_responses(self, responses: Sequence[ResponseSummary]) -> None:
        """Shows these responses, newest first; then finds out which forms are on offer, which takes longer."""
        words = self._page.words
        self._nothing.setVisible(not responses)
        self._table.setVisible(bool(responses))
        rows = [
            TableRow(
                one.response.id,
                (self._title(one), how_far(words, one), labels.moment(words, one.response.changed)),
            )
            for one in responses
        ]
        self._table.fill((words("Form"), words("Where it stands"), words("Changed")), rows)
        if self._offered is None:
            self._page.view_model.run(offered_forms, self._on_offered, lambda _: None)

    def start(self) -> None:
        """Asks which form to begin."""
        page = self._page

        def ask(offered: Sequence[OfferedForm]) -> None:
            self._on_offered(offered)
            dialog = StartFormDialog(page.words, offered, page)
            dialog.chosen.connect(lambda one, language: self._begin(one, language, dialog))
            dialog.open()

        page.view_model.run(offered_forms, ask)

    def _begin(self, one: OfferedForm, language: str, dialog: StartFormDialog) -> None:
        page = self._page
        if one.form.anonymous:
            dialog.accept()
            page.context.go(Route(PageName.SURVEY, one.form.id))
            return

        def failed(problem: UserError) -> None:
            dialog.show_error(problem)

        def begun(response_id: str) -> None:
            dialog.accept()
            page.context.go(Route(PageName.FORM, response_id))

        page.view_model.run(lambda ws: start_form(ws, self._case_id, one.form.id, language).id, begun, failed)

    def _on_offered(self, offered: Sequence[OfferedForm]) -> None:
        words = self._page.words
        self._offered = offered
        said = [
            words.plural("{title}: {n} answer", "{title}: {n} answers", one.surveys, title=self._name(one))
            for one in offered
            if one.surveys
        ]
        self._surveys.setText("\n".join([words("Anonymous, from everybody together:"), *said]))
        self._surveys.setVisible(bool(said))

    def _title(self, one: ResponseSummary) -> str:
        if one.form is None:
            return one.response.form.form_id
        return one.form.title.text(self._page.words.language.value)

    def _name(self, one: OfferedForm) -> str:
        return one.form.title.text(self._page.words.language.value)
