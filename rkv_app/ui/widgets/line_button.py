# SPDX-License-Identifier: MIT
"""A button whose words may take several lines, for lists of things to go to."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from rkv_app.ui.widgets.basics import text


class LineButton(QPushButton):
    """As wide as there is room, and as high as its words need."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("kind", "line")
        self.setAccessibleName(words)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        label = text(words)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(12, 8, 12, 8)
        self._inside.addWidget(label)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        return self._inside.totalHeightForWidth(width)

    def sizeHint(self) -> QSize:
        """See QWidget."""
        return self._inside.totalSizeHint()

    def minimumSizeHint(self) -> QSize:
        """See QWidget."""
        return self._inside.totalMinimumSize()
