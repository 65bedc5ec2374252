# SPDX-License-Identifier: MIT
"""What a window does with large text and little height: it scrolls as a whole, and no part of it is cut.

A window usually fits, because one part of it (a page's column, a picture of a page) gives way. Where all else is so
high that too little of that part would be left, the whole scrolls instead.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

_LEAST_LINES = 8
# Pixels at zoom 1, with so many of them for body text.
_MARGIN, _BODY_TEXT = 32, 15


def page_margin(part: QWidget) -> int:
    """What a page leaves free at its sides, in pixels: less where the text is larger, as that needs the room."""
    return round(_MARGIN * min(1.0, _BODY_TEXT / max(1, part.fontInfo().pixelSize())))


class _Giving(QVBoxLayout):
    """As high as its lines, or as what stands in it must be: never as high as that would like to be."""

    def __init__(self, parent: QWidget, lines: int) -> None:
        super().__init__(parent)
        self._lines = lines

    def hasHeightForWidth(self) -> bool:
        """See QLayout."""
        return True

    def heightForWidth(self, _width: int) -> int:
        """See QLayout."""
        holder = self.parentWidget()
        lines = holder.fontMetrics().height() * self._lines if holder is not None else 0
        return max(self.minimumSize().height(), lines)


class GivesWay(QWidget):
    """The part that is as high as there is room, down to some lines of text. Owners fill `inside`."""

    def __init__(self, lines: int = _LEAST_LINES) -> None:
        super().__init__()
        self.inside = _Giving(self, lines)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)


class Overflow(QScrollArea):
    """Holds a window's or page's parts, and scrolls up and down where they do not fit. It is never scrolled sideways.

    Whatever gets the focus comes into sight, also by another way than Tab.
    """

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setObjectName("overflow")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # What scrolls is reached by what stands in it.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    def minimumSizeHint(self) -> QSize:
        """See QWidget: as wide as the parts need, as low as anybody likes."""
        content = self.widget()
        if content is None:
            return super().minimumSizeHint()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(content.minimumSizeHint().width() + bar, self.fontMetrics().height())

    def sizeHint(self) -> QSize:
        """See QWidget."""
        content = self.widget()
        return content.sizeHint() if content is not None else super().sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget. What had the focus stays in sight."""
        super().resizeEvent(event)
        self._on_focus(None, QApplication.focusWidget())

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is None or self.verticalScrollBar().maximum() == 0 or not self.isAncestorOf(now):
            return
        # A part that scrolls by itself shows its own; here it only has to be seen.
        shown, above = now, now.parentWidget()
        while above is not None and above is not self:
            if isinstance(above, QAbstractScrollArea):
                shown = above
            above = above.parentWidget()
        self.ensureWidgetVisible(shown, 0, 0)
