# SPDX-License-Identifier: MIT
"""Radio and check buttons with large targets whose words wrap. Colour never carries the choice alone: a mark does."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QStyle, QWidget

_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_WRAP_FROM_RIGHT = (
    Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop
)
_TALL = 10_000


class _Face:
    """Measures and paints an option: mark, words, and a quieter line below them."""

    def __init__(self, owner: QAbstractButton, hint: str, *, radio: bool, narrowest: int) -> None:
        self.owner = owner
        self._radio = radio
        self._narrowest = narrowest
        self.hint = hint
        # In a table the words stand above the column, and only the mark is shown.
        self.bare = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        owner.setSizePolicy(policy)
        owner.setCursor(Qt.CursorShape.PointingHandCursor)
        owner.setAccessibleDescription(hint)

    @property
    def _unit(self) -> int:
        return max(16, round(QFontMetrics(self.owner.font()).height() * 0.95))

    @property
    def _margin(self) -> int:
        return max(10, self._unit // 2 + 2)

    def _fonts(self) -> tuple[QFont, QFont]:
        strong = QFont(self.owner.font())
        strong.setWeight(QFont.Weight.DemiBold if self.hint else QFont.Weight.Normal)
        quiet = QFont(self.owner.font())
        quiet.setPixelSize(max(12, round(quiet.pixelSize() * 0.88)))
        return strong, quiet

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(20, width - 2 * self._margin - self._unit - self._unit // 2)
        strong, quiet = self._fonts()
        words = QFontMetrics(strong).boundingRect(0, 0, room, _TALL, _WRAP, self.owner.text()).height()
        more = QFontMetrics(quiet).boundingRect(0, 0, room, _TALL, _WRAP, self.hint).height() if self.hint else 0
        return words, more

    def height(self, width: int) -> int:
        """Height at this width."""
        words, more = self._heights(width)
        return max(words + (more + 2 if more else 0), self._unit) + 2 * self._margin

    def size(self) -> QSize:
        """Width that takes the words on one line, within reason, and the height that goes with it."""
        strong, _ = self._fonts()
        words = QFontMetrics(strong).horizontalAdvance(self.owner.text()) + 2
        width = max(self._narrowest, words + 2 * self._margin + self._unit + self._unit // 2)
        return QSize(width, self.height(width))

    def smallest(self) -> QSize:
        """The longest word must fit, of the words and of the quieter line."""
        strong, quiet = self._fonts()
        longest = max(_longest_word(strong, self.owner.text()), _longest_word(quiet, self.hint))
        return QSize(longest + 2 * self._margin + self._unit + self._unit // 2 + 2, self._unit + 2 * self._margin)

    def bare_size(self) -> QSize:
        """What the mark alone takes, with room to hit it."""
        side = self._unit + 2 * self._margin
        return QSize(side, side)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole button."""
        owner, colours = self.owner, self.owner.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked, focused = owner.isChecked(), owner.hasFocus()
        if self.bare:
            self._paint_bare(painter, checked, focused)
            return
        colour = colours.color
        if focused:
            pen = QPen(colour(QPalette.ColorRole.Accent), 3)
        elif checked:
            pen = QPen(colour(QPalette.ColorRole.Highlight), 2)
        else:
            quiet = owner.underMouse() and owner.isEnabled()
            pen = QPen(colour(QPalette.ColorRole.Highlight if quiet else QPalette.ColorRole.Mid), 1)
        half = pen.widthF() / 2
        frame = QRectF(owner.rect()).adjusted(half, half, -half, -half)
        painter.setPen(pen)
        painter.setBrush(colour(QPalette.ColorRole.AlternateBase if checked else QPalette.ColorRole.Base))
        painter.drawRoundedRect(frame, 8, 8)
        self._paint_mark(painter, checked, self._placed(QRect(self._margin, self._margin, self._unit, self._unit)))
        self._paint_words(painter)

    def _paint_bare(self, painter: QPainter, checked: bool, focused: bool) -> None:
        owner, colour = self.owner, self.owner.palette().color
        frame = QRectF(owner.rect()).adjusted(3.5, 3.5, -3.5, -3.5)
        painter.setPen(Qt.PenStyle.NoPen)
        if focused:
            painter.setPen(QPen(colour(QPalette.ColorRole.Accent), 3))
        elif owner.underMouse() and owner.isEnabled():
            painter.setPen(QPen(colour(QPalette.ColorRole.Highlight), 1))
        painter.setBrush(colour(QPalette.ColorRole.AlternateBase) if checked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame, 8, 8)
        side = QRect(0, 0, self._unit, self._unit)
        side.moveCenter(owner.rect().center())
        self._paint_mark(painter, checked, side)

    def _paint_mark(self, painter: QPainter, checked: bool, place: QRect) -> None:
        colours = self.owner.palette()
        side = self._unit
        box = QRectF(place)
        ring: QColor = colours.color(QPalette.ColorRole.Highlight if checked else QPalette.ColorRole.Mid)
        painter.setPen(QPen(ring, 2))
        painter.setBrush(colours.color(QPalette.ColorRole.Base))
        box = box.adjusted(1, 1, -1, -1)
        if self._radio:
            painter.drawEllipse(box)
            if checked:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ring)
                inner = side * 0.25
                painter.drawEllipse(box.adjusted(inner, inner, -inner, -inner))
            return
        painter.setBrush(ring if checked else colours.color(QPalette.ColorRole.Base))
        painter.drawRoundedRect(box, 3, 3)
        if checked:
            painter.setPen(QPen(colours.color(QPalette.ColorRole.HighlightedText), max(2.0, side / 8)))
            corner = box.topLeft()
            tick = [(0.22, 0.52), (0.42, 0.72), (0.78, 0.3)]
            points = [corner + QPointF(box.width() * x, box.height() * y) for x, y in tick]
            painter.drawPolyline(points)

    def _paint_words(self, painter: QPainter) -> None:
        owner = self.owner
        strong, quiet = self._fonts()
        left = self._margin + self._unit + self._unit // 2
        words, more = self._heights(owner.width())
        room = owner.width() - left - self._margin
        group = QPalette.ColorGroup.Active if owner.isEnabled() or owner.isChecked() else QPalette.ColorGroup.Disabled
        painter.setFont(strong)
        painter.setPen(owner.palette().color(group, QPalette.ColorRole.Text))
        painter.drawText(self._placed(QRect(left, self._margin, room, words)), self._flags(), owner.text())
        if self.hint:
            painter.setFont(quiet)
            painter.setPen(owner.palette().color(QPalette.ColorRole.PlaceholderText))
            below = QRect(left, self._margin + words + 2, room, more)
            painter.drawText(self._placed(below), self._flags(), self.hint)

    def _flags(self) -> int:
        mirrored = self.owner.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return int(_WRAP_FROM_RIGHT if mirrored else _WRAP)

    def _placed(self, place: QRect) -> QRect:
        """Where a part goes: from the right in languages that are read so."""
        return QStyle.visualRect(self.owner.layoutDirection(), self.owner.rect(), place)


def _longest_word(font: QFont, text: str) -> int:
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0)


class _Faced:
    """What cards and chips have in common: the face is all there is to see of them."""

    _face: _Face

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See QWidget."""
        self._face.paint(QPainter(self._face.owner))

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._face.height(width)

    def sizeHint(self) -> QSize:
        """See QWidget."""
        return self._face.size()

    def minimumSizeHint(self) -> QSize:
        """See QWidget."""
        return self._face.smallest()

    def hitButton(self, pos: QPoint) -> bool:
        """The whole card answers to the mouse."""
        return self._face.owner.rect().contains(pos)

    @property
    def hint(self) -> str:
        """The quieter line; empty for none."""
        return self._face.hint

    def set_bare(self, bare: bool) -> None:
        """Shows the mark alone, for who has the words above it already. The name for screen readers stays."""
        if bare != self._face.bare:
            self._face.bare = bare
            self._face.owner.update()

    def bare_size(self) -> QSize:
        """What the mark alone takes."""
        return self._face.bare_size()


class OptionCard(_Faced, QRadioButton):
    """One of several: a large card with a radio mark."""

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None, *, narrowest: int = 160) -> None:
        QRadioButton.__init__(self, words, parent)
        self._face = _Face(self, hint, radio=True, narrowest=narrowest)


class OptionChip(_Faced, QCheckBox):
    """Any number of several: a chip with a check mark."""

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None) -> None:
        QCheckBox.__init__(self, words, parent)
        self._face = _Face(self, hint, radio=False, narrowest=40)
