# SPDX-License-Identifier: MIT
"""One open encrypted store: its repositories and its transactions."""

import contextlib
from collections.abc import Iterator

from rkv_app.domain.ports import (
    CaseRepository,
    ContactRepository,
    CurriculumRepository,
    EvaluationRepository,
    ExchangeRepository,
    SharingRepository,
)
from rkv_app.store.engine import Database
from rkv_app.store.repositories.cases import SqlCases
from rkv_app.store.repositories.contacts import SqlContacts
from rkv_app.store.repositories.curricula import SqlCurricula
from rkv_app.store.repositories.evaluations import SqlEvaluations
from rkv_app.store.repositories.exchange import SqlExchange
from rkv_app.store.repositories.sharing import SqlSharing


class SqlCipherStore:
    """Implements `domain.ports.Store` on a SQLCipher database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.curricula: CurriculumRepository = SqlCurricula(database)
        self.cases: CaseRepository = SqlCases(database)
        self.evaluations: EvaluationRepository = SqlEvaluations(database)
        self.exchange: ExchangeRepository = SqlExchange(database)
        self.contacts: ContactRepository = SqlContacts(database)
        self.sharing: SharingRepository = SqlSharing(database)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """See Store."""
        with self._database.transaction():
            yield

    def close(self) -> None:
        """See Store."""
        self._database.close()
