# SPDX-License-Identifier: MIT
"""Stores of older versions are brought up to date, whole or not at all; stores of newer ones are left alone."""

import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database import migration
from rkv_app.store.database.schema import REVISION, metadata
from support.store_samples import CASE, PASSPHRASE, empty_database, opened_database, quick_vault

from .conftest import Start

NEXT = f"{int(REVISION) + 1:04}"
_NEXT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "{next}", "{newest}", None, None


def upgrade():
    op.create_table("shelf", sa.Column("id", sa.Integer, primary_key=True))
    {more}
"""


def _statements(connection: sa.Connection) -> dict[str, list[str]]:
    """What makes each table and index: its columns and constraints."""
    rows = connection.execute(sa.text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {name: _lines(sql) for name, sql in rows if name != "alembic_version"}


def _lines(sql: str) -> list[str]:
    # A table that was made anew under another name has its own in quotation marks.
    sql = re.sub(r'^CREATE TABLE "(\w+)"', r"CREATE TABLE \1", sql)
    # A column that was added later stands on the line of the one before it, and after the constraints.
    lines = [part.strip() for line in sql.splitlines() for part in re.split(r",\s*(?![^(]*\))", line) if part.strip()]
    return sorted(lines)


def _tables(path: Path) -> set[str]:
    database = opened_database(path)
    with database.reading() as connection:
        names = set(sa.inspect(connection).get_table_names())
    database.close()
    return names


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Makes this program one revision newer than it is; returns the file of that revision."""
    scripts = tmp_path / "100 % newer"
    shutil.copytree(migration._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(migration, "_SCRIPTS", scripts)
    monkeypatch.setattr(migration, "REVISION", NEXT)
    return scripts / "versions" / "rev_next_shelf.py"


def test_the_revisions_lead_to_exactly_the_tables_that_are_declared(tmp_path: Path) -> None:
    migrated, declared = empty_database(tmp_path / "a.db"), empty_database(tmp_path / "b.db")
    with migrated.transaction() as connection:
        migration.run_revisions(connection)
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
        by_revisions = _statements(connection)
    with declared.transaction() as connection:
        metadata.create_all(connection)
        as_declared = _statements(connection)
    migrated.close()
    declared.close()
    assert differences == []
    assert by_revisions == as_declared


def test_the_newest_revision_is_the_one_that_stores_are_compared_with() -> None:
    config = Config()
    config.set_main_option("script_location", str(migration._SCRIPTS).replace("%", "%%"))
    assert ScriptDirectory.from_config(config).get_heads() == [REVISION]


def test_an_older_store_is_brought_up_to_date_when_it_is_opened(closed_store: Path, next_version: Path) -> None:
    next_version.write_text(_NEXT.format(next=NEXT, newest=REVISION, more=""), encoding="utf-8")
    store = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert store.cases.get(CASE.id) == CASE
    store.close()
    assert "shelf" in _tables(closed_store)
    database = opened_database(closed_store)
    assert database.is_sound()
    database.close()


def test_a_revision_that_fails_leaves_the_store_as_it_was(closed_store: Path, next_version: Path) -> None:
    next_version.write_text(_NEXT.format(next=NEXT, newest=REVISION, more="raise ArithmeticError"), encoding="utf-8")
    with pytest.raises(ArithmeticError):
        quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert "shelf" not in _tables(closed_store)


def test_a_store_of_a_newer_version_is_left_alone(closed_store: Path) -> None:
    database = opened_database(closed_store)
    with database.transaction() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '0999'"))
    database.close()
    before = closed_store.read_bytes()
    with pytest.raises(UserError) as refused:
        quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert (refused.value.code, refused.value.status) == ("RKV-STO-014", ExitStatus.REFUSED)
    assert closed_store.read_bytes() == before


def test_opening_a_store_that_is_up_to_date_does_not_wait_for_alembic(closed_store: Path, start: Start) -> None:
    told, _ = start("modules", closed_store).communicate()
    assert told == "False\n"
