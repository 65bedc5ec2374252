# SPDX-License-Identifier: MIT
"""Contacts: our own card and digits, cards of others, who compared the digits and how, and keys that change."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import Contact
from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.contacts import (
    FormerContact,
    KeyChange,
    confirm_contact,
    key_change,
    list_contacts,
    list_former_contacts,
    look_at_card,
    own_digits,
    pin_card,
    replace_contact_key,
    write_card,
)
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class KnownContact:
    """A contact as the page shows it.

    Attributes:
        former: the keys it had before, oldest first.
    """

    contact: Contact
    former: tuple[FormerContact, ...]


@dataclass(frozen=True, slots=True)
class ContactsState:
    """What the page shows."""

    own: Party
    digits: str
    contacts: tuple[KnownContact, ...]


class ContactsViewModel(ViewModel):
    """See the module.

    Signals:
        confirmed: what a dialog asked for is on record.
        keysChanged(KeyChange): a card came that must be decided about; nothing was taken in.
    """

    confirmed = Signal()
    keysChanged = Signal(object)

    def load(self) -> None:
        """See ViewModel."""
        self.run(_state, self.changed.emit)

    def write_card(self, target: Path) -> None:
        """Writes our own contact card to a file."""
        self.run(lambda ws: write_card(ws, target), self._on_written)

    def read_card(self, path: Path) -> None:
        """Takes in somebody's contact card, if that is no decision."""
        self.run(lambda ws: _taken_in(ws, path), self._on_read)

    def confirm(self, contact_id: str, by: str, how: str, failed: Callable[[UserError], None]) -> None:
        """Puts on record who compared the digits, and how."""
        self.run(lambda ws: confirm_contact(ws, contact_id, by, how), self._on_confirmed, failed)

    def replace_keys(self, change: KeyChange, by: str, how: str, failed: Callable[[UserError], None]) -> None:
        """Gives a contact the keys of its new card."""
        self.run(
            lambda ws: replace_contact_key(ws, change.known.id, change.card, by, how),
            lambda _: self._on_replaced(change),
            failed,
        )

    def _on_written(self, path: Path) -> None:
        self.told.emit(self.words("Your contact card was written to {name}.", name=path.name))

    def _on_read(self, outcome: Contact | KeyChange) -> None:
        if isinstance(outcome, KeyChange):
            self.keysChanged.emit(outcome)
        elif outcome.checked_on is not None:
            self.told.emit(self.words("You have this card already, and its digits were compared. Nothing was changed."))
        else:
            self.told.emit(self.words("The contact was added. Compare the digits by phone before you trust it."))
            self.load()

    def _on_confirmed(self, _nothing: object) -> None:
        self.confirmed.emit()
        self.load()

    def _on_replaced(self, change: KeyChange) -> None:
        self.confirmed.emit()
        name = change.known.card.party.name
        self.told.emit(
            self.words("{name} has new keys. The old ones are kept as replaced, and trusted no more.", name=name)
        )
        self.load()


def _state(ws: Workspace) -> ContactsState:
    former = list_former_contacts(ws)
    return ContactsState(
        ws.party,
        own_digits(ws),
        tuple(
            KnownContact(one, tuple(each for each in former if each.contact_id == one.id)) for one in list_contacts(ws)
        ),
    )


def _taken_in(ws: Workspace, path: Path) -> Contact | KeyChange:
    card = look_at_card(path)
    return key_change(ws, card) or pin_card(ws, card)
