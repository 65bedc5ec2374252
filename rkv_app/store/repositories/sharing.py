# SPDX-License-Identifier: MIT
"""The sharing record. Rows are added and read, nothing else."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json


class SqlSharing:
    """Implements `domain.ports.SharingRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, event: SharingEvent) -> None:
        """See SharingRepository."""
        row = {
            "id": event.id,
            "case_id": event.case_id,
            "message_id": event.message_id,
            "at": event.at,
            "receiver": event.receiver,
            "legal_basis": event.ground.legal_basis,
            "purpose": event.ground.purpose,
            "informed_on": event.ground.informed_on,
            "sha256": event.sha256,
            "shape": event.shape,
            "cleared_by": event.cleared_by,
        }
        with self._database.transaction() as connection:
            connection.execute(schema.sharing_event.insert().values(row))
            self._database.note(Entry.SHARED, event.id, value=dump_json(event.sha256), at=moment_text(event.at))

    def for_case(self, case_id: str) -> Sequence[SharingEvent]:
        """See SharingRepository."""
        table = schema.sharing_event
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.at, table.c.seq)
        with self._database.reading() as connection:
            return [_event(row) for row in connection.execute(query)]


def _event(row: sa.Row[Any]) -> SharingEvent:
    return SharingEvent(
        id=row.id,
        case_id=row.case_id,
        message_id=row.message_id,
        at=row.at,
        receiver=row.receiver,
        ground=SharingGround(legal_basis=row.legal_basis, purpose=row.purpose, informed_on=row.informed_on),
        sha256=row.sha256,
        shape=row.shape,
        cleared_by=row.cleared_by,
    )
