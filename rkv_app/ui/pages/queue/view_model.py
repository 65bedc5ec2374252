# SPDX-License-Identifier: MIT
"""The county's queue: applications that have come, oldest first, and a packet that comes now."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import QueuedApplication
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.receive_packet import Received, receive_packet
from rkv_app.usecases.view_queue import list_queue


@dataclass(frozen=True, slots=True)
class QueueState:
    """What the page shows."""

    applications: tuple[QueuedApplication, ...]


class QueueViewModel(ViewModel):
    """See the module.

    Signals:
        received(str): the application with this message id is in the queue.
    """

    received = Signal(str)

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: QueueState(tuple(list_queue(ws))), self.changed.emit)

    def receive(self, path: Path) -> None:
        """Checks a packet and puts it in the queue."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.message_id)
