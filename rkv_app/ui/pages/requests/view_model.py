# SPDX-License-Identifier: MIT
"""What a supervisor has been asked: the list, part by part, and a packet that has come with its code."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.contacts import KeyChange, replace_contact_key
from rkv_app.usecases.quarantine import HeldFor
from rkv_app.usecases.receive_packet import key_change_in, receive_packet
from rkv_app.usecases.take_in import Received
from rkv_app.usecases.view_requests import RequestList, list_requests


class RequestsViewModel(ViewModel):
    """Its state is the first part of the list, a `RequestList`.

    Signals:
        added(RequestList): the part that follows what is shown.
        received(str): the request with this message id can be answered.
        keysChanged(KeyChange): the request is from a contact with other keys, and was not taken in.
        keysReplaced: the contact has those keys now.
    """

    added = Signal(object)
    received = Signal(str)
    keysChanged = Signal(object)
    keysReplaced = Signal()

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

        def refused(problem: UserError) -> None:
            self.failed.emit(problem)
            if problem.code == HeldFor.OTHER_KEYS:
                # No quarantine can keep what only the code opens, so it is decided at once.
                self.run(lambda ws: key_change_in(ws, path, code), self._on_key_change)

        self.run(lambda ws: receive_packet(ws, path, code), self._on_received, refused)

    def replace_keys(
        self, change: KeyChange, by: str, how: str, path: Path, code: str, failed: Callable[[UserError], None]
    ) -> None:
        """Gives the contact the keys of the request, and opens it."""

        def replaced(_: object) -> None:
            self.keysReplaced.emit()
            self.receive(path, code)

        self.run(lambda ws: replace_contact_key(ws, change.known.id, change.card, by, how), replaced, failed)

    def _on_key_change(self, change: KeyChange | None) -> None:
        if change is not None:
            self.keysChanged.emit(change)

    def _on_loaded(self, part: RequestList) -> None:
        self._next = part.next
        self.changed.emit(part)

    def _on_more(self, part: RequestList) -> None:
        self._next = part.next
        self.added.emit(part)

    def _on_received(self, received: Received) -> None:
        self.received.emit(received.message_id)
