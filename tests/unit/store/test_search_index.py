# SPDX-License-Identifier: MIT
"""The index of a store is made when somebody searches, follows what is written, and never stands in a writer's way."""

import contextlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.schema import metadata
from rkv_app.store.repositories import search
from rkv_app.store.repositories.cases import SqlCases
from rkv_app.store.repositories.evaluations import SqlEvaluations
from rkv_app.store.repositories.search import SqlCipherSearch
from support.store_samples import CANDIDATE, CASE, EVALUATION, NOW

_KEY = bytes(32)


@contextlib.contextmanager
def _opened(path: Path, *, read_only: bool = False) -> Iterator[SqlCipherDatabase]:
    raw = connect(path, _KEY, read_only=read_only)
    with contextlib.closing(SqlCipherDatabase(raw, path, SystemClock(), read_only=read_only)) as database:
        yield database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database with one case in it, which nobody has searched."""
    made = tmp_path / "store.db"
    made.touch()
    with _opened(made) as database:
        with database.transaction() as connection:
            metadata.create_all(connection)
        SqlCases(database).add(CANDIDATE, CASE)
        SqlEvaluations(database).add(EVALUATION)
    return made


@pytest.fixture
def database(path: Path) -> Iterator[SqlCipherDatabase]:
    """That database, open."""
    with _opened(path) as opened:
        opened.begin_trail()
        yield opened


def _found(database: SqlCipherDatabase, text: str) -> list[str]:
    return [hit.subject for hit in SqlCipherSearch(database).find(text)]


def _count(database: SqlCipherDatabase, table: str) -> object:
    row = database.raw.execute(f"SELECT count(*) FROM {table}").fetchone()
    return row and row[0]


def test_saving_an_answer_never_waits_for_the_index(database: SqlCipherDatabase) -> None:
    _found(database, "zarah")
    before = _count(database, "search_entry")
    SqlEvaluations(database).save_answer(EVALUATION.id, "note", "Vasket gulv", NOW)
    assert _count(database, "search_entry") == before
    assert _found(database, "gulv") == [EVALUATION.id]


def test_a_case_is_found_by_every_curriculum_that_it_rests_on(database: SqlCipherDatabase) -> None:
    assert _found(database, "HEA03-03") == [CASE.id]
    assert _found(database, "XXP05-01") == []
    SqlCases(database).set_further_plans(CASE.id, ["XXP05-01", "XXP04-01"], NOW)
    assert _found(database, "XXP05-01") == _found(database, "XXP04-01") == [CASE.id]
    SqlCases(database).set_further_plans(CASE.id, ["XXP04-01"], NOW)
    assert _found(database, "XXP05-01") == []


def test_searching_again_writes_nothing(path: Path, database: SqlCipherDatabase) -> None:
    _found(database, "zarah")
    log = path.with_name(path.name + "-wal")
    before = log.read_bytes()
    _found(database, "zarah")
    _found(database, "nobody")
    assert log.read_bytes() == before


def test_an_index_of_another_format_is_made_anew(database: SqlCipherDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    _found(database, "zarah")
    with database.transaction():
        database.execute("DELETE FROM search_text", ())
    monkeypatch.setattr(search, "_FORMAT", search._FORMAT + 1)
    assert _found(database, "zarah") == [CANDIDATE.id]


def test_an_index_ahead_of_its_trail_is_made_anew(database: SqlCipherDatabase) -> None:
    _found(database, "zarah")
    with database.transaction():
        database.execute("UPDATE search_state SET done = 1000", ())
        database.execute("DELETE FROM search_text", ())
    assert _found(database, "zarah") == [CANDIDATE.id]


def test_an_index_whose_making_was_interrupted_is_made_anew(
    database: SqlCipherDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(search, "_row_id", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            _found(database, "zarah")
    assert _found(database, "zarah") == [CANDIDATE.id]


@pytest.mark.parametrize("was_searched", [True, False])
def test_a_store_that_is_only_looked_at_is_searched_as_it_is_and_not_written(path: Path, was_searched: bool) -> None:
    with _opened(path) as database:
        database.begin_trail()
        if was_searched:
            _found(database, "zarah")
        SqlEvaluations(database).save_answer(EVALUATION.id, "note", "Vasket gulv", NOW)
    before = path.read_bytes()
    with _opened(path, read_only=True) as looked_at:
        looked_at.begin_trail()
        assert _found(looked_at, "gulv") == [EVALUATION.id]
        assert _found(looked_at, "zar") == [CANDIDATE.id]
    assert path.read_bytes() == before


def test_an_index_that_is_up_to_date_is_used_as_it_lies_in_a_store_that_is_only_looked_at(
    path: Path, tmp_path: Path
) -> None:
    with _opened(path) as database:
        database.begin_trail()
        _found(database, "zarah")
    copy = shutil.copy(path, tmp_path / "copy.db")
    with _opened(Path(copy), read_only=True) as looked_at:
        looked_at.begin_trail()
        finder = SqlCipherSearch(looked_at)
        assert [hit.subject for hit in finder.find("zar")] == [CANDIDATE.id]
        assert finder._in_memory is None


def test_more_texts_than_are_indexed_at_once_are_all_found(
    database: SqlCipherDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "_ROWS_AT_ONCE", 3)
    answers = {f"note/{number}": "felles " + "ord " * (9 - number) + f"nummer{number}" for number in range(10)}
    SqlEvaluations(database).add(replace(EVALUATION, id="many", answers=answers))
    assert len(_found(database, "felles")) == 10
    assert [_found(database, f"nummer{number}") for number in range(10)] == [["many"]] * 10


def test_short_texts_come_before_long_ones(database: SqlCipherDatabase) -> None:
    answers = {"a": "rapport om alt som ble gjort den uka", "b": "rapport", "c": "skrev rapport"}
    SqlEvaluations(database).add(replace(EVALUATION, id="many", answers=answers))
    found = [hit.excerpt for hit in SqlCipherSearch(database).find("rapp")]
    assert found == [answers["b"], answers["c"], answers["a"]]


def test_no_search_reads_a_whole_table(database: SqlCipherDatabase) -> None:
    _found(database, "zarah")
    plan = database.raw.execute("EXPLAIN QUERY PLAN " + search._FIND, ('"zar"*', 1, 50)).fetchall()
    steps = [str(row[3]) for row in plan]
    assert any("VIRTUAL TABLE INDEX" in step and "M" in step for step in steps)
    assert any(step.startswith("SEARCH entry USING INTEGER PRIMARY KEY") for step in steps)
    assert not any(step.startswith("SCAN entry") for step in steps)
