# SPDX-License-Identifier: MIT
"""Asks to lock when Windows locks, disconnects or suspends the session.

Sources: learn.microsoft.com, "WM_WTSSESSION_CHANGE", "WTSRegisterSessionNotification", "WM_POWERBROADCAST".
"""

import ctypes
import sys

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

WM_POWERBROADCAST = 0x0218
WM_WTSSESSION_CHANGE = 0x02B1
_PBT_APMSUSPEND = 0x4
_NOTIFY_FOR_THIS_SESSION = 0
_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK = 0x2, 0x4, 0x6, 0x7
_ASKS = {
    WM_POWERBROADCAST: frozenset({_PBT_APMSUSPEND}),
    WM_WTSSESSION_CHANGE: frozenset({_CONSOLE_DISCONNECT, _REMOTE_DISCONNECT, _SESSION_LOGOFF, _SESSION_LOCK}),
}


def asks_to_lock(message: int, parameter: int) -> bool:
    """Whether a window message with this `wParam` says that nobody should see the session now."""
    return parameter in _ASKS.get(message, ())


class WindowsSession(QObject):
    """A window of its own that is never shown, because those that are shown come and go.

    Signals:
        lockAsked: the session is locked, disconnected (another user, remote desktop) or about to sleep.
    """

    lockAsked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = QWindow()
        self._window.create()
        self._filter = _Messages(self)
        handle = int(self._window.winId())
        if (app := QCoreApplication.instance()) is not None:
            app.installNativeEventFilter(self._filter)
        # Refused where there is no session manager: then there is nothing to be told of.
        if sys.platform == "win32":
            ctypes.windll.wtsapi32.WTSRegisterSessionNotification(
                ctypes.c_void_p(handle), ctypes.c_uint32(_NOTIFY_FOR_THIS_SESSION)
            )


class _Messages(QAbstractNativeEventFilter):
    def __init__(self, session: WindowsSession) -> None:
        super().__init__()
        self._session = session

    def nativeEventFilter(
        self,
        eventType: QByteArray | bytes | bytearray | memoryview,  # noqa: N803 (Qt's own name)
        message: int,
    ) -> tuple[bool, int]:
        if sys.platform == "win32":
            from ctypes import wintypes

            told = wintypes.MSG.from_address(int(message))
            if told.message in _ASKS and asks_to_lock(told.message, told.wParam):
                self._session.lockAsked.emit()
        # Others must see it too.
        return False, 0
