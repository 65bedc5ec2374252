# SPDX-License-Identifier: MIT
"""The county's queue: applications that have come, oldest first, and a packet that comes now."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import QueuedApplication, Standing
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_queue import list_queue, standings


@dataclass(frozen=True, slots=True)
class QueueState:
    """What the page shows.

    Attributes:
        standings: where each of them stands, by its id.
    """

    applications: tuple[QueuedApplication, ...]
    standings: Mapping[str, Standing]


class QueueViewModel(ViewModel):
    """See the module.

    Signals:
        received(str): something came for the application with this message id, or that application itself.
    """

    received = Signal(str)

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: QueueState(tuple(list_queue(ws)), standings(ws)), self.changed.emit)

    def receive(self, path: Path) -> None:
        """Checks a packet and puts it in the queue."""
        self.run(lambda ws: receive_packet(ws, path), self._on_received)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.case_id)
