# SPDX-License-Identifier: MIT
"""The curricula in the store: which there are and whether they are in force, and how to get more."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from rkv_app.domain.aims import OfficialText
from rkv_app.ui import curriculum_words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.curricula.view_model import CurriculaViewModel
from rkv_app.ui.tasks import Job
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.layouts import ColumnsLayout
from rkv_app.ui.widgets.progress_line import ProgressLine
from rkv_app.ui.widgets.table import Table, TableRow
from rkv_app.usecases.compare_curricula import AT
from rkv_app.usecases.view_curriculum import CurriculumList

_NARROWEST_WAY = 260


class CurriculaPage(Page):
    """See the module. `top` is the line above the list, for what finds and fetches."""

    def __init__(self, context: PageContext) -> None:
        self._model = CurriculaViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Curricula"), widest=WIDE)
        self._import = button(words("Import files …"), "importFilesButton", "primary", self._on_import)
        self.header_actions.addWidget(self._import)
        self._progress = ProgressLine(words)
        self._model.importing.connect(self._on_importing)
        self.column.addWidget(self._progress)
        self.top = QHBoxLayout()
        self.column.addLayout(self.top)
        self._first = self._first_run()
        self._table = Table(words("Curricula"), "curriculaTable", stretch=1, wrap=True)
        self._table.opened.connect(lambda name: self.context.go(Route(PageName.CURRICULUM, name)))
        self._source = text(words("Source: Udir, Grep (NLOD 2.0). The texts are shown exactly as published."), "small")
        for part in (self._first, self._table, self._source):
            part.hide()
            self.column.addWidget(part)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CurriculumList):
            return
        words, some = self.words, bool(state.curricula)
        # With an empty list the ways to fill it stand on the page, and none of them twice.
        self._import.setVisible(some)
        self._first.setVisible(not some)
        self._table.setVisible(some)
        self._source.setVisible(some)
        rows = []
        for one in state.curricula:
            said, _ = curriculum_words.status(
                words, one.validity(state.today), one.valid_from, one.valid_to, published=one.published
            )
            cells = (
                one.code,
                OfficialText(one.title).text(words.language.value),
                str(one.aims),
                said,
                curriculum_words.version_day(words, one.changed),
            )
            rows.append(TableRow(f"{one.code}{AT}{one.changed}", cells))
        headers = (
            words("Code"),
            words("Title"),
            words("Aims"),
            words("Status"),
            words("Last changed"),
        )
        self._table.fill(headers, rows)

    def _first_run(self) -> QFrame:
        words = self.words
        frame, inside = card(name="emptyState")
        inside.setContentsMargins(28, 24, 28, 28)
        inside.addWidget(text(words("No curricula yet"), "subheading"))
        inside.addWidget(text(words("Choose how to begin. You can always bring in more later."), "muted"))
        inside.addSpacing(8)
        ways = QWidget()
        beside = ColumnsLayout(ways, narrowest=_NARROWEST_WAY, spacing=16)
        beside.addWidget(
            self._way(
                words("Import a file"),
                words("JSON files or the JSON dump from Udir's Grep, which you have on this machine or a USB stick."),
                button(words("Choose files …"), "importFirstButton", "primary", self._on_import),
            )
        )
        practice = words("Use the practice plan")
        beside.addWidget(
            self._way(
                words("Try with a made-up plan"),
                words("A trade that does not exist, with modules and a Vg3 plan. Nothing is downloaded."),
                button(practice, "importPracticeButton", "secondary", self._model.import_practice),
            )
        )
        inside.addWidget(ways)
        return frame

    def _way(self, title: str, explained: str, action: QWidget) -> QFrame:
        frame, inside = card()
        inside.addWidget(text(title, "label"))
        inside.addWidget(text(explained, "muted"))
        inside.addSpacing(8)
        inside.addStretch(1)
        inside.addWidget(action)
        return frame

    def _on_import(self) -> None:
        words = self.words
        kinds = words("Grep files") + " (*.json *.zip)"
        files = self.context.files.open_files(words("Choose files from Grep"), kinds)
        if files:
            self._model.import_files(files)

    def _on_importing(self, job: Job) -> None:
        self._progress.follow(job, self.words("Reading the curricula …"))
