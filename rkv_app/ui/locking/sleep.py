# SPDX-License-Identifier: MIT
"""Asks to lock when the machine has slept, on every system: a clock on the wall that ran on while nothing else did."""

from datetime import datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from rkv_app.foundation.clock import Clock

_LOOK_EVERY = timedelta(seconds=5)
_LONG = timedelta(seconds=30)


class Sleep(QObject):
    """Looks at the clock now and then.

    It is the last resort: where the system tells of sleep beforehand, it has been locked by then. A clock that is set
    forward looks like sleep too, and locking once too often costs nobody a word.

    Signals:
        lockAsked: more time has passed since the last look than a running machine can lose.
    """

    lockAsked = Signal()

    def __init__(
        self, clock: Clock, parent: QObject | None = None, *, every: timedelta = _LOOK_EVERY, long: timedelta = _LONG
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._long = long
        self._seen: datetime = clock.now()
        timer = QTimer(self)
        timer.timeout.connect(self._look)
        timer.start(round(every.total_seconds() * 1000))

    def _look(self) -> None:
        before, self._seen = self._seen, self._clock.now()
        if self._seen - before > self._long:
            self.lockAsked.emit()
