# SPDX-License-Identifier: MIT
"""The Qt binding must not use up Python's None: below Python 3.12 the interpreter then stops without a word."""

import sys

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

_CALLS = 500


def test_calling_qt_ten_thousand_times_does_not_end_the_interpreter(qtbot: QtBot) -> None:
    timer = QTimer()
    before = sys.getrefcount(None)
    for _ in range(_CALLS):
        timer.setInterval(10)
        timer.stop()
    assert sys.getrefcount(None) > before - _CALLS
