# SPDX-License-Identifier: MIT
"""The county's queue: applications that have come, oldest first, part by part, and a packet that comes now."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rkv_app.domain.ports import QueuePage
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_queue import list_queue


class QueueViewModel(ViewModel):
    """Its state is the first part of the queue, a `QueuePage`.

    Signals:
        added(QueuePage): the part that follows what is shown.
        received(str): something came for the application with this message id, or that application itself.
    """

    added = Signal(object)
    received = Signal(str)

    def __init__(self, session: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(session, words, parent)
        self._next = ""
        # Counts what was shown from the beginning; a part of an older list comes too late.
        self._begun = 0

    def load(self) -> None:
        """See ViewModel."""
        self.run(list_queue, self._on_loaded)

    def read_more(self) -> None:
        """Reads the part of the queue that follows."""
        begun, after = self._begun, self._next
        if not after:
            return

        def refused(problem: UserError) -> None:
            self._on_more(begun, QueuePage(applications=(), next="", total=0))
            self.failed.emit(problem)

        self.run(lambda ws: list_queue(ws, after), lambda page: self._on_more(begun, page), refused)

    def receive(self, path: Path) -> None:
        """Checks a packet and puts it in the queue."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def _on_loaded(self, page: QueuePage) -> None:
        self._begun += 1
        self._next = page.next
        self.changed.emit(page)

    def _on_more(self, begun: int, page: QueuePage) -> None:
        if begun == self._begun:
            self._next = page.next
            self.added.emit(page)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.case_id)
