# SPDX-License-Identifier: MIT
"""A PDF, page by page: as pictures that a child process draws, or as text, which a screen reader can read."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QSizeF, Qt
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from rkv_app.documents.preview.pages import Rectangle
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.files import FileChooser
from rkv_app.ui.messages import Banner
from rkv_app.ui.pdf_page_list import PageList
from rkv_app.ui.pdf_paper import Paper
from rkv_app.ui.pdf_reader import PdfWork, Urgency, image_of
from rkv_app.ui.pdf_search import Hit, PdfSearch, hits_in
from rkv_app.ui.pdf_zoom import AS_ON_PAPER, Zoom
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import SECRET
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.overflow import GivesWay

# Below this many times its own width there is no room for the list of pages beside the page.
_ROOM_FOR_LIST = 4
# A picture this near to the size that is wanted is not drawn anew.
_NEAR = 0.02
# Points of the longer side of A4.
_A4 = 842
_NO_BOUND = 16_777_215  # What Qt calls QWIDGETSIZE_MAX.
_DAMAGED = "RKV-DOC-001"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page as it is shown: its size in points, the pixels for each of them that it was drawn with, and its text."""

    number: int
    count: int
    size: QSizeF
    scale: float
    image: QImage
    text: str


class PdfView(QWidget):
    """See the module.

    Attributes:
        content: the PDF that is shown.
        messages: where it is told what cannot be shown.
        tools: the line of buttons; for others to add to.
    """

    def __init__(self, words: Words, content: bytes, files: FileChooser, *, window: QWidget | None = None) -> None:
        """Begins to draw the first page.

        Args:
            words: says things.
            content: the PDF.
            files: asks for the printer.
            window: the window of its own that it has, all of whose keys it may take; None where it is a part of a page,
                where there is room for less: no list of pages, no printing, and the search comes with its key.
        """
        super().__init__()
        self.setObjectName("pdfView")
        self._is_part = window is None
        self._words = words
        self._files = files
        self.content = content
        self._work = PdfWork(content, self)
        self._hit: Hit | None = None
        self._number, self._count = 0, 1
        self._shown: _Shown | None = None
        # What the pages say, as far as a search has read them.
        self._texts: dict[int, str] = {}
        self._wanted = ""
        # Whether somebody asked for the list of pages, or closed it; None as long as the room decides.
        self._list_wanted: bool | None = None
        self.messages = Banner(words)
        self._place = text(words("Opening …"), "label", "pageText")
        self._place.setWordWrap(False)
        self._paper = Paper()
        self._paper.turned.connect(self._turn)
        self._paper.resized.connect(self._refit)
        self._text = QPlainTextEdit()
        self._text.setTabChangesFocus(True)
        self._text.setReadOnly(True)
        # Not the user's own: nothing of it is kept when the store is locked.
        self._text.setProperty(SECRET, True)
        self._views = QStackedWidget()
        self._views.addWidget(self._paper)
        self._views.addWidget(self._text)
        self._search = PdfSearch(words)
        self._search.wanted.connect(self._on_search)
        self._search.chosen.connect(self._on_hit)
        self._zoom = Zoom(words)
        self._zoom.changed.connect(self._refit)
        self._paper.zoomed.connect(self._zoom.step)
        self._pages = PageList(words)
        self._pages.hide()
        self._pages.chosen.connect(self._go_to)
        self._pages.left.connect(self._on_list_left)
        self._pages.wanted.connect(self._on_small_wanted)
        page = GivesWay()
        page.inside.addLayout(beside := QHBoxLayout())
        beside.setSpacing(12)
        beside.addWidget(self._pages)
        beside.addWidget(self._views, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        for part in (self.messages, self._make_tools(), self._search):
            outer.addWidget(part)
        outer.addWidget(page, 1)
        for part in (self._search, self._print, self._list_button):
            part.setHidden(self._is_part)
        self._take_keys(window)
        self._draw()

    @property
    def busy(self) -> bool:
        """Whether anything is being drawn or read."""
        return self._work.busy

    def show_pdf(self, content: bytes) -> None:
        """Shows another PDF instead, from its first page."""
        self._work.stop()
        self.content, self._work = content, PdfWork(content, self)
        self._number, self._count, self._shown, self._hit, self._texts = 0, 1, None, None, {}
        self._search.forget()
        self._pages.show_pages(0)
        self.messages.hide()
        self._views.show()
        self._say_place()
        self._show_list()
        self._draw()

    def focus_page(self) -> None:
        """Puts the caret where the keys turn and scroll the page."""
        (self._views.currentWidget() or self._paper).setFocus()

    def stop(self) -> None:
        """Lets go of the child that draws. Nothing can be shown any more."""
        self._work.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        if self._shown is not None:
            self._show_list()

    def _make_tools(self) -> QWidget:
        words, holder = self._words, QWidget()
        line = self.tools = FlowLayout(holder, spacing=8)
        self._before = button(words("Previous page"), "previousPageButton", "secondary", lambda: self._turn(-1))
        self._after = button(words("Next page"), "nextPageButton", "secondary", lambda: self._turn(1))
        if self._is_part:
            for turning, sign in ((self._before, "‹"), (self._after, "›")):
                turning.setAccessibleName(turning.text())
                turning.setText(sign)
        self._list_button = button(words("Pages"), "pagesButton", "secondary", self._on_list_button)
        self._list_button.setCheckable(True)
        self._as_text = button(words("Show as text"), "asTextButton", "secondary", self._on_as_text)
        self._print = button(words("Print …"), "printButton", "secondary", self._on_print)
        paging, choosing = (self._before, self._place, self._after), (self._list_button, self._as_text, self._print)
        for part in (*paging, *choosing, self._zoom) if self._is_part else (*paging, self._zoom, *choosing):
            line.addWidget(part)
        self._enable()
        return holder

    def _take_keys(self, window: QWidget | None) -> None:
        keys = QKeySequence.StandardKey
        taken: list[tuple[QKeySequence.StandardKey | str, Callable[[], None]]] = [
            (keys.Find, self._on_find),
            (keys.FindNext, self._search.step),
            (keys.FindPrevious, lambda: self._search.step(-1)),
        ]
        if window is not None:
            # On a page these are the window's own, and change the size of everything.
            taken += [
                (keys.ZoomIn, lambda: self._zoom.step(1)),
                (keys.ZoomOut, lambda: self._zoom.step(-1)),
                ("Ctrl+0", self._zoom.reset),
            ]
        for sequence, act in taken:
            within = Qt.ShortcutContext.WidgetWithChildrenShortcut
            QShortcut(QKeySequence(sequence), window or self, act, context=within)

    def _on_find(self) -> None:
        self._search.show()
        self._search.begin()

    def _turn(self, pages: int) -> None:
        self._go_to(self._number + pages)

    def _go_to(self, number: int) -> None:
        if 0 <= number < self._count and number != self._number and self._shown is not None:
            self._number = number
            self._paper.verticalScrollBar().setValue(0)
            self._say_place()
            self._draw()

    def _on_as_text(self) -> None:
        words, as_text = self._words, self._views.currentWidget() is self._paper
        self._views.setCurrentWidget(self._text if as_text else self._paper)
        self._as_text.setText(words("Show as picture") if as_text else words("Show as text"))
        self.focus_page()
        self._enable()

    def _draw(self) -> None:
        """Draws the page that is wanted now, instead of one that is still to be drawn."""
        number, reader, ratio = self._number, self._work.reader, self.devicePixelRatioF()
        scale = (self._scale(self._shown.size) if self._shown else AS_ON_PAPER) * ratio

        def drawn() -> _Shown:
            page, count = reader.draw(number, scale)
            return _Shown(number, count, QSizeF(*page.size), scale, image_of(page), page.text)

        def failed(problem: UserError) -> None:
            if number == self._number:
                self._on_failed(problem)

        self._work.forget(Urgency.PAGE)
        self._work.ask(Urgency.PAGE, drawn, self._show, failed)

    def _scale(self, page: QSizeF) -> float:
        return self._zoom.scale(page, self._paper.room())

    def _show(self, shown: _Shown) -> None:
        if shown.number != self._number:
            return
        first, turned = self._shown is None, self._shown is None or self._shown.number != shown.number
        self._shown, self._count = shown, shown.count
        self._say_place()
        self._paper.sheet.show_image(shown.image)
        self._paper.sheet.setAccessibleName(self._place.text())
        words, place = self._words, self._place.text()
        self._paper.setAccessibleName(words("{page}, as a picture. “Show as text” can be read aloud.", page=place))
        if turned:
            self._text.setPlainText(shown.text or words("This page has no text. It may be a scanned picture."))
            self._text.setAccessibleName(words("Text of {page}", page=place))
            self._paper.sheet.mark((), None)
        if first:
            self._pages.show_pages(shown.count)
            self._show_list()
        self._pages.mark(shown.number)
        self._refit()
        if turned:
            self._mark()
        self._enable()

    def _refit(self) -> None:
        """Gives the page its size, and has it drawn anew for it; until then its picture is made larger or smaller."""
        shown, ratio = self._shown, self.devicePixelRatioF()
        if shown is None:
            return
        scale = self._scale(shown.size)
        self._paper.sheet.setFixedSize((shown.size * scale).toSize().expandedTo(self._paper.sheet.minimumSizeHint()))
        if abs(scale * ratio / shown.scale - 1) > _NEAR:
            self._draw()

    def _say_place(self) -> None:
        words, shown = self._words, self._shown is not None
        said = words("Page {n} of {total}", n=self._number + 1, total=self._count) if shown else words("Opening …")
        self._place.setText(said)
        self._enable()

    def _on_search(self, wanted: str) -> None:
        work, texts, count = self._work, self._texts, self._count
        self._wanted = wanted

        def read(number: int, page: str) -> None:
            texts[number] = page
            # Somebody may look for something else by now.
            if wanted == self._wanted:
                go_on()

        def failed(number: int, problem: UserError) -> None:
            # The other pages may still be fine.
            if problem.code == _DAMAGED:
                read(number, "")
            else:
                self._on_failed(problem)

        def go_on() -> None:
            number = len(texts)
            if number < count:
                work.ask(Urgency.TEXT, lambda: work.reader.text(number), partial(read, number), partial(failed, number))
            else:
                found = partial(self._search.take, wanted)
                pages = [texts[number] for number in range(count)]
                work.ask(Urgency.TEXT, lambda: hits_in(pages, wanted), found, self._on_failed)

        work.forget(Urgency.TEXT)
        go_on()

    def _on_hit(self, hit: Hit | None) -> None:
        self._hit = hit
        if hit is None or hit.page == self._number:
            self._mark()
        else:
            self._go_to(hit.page)

    def _mark(self) -> None:
        """Marks what was found on the page that is shown, and selects the chosen place in its text."""
        hit, shown, reader = self._hit, self._shown, self._work.reader
        if hit is None or shown is None:
            self._paper.show_marked((), None)
            return
        number, words = shown.number, self._search.searched
        chosen = hit.number if hit.page == number else None
        if chosen is not None:
            cursor = self._text.textCursor()
            cursor.setPosition(_in_qt(shown.text, hit.start))
            cursor.setPosition(_in_qt(shown.text, hit.end), QTextCursor.MoveMode.KeepAnchor)
            self._text.setTextCursor(cursor)

        def found(places: Sequence[Rectangle]) -> None:
            if number == self._number:
                self._paper.show_marked(places, chosen)

        self._work.forget(Urgency.PLACES)
        self._work.ask(Urgency.PLACES, lambda: reader.places(number, words), found, self._on_failed)

    def _on_small_wanted(self, numbers: Sequence[int]) -> None:
        reader, largest = self._work.reader, self._pages.largest()
        self._work.forget(Urgency.SMALL_PICTURE)
        for number in numbers:
            self._work.ask(
                Urgency.SMALL_PICTURE,
                partial(reader.picture, number, largest.height() / _A4, largest),
                partial(self._pages.put, number),
                # A page that cannot be drawn says so when it is chosen; its number stands there.
                lambda _: None,
            )

    def _has_room(self) -> bool:
        return self.width() > self._pages.beside * _ROOM_FOR_LIST

    def _on_list_button(self) -> None:
        self._list_wanted = not self._pages.isVisible()
        self._show_list()
        if self._list_wanted:
            self._pages.setFocus()

    def _on_list_left(self) -> None:
        if not self._has_room():
            self._list_wanted = False
            self._show_list()
        self.focus_page()

    def _show_list(self) -> None:
        several, room = self._count > 1 and self._shown is not None and not self._is_part, self._has_room()
        listed = several and (room if self._list_wanted is None else self._list_wanted)
        self._pages.setMaximumWidth(self._pages.beside if room else _NO_BOUND)
        self._pages.setMinimumWidth(self._pages.beside if room else 0)
        self._pages.setVisible(listed)
        # Where there is no room for both, the list stands in place of the page until one is chosen.
        self._views.setVisible(room or not listed)
        self._list_button.setVisible(several)
        self._list_button.setChecked(listed)

    def _on_print(self) -> None:
        printer = self._files.printer(self._words("On paper"))
        if printer is None:
            return
        # Brought in when somebody prints: the libraries of printing are large.
        from rkv_app.ui.printing import Printing, printed

        messages, words = self.messages, self._words
        Printing(self.content, printer, self, done=lambda: printed(messages, words), failed=messages.error)

    def _enable(self) -> None:
        ready = self._shown is not None
        self._before.setEnabled(ready and self._number > 0)
        self._after.setEnabled(ready and self._number + 1 < self._count)
        self._zoom.setEnabled(ready and self._views.currentWidget() is self._paper)
        for part in (self._as_text, self._print, self._search):
            part.setEnabled(ready)

    def _on_failed(self, problem: UserError) -> None:
        self.messages.error(problem)
        if self._shown is None:
            self._place.setText("")
            self._views.hide()
        elif self._shown.number != self._number:
            # Another page must not be taken for this one, also not when it is shown again.
            self._shown = replace(self._shown, number=-1)
            self._paper.sheet.show_image(None)
            self._paper.sheet.mark((), None)
            self._text.setPlainText("")


def _in_qt(said: str, at: int) -> int:
    """A place in a text as Qt counts it, in units of UTF-16."""
    return len(said[:at].encode("utf-16-le", "surrogatepass")) // 2
