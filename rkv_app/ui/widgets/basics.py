# SPDX-License-Identifier: MIT
"""The smallest parts: words, chips, buttons, cards. All text is shown as it is, never read as markup."""

from collections.abc import Callable, Iterable
from typing import Literal

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rkv_app.ui.widgets.layouts import let_go

TextKind = Literal[
    "title", "heading", "subheading", "lead", "body", "label", "muted", "small", "code", "digits", "problem",
    "mark", "help", "columnHead",
]  # fmt: skip
Tone = Literal["neutral", "info", "success", "warning", "danger"]
ButtonKind = Literal["primary", "secondary", "link", "nav", "segment", "disclosure"]


def text(words: str, kind: TextKind = "body", name: str = "") -> QLabel:
    """A paragraph that wraps and that can be copied with the mouse."""
    label = QLabel(words)
    # What came in a packet must not be able to look like anything but words.
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("kind", kind)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setObjectName(name)
    # A wrapping label asks for a long line; let whoever holds it decide.
    label.setMinimumWidth(1)
    return label


def chip(words: str, tone: Tone = "neutral", name: str = "") -> QLabel:
    """A short status in a coloured field; the words carry the meaning, the colour only helps."""
    label = _Chip(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("chip", tone)
    label.setObjectName(name)
    label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    label.setWordWrap(True)
    return label


class _Chip(QLabel):
    """As wide as its words where there is room, and of more lines where there is not."""

    def sizeHint(self) -> QSize:
        """See QWidget. A label that wraps would rather be a block than a line."""
        width = self._width_of(self.text())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """See QWidget: the longest word fits, and more lines come of themselves."""
        longest = max(self.text().split(), key=len, default="")
        return QSize(self._width_of(longest), self.fontMetrics().height())

    def heightForWidth(self, width: int) -> int:
        """See QWidget. Qt counts the padding of a style sheet twice once there are several lines."""
        margins, metrics = self.contentsMargins(), self.fontMetrics()
        beside = margins.left() + margins.right() + metrics.horizontalAdvance("x") // 2
        room = QRect(0, 0, width - beside, 2**15)
        lines = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())
        return max(lines.height(), metrics.height()) + margins.top() + margins.bottom()

    def _width_of(self, words: str) -> int:
        # The frame is known once the style sheet has been read; inside it, Qt leaves a sign's width free.
        self.ensurePolished()
        margins, metrics = self.contentsMargins(), self.fontMetrics()
        return metrics.horizontalAdvance(words + "x") + margins.left() + margins.right() + 1


def set_chip(label: QLabel, words: str, tone: Tone) -> None:
    """Gives a chip other words and another tone."""
    label.setText(words)
    label.setProperty("chip", tone)
    restyle(label)


def button(
    words: str, name: str, kind: ButtonKind = "secondary", pressed: Callable[[], None] | None = None
) -> QPushButton:
    """A button; `name` is its object name, purpose and class."""
    made = QPushButton(words)
    made.setObjectName(name)
    made.setProperty("kind", kind)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    if kind in ("nav", "segment"):
        made.setCheckable(True)
    if kind in ("primary", "secondary", "link", "disclosure"):
        made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    if pressed is not None:
        made.clicked.connect(lambda _checked=False: pressed())
    return made


def card(kind: Literal["card", "next", "rail", "header"] = "card", name: str = "") -> tuple[QFrame, QVBoxLayout]:
    """A framed field and the column inside it."""
    frame = QFrame()
    frame.setProperty("kind", kind)
    frame.setObjectName(name)
    inside = QVBoxLayout(frame)
    inside.setContentsMargins(20, 16, 20, 18)
    inside.setSpacing(8)
    return frame, inside


def rule() -> QFrame:
    """A thin line between two parts."""
    line = QFrame()
    line.setProperty("kind", "rule")
    line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return line


def column(*parts: QWidget, spacing: int = 8) -> QWidget:
    """Widgets below one another."""
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(spacing)
    for part in parts:
        inside.addWidget(part)
    return holder


def put(layout: QLayout, parts: Iterable[QWidget]) -> None:
    """Adds widgets to a layout in order."""
    for part in parts:
        layout.addWidget(part)


def clear(layout: QLayout) -> None:
    """Takes everything out of a layout and lets go of it."""
    while (item := layout.takeAt(0)) is not None:
        if (inner := item.layout()) is not None:
            clear(inner)
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        let_go((item,))


def restyle(widget: QWidget) -> None:
    """Dresses a widget again after one of the properties that the style sheet looks at was changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()
