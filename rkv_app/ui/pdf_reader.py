# SPDX-License-Identifier: MIT
"""The child that draws a PDF, asked one thing at a time and the most urgent first. Nothing here waits for it."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from rkv_app.documents.preview.pages import DrawnPage, PdfPages, Rectangle
from rkv_app.foundation.errors import UserError
from rkv_app.ui.tasks import Tasks

T = TypeVar("T")


class PdfReader:
    """A PDF for the worker to ask about; it is opened with the first question. It can be closed at any moment."""

    def __init__(self, content: bytes) -> None:
        self._content = content
        self._pages: PdfPages | None = None
        self._closed = False

    def draw(self, number: int, scale: float) -> tuple[DrawnPage, int]:
        """A page, and how many there are.

        Raises:
            UserError: RKV-DOC-001 to -003, see `PdfPages`.
        """
        pages = self._opened()
        return pages.page(number, scale), pages.count

    def picture(self, number: int, scale: float, largest: QSize) -> QImage:
        """A small picture of a page, no larger than `largest`. Raises as `draw`."""
        image = image_of(self._opened().page(number, scale, text=False))
        if image.width() > largest.width() or image.height() > largest.height():
            modes = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            image = image.scaled(largest, *modes)
        return image

    def text(self, number: int) -> str:
        """What is written on a page. Raises as `draw`."""
        return self._opened().text(number)

    def places(self, number: int, words: str) -> tuple[Rectangle, ...]:
        """Where words stand in the picture of a page. Raises as `draw`."""
        return self._opened().places(number, words)

    def close(self) -> None:
        """Ends the child; what is being drawn fails."""
        self._closed = True
        if self._pages is not None:
            self._pages.close()

    def _opened(self) -> PdfPages:
        if self._pages is None:
            self._pages, self._content = PdfPages(self._content), b""
        # Asked only when the child can be seen from outside: whoever closes meanwhile ends it, or it is ended here.
        if self._closed:
            self._pages.close()
        return self._pages


def image_of(page: DrawnPage) -> QImage:
    """The picture of a page, without a copy: as it comes is how Qt paints it quickest."""
    return QImage(page.picture, page.width, page.height, page.stride, QImage.Format.Format_RGB32)


class Urgency(IntEnum):
    """What comes first."""

    PAGE = 0
    PLACES = 1
    SMALL_PICTURE = 2
    TEXT = 3


@dataclass(frozen=True, slots=True)
class _Question:
    work: Callable[[], Any]
    done: Callable[[Any], None]
    failed: Callable[[UserError], None]


class PdfWork(QObject):
    """Questions about one PDF. A page that somebody waits for is drawn before all small pictures and texts.

    Attributes:
        reader: for the questions to ask.
    """

    def __init__(self, content: bytes, parent: QObject) -> None:
        super().__init__(parent)
        self.reader = PdfReader(content)
        self._tasks = Tasks(self)
        self._waiting: dict[Urgency, deque[_Question]] = {urgency: deque() for urgency in Urgency}
        self._stopped = False
        self._tasks.busyChanged.connect(self._go_on)
        reader = self.reader
        self.destroyed.connect(lambda: reader.close())

    @property
    def busy(self) -> bool:
        """Whether anything is asked or waiting."""
        return self._tasks.busy

    def ask(
        self, urgency: Urgency, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[UserError], None]
    ) -> None:
        """Asks when nothing more urgent waits; see `Tasks.run`."""
        self._waiting[urgency].append(_Question(work, done, failed))
        self._go_on()

    def forget(self, urgency: Urgency) -> None:
        """Asks nothing more of what waits."""
        self._waiting[urgency].clear()

    def stop(self) -> None:
        """Ends the child; nothing more is told."""
        self._stopped = True
        self.reader.close()
        self.deleteLater()

    def _go_on(self) -> None:
        if self._tasks.busy or self._stopped:
            return
        question = next((self._waiting[urgency].popleft() for urgency in Urgency if self._waiting[urgency]), None)
        if question is not None:
            self._tasks.run(
                question.work,
                done=self._unless_stopped(question.done),
                failed=self._unless_stopped(question.failed),
                owner=self,
            )

    def _unless_stopped(self, tell: Callable[[T], None]) -> Callable[[T], None]:
        return lambda told: None if self._stopped else tell(told)
