# SPDX-License-Identifier: MIT
"""The curricula in the store."""

from rkv_app.domain.aims import OfficialText
from rkv_app.ui.context import PageContext
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.curricula.view_model import CurriculaState, CurriculaViewModel
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.table import Table, TableRow

_DAY = len("2026-11-24")


class CurriculaPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = CurriculaViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Curricula"), widest=WIDE)
        self.header_actions.addWidget(button(words("Import files …"), "importFilesButton", "primary", self._on_import))
        self._empty = self.empty_state(
            words("No curricula yet"),
            words("Import the JSON files or the JSON dump from Udir's Grep. Or try the app with a made-up plan first."),
            button(words("Use the practice plan"), "importPracticeButton", "secondary", self._model.import_practice),
        )
        self._table = Table(words("Curricula"), "curriculaTable", stretch=1, wrap=True)
        self._source = text(words("Source: Udir, Grep (NLOD 2.0). The texts are shown exactly as published."), "small")
        for part in (self._empty, self._table, self._source):
            part.hide()
            self.column.addWidget(part)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CurriculaState):
            return
        words, some = self.words, bool(state.curricula)
        self._empty.setVisible(not some)
        self._table.setVisible(some)
        self._source.setVisible(some)
        rows = [
            TableRow(
                one.code,
                (
                    one.code,
                    OfficialText(one.title).text(words.language.value),
                    str(one.sets),
                    str(one.aims),
                    one.changed[:_DAY],
                    words("in force") if one.published else words("not in force"),
                ),
            )
            for one in state.curricula
        ]
        headers = (
            words("Code"),
            words("Title"),
            words("Aim sets"),
            words("Aims"),
            words("Last changed"),
            words("Status"),
        )
        self._table.fill(headers, rows)

    def _on_import(self) -> None:
        words = self.words
        kinds = words("Grep files") + " (*.json *.zip)"
        files = self.context.files.open_files(words("Choose files from Grep"), kinds)
        if files:
            self._model.import_files(files)
