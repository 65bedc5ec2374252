# SPDX-License-Identifier: MIT
"""Contact cards: giving out our own, taking in others', comparing the digits aloud, and keys that change.

A known party that comes with other keys is never pinned in silence: somebody who pretends to be them looks the same.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rkv_app.crypto.identity import key_digits, key_id
from rkv_app.domain.exchange import Card, Contact, Replaced, Trust
from rkv_app.domain.people import Party
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.packets import cards
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace

_REPLACE_THEM = message(
    "Nothing was changed. Call them on a number you had before, compare the new digits, "
    "and then replace the contact's keys."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerContact:
    """Keys that a contact had before: nothing signed with them is trusted any more.

    Attributes:
        contact: as it was.
        contact_id: the contact that has other keys now.
        replaced_on, replaced_by: the day, and who compared the new digits.
    """

    contact: Contact
    contact_id: str
    replaced_on: date
    replaced_by: str


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A card with other keys than its contact is known with; nothing is decided yet.

    Attributes:
        digits: of the new card.
    """

    known: Contact
    card: Card
    digits: str


def list_contacts(ws: Workspace) -> Sequence[Contact]:
    """Returns everybody whose keys this store has pinned, with the keys that count now."""
    return [contact for contact in ws.store.contacts.all() if contact.replaced is None]


def list_former_contacts(ws: Workspace) -> Sequence[FormerContact]:
    """Returns the keys that were replaced, in the order in which that was done."""
    return [
        FormerContact(
            contact=contact,
            contact_id=contact.replaced.contact_id,
            replaced_on=contact.replaced.on,
            replaced_by=contact.replaced.by,
        )
        for contact in ws.store.contacts.all()
        if contact.replaced is not None
    ]


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


def look_at_card(path: Path) -> Card:
    """Reads a contact card and takes nothing in.

    Raises:
        UserError: RKV-PKT-018 it is no valid card; RKV-SYS-002, RKV-SYS-004 it cannot be read.
    """
    return cards.read_card(read_incoming(path))


def read_card(ws: Workspace, path: Path) -> Contact:
    """Takes in a contact card; it counts as unchecked until the digits are compared.

    Raises:
        UserError: RKV-EXC-011 the contact is known with other keys; else what `look_at_card` raises.
    """
    return pin_card(ws, look_at_card(path))


def pin_card(ws: Workspace, card: Card) -> Contact:
    """Pins the keys of a card; a contact with the same keys is kept, with what was checked.

    Raises:
        UserError: RKV-EXC-011 the contact is known with other keys.
    """
    digits = digits_of(card)
    known = _known_as(ws, card)
    if known is None:
        contact = Contact(id=new_id(), card=card, digits=digits, pinned_at=ws.clock.now())
        ws.store.contacts.pin(contact)
        return contact
    if known.digits != digits:
        raise other_keys(known, digits)
    return known


def key_change(ws: Workspace, card: Card) -> KeyChange | None:
    """Returns what has to be decided about a card whose contact is known with other keys; None where nothing has."""
    known, digits = _known_as(ws, card), digits_of(card)
    return KeyChange(known, card, digits) if known is not None and known.digits != digits else None


def require_known_keys(ws: Workspace, card: Card) -> None:
    """Refuses a packet that a known contact signed with other keys; it belongs in quarantine.

    Raises:
        UserError: RKV-EXC-011.
    """
    change = key_change(ws, card)
    if change is not None:
        raise other_keys(
            change.known,
            change.digits,
            message(
                "Nothing was taken in; the packet is kept in quarantine. Call them on a number you had before, compare "
                "the new digits, and decide about it there."
            ),
        )


def replace_contact_key(ws: Workspace, contact_id: str, card: Card, checked_by: str, how: str = "") -> Contact:
    """Gives a contact other keys, after somebody compared the new digits; the old keys are kept and marked.

    Args:
        ws: who knows the contact.
        contact_id: the contact; it keeps this id.
        card: the new card.
        checked_by: who compared the digits.
        how: how they were compared, such as by phone on a number known before; may be empty.

    Raises:
        UserError: RKV-CAS-002 no name; RKV-CAS-013 no such contact; RKV-EXC-011 the card is of another known contact.
    """
    before = existing_contact(ws, contact_id)
    digits = digits_of(card)
    if before.digits == digits:
        confirm_contact(ws, contact_id, checked_by, how)
        return existing_contact(ws, contact_id)
    name, today = _name(checked_by), local_date(ws.clock.now())
    other = contact_of(ws, card.signing_certificate)
    if other is not None and other.id != contact_id:
        raise other_keys(before, digits)
    former = replace(before, id=new_id(), replaced=Replaced(contact_id=contact_id, on=today, by=name))
    contact = Contact(
        id=contact_id,
        card=card,
        digits=digits,
        pinned_at=ws.clock.now(),
        checked_by=name,
        checked_on=today,
        checked_how=how.strip(),
    )
    with ws.store.transaction():
        ws.store.contacts.pin(former)
        ws.store.contacts.pin(contact)
    return contact


def contact_of(ws: Workspace, signing_certificate: bytes) -> Contact | None:
    """Returns the contact whose pinned signing key is in the certificate, or None; a replaced key is nobody's."""
    return contact_with_key(ws, key_id(signing_certificate))


def contact_with_key(ws: Workspace, signing_key: str) -> Contact | None:
    """Returns the contact whose pinned signing key has this id, see `contact_of`."""
    return _with_key(list_contacts(ws), signing_key)


def trust_in_contact(contact: Contact) -> Trust:
    """Says how far a contact is known: whether anybody has compared the digits."""
    return Trust.VERIFIED_CONTACT if contact.checked_on is not None else Trust.PINNED_CONTACT


def existing_contact(ws: Workspace, contact_id: str) -> Contact:
    """Returns a contact.

    Raises:
        UserError: RKV-CAS-013 there is none with that id.
    """
    contact = ws.store.contacts.get(contact_id)
    if contact is None or contact.replaced is not None:
        raise UserError(
            "RKV-CAS-013",
            message("There is no such contact in this store."),
            message("Nothing was changed. Import the contact card first."),
        )
    return contact


def confirm_contact(ws: Workspace, contact_id: str, by: str, how: str = "") -> None:
    """Records that somebody compared the digits aloud: who, today, and how.

    Raises:
        UserError: RKV-CAS-002 no name; RKV-CAS-013 no such contact.
    """
    contact = existing_contact(ws, contact_id)
    name = _name(by)
    today = local_date(ws.clock.now())
    ws.store.contacts.pin(replace(contact, checked_by=name, checked_on=today, checked_how=how.strip()))


def other_keys(known: Contact, digits: str, hint: Message = _REPLACE_THEM) -> UserError:
    """RKV-EXC-011: a known contact comes with keys that have these digits."""
    return UserError(
        "RKV-EXC-011",
        message(
            "A contact you know comes with other keys. Known digits: {old}. New digits: {new}.",
            old=known.digits,
            new=digits,
        ),
        hint,
        ExitStatus.NO,
    )


def _name(by: str) -> str:
    if not by.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Write who compared the digits."),
        )
    return by.strip()


def _known_as(ws: Workspace, card: Card) -> Contact | None:
    """The contact that a card is of: by its signing key, else by whom it says it is of."""
    contacts = list_contacts(ws)
    same = (contact for contact in contacts if _is_same(contact.card.party, card.party))
    return _with_key(contacts, key_id(card.signing_certificate)) or next(same, None)


def _with_key(contacts: Sequence[Contact], signing_key: str) -> Contact | None:
    return next((one for one in contacts if key_id(one.card.signing_certificate) == signing_key), None)


def _is_same(one: Party, other: Party) -> bool:
    """Whether two cards speak of the same person; a number or unit that one of them leaves out decides nothing."""
    if one.role is not other.role or _folded(one.name) != _folded(other.name):
        return False
    numbers = ("".join(one.org_number.split()), "".join(other.org_number.split()))
    same_organisation = (
        numbers[0] == numbers[1] if all(numbers) else _folded(one.organisation) == _folded(other.organisation)
    )
    units = (_folded(one.unit), _folded(other.unit))
    return same_organisation and (units[0] == units[1] or not all(units))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
