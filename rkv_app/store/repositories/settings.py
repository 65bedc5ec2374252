# SPDX-License-Identifier: MIT
"""The choices of a store's owner, by name."""

import sqlalchemy as sa

from rkv_app.store.database.port import Database
from rkv_app.store.database.schema import setting


class SqlSettings:
    """Implements `domain.ports.SettingRepository`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, name: str, value: object) -> None:
        """See SettingRepository."""
        with self._database.transaction() as connection:
            connection.execute(setting.delete().where(setting.c.name == name))
            connection.execute(setting.insert().values(name=name, value=value))

    def get(self, name: str) -> object | None:
        """See SettingRepository."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(setting.c.value).where(setting.c.name == name))
