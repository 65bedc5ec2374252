# SPDX-License-Identifier: MIT
"""How long a test waits for the window: as long as a busy machine may take, as an answer that comes ends the wait."""

from collections.abc import Callable
from typing import Any

from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

PATIENCE_MS = 60_000


class PatientBot(QtBot):  # type: ignore[misc]  # pytest-qt has no types
    """The one of pytest-qt, which gives up after five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        """See QtBot."""
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: object, *, timeout: int = PATIENCE_MS, **options: Any) -> SignalBlocker:
        """See QtBot."""
        return super().waitSignal(signal, timeout=timeout, **options)
