# SPDX-License-Identifier: MIT
"""The way out of an open store when it is locked: nothing is asked, nothing is waited for, nothing is lost.

The windows vanish first. What was typed is handed over in the same moment, but work that is running may finish, and the
page is told the outcome although nobody sees it: a case that was just begun must not be begun again after unlocking.
Only then is the state of the window put into the store, the window let go of, and the store closed.

Where the store cannot take that state (the disk is full), it stays in the memory of this process and nowhere else, for
the next time that the same store is opened here: losing what somebody wrote would be worse than keeping it there.
"""

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication, QDialog, QToolTip
from shiboken6 import isValid

from rkv_app.foundation.errors import UserError
from rkv_app.ui.locking.kept import WindowState, to_json
from rkv_app.ui.shell import Shell
from rkv_app.usecases.window_state import keep_window_state


class Leaving(QObject):
    """A window that goes.

    Signals:
        gone: the store is closed and no widget of its window is left.

    Attributes:
        copies_left: how many copies that were lent to the PDF reader could not be removed.
        unkept: the state of the window, where the store could not take it.
    """

    gone = Signal()

    def __init__(self, shell: Shell, parent: QObject) -> None:
        super().__init__(parent)
        self.store_mark = shell.session.store_mark
        self.unkept: WindowState | None = None
        self.copies_left = 0
        self._shell: Shell | None = shell
        self._session = shell.session
        self._dialog: QDialog | None = None

    def hide(self) -> None:
        """Takes everything off the screen. Dialogs of the system are given up, as if they were cancelled."""
        if self._shell is not None:
            self._dialog = self._shell.open_dialog()
        QToolTip.hideText()
        for window in QApplication.topLevelWidgets():
            # Not closed: closing a dialog throws away what was typed in it.
            window.hide()

    def begin(self) -> None:
        """Hands over what was typed, and goes on in steps as the store takes it."""
        tasks = self._session.tasks
        self._session.copies.take_all_back()
        # A lock must not wait for it; what it has written so far is removed.
        tasks.call_off()
        tasks.busyChanged.connect(self._on_busy)
        if self._shell is not None and self._shell.page is not None:
            self._shell.page.flush()
        if not tasks.busy:
            self._keep()

    def finish(self) -> None:
        """Waits until it is gone; for the end of the process."""
        self._session.tasks.settle()

    def _on_busy(self, busy: bool) -> None:
        if not busy:
            self._keep()

    def _keep(self) -> None:
        shell = self._shell
        if shell is None:
            return
        self._session.tasks.busyChanged.disconnect(self._on_busy)
        dialog = self._dialog
        if dialog is not None and (not isValid(dialog) or dialog.result() == QDialog.DialogCode.Accepted):
            dialog = None
        state = shell.state(dialog, stay=True)
        kept = to_json(state)

        def failed(_problem: UserError) -> None:
            self.unkept = state
            self._close()

        self._session.run(lambda ws: keep_window_state(ws, kept), done=lambda _: self._close(), failed=failed)

    def _close(self) -> None:
        if self._shell is not None:
            self._shell.deleteLater()
        self._shell = self._dialog = None
        self._session.close_in_time(self._on_closed)

    def _on_closed(self) -> None:
        self.copies_left = self._session.copies.take_all_back()
        # Qt keeps what was painted of small pictures, also of the pages of documents.
        QPixmapCache.clear()
        self._session.deleteLater()
        self.gone.emit()
