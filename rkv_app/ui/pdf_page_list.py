# SPDX-License-Identifier: MIT
"""The pages of a PDF as a list of small pictures, of which only those in view are drawn and only some are kept."""

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QHideEvent, QIcon, QImage, QKeyEvent, QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QListView

from rkv_app.foundation.i18n import Words

LARGEST = QSize(72, 96)
"""Of a small picture, in pixels at zoom 1."""
_MOST_KEPT = 64
_BESIDE = 76
# Pixels of body text at zoom 1.
_BODY_TEXT = 15
_AnyIndex = QModelIndex | QPersistentModelIndex


class PageList(QListView):
    """See the module.

    Signals:
        chosen(int): the page to show, from 0.
        left: the choice is made, by Enter or the mouse.
        wanted(list): the pages in view whose pictures are not there, and no others.
    """

    chosen = Signal(int)
    left = Signal()
    wanted = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._pages = _Pages(words, self)
        self._marking = False
        self.setObjectName("pageList")
        self.setAccessibleName(words("Pages"))
        self.setModel(self._pages)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(0)
        self._looking.timeout.connect(self._look)
        self.verticalScrollBar().valueChanged.connect(lambda _: self._looking.start())
        self.selectionModel().currentChanged.connect(lambda now, _: self._on_current(now))
        self.clicked.connect(lambda _: self.left.emit())
        zoom = self.fontInfo().pixelSize() / _BODY_TEXT
        self.setIconSize(LARGEST * zoom)
        self.beside = round((LARGEST.width() + _BESIDE) * zoom)

    def largest(self) -> QSize:
        """Of a small picture, in pixels of the screen."""
        return self.iconSize() * self.devicePixelRatioF()

    def show_pages(self, count: int) -> None:
        """Shows the numbers of so many pages; no picture is known."""
        self._pages.begin(count)
        self._looking.start()

    def mark(self, number: int) -> None:
        """Marks the page that is shown, and tells nobody."""
        self._marking = True
        self.setCurrentIndex(self._pages.index(number, 0))
        self._marking = False
        self._looking.start()

    def put(self, number: int, image: QImage) -> None:
        """Shows the picture of a page."""
        self._pages.put(number, image, self.iconSize(), self.devicePixelRatioF())

    def kept(self) -> int:
        """How many pictures are in memory."""
        return len(self._pages.pictures)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """See QWidget."""
        super().showEvent(event)
        self._looking.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """See QWidget."""
        super().hideEvent(event)
        self._looking.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self._looking.start()

    def _on_current(self, now: QModelIndex) -> None:
        if now.isValid() and not self._marking:
            self.chosen.emit(now.row())

    def _look(self) -> None:
        self.wanted.emit([row for row in self._in_view() if row not in self._pages.pictures])

    def _in_view(self) -> range:
        count = self._pages.rowCount()
        if not self.isVisible() or count == 0:
            return range(0)
        height = max(1, self.sizeHintForRow(0))
        first = max(0, self.verticalOffset() // height)
        return range(first, min(count, first + self.viewport().height() // height + 2, first + _MOST_KEPT // 2))


class _Pages(QAbstractListModel):
    """A row for each page."""

    def __init__(self, words: Words, parent: PageList) -> None:
        super().__init__(parent)
        self._words = words
        self._count = 0
        self._blank: QIcon | None = None
        # Oldest first.
        self.pictures: OrderedDict[int, QIcon] = OrderedDict()

    def begin(self, count: int) -> None:
        self.beginResetModel()
        self._count = count
        self.pictures.clear()
        self.endResetModel()

    def put(self, number: int, image: QImage, size: QSize, ratio: float) -> None:
        self.pictures[number] = _framed(size, ratio, lambda painter: _draw_in(painter, image, size, ratio))
        self.pictures.move_to_end(number)
        while len(self.pictures) > _MOST_KEPT:
            self.pictures.popitem(last=False)
        at = self.index(number, 0)
        self.dataChanged.emit(at, at, [Qt.ItemDataRole.DecorationRole])

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:  # noqa: B008 (as Qt has it)
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else self._count

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._words("Page {n} of {total}", n=index.row() + 1, total=self._count)
        if role == Qt.ItemDataRole.DecorationRole:
            return self.pictures.get(index.row()) or self._white()
        return None

    def _white(self) -> QIcon | None:
        owner = self.parent()
        if self._blank is None and isinstance(owner, PageList):
            self._blank = _framed(owner.iconSize(), owner.devicePixelRatioF(), lambda _: None)
        return self._blank


def _framed(size: QSize, ratio: float, draw: Callable[[QPainter], None]) -> QIcon:
    """A picture of one size for all, so that the numbers stand below one another."""
    pixmap = QPixmap(size * ratio)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    draw(painter)
    painter.end()
    icon = QIcon(pixmap)
    # Not tinted where its page is chosen: it is to be recognised.
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


def _draw_in(painter: QPainter, image: QImage, size: QSize, ratio: float) -> None:
    shown = (image.size() / ratio).boundedTo(size)
    left, top = (size.width() - shown.width()) // 2, (size.height() - shown.height()) // 2
    painter.drawImage(left, top, _at(image, ratio))
    painter.setPen(QColor("#8C97A5"))
    painter.drawRect(left, top, shown.width() - 1, shown.height() - 1)


def _at(image: QImage, ratio: float) -> QImage:
    image.setDevicePixelRatio(ratio)
    return image
