# SPDX-License-Identifier: MIT
"""What a supervisor has been asked: the list, part by part, and a packet that has come with its code."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_requests import RequestList, list_requests


class RequestsViewModel(ViewModel):
    """Its state is the first part of the list, a `RequestList`.

    Signals:
        added(RequestList): the part that follows what is shown.
        received(str): the request with this message id can be answered.
    """

    added = Signal(object)
    received = Signal(str)

    def __init__(self, session: Session, words: Words, parent: QObject | None = None) -> None:
        super().__init__(session, words, parent)
        self._next = ""

    def load(self) -> None:
        """See ViewModel."""
        self.run(list_requests, self._on_loaded)

    def read_more(self) -> None:
        """Reads the part of the list that follows, once."""
        after, self._next = self._next, ""
        if after:
            self.run(lambda ws: list_requests(ws, after), self._on_more)

    def receive(self, path: Path, code: str) -> None:
        """Opens a request with the code that was told."""
        self.run(lambda ws: receive_packet(ws, path, code), self._on_received)

    def _on_loaded(self, part: RequestList) -> None:
        self._next = part.next
        self.changed.emit(part)

    def _on_more(self, part: RequestList) -> None:
        self._next = part.next
        self.added.emit(part)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.message_id)
