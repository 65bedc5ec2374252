# SPDX-License-Identifier: MIT
"""All that asks to lock on this system, as one. Brought in after the first paint."""

import sys

from PySide6.QtCore import QObject, Signal

from rkv_app.foundation.clock import Clock
from rkv_app.ui.locking.idle import Idle
from rkv_app.ui.locking.key import LockKey
from rkv_app.ui.locking.sleep import Sleep


class LockTriggers(QObject):
    """Puts them together.

    Signals:
        lockAsked: one of them asks to lock.
    """

    lockAsked = Signal()

    def __init__(self, clock: Clock, idle_minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.idle = Idle(idle_minutes, self)
        self.idle.lockAsked.connect(self.lockAsked)
        LockKey(self).lockAsked.connect(self.lockAsked)
        Sleep(clock, self).lockAsked.connect(self.lockAsked)
        self._listen_to_the_session()

    def _listen_to_the_session(self) -> None:
        if sys.platform == "win32":
            from rkv_app.ui.locking.windows_session import WindowsSession

            WindowsSession(self).lockAsked.connect(self.lockAsked)
        elif sys.platform == "darwin":
            from rkv_app.ui.locking.mac_session import MacSession

            MacSession(self).lockAsked.connect(self.lockAsked)
        else:
            from rkv_app.ui.locking.linux_session import LinuxSession

            LinuxSession(parent=self).lockAsked.connect(self.lockAsked)
