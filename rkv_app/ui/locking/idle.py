# SPDX-License-Identifier: MIT
"""Asks to lock when nobody has touched key, mouse, pen or screen for a while."""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_MS_A_MINUTE = 60_000
_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.TabletMove,
    }
)


class Idle(QObject):
    """Counts from the last touch.

    It filters the events of the system's windows, through which all keys and mice come in. A filter on the application
    would be asked about each event of each widget, 8 µs every time, and make a large page twice as slow to build.

    Signals:
        lockAsked: nothing was touched for as long as was said.
    """

    lockAsked = Signal()

    def __init__(self, minutes: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.lockAsked)
        self.set_minutes(minutes)
        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
        self._watch(QGuiApplication.focusWindow())

    def set_minutes(self, minutes: float) -> None:
        """Asks after this many minutes without a touch, counted from now."""
        self._timer.start(round(minutes * _MS_A_MINUTE))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            # Putting a filter where it is already only moves it to the front.
            window.installEventFilter(self)
            self._timer.start()
