# SPDX-License-Identifier: MIT
"""What was just taken away, and the button that brings it back."""

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, text


class UndoLine(QFrame):
    """Remembers every removal, and takes back the latest first."""

    def __init__(self, words: Words, name: str) -> None:
        super().__init__()
        self._words = words
        self._removed: list[tuple[str, Callable[[], None]]] = []
        self.setObjectName(name)
        self.setProperty("kind", "undo")
        self._said = text("", "body")
        self._button = button(words("Undo"), "undoButton", "link", self._on_undo)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 6, 8, 6)
        inside.addWidget(self._said, 1)
        inside.addWidget(self._button)
        self.hide()

    def offer(self, what: str, undo: Callable[[], None]) -> None:
        """Says that `what` was removed, and puts the caret on the button that takes it back."""
        self._removed.append((what, undo))
        self._show()
        self._button.setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said.text()))

    def withdraw(self) -> None:
        """Offers nothing any more."""
        self._removed.clear()
        self.hide()

    def _on_undo(self) -> None:
        _, undo = self._removed.pop()
        self._show()
        undo()

    def _show(self) -> None:
        self.setVisible(bool(self._removed))
        if self._removed:
            what = self._removed[-1][0]
            self._said.setText(self._words("Removed: {what}", what=what))
            self._button.setAccessibleName(self._words("Undo: bring back {what}", what=what))
