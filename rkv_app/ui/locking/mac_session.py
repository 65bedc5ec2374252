# SPDX-License-Identifier: MIT
"""Asks to lock when macOS locks the screen, shows another user or suspends the app.

Sources: developer.apple.com, "CFNotificationCenterAddObserver"; the name `com.apple.screenIsLocked` is not documented
by Apple but has been sent by loginwindow since Mac OS X 10.3.
"""

import ctypes
import ctypes.util

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication

_UTF8 = 0x08000100
_DELIVER_IMMEDIATELY = 4
_TOLD = (b"com.apple.screenIsLocked", b"com.apple.screensaver.didstart")
_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacSession(QObject):
    """Listens to the notifications that all apps of the session get; they come on the thread of the windows.

    Signals:
        lockAsked: the screen is locked or saved, or the app is suspended.
    """

    lockAsked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.applicationStateChanged.connect(self._on_state)
        # Must outlive the observation, which lasts as long as the process.
        self._callback = _CALLBACK(lambda *_: self.lockAsked.emit())
        found = ctypes.util.find_library("CoreFoundation")
        if found is not None:
            self._observe(ctypes.CDLL(found))

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationSuspended:
            self.lockAsked.emit()

    def _observe(self, foundation: ctypes.CDLL) -> None:
        pointer = ctypes.c_void_p
        center = foundation.CFNotificationCenterGetDistributedCenter
        center.restype, center.argtypes = pointer, ()
        make_string = foundation.CFStringCreateWithCString
        make_string.restype, make_string.argtypes = pointer, (pointer, ctypes.c_char_p, ctypes.c_uint32)
        add = foundation.CFNotificationCenterAddObserver
        add.restype, add.argtypes = None, (pointer, pointer, _CALLBACK, pointer, pointer, ctypes.c_long)
        for name in _TOLD:
            add(center(), None, self._callback, make_string(None, name, _UTF8), None, _DELIVER_IMMEDIATELY)
