# SPDX-License-Identifier: MIT
"""Who changed what, and when, can be told afterwards; and nobody can take it back unnoticed."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.stores import Verified
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.care.verifying import verify_part, verify_trail
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.schema import answer, metadata, trail
from rkv_app.store.database.tip import Tip, TipFile
from rkv_app.store.database.trail import NOTHING_BEFORE, Entry, Trail, entry_hash, first_broken
from rkv_app.store.entry.opening import check_end_of_trail, follow
from rkv_app.store.repositories.evaluations import SqlEvaluations
from support.store_samples import ATTESTATION, EVALUATION, later

KEY = bytes(range(32))
STORE = "4f0c9a3e-6f1e-4d6b-9a53-0d8f5a1f2b11"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[SqlCipherDatabase]:
    """An empty database with all tables."""
    path = tmp_path / "plain.db"
    path.touch()
    opened = SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())
    with opened.transaction() as connection:
        metadata.create_all(connection)
    opened.begin_trail()
    yield opened
    opened.close()


def _entries(database: SqlCipherDatabase) -> list[tuple[object, ...]]:
    return database.raw.execute("SELECT seq, at, kind, subject, item, value, hash FROM trail ORDER BY seq").fetchall()


def _refusal(database: SqlCipherDatabase) -> tuple[str, ExitStatus]:
    with pytest.raises(UserError) as refused:
        verify_trail(database)
    return refused.value.code, refused.value.status


def _write_five(database: SqlCipherDatabase) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    for number in range(4):
        evaluations.save_answer(EVALUATION.id, "hours", number, later(number))


def test_every_saved_answer_every_removal_and_every_state_leaves_an_entry(database: SqlCipherDatabase) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    evaluations.save_answer(EVALUATION.id, "hours", ["æ"], later(2))
    evaluations.save_answer(EVALUATION.id, "hours", None, later(3))
    evaluations.set_state(EVALUATION.id, EvaluationState.COMPLETED, ATTESTATION, later(4))
    with database.reading() as connection:
        rows = connection.execute(
            sa.select(trail.c.kind, trail.c.subject, trail.c.item, trail.c.value, trail.c.at).order_by(trail.c.seq)
        )
        assert [tuple(row) for row in rows][1:] == [
            ("answer", EVALUATION.id, "hours", "12", later(1)),
            ("answer", EVALUATION.id, "hours", '["æ"]', later(2)),
            ("removed", EVALUATION.id, "hours", None, later(3)),
            ("state", EVALUATION.id, "", '"completed"', later(4)),
        ]
    verify_trail(database)


def test_an_answer_and_its_entry_are_written_together_or_not_at_all(database: SqlCipherDatabase) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)
    with database.transaction() as connection:
        connection.execute(sa.text("CREATE TRIGGER refuse BEFORE INSERT ON trail BEGIN SELECT RAISE(ABORT, 'no'); END"))
    with pytest.raises(Exception, match="no"):
        evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    with database.reading() as connection:
        assert connection.execute(sa.select(answer)).all() == []
    with database.transaction() as connection:
        connection.execute(sa.text("DROP TRIGGER refuse"))
    evaluations.save_answer(EVALUATION.id, "hours", 12, later(1))
    verify_trail(database)


def test_the_chain_can_be_computed_by_anybody_from_what_the_format_says(database: SqlCipherDatabase) -> None:
    _write_five(database)
    before = bytes(32)
    for *told, digest in _entries(database):
        octets = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
        assert digest == hashlib.sha256(before + octets).digest()
        before = digest


@pytest.mark.parametrize(
    ("edit", "first"),
    [
        ("UPDATE trail SET value = '7' WHERE seq = 3", 3),
        ("UPDATE trail SET at = '2020-01-01T00:00:00.000000+00:00' WHERE seq = 1", 1),
        ("UPDATE trail SET subject = 'another' WHERE seq = 4", 4),
        ("UPDATE trail SET hash = zeroblob(32) WHERE seq = 2", 2),
        ("DELETE FROM trail WHERE seq = 2", 2),
        ("DELETE FROM trail WHERE seq = 1", 1),
        ("UPDATE trail SET kind = 'removed', value = NULL WHERE seq = 5", 5),
    ],
)
def test_an_entry_that_was_changed_or_taken_out_is_found_and_numbered(
    database: SqlCipherDatabase, edit: str, first: int
) -> None:
    _write_five(database)
    with database.transaction():
        database.execute(edit, ())
    with pytest.raises(UserError) as refused:
        verify_trail(database)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-020", ExitStatus.DAMAGED)
    assert f" {first} " in str(refused.value)


def test_an_entry_that_was_put_in_is_found(database: SqlCipherDatabase) -> None:
    _write_five(database)
    with database.transaction():
        database.execute(
            "INSERT INTO trail SELECT 6, at, kind, subject, item, value, hash FROM trail WHERE seq = 5", ()
        )
    database.begin_trail()
    assert _refusal(database) == ("RKV-STO-020", ExitStatus.DAMAGED)


def test_what_was_undone_leaves_no_gap(database: SqlCipherDatabase) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(EVALUATION)

    def save_and_fail(value: int) -> None:
        with database.transaction():
            evaluations.save_answer(EVALUATION.id, "hours", value, later(value))
            raise KeyError

    with pytest.raises(KeyError):
        save_and_fail(1)
    with database.transaction():
        evaluations.save_answer(EVALUATION.id, "hours", 2, later(2))
        with pytest.raises(KeyError):
            save_and_fail(3)
        evaluations.save_answer(EVALUATION.id, "hours", 4, later(4))
    verify_trail(database)
    assert [entry[5] for entry in _entries(database)][1:] == ["2", "4"]


def test_the_trail_is_checked_part_by_part_while_it_grows_and_an_altered_entry_is_found(
    database: SqlCipherDatabase,
) -> None:
    with database.transaction():
        for number in range(6_000):
            database.note(Entry.STATE, "e-1", value=str(number))
    first = verify_part(database, Verified())
    assert first is not None
    assert 0 < first.entries < 6_000
    with database.transaction():
        database.note(Entry.STATE, "e-1", value="written in between")
    rest = verify_part(database, first)
    assert rest == Verified(6_001, database.trail.last)
    assert verify_part(database, rest) is None
    with database.transaction():
        database.execute("UPDATE trail SET value = 'x' WHERE seq = 5990", ())
    with pytest.raises(UserError) as refused:
        verify_part(database, first)
    assert refused.value.code == "RKV-STO-020"


def test_checking_the_trail_can_be_cancelled(database: SqlCipherDatabase) -> None:
    _write_five(database)
    with pytest.raises(UserError) as refused:
        verify_trail(database, lambda done, of: (done, of) != (5, 5))
    assert refused.value.code == "RKV-STO-034"


def test_a_database_that_was_rolled_back_is_found_when_it_is_opened(
    database: SqlCipherDatabase, tmp_path: Path
) -> None:
    tips = TipFile(tmp_path / "state", STORE, KEY)
    follow(database, tips, accept_older=False)
    _write_five(database)
    tips.close()
    with database.transaction():
        database.execute("DELETE FROM trail WHERE seq > 3", ())
    again = TipFile(tmp_path / "state", STORE, KEY)
    with pytest.raises(UserError) as refused:
        follow(database, again, accept_older=False)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-021", ExitStatus.DAMAGED)
    assert " 2 " in str(refused.value)
    follow(database, again, accept_older=True)
    again.close()
    assert [entry[2] for entry in _entries(database)][-1] == Entry.ACCEPTED_OLDER
    verify_trail(database)


def test_another_history_of_the_same_length_is_found(database: SqlCipherDatabase, tmp_path: Path) -> None:
    _write_five(database)
    check_end_of_trail(database, Tip(5, database.trail.last))
    check_end_of_trail(database, Tip(0, NOTHING_BEFORE))
    with pytest.raises(UserError) as refused:
        check_end_of_trail(database, Tip(5, bytes(32)))
    assert refused.value.code == "RKV-STO-021"


def test_a_tip_that_lags_behind_is_no_alarm(database: SqlCipherDatabase, tmp_path: Path) -> None:
    tips = TipFile(tmp_path, STORE, KEY)
    follow(database, tips, accept_older=False)
    database.on_growth = lambda _count, _last: None
    _write_five(database)
    follow(database, tips, accept_older=False)
    assert tips.read() == Tip(5, database.trail.last)
    tips.close()


@given(st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=6), st.integers(0, 500))
def test_a_torn_tip_is_at_most_one_behind(
    tmp_path_factory: pytest.TempPathFactory, hashes: list[bytes], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("tips")
    tips = TipFile(folder, STORE, KEY)
    for number, digest in enumerate(hashes, start=1):
        tips.write(Tip(number, digest))
    newest = Tip(len(hashes), hashes[-1])
    assert tips.read() == newest
    tips.close()
    file = folder / f"{STORE}.tip"
    held = bytearray(file.read_bytes())
    held[cut % len(held)] ^= 0x10
    file.write_bytes(held)
    again = TipFile(folder, STORE, KEY)
    before = Tip(len(hashes) - 1, hashes[-2]) if len(hashes) > 1 else None
    assert again.read() in (newest, before)
    again.close()


def test_a_tip_says_nothing_to_whoever_lacks_the_key_and_cannot_be_made_without_it(tmp_path: Path) -> None:
    tips = TipFile(tmp_path, STORE, KEY)
    tips.write(Tip(3, b"\xab" * 32))
    tips.close()
    other = TipFile(tmp_path, STORE, bytes(32))
    assert other.read() is None
    other.close()
    assert b"\xab" * 8 not in (tmp_path / f"{STORE}.tip").read_bytes()


def test_a_place_for_tips_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_bytes(b"a file where the folder was to be")
    tips = TipFile(blocked, STORE, KEY)
    tips.write(Tip(1, bytes(32)))
    assert tips.read() is None
    tips.close()


texts = st.text(max_size=20)
told = st.tuples(texts, st.sampled_from(list(Entry)), texts, texts, st.none() | texts)


@given(st.lists(told, min_size=1, max_size=12), st.data())
def test_any_single_change_of_any_trail_is_found(
    entries: list[tuple[str, Entry, str, str, str | None]], data: st.DataObject
) -> None:
    rows: list[list[object]] = []
    growing = Trail(lambda _sql, row: rows.append(list(row)))
    for at, kind, subject, item, value in entries:
        growing.note(at, kind, subject, item, value)
    assert first_broken(rows) is None
    number = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(1, 6))
    changed = data.draw(st.binary(min_size=32, max_size=32) if column == 6 else texts)
    if changed == rows[number][column]:
        return
    rows[number][column] = changed
    assert first_broken(rows) == number + 1


def test_the_hash_of_an_entry_is_what_it_was_in_the_first_release() -> None:
    found = entry_hash(NOTHING_BEFORE, 1, "2026-03-02T09:30:00.000000+00:00", "answer", "e", "hours", "12")
    assert found.hex() == "d6a6c4e7edf2067c8ba1286ac698e5134b8ddf097c58b1b15c36b433a88a8d7c"
