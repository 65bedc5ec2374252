# SPDX-License-Identifier: MIT
"""Makes the database of a new store."""

from pathlib import Path
from uuid import UUID

from rkv_app import __version__
from rkv_app.foundation.clock import Clock
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.migration import newest_tables
from rkv_app.store.database.schema import store_info


def new_database(path: Path, key: bytearray, store_id: str, clock: Clock) -> SqlCipherDatabase:
    """Makes all tables in the empty file at `path`. The caller removes it when this fails.

    Raises:
        UserError: RKV-SYS-001, RKV-SYS-002.
    """
    database = SqlCipherDatabase(connect(path, key, salt=UUID(store_id).bytes), path, clock)
    try:
        with database.transaction() as connection:
            newest_tables(connection)
            connection.execute(store_info.insert().values(id=1, store_id=store_id, made_by=__version__))
    except BaseException:
        database.close()
        raise
    return database
