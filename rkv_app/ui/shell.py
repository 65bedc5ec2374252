# SPDX-License-Identifier: MIT
"""The main window: the rail, one page at a time, and the way between pages. It knows no page by name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.files import FileChooser
from rkv_app.ui.navigation import home, make_page, rail
from rkv_app.ui.page import Page
from rkv_app.ui.rail import Rail
from rkv_app.ui.session import Session
from rkv_app.ui.theme import Theme

_ZOOM_STEP = 0.25
_MOST_REMEMBERED = 50


class Shell(QWidget):
    """The window of an open store.

    Signals:
        pageShown(Page): another page is in the window, with its first content.
        closed: the window was closed; what was typed has been handed over.
    """

    pageShown = Signal(object)
    closed = Signal()

    def __init__(self, session: Session, words: Words, files: FileChooser, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.words = words
        self.route = home(session.party.role)
        self._files = files
        self._theme = theme
        self._history: list[Route] = []
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._stack = QStackedWidget()
        self._busy = QProgressBar()
        self._rail = self._make_rail()
        self._lay_out()
        self._add_shortcuts()
        self._name()
        self.resize(1280, 860)
        self._show(self.route)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, route: Route) -> None:
        """Goes to a page; what was typed on the one before is handed over first."""
        if route != self.route:
            self._history = [*self._history[1 - _MOST_REMEMBERED :], self.route]
        self._show(route)

    def back(self) -> None:
        """Goes to the page before."""
        if self._history:
            self._show(self._history.pop())

    def use_language(self, language: Language) -> None:
        """Shows everything in another language: the same page, at the same place, with what was typed."""
        before = self.page
        position = before.position() if before else 0
        carried = before.carried() if before else None
        typed = _typed(before) if before else {}
        self.words = Words(language)
        self.session.use_words(self.words)
        rail_before, self._rail = self._rail, self._make_rail()
        self._line.replaceWidget(rail_before, self._rail)
        rail_before.hide()
        rail_before.deleteLater()
        self._name()
        self._show(self.route, carried=carried, typed=typed, position=position)

    def closeEvent(self, event: QCloseEvent) -> None:
        """See QWidget."""
        if (page := self.page) is not None:
            page.flush()
        event.accept()
        self.closed.emit()

    def _show(
        self, route: Route, *, carried: object = None, typed: dict[str, str] | None = None, position: int = 0
    ) -> None:
        before = self.page
        if before is not None:
            before.flush()
        self.route = route
        context = PageContext(self.session, self.words, self._files, self.go)
        page = make_page(route, context)

        def on_ready() -> None:
            _type_again(page, typed or {})
            page.scroll_to(position)
            page.focus_title()
            self.pageShown.emit(page)

        page.ready.connect(on_ready)
        if carried is not None:
            page.take_over(carried)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._rail.mark(route.page)
        if before is not None:
            self._stack.removeWidget(before)
            before.deleteLater()
        page.start()

    def _go_to(self, page: PageName) -> None:
        self.go(Route(page))

    def _make_rail(self) -> Rail:
        party = self.session.party
        made = Rail(self.words, party, rail(party.role))
        made.chosen.connect(self._go_to)
        made.languageChosen.connect(self.use_language)
        return made

    def _lay_out(self) -> None:
        # Shown under the page so that nothing moves; busy for less than a blink is not worth telling.
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy.setFixedHeight(4)
        kept = self._busy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._busy.setSizePolicy(kept)
        self._busy.hide()
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self._stack, 1)
        right.addWidget(self._busy)
        self._line.addWidget(self._rail)
        self._line.addLayout(right, 1)
        self.setLayout(self._line)

    def _add_shortcuts(self) -> None:
        for keys, act in (
            (QKeySequence.StandardKey.ZoomIn, lambda: self._zoom(_ZOOM_STEP)),
            (QKeySequence.StandardKey.ZoomOut, lambda: self._zoom(-_ZOOM_STEP)),
            (QKeySequence.StandardKey.Back, self.back),
            (QKeySequence.StandardKey.Quit, self.close),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _zoom(self, step: float) -> None:
        self._theme.set_zoom(self._theme.zoom + step)
        self.use_language(self.words.language)

    def _name(self) -> None:
        # Never a person's name: window titles are seen in task bars and by screen sharing.
        self.setWindowTitle(self.words("Documentation of prior learning"))


def _typed(page: Page) -> dict[str, str]:
    return {field.objectName(): field.text() for field in page.findChildren(QLineEdit) if field.objectName()}


def _type_again(page: Page, typed: dict[str, str]) -> None:
    for field in page.findChildren(QLineEdit):
        written = typed.get(field.objectName())
        if written and not field.text():
            field.setText(written)
