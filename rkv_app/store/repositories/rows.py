# SPDX-License-Identifier: MIT
"""What several repositories do alike: put or change exactly one row, and keep a party or a contact card in columns."""

import dataclasses
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.exchange import Card
from rkv_app.domain.people import Party, Role

PARTY_FIELDS = tuple(field.name for field in dataclasses.fields(Party))
"""The columns of a party."""


def put(connection: sa.Connection, table: sa.Table, values: Mapping[str, object]) -> None:
    """Replaces the row with the `id` in `values`, or adds it."""
    if connection.execute(table.update().where(table.c.id == values["id"]).values(values)).rowcount == 0:
        connection.execute(table.insert().values(values))


def change_one(connection: sa.Connection, statement: sa.Update) -> None:
    """Runs an update that is meant for one row.

    Raises:
        LookupError: there is no such row.
    """
    if connection.execute(statement).rowcount != 1:
        raise LookupError("there is no such row")


def party_values(party: Party, prefix: str = "") -> dict[str, object]:
    """Returns the columns of a party."""
    return {prefix + name: getattr(party, name) for name in PARTY_FIELDS}


def party_from(row: sa.Row[Any], prefix: str = "") -> Party:
    """Reads a party from its columns."""
    fields = {name: row._mapping[prefix + name] for name in PARTY_FIELDS}
    return Party(**{**fields, "role": Role(fields["role"])})


def card_values(card: Card, prefix: str = "") -> dict[str, object]:
    """Returns the columns of a contact card."""
    return {
        **party_values(card.party, prefix),
        prefix + "signing_certificate": card.signing_certificate,
        prefix + "sealing_certificate": card.sealing_certificate,
    }


def card_from(row: sa.Row[Any], prefix: str = "") -> Card:
    """Reads a contact card from its columns."""
    return Card(
        party=party_from(row, prefix),
        signing_certificate=row._mapping[prefix + "signing_certificate"],
        sealing_certificate=row._mapping[prefix + "sealing_certificate"],
    )
