# SPDX-License-Identifier: MIT
"""The repositories of a store put together on a database of any kind, without what only a store in a file has."""

import contextlib
from collections.abc import Iterator

from rkv_app.domain.ports import SearchRepository
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import first_broken
from rkv_app.store.repositories.attachments import SqlAttachments
from rkv_app.store.repositories.cases import SqlCases
from rkv_app.store.repositories.contacts import SqlContacts
from rkv_app.store.repositories.curricula import SqlCurricula
from rkv_app.store.repositories.drafts import SqlDrafts
from rkv_app.store.repositories.evaluations import SqlEvaluations
from rkv_app.store.repositories.exchange import SqlExchange
from rkv_app.store.repositories.responses import SqlResponses
from rkv_app.store.repositories.settings import SqlSettings
from rkv_app.store.repositories.sharing import SqlSharing

Row = tuple[int, str, str, str, str, str | None, bytes]


class ComposedStore:
    """What the contract needs of `domain.store_ports.Store`, and the database that it stands on."""

    def __init__(self, database: Database, search: SearchRepository) -> None:
        self.database = database
        self.search = search
        self.attachments = SqlAttachments(database)
        self.curricula = SqlCurricula(database)
        self.cases = SqlCases(database)
        self.evaluations = SqlEvaluations(database)
        self.responses = SqlResponses(database)
        self.exchange = SqlExchange(database)
        self.contacts = SqlContacts(database)
        self.sharing = SqlSharing(database)
        self.drafts = SqlDrafts(database)
        self.settings = SqlSettings(database)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """See Store."""
        with self.database.transaction():
            yield

    def trail(self) -> list[Row]:
        """All entries of the trail, as they are stored."""
        query = "SELECT seq, at, kind, subject, item, value, hash FROM trail ORDER BY seq"
        with self.database.reading() as connection:
            return [tuple(row) for row in connection.exec_driver_sql(query)]

    def first_broken_entry(self) -> int | None:
        """The number of the first entry that is not as it was written, or None."""
        return first_broken(self.trail())

    def close(self) -> None:
        """See Store."""
        self.database.close()
