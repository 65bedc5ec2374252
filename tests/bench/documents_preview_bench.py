# SPDX-License-Identifier: MIT
"""What looking at a PDF of 300 pages, and at a page with 100 kB of text, asks of the window's own thread and of memory.

A stall is what that thread works at a stretch, in processor time, so that a busy machine does not change it.
"""

import io
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from reportlab.pdfgen.canvas import Canvas

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.files import DialogFileChooser
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_page_list import PageList
from rkv_app.ui.pdf_paper import Paper
from rkv_app.ui.theme import Theme

_PAGES = 300
_STALL_MS = 50.0
_MEMORY_MIB = 96.0
_LINE = "Kandidaten har vist praksis i bedrift gjennom eget arbeid, og kan forklare valgene"


class _Window:
    """A window with a PDF in it, and the longest stretch of work since it was last asked."""

    def __init__(self, app: QApplication, content: bytes) -> None:
        self._app = app
        self._longest, self._at = 0.0, time.thread_time()
        self._timer = QTimer()
        self._timer.setInterval(1)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._holder = QWidget()
        self.dialog = PdfDialog(Words(Language.BOKMAL), "soknad.pdf", content, DialogFileChooser(), self._holder)
        self.dialog.resize(900, 1000)
        self.dialog.show()

    def settle(self) -> None:
        """Lets the loop run until nothing is drawn any more."""
        self.run(0.05)
        while self.dialog.busy:
            self.run(0.01)

    def run(self, seconds: float) -> None:
        """Lets the loop run."""
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def stall(self) -> float:
        """The longest stretch, in ms; begins anew."""
        longest, self._longest = self._longest, 0.0
        return longest * 1000

    def _beat(self) -> None:
        now = time.thread_time()
        self._longest, self._at = max(self._longest, now - self._at), now


def measures() -> list[dict[str, object]]:
    """Opens, turns, scrolls, enlarges and searches."""
    qInstallMessageHandler(lambda *_: None)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    Theme(app).complete()
    _Window(app, _pdf(2, 11.0, 48)).settle()
    before = _resident()
    window = _Window(app, _pdf(_PAGES, 11.0, 48))
    window.settle()
    found = [_measure("window's longest stretch while 300 pages open, ms", window.stall(), _STALL_MS)]
    pages, bar = window.dialog.findChild(PageList), window.dialog.findChild(Paper).verticalScrollBar()
    for number in range(1, _PAGES):
        window.dialog._go_to(number)
        bar.setValue(bar.maximum())
        pages.verticalScrollBar().setValue(pages.verticalScrollBar().maximum() * number // _PAGES)
        window.run(0.005)
    window.settle()
    found.append(_measure("… while they are turned and scrolled, ms", window.stall(), _STALL_MS))
    for step in (1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1):
        window.dialog._zoom.step(step)
        window.settle()
    found.append(_measure("… while a page is made larger and smaller, ms", window.stall(), _STALL_MS))
    window.dialog.findChild(QLineEdit, "searchPdfEdit").setText("praksis")
    window.dialog._search.step()
    window.settle()
    found.append(_measure("… while all of it is searched, ms", window.stall(), _STALL_MS))
    found.append(_measure("memory that the window takes for it, MiB", _resident() - before, _MEMORY_MIB))
    window.dialog.reject()
    crowded = _Window(app, _pdf(2, 1.0, 700))
    crowded.settle()
    crowded.stall()
    crowded.dialog._turn(1)
    crowded.settle()
    found.append(_measure("… while a page with over 50 kB of text is turned to, ms", crowded.stall(), _STALL_MS))
    crowded.dialog._on_as_text()
    crowded.settle()
    found.append(_measure("… while its text is shown, ms", crowded.stall(), _STALL_MS))
    crowded.dialog.reject()
    return found


def _measure(name: str, value: float, bar: float) -> dict[str, object]:
    return {"name": name, "value": round(value, 2), "bar": bar, "holds": value <= bar}


def _resident() -> float:
    """MiB of this process in memory; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/statm").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return int(told.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def _pdf(pages: int, size: float, lines: int) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(pages):
        canvas.setFont("Helvetica", size)
        for line in range(lines):
            canvas.drawString(60, 800 - line * size * 1.1, f"{_LINE} {line}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()
