# SPDX-License-Identifier: MIT
"""Contact cards: giving out our own, taking in others', and comparing the digits aloud."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rkv_app.crypto.identity import key_digits, key_id
from rkv_app.domain.exchange import Card, Contact
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.packets import cards
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace


def list_contacts(ws: Workspace) -> Sequence[Contact]:
    """Returns everybody whose keys this store has pinned."""
    return ws.store.contacts.all()


def own_digits(ws: Workspace) -> str:
    """Returns our own 30 digits, for reading aloud."""
    return digits_of(ws.card)


def digits_of(card: Card) -> str:
    """Returns the 30 digits of a card."""
    return key_digits(card.signing_certificate, card.sealing_certificate)


def write_card(ws: Workspace, target: Path) -> Path:
    """Writes our own signed contact card to `target`.

    Raises:
        UserError: RKV-SYS-001 to -003.
    """
    write_atomically(target, cards.write_card(ws.card, ws.identity, ws.clock.now()))
    return target


def read_card(ws: Workspace, path: Path) -> Contact:
    """Takes in a contact card; it counts as unchecked until the digits are compared.

    Raises:
        UserError: RKV-PKT-018 it is no valid card; RKV-SYS-002, RKV-SYS-004 it cannot be read.
    """
    return pin_card(ws, cards.read_card(read_incoming(path)))


def pin_card(ws: Workspace, card: Card) -> Contact:
    """Pins the keys of a card; a contact with the same signing key is kept, with what was checked."""
    known = contact_of(ws, card.signing_certificate)
    if known is not None:
        return known
    contact = Contact(id=new_id(), card=card, digits=digits_of(card), pinned_at=ws.clock.now())
    ws.store.contacts.pin(contact)
    return contact


def contact_of(ws: Workspace, signing_certificate: bytes) -> Contact | None:
    """Returns the contact whose pinned signing key is in the certificate, or None."""
    wanted = key_id(signing_certificate)
    for contact in ws.store.contacts.all():
        if key_id(contact.card.signing_certificate) == wanted:
            return contact
    return None


def existing_contact(ws: Workspace, contact_id: str) -> Contact:
    """Returns a contact.

    Raises:
        UserError: RKV-CAS-013 there is none with that id.
    """
    contact = ws.store.contacts.get(contact_id)
    if contact is None:
        raise UserError(
            "RKV-CAS-013",
            message("There is no such contact in this store."),
            message("Nothing was changed. Import the contact card first."),
        )
    return contact


def confirm_contact(ws: Workspace, contact_id: str, by: str) -> None:
    """Records that somebody compared the digits aloud, who and today.

    Raises:
        UserError: RKV-CAS-002 no name; RKV-CAS-013 no such contact.
    """
    contact = existing_contact(ws, contact_id)
    if not by.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Write who compared the digits."),
        )
    ws.store.contacts.pin(replace(contact, checked_by=by.strip(), checked_on=local_date(ws.clock.now())))
