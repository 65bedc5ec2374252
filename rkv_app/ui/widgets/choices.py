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
        self._owner = owner
        self._radio = radio
        self._narrowest = narrowest
        self.hint = hint
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        owner.setSizePolicy(policy)
        owner.setCursor(Qt.CursorShape.PointingHandCursor)
        owner.setAccessibleDescription(hint)

    @property
    def _unit(self) -> int:
        return max(16, round(QFontMetrics(self._owner.font()).height() * 0.95))

    @property
    def _margin(self) -> int:
        return max(10, self._unit // 2 + 2)

    def _fonts(self) -> tuple[QFont, QFont]:
        strong = QFont(self._owner.font())
        strong.setWeight(QFont.Weight.DemiBold if self.hint else QFont.Weight.Normal)
        quiet = QFont(self._owner.font())
        quiet.setPixelSize(max(12, round(quiet.pixelSize() * 0.88)))
        return strong, quiet

    def _heights(self, width: int) -> tuple[int, int]:
        room = max(20, width - 2 * self._margin - self._unit - self._unit // 2)
        strong, quiet = self._fonts()
        words = QFontMetrics(strong).boundingRect(0, 0, room, _TALL, _WRAP, self._owner.text()).height()
        more = QFontMetrics(quiet).boundingRect(0, 0, room, _TALL, _WRAP, self.hint).height() if self.hint else 0
        return words, more

    def height(self, width: int) -> int:
        """Height at this width."""
        words, more = self._heights(width)
        return max(words + (more + 2 if more else 0), self._unit) + 2 * self._margin

    def size(self) -> QSize:
        """Width that takes the words on one line, within reason, and the height that goes with it."""
        strong, _ = self._fonts()
        words = QFontMetrics(strong).horizontalAdvance(self._owner.text()) + 2
        width = max(self._narrowest, words + 2 * self._margin + self._unit + self._unit // 2)
        return QSize(width, self.height(width))

    def smallest(self) -> QSize:
        """The longest word must fit, of the words and of the quieter line."""
        strong, quiet = self._fonts()
        longest = max(_longest_word(strong, self._owner.text()), _longest_word(quiet, self.hint))
        return QSize(longest + 2 * self._margin + self._unit + self._unit // 2 + 2, self._unit + 2 * self._margin)

    def paint(self, painter: QPainter) -> None:
        """Paints the whole button."""
        owner, colours = self._owner, self._owner.palette()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        checked, focused = owner.isChecked(), owner.hasFocus()
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
        self._paint_mark(painter, checked)
        self._paint_words(painter)

    def _paint_mark(self, painter: QPainter, checked: bool) -> None:
        colours = self._owner.palette()
        side = self._unit
        box = QRectF(self._placed(QRect(self._margin, self._margin, side, side)))
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
        owner = self._owner
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
        mirrored = self._owner.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return int(_WRAP_FROM_RIGHT if mirrored else _WRAP)

    def _placed(self, place: QRect) -> QRect:
        """Where a part goes: from the right in languages that are read so."""
        return QStyle.visualRect(self._owner.layoutDirection(), self._owner.rect(), place)


def _longest_word(font: QFont, text: str) -> int:
    metrics = QFontMetrics(font)
    return max((metrics.horizontalAdvance(word) for word in text.split()), default=0)


class OptionCard(QRadioButton):
    """One of several: a large card with a radio mark."""

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None, *, narrowest: int = 160) -> None:
        super().__init__(words, parent)
        self._face = _Face(self, hint, radio=True, narrowest=narrowest)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See QWidget."""
        self._face.paint(QPainter(self))

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
        return self.rect().contains(pos)


class OptionChip(QCheckBox):
    """Any number of several: a chip with a check mark."""

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._face = _Face(self, hint, radio=False, narrowest=40)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """See QWidget."""
        self._face.paint(QPainter(self))

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
        """The whole chip answers to the mouse."""
        return self.rect().contains(pos)
