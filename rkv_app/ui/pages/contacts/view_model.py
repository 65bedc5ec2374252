# SPDX-License-Identifier: MIT
"""Contacts: our own card and digits, cards of others, and who compared the digits."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import Contact
from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.contacts import confirm_contact, list_contacts, own_digits, read_card, write_card


@dataclass(frozen=True, slots=True)
class ContactsState:
    """What the page shows."""

    own: Party
    digits: str
    contacts: tuple[Contact, ...]


class ContactsViewModel(ViewModel):
    """See the module.

    Signals:
        confirmed: the comparison is on record.
    """

    confirmed = Signal()

    def load(self) -> None:
        """See ViewModel."""
        self.run(lambda ws: ContactsState(ws.party, own_digits(ws), tuple(list_contacts(ws))), self.changed.emit)

    def write_card(self, target: Path) -> None:
        """Writes our own contact card to a file."""
        self.run(lambda ws: write_card(ws, target), self._on_written)

    def read_card(self, path: Path) -> None:
        """Takes in somebody's contact card."""
        self.run(lambda ws: read_card(ws, path), self._on_read)

    def confirm(self, contact_id: str, by: str, failed: Callable[[UserError], None]) -> None:
        """Puts on record who compared the digits."""
        self.run(lambda ws: confirm_contact(ws, contact_id, by), self._on_confirmed, failed)

    def _on_written(self, path: Path) -> None:
        self.told.emit(self.words("Your contact card was written to {name}.", name=path.name))

    def _on_read(self, _contact: Contact) -> None:
        self.told.emit(self.words("The contact was added. Compare the digits by phone before you trust it."))
        self.load()

    def _on_confirmed(self, _nothing: object) -> None:
        self.confirmed.emit()
        self.load()
