# SPDX-License-Identifier: MIT
"""What is typed but belongs to no record yet. Not in the audit trail: nobody has said it yet."""

from datetime import datetime

import sqlalchemy as sa

from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import draft


class SqlDrafts:
    """Implements `domain.ports.DraftRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, key: str, value: object, at: datetime) -> None:
        """See DraftRepository."""
        with self._database.transaction() as connection:
            connection.execute(draft.delete().where(draft.c.key == key))
            connection.execute(draft.insert().values(key=key, value=value, at=at))

    def get(self, key: str) -> object | None:
        """See DraftRepository."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(draft.c.value).where(draft.c.key == key))

    def remove(self, key: str) -> None:
        """See DraftRepository."""
        with self._database.transaction() as connection:
            connection.execute(draft.delete().where(draft.c.key == key))
