# SPDX-License-Identifier: MIT
"""One open encrypted store: its repositories, its transactions, its ways in, and what belongs to its care."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import sqlalchemy as sa

from rkv_app.domain.answer_ports import EvaluationRepository, ResponseRepository
from rkv_app.domain.ports import (
    AttachmentRepository,
    CaseRepository,
    ContactRepository,
    CurriculumRepository,
    DraftRepository,
    ExchangeRepository,
    SearchRepository,
    SettingRepository,
    SharingRepository,
)
from rkv_app.domain.store_ports import WaysIn
from rkv_app.domain.stores import SECOND_FOLDER, Backup, Notice, Progress, StoreInfo, Verified
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.memory import wipe
from rkv_app.store.care.backups import back_up, back_up_if_changed, list_backups
from rkv_app.store.care.checking import look_through
from rkv_app.store.care.export import export
from rkv_app.store.care.verifying import verify_part, verify_trail
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.schema import REVISION, store_info
from rkv_app.store.database.trail import Entry
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.ways_in import SqlCipherWaysIn
from rkv_app.store.repositories.attachments import SqlAttachments
from rkv_app.store.repositories.cases import SqlCases
from rkv_app.store.repositories.contacts import SqlContacts
from rkv_app.store.repositories.curricula import SqlCurricula
from rkv_app.store.repositories.drafts import SqlDrafts
from rkv_app.store.repositories.evaluations import SqlEvaluations
from rkv_app.store.repositories.exchange import SqlExchange
from rkv_app.store.repositories.responses import SqlResponses
from rkv_app.store.repositories.search import SqlCipherSearch
from rkv_app.store.repositories.settings import SqlSettings
from rkv_app.store.repositories.sharing import SqlSharing


class SqlCipherStore:
    """Implements `domain.store_ports.Store` on a SQLCipher database.

    Args:
        path: where the store lies; the database may be a copy of it.
        key: the store's key, wiped when the store is closed.
        until: what ends with the store, such as its lock.
    """

    def __init__(
        self,
        database: SqlCipherDatabase,
        path: Path,
        key: bytearray,
        surroundings: Surroundings,
        until: contextlib.ExitStack,
        notices: Sequence[Notice] = (),
    ) -> None:
        self._database = database
        self._path = path
        self._key = key
        self._clock = surroundings.clock
        self._until = until
        self._is_open = True
        self.notices = notices
        self.curricula: CurriculumRepository = SqlCurricula(database)
        self.cases: CaseRepository = SqlCases(database)
        self.evaluations: EvaluationRepository = SqlEvaluations(database)
        self.responses: ResponseRepository = SqlResponses(database)
        self.exchange: ExchangeRepository = SqlExchange(database)
        self.contacts: ContactRepository = SqlContacts(database)
        self.sharing: SharingRepository = SqlSharing(database)
        self.search: SearchRepository = SqlCipherSearch(database)
        self.attachments: AttachmentRepository = SqlAttachments(database)
        self.drafts: DraftRepository = SqlDrafts(database)
        self.settings: SettingRepository = SqlSettings(database)
        self.ways_in: WaysIn = SqlCipherWaysIn(path, key, database, surroundings, read_only=database.read_only)

    @property
    def read_only(self) -> bool:
        """See Store."""
        return self._database.read_only

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """See Store."""
        with self._database.transaction():
            yield

    def info(self) -> StoreInfo:
        """See Store."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(store_info)).one()
        kept = list_backups(self._path, self._second_folder())
        return StoreInfo(
            store_id=row.store_id,
            path=self._path,
            revision=REVISION,
            size=self._database.path.stat().st_size,
            entries=self._database.trail.count,
            made_by=row.made_by,
            slots=tuple(self.ways_in.all()),
            last_backup=kept[0] if kept else None,
            read_only=self.read_only,
        )

    def back_up(self, progress: Progress | None = None) -> Backup:
        """See Store."""
        return back_up(self._database, self._path, self._key, self._clock, self._second_folder(), progress)

    def verify_trail(self, progress: Progress | None = None) -> None:
        """See Store."""
        verify_trail(self._database, progress)

    def verify_part(self, so_far: Verified) -> Verified | None:
        """See Store."""
        return verify_part(self._database, so_far)

    def look_through(self, backup: Backup, progress: Progress | None = None) -> Sequence[Notice]:
        """See Store."""
        return look_through(backup.path, self._key, self.info().store_id, progress)

    def export(self, folder: Path, progress: Progress | None = None) -> None:
        """See Store."""
        export(self._database, folder, progress)
        if not self.read_only:
            with self._database.transaction():
                self._database.note(Entry.EXPORTED, "")

    def close(self, *, back_up: bool = True) -> None:
        """See Store."""
        if not self._is_open:
            return
        self._is_open = False
        try:
            if back_up and not self.read_only:
                # What went wrong is told at the next opening, by the age of the newest backup.
                with contextlib.suppress(UserError):
                    back_up_if_changed(self._database, self._path, self._key, self._clock, self._second_folder())
        finally:
            self._database.close()
            wipe(self._key)
            self._until.close()

    def _second_folder(self) -> Path | None:
        named = self.settings.get(SECOND_FOLDER)
        return Path(named) if isinstance(named, str) and named else None
