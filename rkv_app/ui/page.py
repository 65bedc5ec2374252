# SPDX-License-Identifier: MIT
"""What all pages look like: a header with title and state, a message field, and a column that scrolls."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from rkv_app.ui.context import FORMS_SUFFIX, PACKET_SUFFIX, RETURNED_SUFFIXES, PageContext, Route, is_returned_form
from rkv_app.ui.messages import Banner
from rkv_app.ui.view_model import ViewModel
from rkv_app.ui.widgets.basics import button, card, clear, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.overflow import GivesWay, Overflow, page_margin

READING_WIDTH = 920
WIDE = 1400
# Pixels of body text at zoom 1, to which the widths above belong.
_BODY_TEXT = 15
# After this long the user is at home on the page, and it must not move by itself.
_LAID_OUT_MS = 2000


class Page(QWidget):
    """A page. Heirs fill `header_chips`, `header_actions` and `column`, and render what their view-model says.

    Signals:
        ready: the first content is shown.
        packetDropped(Path): a packet file was dropped on the page, where the heir accepts them.
        formDropped(Path): a PDF or picture was dropped on the page, where the heir accepts forms that come back.
        formsAdded: forms or lists that were dropped on the page were added.
    """

    ready = Signal()
    packetDropped = Signal(Path)
    formDropped = Signal(Path)
    formsAdded = Signal()

    def __init__(self, context: PageContext, view_model: ViewModel, title: str, *, widest: int = READING_WIDTH) -> None:
        super().__init__()
        self.context = context
        self.words = context.words
        self.view_model = view_model
        view_model.setParent(self)
        self._shown = False
        self._scroll_target: int | None = None
        self._taken: tuple[str, ...] = ()
        self._back_to: Route | None = None
        self._takes_folders = False
        self.messages = Banner(self.words)
        below = GivesWay()
        self.outer = below.inside
        self._overflow = self._with_overflow(self._header(title), below)
        self.messages.shown.connect(lambda: self._overflow.verticalScrollBar().setValue(0))
        self.column = QVBoxLayout()
        self.column.setSpacing(16)
        self.area = scrolling(self.column, widest)
        self.area.verticalScrollBar().rangeChanged.connect(self._scroll_on)
        self.outer.addWidget(self.area, 1)
        view_model.changed.connect(self._on_changed)
        view_model.failed.connect(self.messages.error)
        view_model.told.connect(self.messages.notify)

    def render_state(self, state: object) -> None:
        """Shows a state of the view-model."""
        raise NotImplementedError

    def start(self) -> None:
        """Begins to fill the page."""
        self.view_model.load()

    def flush(self) -> None:
        """Hands over what was typed; called before the page goes away."""
        self.view_model.flush()

    def carried(self) -> object:
        """What the same page in another language must still show, though the store does not have it."""
        return None

    def take_over(self, carried: object) -> None:
        """Takes what `carried` of the page before returned."""

    def as_left(self, route: Route) -> Route:
        """The route that brings back what is shown, where this page was opened by `route`."""
        return route

    def position(self) -> int:
        """How far down the page is scrolled."""
        return self.area.verticalScrollBar().value()

    def scroll_to(self, position: int) -> None:
        """Scrolls there once the layout has settled."""
        self._scroll_target = position
        QTimer.singleShot(0, self, self._scroll_on)
        QTimer.singleShot(_LAID_OUT_MS, self, self._stop_scrolling)

    def reopen(self, dialog: str) -> None:
        """Opens the dialog with this object name again, as it was before the store was locked. Heirs know theirs."""

    def tell_called_off(self) -> None:
        """Says that long work has stopped because its page was left."""
        said = self.words("What was under way was stopped, as you left its page.")
        self.messages.notify(said, self.words("Nothing was changed. Begin again whenever you like."))

    def set_title(self, title: str) -> None:
        """Shows another title."""
        self._title.setText(title)
        self.setAccessibleName(title)
        self._place_actions()

    def set_back(self, words: str, route: Route) -> None:
        """Offers the way back to where this page came from, instead of the one before."""
        self._back.setText("‹ " + words)
        self._back.setAccessibleName(words)
        self._back_to = route
        self._back.show()

    def section(self, title: str, *, intro: str = "") -> QVBoxLayout:
        """Adds a card with a heading to the column and returns the column inside it."""
        frame, inside = card()
        inside.addWidget(text(title, "heading"))
        if intro:
            inside.addWidget(text(intro, "muted"))
        self.column.addWidget(frame)
        return inside

    def empty_state(self, title: str, explained: str, action: QWidget | None = None) -> QFrame:
        """A card that says why nothing is here yet and what to do first."""
        frame, inside = card(name="emptyState")
        inside.setContentsMargins(28, 28, 28, 28)
        inside.addWidget(text(title, "subheading"))
        inside.addWidget(text(explained, "muted"))
        if action is not None:
            inside.addSpacing(8)
            inside.addWidget(action)
        return frame

    def fill_height(self, part: QWidget) -> None:
        """Adds the last part of the column, which takes all the height that is left."""
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column.addWidget(part, 1)
        content = self.column.parentWidget()
        layout = content.layout() if content is not None else None
        if isinstance(layout, QVBoxLayout):
            layout.setStretch(0, 1)
            layout.setStretch(1, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scrolls with the keys that nothing inside the page wanted."""
        bar = self.area.verticalScrollBar()
        steps = {
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
            Qt.Key.Key_Down: bar.singleStep(),
            Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_Home: -bar.maximum(),
            Qt.Key.Key_End: bar.maximum(),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            bar.setValue(bar.value() + step)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._place_actions()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject: buttons of the header come and go."""
        if watched is self._beside_title and event.type() is QEvent.Type.LayoutRequest:
            self._place_actions()
        return super().eventFilter(watched, event)

    def focus_title(self) -> None:
        """Puts the focus on the title, so that a screen reader begins there and Tab goes to what follows."""
        self._title.setFocus()

    def accept_packets(self) -> None:
        """Takes packet files that are dropped on the page, those of forms too."""
        self._taken = (PACKET_SUFFIX, FORMS_SUFFIX)
        self.setAcceptDrops(True)

    def accept_forms(self) -> None:
        """Takes packets and folders of forms that are dropped on the page, and no other packets."""
        self._taken, self._takes_folders = (FORMS_SUFFIX,), True
        self.setAcceptDrops(True)

    def accept_returned_forms(self) -> None:
        """Takes PDFs and pictures that are dropped on the page, beside what it takes already."""
        self._taken = (*self._taken, *RETURNED_SUFFIXES)
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """See QWidget."""
        if self._dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """See QWidget."""
        path = self._dropped_file(event)
        if path is None:
            return
        event.acceptProposedAction()
        if path.suffix == FORMS_SUFFIX or path.is_dir():
            self._add_forms(path)
        elif is_returned_form(path):
            self.formDropped.emit(path)
        else:
            self.packetDropped.emit(path)

    def _add_forms(self, path: Path) -> None:
        # It stands on pages itself, and most are never used for this.
        from rkv_app.ui.adding_forms import AddingForms

        AddingForms(self, self.formsAdded.emit).begin(path)

    def _dropped_file(self, event: QEvent) -> Path | None:
        if not isinstance(event, QDropEvent):
            return None
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if len(paths) != 1:
            return None
        taken = paths[0].suffix.lower() in self._taken or (self._takes_folders and paths[0].is_dir())
        return paths[0] if taken else None

    def _with_overflow(self, header: QWidget, below: QWidget) -> Overflow:
        content = QWidget()
        content.setObjectName("pageBody")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(header)
        inside.addWidget(below, 1)
        overflow = Overflow(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(overflow)
        return overflow

    def _header(self, title: str) -> QFrame:
        frame, inside = card("header", "pageHeader")
        inside.setContentsMargins(page_margin(self), 16, page_margin(self), 16)
        inside.setSpacing(4)
        self._back = button("", "backButton", "link", self._go_back)
        self._back.hide()
        inside.addWidget(self._back)
        self._title = text(title, "title", "pageTitle")
        self.setAccessibleName(title)
        self._title_line = QHBoxLayout()
        self._title_line.setSpacing(16)
        self._title_line.addWidget(self._title, 1)
        self._beside_title = QWidget()
        self.header_actions = FlowLayout(self._beside_title, spacing=8)
        self._title_line.addWidget(self._beside_title)
        self._beside_title.installEventFilter(self)
        inside.addLayout(self._title_line)
        chips = QWidget()
        self.header_chips = FlowLayout(chips, spacing=8)
        inside.addWidget(chips)
        inside.addWidget(self.messages)
        return frame

    def _go_back(self) -> None:
        if self._back_to is not None:
            self.context.go(self._back_to)

    def _place_actions(self) -> None:
        # Below the title where a word of it would be cut beside them.
        longest = max(map(self._title.fontMetrics().horizontalAdvance, self._title.text().split()), default=0)
        actions = self.header_actions.line_width()
        directions = QBoxLayout.Direction
        fits = longest + self._title_line.spacing() + actions <= self._title_line.geometry().width()
        self._beside_title.setMinimumWidth(actions if fits else 0)
        self._title_line.setDirection(directions.LeftToRight if fits else directions.TopToBottom)

    def _scroll_on(self) -> None:
        # Called again as content is laid out bit by bit, which is long enough only in the end.
        bar, target = self.area.verticalScrollBar(), self._scroll_target
        if target is not None:
            bar.setValue(target)
            if bar.maximum() >= target:
                self._scroll_target = None

    def _stop_scrolling(self) -> None:
        self._scroll_target = None

    def _on_changed(self, state: object) -> None:
        self.render_state(state)
        if not self._shown:
            self._shown = True
            self.ready.emit()


def scrolling(column: QVBoxLayout, widest: int = READING_WIDTH) -> QScrollArea:
    """Makes a scroll area around a column that is never wider than `widest`, in pixels of text at zoom 1."""
    content = QWidget()
    content.setObjectName("pageContent")
    content.setMaximumWidth(round(widest * content.fontInfo().pixelSize() / _BODY_TEXT))
    holder = QWidget()
    holder.setObjectName("pageContent")
    beside = QHBoxLayout(holder)
    beside.setContentsMargins(page_margin(content), 20, page_margin(content), 32)
    beside.addWidget(content, 100)
    beside.addStretch(1)
    inside = QVBoxLayout(content)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addLayout(column)
    inside.addStretch(1)
    area = QScrollArea()
    area.setObjectName("pageScroll")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(holder)
    return area


def refill(column: QVBoxLayout, fill: Callable[[], None]) -> None:
    """Empties a column and fills it again, without a flicker."""
    holder = column.parentWidget()
    if holder is not None:
        holder.setUpdatesEnabled(False)
    try:
        clear(column)
        fill()
    finally:
        if holder is not None:
            holder.setUpdatesEnabled(True)
