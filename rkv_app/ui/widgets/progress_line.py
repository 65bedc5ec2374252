# SPDX-License-Identifier: MIT
"""Long work on a line of its own: what is happening, how far it is, and Cancel."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from rkv_app.foundation.i18n import Words
from rkv_app.ui.tasks import Job
from rkv_app.ui.widgets.basics import button, text

SHOWN_AFTER_MS = 1000
_STEPS = 1000


class ProgressLine(QFrame):
    """Follows one job at a time; shown only where that takes longer than a second."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("progressLine")
        self._words = words
        self._job: Job | None = None
        self._said = text("", "label", "progressText")
        self._bar = QProgressBar()
        self._bar.setObjectName("progressBar")
        self._bar.setTextVisible(False)
        self._cancel = button(words("Cancel"), "cancelJobButton", "secondary", self.cancel)
        left = QVBoxLayout()
        left.setSpacing(6)
        left.addWidget(self._said)
        left.addWidget(self._bar)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 8, 0, 8)
        inside.setSpacing(16)
        inside.addLayout(left, 1)
        inside.addWidget(self._cancel)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHOWN_AFTER_MS)
        self._soon.timeout.connect(self.show)
        self.hide()

    def follow(self, job: Job, said: str) -> None:
        """Shows how far `job` is, under the words `said`, until it ends."""
        self._job = job
        self._said.setText(said)
        self._bar.setAccessibleName(said)
        # Without an end in sight until the work tells of one.
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        job.progressed.connect(self._on_progress)
        job.ended.connect(self._on_ended)
        self._soon.start()

    def _on_progress(self, done: int, total: int) -> None:
        if total > 0:
            # In steps of its own: a number of bytes may be more than the bar can count to.
            self._bar.setRange(0, _STEPS)
            self._bar.setValue(min(_STEPS, done * _STEPS // total))

    def _on_ended(self) -> None:
        if self.sender() is self._job:
            self._job = None
            self._soon.stop()
            self.hide()

    def use_no_cancel(self) -> None:
        """Leaves calling off to another button, which is to call `cancel`."""
        self._cancel.hide()

    def cancel(self) -> None:
        """Calls the job off."""
        if self._job is not None:
            self._cancel.setEnabled(False)
            self._said.setText(self._words("Stopping …"))
            self._job.cancel()
