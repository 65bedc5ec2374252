# SPDX-License-Identifier: MIT
"""Dialogs that mend a store: they say how far it is, end with what came of it, and offer to open that."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rkv_app.domain.stores import Progress, WayIn
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.tasks import Job, Tasks
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.progress_line import ProgressLine

T = TypeVar("T")


class LongDialog(FormDialog):
    """Cancel calls the work off first, and closes the dialog only where nothing is under way.

    Signals:
        mended(Path, WayIn): open the store that came of it.
    """

    mended = Signal(object, object)

    def __init__(self, words: Words, title: str, action: str, name: str, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(words, title, action, name, parent)
        self._tasks = tasks
        self._job: Job | None = None
        self._made: tuple[Path, WayIn] | None = None
        self._parts: list[QWidget] = []
        self._progress = ProgressLine(words)
        self._cancel = self.findChild(QPushButton, "cancelButton")
        self.make_room(640, 720)

    def add_parts(self, *parts: QWidget) -> None:
        """Puts in what is asked for, and a line for the progress below it."""
        self._parts = list(parts)
        for part in (*parts, self._progress):
            self.fields.addWidget(part)
        self.fields.addStretch(1)

    def begin(self) -> None:
        """Does the work, if the fields allow it; what `submit` of other dialogs is."""
        raise NotImplementedError

    def submit(self) -> None:
        """See FormDialog."""
        if self._made is None:
            self.begin()
        else:
            self.mended.emit(*self._made)
            self.accept()

    def reject(self) -> None:
        """See QDialog."""
        if self._job is not None:
            self._job.cancel()
        else:
            super().reject()

    def work(self, work: Callable[[Progress], T], said: str, done: Callable[[T], None]) -> None:
        """Does the work under the words `said`."""
        self.action.setEnabled(False)
        self.messages.hide()
        self._job = self._tasks.run_long(work, done=done, failed=self.show_error, owner=self)
        self._job.ended.connect(self._on_ended)
        self._progress.follow(self._job, said)

    def show_result(self, path: Path, way: WayIn, *result: str, action: str) -> None:
        """Shows what came of it in the place of what was asked for; the button now opens the store at `path`."""
        self._made = (path, way)
        for part in self._parts:
            part.hide()
        said = [text(line, "body" if number else "subheading") for number, line in enumerate(filter(None, result))]
        for number, label in enumerate(said):
            self.fields.insertWidget(number, label)
        self.action.setText(action)
        self.action.setFocus()
        if isinstance(self._cancel, QPushButton):
            self._cancel.setText(self.words("Close"))
        self.setAccessibleDescription("\n".join(filter(None, result)))

    def _on_ended(self) -> None:
        self._job = None
        self.action.setEnabled(True)
