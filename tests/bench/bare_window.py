# SPDX-License-Identifier: MIT
"""The floor: a plain PySide6 window of three widgets, and how long it took from process start to its first paint."""

import os
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget


class BareWindow(QWidget):
    """A label, a line to type in, a button."""

    def __init__(self) -> None:
        super().__init__()
        layout = QVBoxLayout(self)
        for widget in (QLabel("Passphrase"), QLineEdit(), QPushButton("Open")):
            layout.addWidget(widget)
        self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Reports once, when the event loop comes round after everything in the window has been painted."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, _report)


def _report() -> None:
    print((time.monotonic_ns() - int(os.environ["RKV_BENCH_T0"])) / 1e6)
    QApplication.quit()


if __name__ == "__main__":
    application = QApplication([])
    window = BareWindow()
    window.show()
    application.exec()
