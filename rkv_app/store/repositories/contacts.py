# SPDX-License-Identifier: MIT
"""Whose keys this store has pinned, and whose store it is."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.exchange import Contact, Replaced
from rkv_app.domain.people import Party
from rkv_app.store.database import schema
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.failures import never_finished
from rkv_app.store.repositories.rows import card_from, card_values, change_one, party_from, party_values, put


class SqlContacts:
    """Implements `domain.ports.ContactRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def pin(self, contact: Contact) -> None:
        """See ContactRepository."""
        with self._database.transaction() as connection:
            put(connection, schema.contact, _contact_row(contact))
            self._database.note(Entry.CONTACT, contact.id, value=dump_json(contact.digits))

    def get(self, contact_id: str) -> Contact | None:
        """See ContactRepository."""
        table = schema.contact
        with self._database.reading() as connection:
            row = connection.execute(sa.select(table).where(table.c.id == contact_id)).one_or_none()
        return None if row is None else _contact(row)

    def all(self) -> Sequence[Contact]:
        """See ContactRepository. In the order in which they were first pinned."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(schema.contact).order_by(schema.contact.c.seq))
            return [_contact(row) for row in rows]

    def own_party(self) -> Party:
        """See ContactRepository.

        Raises:
            UserError: RKV-STO-015 the store has no owner, because its making was interrupted.
        """
        return party_from(self._owner())

    def own_keys(self) -> bytes:
        """See ContactRepository.

        Raises:
            UserError: RKV-STO-015, as `own_party`.
        """
        keys: bytes = self._owner().keys
        return keys

    def found(self, party: Party, keys: bytes) -> None:
        """See ContactRepository."""
        with self._database.transaction() as connection:
            connection.execute(schema.owner.insert().values(id=1, keys=keys, **party_values(party)))
            self._database.note(Entry.OWNER, "", value=dump_json(party.role.value))

    def put_own_keys(self, keys: bytes) -> None:
        """See ContactRepository."""
        with self._database.transaction() as connection:
            change_one(connection, schema.owner.update().values(keys=keys))
            self._database.note(Entry.OWNER, "", item="keys")

    def _owner(self) -> sa.Row[Any]:
        with self._database.reading() as connection:
            row = connection.execute(sa.select(schema.owner)).one_or_none()
        if row is None:
            raise never_finished()
        return row


def _contact_row(contact: Contact) -> dict[str, object]:
    replaced = contact.replaced
    return {
        "id": contact.id,
        "digits": contact.digits,
        "pinned_at": contact.pinned_at,
        "checked_by": contact.checked_by,
        "checked_on": contact.checked_on,
        "checked_how": contact.checked_how,
        "replaced_contact": replaced.contact_id if replaced else "",
        "replaced_on": replaced.on if replaced else None,
        "replaced_by": replaced.by if replaced else "",
        **card_values(contact.card),
    }


def _contact(row: sa.Row[Any]) -> Contact:
    return Contact(
        id=row.id,
        card=card_from(row),
        digits=row.digits,
        pinned_at=row.pinned_at,
        checked_by=row.checked_by,
        checked_on=row.checked_on,
        checked_how=row.checked_how,
        replaced=Replaced(contact_id=row.replaced_contact, on=row.replaced_on, by=row.replaced_by)
        if row.replaced_contact
        else None,
    )
