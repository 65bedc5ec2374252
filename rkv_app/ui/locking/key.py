# SPDX-License-Identifier: MIT
"""Asks to lock on Ctrl+L in a dialog; in the main window the Lock button has the same key."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QDialog, QWidget

LOCK_KEY = "Ctrl+L"


class LockKey(QObject):
    """Gives each dialog the key as it comes to the front: a dialog shadows the keys of the window behind it.

    Signals:
        lockAsked: the key was pressed.
    """

    lockAsked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        dialog = now.window() if now is not None else None
        if isinstance(dialog, QDialog) and not dialog.property("hasLockKey"):
            dialog.setProperty("hasLockKey", True)
            QShortcut(QKeySequence(LOCK_KEY), dialog).activated.connect(self.lockAsked)
