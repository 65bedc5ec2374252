# SPDX-License-Identifier: MIT
"""A PDF on paper: its pages are drawn by the child process that also shows them, and put on the printer one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from rkv_app.ui.files import KEEPS_A_COPY
from rkv_app.ui.pdf_reader import PdfReader, image_of
from rkv_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from rkv_app.documents.preview.pages import DrawnPage
    from rkv_app.foundation.errors import UserError
    from rkv_app.foundation.i18n import Words
    from rkv_app.ui.messages import Banner

_FINE_ENOUGH = 300
_POINTS = 72


def printed(messages: Banner, words: Words) -> None:
    """Says that the printer has all pages, and what that may leave behind."""
    messages.notify(words("It went to the printer."), words(KEEPS_A_COPY))


class Printing(QObject):
    """Prints one PDF, then lets go of itself.

    Args:
        done: is called when the printer has all pages.
        failed: is told why they cannot all be drawn.
    """

    def __init__(
        self,
        content: bytes,
        printer: QPrinter,
        parent: QObject,
        *,
        done: Callable[[], None],
        failed: Callable[[UserError], None],
    ) -> None:
        super().__init__(parent)
        self._reader = PdfReader(content)
        self._tasks = Tasks(self)
        self._printer = printer
        self._painter = QPainter()
        self._done = done
        self._failed = failed
        reader = self._reader
        self.destroyed.connect(lambda: reader.close())
        self._draw(0)

    def _draw(self, number: int) -> None:
        reader, scale = self._reader, min(self._printer.resolution(), _FINE_ENOUGH) / _POINTS

        def drawn(result: tuple[DrawnPage, int]) -> None:
            page, count = result
            self._put(page, first=number == 0)
            if number + 1 < count:
                self._draw(number + 1)
            else:
                self._painter.end()
                self._done()
                self.deleteLater()

        self._tasks.run(lambda: reader.draw(number, scale), done=drawn, failed=self._on_failed, owner=self)

    def _put(self, page: DrawnPage, *, first: bool) -> None:
        if first:
            self._painter.begin(self._printer)
        else:
            self._printer.newPage()
        image = image_of(page)
        paper = self._painter.viewport()
        size = QSize(page.width, page.height).scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        self._painter.drawImage(QRect(paper.topLeft(), size), image)

    def _on_failed(self, problem: UserError) -> None:
        if self._painter.isActive():
            # Half a letter on paper would be taken for the whole.
            self._printer.abort()
            self._painter.end()
        self._failed(problem)
        self.deleteLater()
