# SPDX-License-Identifier: MIT
"""Hands a PDF to the machine's own reader, and says whether anything took it.

Qt knows on Windows and macOS. Elsewhere it starts `xdg-open` and says yes, whatever becomes of that: there we start it
ourselves and look at how it ended.
"""

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDeadlineTimer, QObject, QProcess, QProcessEnvironment, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

# xdg-open ends at once under a desktop, and where there is none runs the reader itself for as long as that is open.
_PATIENCE_MS: Final = 5_000
_LOOK_EVERY_MS: Final = 50
_ENDED: Final = "ended"
# What is started detached lives on without us, and so nobody else learns its exit status.
_SCRIPT: Final = '"$0" "$1" </dev/null >/dev/null 2>&1; echo $? 2>/dev/null >"$2"'

_LIBRARIES: Final = "LD_LIBRARY_PATH"
_LIBRARIES_BEFORE: Final = "LD_LIBRARY_PATH_ORIG"
_PARTS_OF_QT: Final = ("QT_PLUGIN_PATH", "QML2_IMPORT_PATH")


def open_pdf(path: Path, told: Callable[[bool], object], owner: QObject) -> None:
    """Has another program open a PDF.

    Args:
        path: the file, in a folder of its own that can be written to.
        told: is called once with whether something opened it; later, or never where `owner` goes first.
        owner: what asks.
    """
    xdg_open = shutil.which("xdg-open") if sys.platform.startswith("linux") else None
    if xdg_open is None:
        told(QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
        return
    ended = path.with_name(_ENDED)
    starting = QProcess()
    starting.setProgram("/bin/sh")
    starting.setArguments(["-c", _SCRIPT, xdg_open, str(path), str(ended)])
    starting.setProcessEnvironment(_environment())
    # It returns whether it started, and not the pair that its stub has.
    if bool(starting.startDetached()):
        _Watch(ended, told, owner)
    else:
        told(False)


def _environment() -> QProcessEnvironment:
    """That of the system's programs: a bundle of ours names libraries and parts of Qt that no reader is to load.

    Source: PyInstaller, “Launching external programs from the frozen application”.
    """
    made = QProcessEnvironment.systemEnvironment()
    if getattr(sys, "frozen", False):
        if made.contains(_LIBRARIES_BEFORE):
            made.insert(_LIBRARIES, made.value(_LIBRARIES_BEFORE))
        else:
            made.remove(_LIBRARIES)
        for name in _PARTS_OF_QT:
            made.remove(name)
    return made


class _Watch(QObject):
    """Looks for the exit status until it is there, or until a reader must be taken to be open."""

    def __init__(self, ended: Path, told: Callable[[bool], object], owner: QObject) -> None:
        super().__init__(owner)
        self._ended = ended
        self._told = told
        self._deadline = QDeadlineTimer(_PATIENCE_MS)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_timeout)
        self._timer.start(_LOOK_EVERY_MS)

    def _on_timeout(self) -> None:
        try:
            status = self._ended.read_text("ascii").strip()
        except OSError:
            status = ""
        if status or self._deadline.hasExpired():
            self._timer.stop()
            # First, as who is told may take its owner away.
            self.deleteLater()
            self._told(status in ("", "0"))
