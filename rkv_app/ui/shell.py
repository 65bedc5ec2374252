# SPDX-License-Identifier: MIT
"""The main window: the rail, one page at a time, and the way between pages. It knows no page by name."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.files import FileChooser
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.locking.fields import Value, return_to, spot, type_again, typed
from rkv_app.ui.locking.kept import Draft, Here, OpenDialog, WindowState, to_json
from rkv_app.ui.navigation import home, make_page, rail
from rkv_app.ui.page import Page
from rkv_app.ui.rail import Rail
from rkv_app.ui.session import Session
from rkv_app.ui.theme import Theme
from rkv_app.usecases.window_state import keep_window_state

_ZOOM_STEP = 0.25
_MOST_REMEMBERED = 50
# What somebody searched for yesterday is not unfinished work.
_SEARCH = "searchEdit:"


class Shell(QWidget):
    """The window of an open store.

    Signals:
        pageShown(Page): another page is in the window, with its first content.
        lockAsked: the user wants the store locked.
        closed: the window was closed; what was typed has been handed over.
    """

    pageShown = Signal(object)
    lockAsked = Signal()
    closed = Signal()

    def __init__(
        self, session: Session, words: Words, files: FileChooser, theme: Theme, kept: WindowState | None = None
    ) -> None:
        super().__init__()
        self._kept = kept = kept or WindowState()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.session = session
        self.words = words
        self.route = kept.here.route if kept.here else home(session.party.role)
        self._files = files
        self._theme = theme
        self._history: list[Route] = list(kept.here.history) if kept.here else []
        self._drafts = {draft.route: draft for draft in kept.drafts}
        self._untouched: dict[str, Value] = {}
        self._returning: Here | None = None
        self._told_on_closing = False
        self._line = QHBoxLayout()
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        self._stack = QStackedWidget()
        self._busy = QProgressBar()
        self._rail = self._make_rail()
        self._lay_out()
        self._add_shortcuts()
        self._name()
        session.tasks.calledOff.connect(self._on_called_off)
        self.resize(1280, min(860, self.screen().availableSize().height()))
        if isinstance(app := QApplication.instance(), QApplication):
            app.applicationStateChanged.connect(self._on_application)
        self._show(self.route, here=kept.here)

    @property
    def page(self) -> Page | None:
        """The page that is shown."""
        shown = self._stack.currentWidget()
        return shown if isinstance(shown, Page) else None

    def go(self, route: Route) -> None:
        """Goes to a page; what was typed on the one before is handed over first."""
        if route != self.route:
            left = self.page.as_left(self.route) if self.page else self.route
            self._history = [*self._history[1 - _MOST_REMEMBERED :], left]
        self._show(route)

    def back(self) -> None:
        """Goes to the page before."""
        if self._history:
            self._show(self._history.pop())

    def use_language(self, language: Language) -> None:
        """Shows everything in another language: the same page, at the same place, with what was typed."""
        before = self.page
        carried = before.carried() if before else None
        here = self._here(before)
        if before is not None and (draft := self._draft(before, None)):
            self._drafts[self.route] = draft
        self.words = Words(language)
        self.session.use_words(self.words)
        rail_before, self._rail = self._rail, self._make_rail()
        self._line.replaceWidget(rail_before, self._rail)
        rail_before.hide()
        rail_before.deleteLater()
        self._name()
        self._show(self.route, carried=carried, here=here)

    def open_dialog(self) -> QDialog | None:
        """The dialog that is open over the page."""
        dialogs = self.page.findChildren(QDialog) if self.page else []
        return next((dialog for dialog in dialogs if dialog.isVisible()), None)

    def state(self, dialog: QDialog | None, *, stay: bool) -> WindowState:
        """What must be kept to make this window again.

        Args:
            dialog: the one that is or was open over the page.
            stay: whether it comes back to where it is now; else only what is typed and unfinished is kept.
        """
        drafts, page = dict(self._drafts), self.page
        if page is not None and (draft := self._draft(page, dialog, searches=stay)):
            drafts[self.route] = draft
        return WindowState(self._here(page) if stay else None, tuple(drafts.values()))

    def closeEvent(self, event: QCloseEvent) -> None:
        """See QWidget. What cannot be saved holds the window open, once."""
        dialog = self.open_dialog()
        self.hide()
        self.session.tasks.call_off()
        if self.page is not None:
            self.page.flush()
        self.session.tasks.settle()
        problems: list[UserError] = []
        state = self.state(dialog, stay=False)
        self._keep(state, problems.append)
        self.session.tasks.settle()
        if problems and state.drafts and not self._told_on_closing and self.page is not None:
            self._told_on_closing = True
            event.ignore()
            self.show()
            self.page.messages.error(problems[0])
        else:
            event.accept()
            self.closed.emit()

    def _on_application(self, state: Qt.ApplicationState) -> None:
        # What comes next may be a crash or a power cut, and nobody is waiting now.
        if state is Qt.ApplicationState.ApplicationActive or not self.isVisible():
            return
        if self.page is not None:
            self.page.flush()
        now = self.state(self.open_dialog(), stay=True)
        if now != self._kept:
            self._kept = now
            self._keep(now, lambda _: None)

    def _on_called_off(self) -> None:
        if self.page is not None:
            self.page.tell_called_off()

    def _keep(self, state: WindowState, failed: Callable[[UserError], None]) -> None:
        kept = to_json(state)
        self.session.run(lambda ws: keep_window_state(ws, kept), done=lambda _: None, failed=failed)

    def _here(self, page: Page | None) -> Here:
        if self._returning is not None or page is None:
            return self._returning or Here(self.route)
        return Here(self.route, tuple(self._history), page.position(), spot(page, self.focusWidget()))

    def _draft(self, page: Page, dialog: QDialog | None, *, searches: bool = True) -> Draft:
        now = typed(page)
        changed = {
            place: value
            for place, value in now.items()
            if value != self._untouched.get(place, type(value)()) and (searches or _SEARCH not in place)
        }
        opened = None
        if dialog is not None:
            opened = OpenDialog(dialog.objectName(), typed(dialog), spot(dialog, dialog.focusWidget()))
        return Draft(self.route, changed, page.view_model.unsaved(), opened)

    def _show(self, route: Route, *, carried: object = None, here: Here | None = None) -> None:
        before, left = self.page, self.route
        saving = False
        if before is not None:
            self.session.tasks.call_off()
            saving = before.view_model.is_saving()
            before.flush()
        self.route = route
        self._returning = here
        self._untouched = {}
        context = PageContext(self.session, self.words, self._files, self.go)
        page = make_page(route, context)

        if (draft := self._drafts.get(route)) is not None:
            page.view_model.take_unsaved(draft.unsaved)

        def on_ready() -> None:
            if page is not self.page:
                return
            self._untouched = typed(page)
            page.focus_title()
            forms = [form for form in page.findChildren(FormView) if not form.is_complete()]
            if forms:
                # A card that is not made yet has neither text nor caret.
                forms[0].complete.connect(lambda: self._return(page))
            else:
                self._return(page)
            self.pageShown.emit(page)

        page.ready.connect(on_ready)
        if carried is not None:
            page.take_over(carried)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self._rail.mark(route.page)
        if before is not None:
            self._stack.removeWidget(before)
            self._let_go(before, left, saving)
        page.start()

    def _return(self, page: Page) -> None:
        if page is not self.page:
            return
        here, self._returning = self._returning, None
        draft = self._drafts.pop(self.route, None)
        if draft is not None:
            type_again(page, draft.typed)
        if here is not None:
            return_to(page, here.spot)
            page.scroll_to(here.scrolled)
        if draft is not None and draft.dialog is not None:
            page.reopen(draft.dialog.name)
            dialog = page.findChild(QDialog, draft.dialog.name)
            if isinstance(dialog, QDialog):
                type_again(dialog, draft.dialog.typed)
                return_to(dialog, draft.dialog.spot)

    def _let_go(self, page: Page, route: Route, saving: bool) -> None:
        if not saving:
            page.deleteLater()
            return
        page.hide()

        def saved(_: None) -> None:
            # What the store has not taken waits for the next time that the page is shown.
            if unsaved := page.view_model.unsaved():
                if self.page is not None and self.route == route:
                    self.page.view_model.take_unsaved(unsaved)
                else:
                    self._drafts[route] = Draft(route, unsaved=unsaved)
            page.deleteLater()

        self.session.run(lambda _: None, done=saved, failed=lambda _: page.deleteLater(), owner=page)

    def _go_to(self, page: PageName) -> None:
        self.go(Route(page))

    def _make_rail(self) -> Rail:
        party = self.session.party
        made = Rail(self.words, party, rail(party.role), read_only=self.session.read_only)
        made.chosen.connect(self._go_to)
        made.languageChosen.connect(self.use_language)
        made.lockAsked.connect(self.lockAsked)
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
