# SPDX-License-Identifier: MIT
"""The picture of a page in a field that scrolls, with what was found marked on it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from rkv_app.documents.preview.pages import Rectangle

_AROUND = 12
# What was found is marked on the page itself, which is as white in the dark as in the light.
_FOUND, _FOUND_LINE = QColor("#FFF0B3"), QColor("#7A4300")
_CHOSEN, _CHOSEN_LINE = QColor("#FFC14D"), QColor("#03264C")
_PAD = 1.0
_WHEEL_STEP = 120


class Paper(QScrollArea):
    """See the module. Page up and down go on to the next page where this one ends.

    Signals:
        turned(int): so many pages on.
        zoomed(int): larger (1) or smaller (-1), by the wheel.
        resized: there is another room for the page.
    """

    turned = Signal(int)
    zoomed = Signal(int)
    resized = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Sheet()
        holder = QWidget()
        holder.setObjectName("paperHolder")
        inside = QHBoxLayout(holder)
        inside.setContentsMargins(_AROUND, _AROUND, _AROUND, _AROUND)
        inside.addWidget(self.sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.setObjectName("paperArea")
        self.setCornerWidget(QWidget())
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidget(holder)

    def room(self) -> QSizeF:
        """What a page can take without bars to scroll with, in pixels; a bar beside it has room too."""
        most, bar, around = self.maximumViewportSize(), self.verticalScrollBar().sizeHint().width(), 2 * _AROUND
        return QSizeF(max(1, most.width() - around - bar), max(1, most.height() - around))

    def show_marked(self, places: Sequence[Rectangle], chosen: int | None) -> None:
        """Marks what was found; `chosen` is the hit that is brought into view, and marked stronger."""
        self.sheet.mark(places, chosen)
        here = self.sheet.chosen_place()
        holder = self.widget()
        if here is not None and holder is not None:
            middle = self.sheet.mapTo(holder, here.center().toPoint())
            across, down = round(here.width() / 2) + _AROUND, round(here.height() / 2) + self.viewport().height() // 4
            self.ensureVisible(middle.x(), middle.y(), across, down)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_PageDown and bar.value() == bar.maximum():
            self.turned.emit(1)
        elif event.key() == Qt.Key.Key_PageUp and bar.value() == bar.minimum():
            self.turned.emit(-1)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """See QWidget."""
        turned = event.angleDelta().y()
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
        elif turned:
            self.zoomed.emit(1 if turned > 0 else -1)
            event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        self.resized.emit()


class Sheet(QFrame):
    """The page itself: a picture, made to fit the size that is wanted until one of that size is drawn."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sheet")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._image: QImage | None = None
        self._places: Sequence[Rectangle] = ()
        self._chosen: int | None = None

    def show_image(self, image: QImage | None) -> None:
        """Shows a picture, or white paper."""
        self._image = image
        self.update()

    def mark(self, places: Sequence[Rectangle], chosen: int | None) -> None:
        """Marks these places, and those of the hit `chosen` stronger."""
        self._places, self._chosen = places, chosen
        self.update()

    def chosen_place(self) -> QRectF | None:
        """What the places of the chosen hit take together."""
        taken = QRectF()
        for place in self._places:
            if place.hit == self._chosen:
                taken = taken.united(self._on_sheet(place))
        return None if taken.isNull() else taken

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        if self._image is None:
            painter.fillRect(event.rect(), QColor(Qt.GlobalColor.white))
            return
        seen = QRectF(event.rect())
        across, down = self._image.width() / self.width(), self._image.height() / self.height()
        source = QRectF(seen.left() * across, seen.top() * down, seen.width() * across, seen.height() * down)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(seen, self._image, source)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in self._places:
            if place.hit != self._chosen:
                self._paint_place(painter, place)
        for place in self._places:
            if place.hit == self._chosen:
                self._paint_place(painter, place)

    def _paint_place(self, painter: QPainter, place: Rectangle) -> None:
        where, chosen = self._on_sheet(place), place.hit == self._chosen
        # Like ink from a marker: what is written stays as dark as it was.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
        painter.fillRect(where, _CHOSEN if chosen else _FOUND)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        if chosen:
            # White around the line, so that it is seen on dark pictures too.
            painter.setPen(QPen(QColor(Qt.GlobalColor.white), 1))
            painter.drawRoundedRect(where.adjusted(-2, -2, 2, 2), 3, 3)
            painter.setPen(QPen(_CHOSEN_LINE, 3))
            painter.drawRoundedRect(where, 3, 3)
        else:
            painter.setPen(QPen(_FOUND_LINE, 1))
            painter.drawRect(where)

    def _on_sheet(self, place: Rectangle) -> QRectF:
        width, height = self.width(), self.height()
        made = QRectF(
            place.left * width,
            place.top * height,
            (place.right - place.left) * width,
            (place.bottom - place.top) * height,
        )
        return made.adjusted(-_PAD, -_PAD, _PAD, _PAD)
