# SPDX-License-Identifier: MIT
"""A PDF, page by page: as pictures that a child process draws, or as text, which a screen reader can read."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QPixmap, QResizeEvent, QShortcut, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from rkv_app.documents.preview.pages import DrawnPage, PdfPages
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import fit_to_screen
from rkv_app.ui.files import FileChooser
from rkv_app.ui.messages import Banner
from rkv_app.ui.pdf_search import Hit, PdfSearch
from rkv_app.ui.tasks import Tasks
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import SECRET, text_edit
from rkv_app.ui.widgets.layouts import FlowLayout

_SMALLEST, _LARGEST, _STEP = 0.25, 4.0, 1.25
_AS_LARGE_AS_PAPER = 96 / 72
_AROUND = 12
# Only the text of the page is wanted.
_AS_SMALL_AS_CAN_BE = 0.02
_PAGE_LIST = 132
# Below this many times its own width there is no room for the list of pages beside the page.
_ROOM_FOR_LIST = 5


class PdfReader:
    """A PDF for the worker to draw pages of; it is opened with the first of them. It can be closed at any moment."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._pages: PdfPages | None = None
        self._closed = False

    def draw(self, number: int, scale: float) -> tuple[DrawnPage, int]:
        """A page, and how many there are.

        Raises:
            UserError: RKV-DOC-001 to -003, see `PdfPages`.
        """
        if self._pages is None:
            self._pages, self._content = PdfPages(self._content), b""
        # Asked only when the child can be seen from outside: whoever closes meanwhile ends it, or it is ended here.
        if self._closed:
            self._pages.close()
        return self._pages.page(number, scale), self._pages.count

    def close(self) -> None:
        """Ends the child; what is being drawn fails."""
        self._closed = True
        if self._pages is not None:
            self._pages.close()


class PdfDialog(QDialog):
    """See the module.

    Args:
        title: what the file is called, as it may be shown.
        files: asks for the printer.

    Attributes:
        content: the PDF that is shown.
        above: stands between the title and the buttons; for heirs to fill.
    """

    def __init__(self, words: Words, title: str, content: bytes, files: FileChooser, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pdfDialog")
        self.setWindowTitle(words("Look at a PDF"))
        self.setAccessibleName(words("Look at {name}", name=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = words
        self._files = files
        self.content = content
        self._reader = PdfReader(content)
        self.tasks = Tasks(self)
        self._hit: Hit | None = None
        self._number, self._count = 0, 1
        # How large, 1 being as on paper; None until it is known what fits.
        self._zoom: float | None = None
        self._drawn: DrawnPage | None = None
        self.messages = Banner(words)
        self._place = text(words("Opening …"), "label", "pageText")
        self._place.setWordWrap(False)
        self._picture = QLabel()
        self._picture.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._paper = _Paper(self._picture)
        self._paper.turned.connect(self._turn)
        self._text = text_edit(lines=10)
        self._text.setReadOnly(True)
        self._text.setMaximumHeight(16777215)
        # Not the user's own words: nothing of them is kept when the store is locked.
        self._text.setProperty(SECRET, True)
        self._views = QStackedWidget()
        self._views.addWidget(self._paper)
        self._views.addWidget(self._text)
        self._search = PdfSearch(words)
        self._search.textWanted.connect(self._on_text_wanted)
        self._search.chosen.connect(self._on_hit)
        self._pages = QListWidget()
        self._pages.setObjectName("pageList")
        self._pages.setAccessibleName(words("Pages"))
        self._pages.setFixedWidth(_PAGE_LIST)
        self._pages.hide()
        self._pages.currentRowChanged.connect(self._on_page_chosen)
        beside = QHBoxLayout()
        beside.setSpacing(12)
        beside.addWidget(self._pages)
        beside.addWidget(self._views, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(8)
        outer.addWidget(text(title, "heading"))
        outer.addWidget(self.messages)
        self.above = QVBoxLayout()
        outer.addLayout(self.above)
        outer.addWidget(self._tools())
        outer.addWidget(self._search)
        outer.addLayout(beside, 1)
        fit_to_screen(self, 900, 1000)
        self._end_with_dialog()
        self._paper.setFocus()
        self._draw()

    def show_pdf(self, content: bytes) -> None:
        """Shows another PDF instead, from its first page."""
        self._reader.close()
        self.content, self._reader = content, PdfReader(content)
        self._number, self._count, self._drawn, self._hit = 0, 1, None, None
        self._search.forget()
        self.messages.hide()
        self._views.show()
        self._end_with_dialog()
        self._draw()

    def add_tool(self, tool: QWidget) -> None:
        """Adds a button before the way out."""
        self._line.removeWidget(self._close)
        for part in (tool, self._close):
            self._line.addWidget(part)
        self.setTabOrder(tool, self._close)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._show_list()

    def _end_with_dialog(self) -> None:
        reader, tasks = self._reader, self.tasks
        self.finished.connect(lambda _: reader.close())
        self.destroyed.connect(lambda: end_reading(reader, tasks))

    def _tools(self) -> QWidget:
        words, holder = self._words, QWidget()
        line = self._line = FlowLayout(holder, spacing=8)
        self._before = button(words("Previous page"), "previousPageButton", "secondary", lambda: self._turn(-1))
        self._after = button(words("Next page"), "nextPageButton", "secondary", lambda: self._turn(1))
        self._smaller = button("−", "smallerButton", "secondary", lambda: self._resize(1 / _STEP))
        self._larger = button("+", "largerButton", "secondary", lambda: self._resize(_STEP))
        self._smaller.setAccessibleName(words("Smaller"))
        self._larger.setAccessibleName(words("Larger"))
        self._as_text = button(words("Show as text"), "asTextButton", "secondary", self._on_as_text)
        self._print = button(words("Print …"), "printButton", "secondary", self._on_print)
        self._close = button(words("Close"), "closeButton", "secondary", self.reject)
        paging = (self._before, self._place, self._after, self._smaller, self._larger)
        for part in (*paging, self._as_text, self._print, self._close):
            line.addWidget(part)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._search.begin)
        QShortcut(QKeySequence(QKeySequence.StandardKey.FindNext), self, self._search.step)
        QShortcut(QKeySequence(QKeySequence.StandardKey.FindPrevious), self, lambda: self._search.step(-1))
        for keys, factor in ((QKeySequence.StandardKey.ZoomIn, _STEP), (QKeySequence.StandardKey.ZoomOut, 1 / _STEP)):
            QShortcut(QKeySequence(keys), self, lambda factor=factor: self._resize(factor))
        self._enable(ready=False)
        return holder

    def _turn(self, pages: int) -> None:
        wanted = self._number + pages
        if 0 <= wanted < self._count and self._drawn is not None:
            self._draw(wanted)

    def _resize(self, factor: float) -> None:
        if self._zoom is not None and self._drawn is not None:
            self._zoom = min(max(self._zoom * factor, _SMALLEST), _LARGEST)
            self._draw(self._number)

    def _on_as_text(self) -> None:
        words, as_text = self._words, self._views.currentWidget() is self._paper
        self._views.setCurrentWidget(self._text if as_text else self._paper)
        self._as_text.setText(words("Show as picture") if as_text else words("Show as text"))
        (self._text if as_text else self._paper).setFocus()
        self._enable(ready=True)

    def _draw(self, number: int = 0) -> None:
        reader, scale = self._reader, (self._zoom or 1.0) * _AS_LARGE_AS_PAPER * self.devicePixelRatioF()
        self._enable(ready=False)

        def done(result: tuple[DrawnPage, int]) -> None:
            if reader is not self._reader:
                return
            turned = number != self._number
            self._number, (self._drawn, self._count) = number, result
            if self._zoom is None:
                self._fit(self._drawn)
            else:
                self._show(turned=turned)

        def failed(problem: UserError) -> None:
            if reader is self._reader:
                self._on_failed(problem)

        self.tasks.run(lambda: reader.draw(number, scale), done=done, failed=failed, owner=self)

    def _on_text_wanted(self) -> None:
        reader, count = self._reader, self._count

        def done(pages: list[str]) -> None:
            if reader is self._reader:
                self._search.take_text(pages)

        def read() -> list[str]:
            return [_lines(reader.draw(number, _AS_SMALL_AS_CAN_BE)[0]) for number in range(count)]

        self.tasks.run(read, done=done, failed=self._on_failed, owner=self)

    def _on_hit(self, hit: Hit) -> None:
        self._hit = hit
        if hit.page == self._number:
            self._mark()
        else:
            self._draw(hit.page)

    def _mark(self) -> None:
        """Selects the place that was found, where the text of its page is shown."""
        hit = self._hit
        if hit is None or hit.page != self._number or self._drawn is None:
            return
        said = _lines(self._drawn)
        cursor = self._text.textCursor()
        cursor.setPosition(_in_qt(said, hit.start))
        cursor.setPosition(_in_qt(said, hit.end), QTextCursor.MoveMode.KeepAnchor)
        self._text.setTextCursor(cursor)

    def _on_page_chosen(self, row: int) -> None:
        if row >= 0:
            self._turn(row - self._number)

    def _show_list(self) -> None:
        room = self.width() > _PAGE_LIST * _ROOM_FOR_LIST
        self._pages.setVisible(self._count > 1 and room and self._drawn is not None)

    def _on_print(self) -> None:
        printer = self._files.printer(self._words("On paper"))
        if printer is None:
            return
        # Brought in when somebody prints: the libraries of printing are large.
        from rkv_app.ui.printing import Printing, printed

        messages, words = self.messages, self._words
        Printing(self.content, printer, self, done=lambda: printed(messages, words), failed=messages.error)

    def _fit(self, page: DrawnPage) -> None:
        """Draws the first page anew, as wide as there is room."""
        room = self._paper.viewport().width() - _AROUND * 2 - self._paper.verticalScrollBar().sizeHint().width()
        self._zoom = min(max(room * self.devicePixelRatioF() / page.width, _SMALLEST), _LARGEST)
        self._draw()

    def _show(self, *, turned: bool) -> None:
        page, words = self._drawn, self._words
        if page is None:
            return
        place = words("Page {n} of {total}", n=self._number + 1, total=self._count)
        self._place.setText(place)
        image = QImage(page.picture, page.width, page.height, page.stride, QImage.Format.Format_RGB888)
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)
        self._picture.setAccessibleName(place)
        self._paper.setAccessibleName(words("{page}, as a picture. “Show as text” can be read aloud.", page=place))
        self._text.setPlainText(_lines(page) or words("This page has no text. It may be a scanned picture."))
        self._text.setAccessibleName(words("Text of {page}", page=place))
        self._fill_list()
        self._mark()
        if turned:
            self._paper.verticalScrollBar().setValue(0)
        self._enable(ready=True)

    def _fill_list(self) -> None:
        pages, words = self._pages, self._words
        pages.blockSignals(True)
        if pages.count() != self._count:
            pages.clear()
            pages.addItems([words("Page {n}", n=number) for number in range(1, self._count + 1)])
        pages.setCurrentRow(self._number)
        pages.blockSignals(False)
        self._show_list()

    def _enable(self, *, ready: bool) -> None:
        as_picture = self._views.currentWidget() is self._paper
        self._before.setEnabled(ready and self._number > 0)
        self._after.setEnabled(ready and self._number + 1 < self._count)
        self._smaller.setEnabled(ready and as_picture and (self._zoom or 0) > _SMALLEST)
        self._larger.setEnabled(ready and as_picture and (self._zoom or 0) < _LARGEST)
        for part in (self._as_text, self._print, self._search):
            part.setEnabled(ready)

    def _on_failed(self, problem: UserError) -> None:
        self.messages.error(problem)
        if self._drawn is None:
            self._place.setText("")
            self._views.hide()
        else:
            # The other pages may still be fine.
            self._enable(ready=True)


def end_reading(reader: PdfReader, tasks: Tasks) -> None:
    """Ends a child and the worker that asks it; waits for neither."""
    reader.close()
    tasks.close(wait=False)


def _lines(page: DrawnPage) -> str:
    """The text of a page, its lines ended as Qt ends them."""
    return "\n".join(page.text.splitlines()).strip()


def _in_qt(said: str, at: int) -> int:
    """A place in a text as Qt counts it, in units of UTF-16."""
    return len(said[:at].encode("utf-16-le", "surrogatepass")) // 2


class _Paper(QScrollArea):
    """The picture of a page. Page up and down go on to the next page where this one ends.

    Signals:
        turned(int): so many pages on.
    """

    turned = Signal(int)

    def __init__(self, picture: QLabel) -> None:
        super().__init__()
        picture.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        holder = QWidget()
        holder.setObjectName("paperHolder")
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        inside.addWidget(picture)
        self.setObjectName("paperArea")
        self.setCornerWidget(QWidget())
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(holder)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)
