# SPDX-License-Identifier: MIT
"""The curricula in the store: which there are and whether they are in force, finding an aim, and how to get more."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.domain.aims import OfficialText
from rkv_app.ui import curriculum_words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.curriculum_place import Search, read_place, read_search, version_name
from rkv_app.ui.found_curricula import FoundTable
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.curricula.fetch_dialog import FetchDialog
from rkv_app.ui.pages.curricula.news_view import NewsView
from rkv_app.ui.pages.curricula.view_model import Arrival, CurriculaViewModel, Service, Wanted
from rkv_app.ui.widgets.basics import button, card, column, text
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.ui.widgets.progress_line import ProgressLine
from rkv_app.ui.widgets.rows import Rows
from rkv_app.ui.widgets.table import TableRow
from rkv_app.usecases.search_curricula import FoundCurricula
from rkv_app.usecases.view_curriculum import CurriculumList

_NARROWEST_WAY = 220
# Lines of text.
_LOWEST_LIST = 16
_NAMED = 6
_READ = (".json", ".jsonld", ".zip")


class CurriculaPage(Page):
    """See the module. Files and folders that are dropped on it are imported."""

    def __init__(self, context: PageContext, subject: str = "") -> None:
        self._coming_back = read_search(subject)
        self._model = CurriculaViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Curricula"), widest=WIDE)
        self.setAcceptDrops(True)
        self._enters = False
        self._opened = ""
        self._has_some = False
        self._fetch = button(words("Fetch from Udir …"), "fetchButton", "secondary", self._on_fetch)
        self._import = button(words("Import files …"), "importFilesButton", "primary", self._on_import)
        for made in (self._fetch, self._import):
            made.hide()
            self.header_actions.addWidget(made)
        self._progress = ProgressLine(words)
        self._news = NewsView(words, context.go)
        self._search = self._make_search()
        self._first = self._first_run()
        self._table = Rows(words("Curricula"), "curriculaTable", stretch=1, sortable=False)
        self._table.setMinimumHeight(self._table.fontMetrics().height() * _LOWEST_LIST)
        self._table.opened.connect(self._open)
        self._found = FoundTable(words)
        self._found.opened.connect(self._open)
        self._found.caretMoved.connect(self._keep_caret_in_sight)
        for part in (self._progress, self._news, self._search, self._first):
            self.column.addWidget(part)
        # There in any state, so that it is never the other parts that are stretched.
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._found)
        inside.addWidget(self._table, 1)
        inside.addStretch()
        self.fill_height(body)
        self._below = self._make_below()
        for part in (self._search, self._first, self._table, self._below):
            part.hide()
        self.column.addWidget(self._below)
        self._model.importing.connect(lambda job: self._progress.follow(job, words("Reading the curricula …")))
        self._model.arrived.connect(self._on_arrived)
        self._model.searchReady.connect(self._on_search_ready)
        self._model.found.connect(self._on_found)
        self._typed.setText(self._coming_back.text)

    def start(self) -> None:
        """See Page. Who comes back to a search does not wait for a pause in the typing."""
        super().start()
        self._model.search_now()

    def as_left(self, route: Route) -> Route:
        """See Page."""
        return Route(route.page, Search(self._typed.text(), self._opened).subject)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CurriculumList):
            return
        words, some = self.words, bool(state.curricula)
        self._has_some = some
        # With an empty list the ways to fill it stand on the page, and none of them twice.
        for part in (self._import, self._fetch, self._search, self._below):
            part.setVisible(some)
        self._first.setVisible(not some)
        self._table.setVisible(some and self._found.isHidden() and not self._coming_back.text)
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
            rows.append(TableRow(version_name(one.code, one.changed), cells))
        headers = (
            words("Code"),
            words("Title"),
            words("Aims"),
            words("Status"),
            words("Last changed"),
        )
        self._table.begin(headers, rows, more=False)
        # The buttons beside the title have come or gone.
        self.set_title(words("Curricula"))

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "fetchDialog":
            self._on_fetch()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """See QWidget."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """See QWidget."""
        if paths := _dropped(event):
            event.acceptProposedAction()
            self._model.import_files(paths)

    def _make_search(self) -> QWidget:
        words = self.words
        search = self._typed = line_edit()
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._on_typed)
        search.returnPressed.connect(self._on_enter)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(search.setFocus)
        # From what was typed to what was found without the mouse.
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_enter)
        self._preparing = text(
            words("The search is being made ready. You can type already; the first answer comes when it is."),
            "small",
            "preparingText",
        )
        field = Field(words("Search codes, titles and competence aims"), search, name="searchEdit")
        return column(field, self._preparing, spacing=4)

    def _make_below(self) -> QWidget:
        words = self.words
        line = QWidget()
        flow = FlowLayout(line, spacing=12)
        flow.addWidget(button(words("Import a folder …"), "importFolderButton", "link", self._on_folder))
        return column(
            text(words("You can also drop files and folders from Grep, or CASE files, on this page."), "small"),
            line,
            text(words("Source: Udir, Grep (NLOD 2.0). The texts are shown exactly as published."), "small"),
            spacing=4,
        )

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
                words("Fetch from Udir"),
                words("Over the network, some curricula or all. You see what is sent before anything is."),
                button(words("Fetch from Udir …"), "fetchFirstButton", "primary", self._on_fetch),
            )
        )
        beside.addWidget(
            self._way(
                words("Import a file"),
                words("JSON files or the JSON dump from Udir's Grep, which you have on this machine or a USB stick."),
                button(words("Choose files …"), "importFirstButton", "secondary", self._on_import),
                button(words("Choose a folder …"), "importFirstFolderButton", "link", self._on_folder),
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

    def _way(self, title: str, explained: str, *actions: QWidget) -> QFrame:
        frame, inside = card()
        inside.addWidget(text(title, "label"))
        inside.addWidget(text(explained, "muted"))
        inside.addSpacing(8)
        inside.addStretch(1)
        for action in actions:
            inside.addWidget(action)
        return frame

    def _open(self, subject: str) -> None:
        self._opened = subject
        back = Search(self._typed.text(), subject).subject
        self.context.go(Route(PageName.CURRICULUM, replace(read_place(subject), back=back).subject))

    def _on_typed(self, typed: str) -> None:
        self._enters = False
        self._model.search(typed)

    def _on_enter(self) -> None:
        self._enters = True
        self._model.search_now()

    def _on_found(self, found: FoundCurricula | None) -> None:
        back, self._coming_back = self._coming_back, Search()
        if found is None:
            self._found.hide()
            self._table.setVisible(self._has_some)
            return
        self._table.hide()
        self._found.show_found(found)
        if self._enters:
            self._enters = False
            self._found.enter()
        elif back.row:
            self._found.go_to(back.row)

    def _on_search_ready(self, is_ready: bool) -> None:
        self._preparing.setVisible(not is_ready)

    def _keep_caret_in_sight(self) -> None:
        # The table is as high as its rows, so it is the page that scrolls.
        table = self._found.table
        seen = table.visualItemRect(table.currentItem())
        content = self.area.widget()
        if content is not None:
            place = table.viewport().mapTo(content, QPoint(0, seen.center().y()))
            self.area.ensureVisible(0, place.y(), 0, seen.height())

    def _on_import(self) -> None:
        words = self.words
        kinds = words("Grep files") + " (*.json *.jsonld *.zip)"
        files = self.context.files.open_files(words("Choose files from Grep"), kinds)
        if files:
            self._model.import_files(files)

    def _on_folder(self) -> None:
        folder = self.context.files.open_folder(self.words("Choose a folder with files from Grep"))
        if folder is not None:
            self._model.import_files([folder])

    def _on_fetch(self) -> None:
        self._model.ask_service(self._open_fetch)

    def _open_fetch(self, service: Service) -> None:
        dialog = FetchDialog(self.words, service, self)

        def fetch(wanted: Wanted) -> None:
            dialog.follow(self._model.fetch(wanted, dialog.show_error))

        dialog.asked.connect(fetch)
        self._model.arrived.connect(dialog.accept)
        dialog.open()

    def _on_arrived(self, arrival: Arrival) -> None:
        words, imported = self.words, arrival.imported
        if imported is None:
            self.messages.notify(words("Nothing has changed in Udir's Grep since the last time."))
            return
        said = words.plural("{n} curriculum was imported.", "{n} curricula were imported.", len(imported.curricula))
        told = []
        if imported.skipped:
            told.append(
                words.plural(
                    "{n} record of a kind that is not needed was left out.",
                    "{n} records of kinds that are not needed were left out.",
                    imported.skipped,
                )
            )
        if missing := imported.missing:
            codes = ", ".join(missing[:_NAMED]) + (" …" if len(missing) > _NAMED else "")
            told.append(
                words.plural(
                    "{n} code that a curriculum names was not among them: {codes}.",
                    "{n} codes that the curricula name were not among them: {codes}.",
                    len(missing),
                    codes=codes,
                )
            )
        self.messages.notify(said, " ".join(told))
        self._news.show_news(imported.news, arrival.cases)


def _dropped(event: QDropEvent) -> list[Path]:
    """Files and folders that can be imported; none where anything else is among them."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if all(path.is_dir() or path.suffix.lower() in _READ for path in paths) else []
