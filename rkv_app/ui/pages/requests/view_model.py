# SPDX-License-Identifier: MIT
"""What a supervisor has been asked: the list, and a packet that has come with its code."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_requests import RequestView, list_requests


@dataclass(frozen=True, slots=True)
class RequestsState:
    """What the page shows."""

    requests: tuple[RequestView, ...]


class RequestsViewModel(ViewModel):
    """See the module.

    Signals:
        received(str): the request with this message id can be answered.
    """

    received = Signal(str)

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: RequestsState(tuple(list_requests(ws))), self.changed.emit)

    def receive(self, path: Path, code: str) -> None:
        """Opens a request with the code that was told."""
        self.run(lambda ws: receive_packet(ws, path, code), self._on_received)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.message_id)
