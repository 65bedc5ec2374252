# SPDX-License-Identifier: MIT
"""Brings a store's tables to the newest revision. Alembic is loaded only when there is something to do.

The revisions are found beside this file, so that they are found in a checkout, an installed package and a bundle alike.
"""

from pathlib import Path
from typing import Final

import sqlalchemy as sa

from rkv_app.store.database.schema import REVISION, metadata, store_info
from rkv_app.store.failures import made_by_newer_version

_SCRIPTS: Final = Path(__file__).resolve().parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


def is_up_to_date(connection: sa.Connection) -> bool:
    """Whether the store's tables are this program's.

    Raises:
        UserError: RKV-STO-014 they are newer; it names the version of the program that is needed.
    """
    stored = connection.scalar(sa.select(_VERSION.c.version_num))
    if stored is not None and stored > REVISION:
        raise made_by_newer_version(connection.scalar(sa.select(store_info.c.made_by)) or "")
    return bool(stored == REVISION)


def bring_up_to_date(connection: sa.Connection) -> None:
    """Runs what is missing between the store's revision and ours, inside the transaction of `connection`.

    Raises:
        UserError: as `is_up_to_date` does.
    """
    if not is_up_to_date(connection):
        run_revisions(connection)


def newest_tables(connection: sa.Connection) -> None:
    """Makes the tables of the newest revision in an empty database, inside its transaction.

    A new store needs no steps through what older stores were; a test holds these tables against those of the revisions.
    """
    metadata.create_all(connection)
    connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)")
    connection.execute(_VERSION.insert().values(version_num=REVISION))


def run_revisions(connection: sa.Connection) -> None:
    """Runs all revisions that the database of `connection` has not had, inside its transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
