# SPDX-License-Identifier: MIT
"""A check finds everything that is wrong, names it, and changes nothing."""

import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

from rkv_app.crypto.keyslots import parse_header, unlock
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database.engine import RawConnection, connect
from rkv_app.store.files.header_file import header_path, read_header
from rkv_app.store.store import SqlCipherStore
from support.store_samples import EVALUATION, NOW, PASSPHRASE, made_store, packet, quick_vault, record

WAY = Passphrase(PASSPHRASE)
PAGE = 4096


def _raw(path: Path) -> RawConnection:
    key = unlock(parse_header(read_header(path)), WAY, now=NOW, boot="", quick_secret=lambda _: None)
    return connect(path, key)


def _found(path: Path) -> list[str]:
    """The codes of what is found, and proof that nothing was changed."""
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    findings = quick_vault().check(path, WAY).findings
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before
    return [finding.code for finding in findings]


def _altered(path: Path, *statements: str) -> None:
    raw = _raw(path)
    for statement in statements:
        raw.execute(statement)
    raw.close()


def _open(path: Path) -> SqlCipherStore:
    return quick_vault().open(path, WAY)


def test_a_sound_store_has_no_findings(closed_store: Path) -> None:
    store = _open(closed_store)
    store.evaluations.save_answer(EVALUATION.id, "hours", [1, "æ", None, {"a": 1.5}], NOW)
    store.evaluations.save_answer(EVALUATION.id, "matrix/KM1/example", None, NOW)
    store.attachments.add(BytesIO(b"%PDF-1.7 " + bytes(3_000_000)), subject="case-1", name="a.pdf", at=NOW)
    store.close()
    assert _found(closed_store) == []


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE answer SET value = '\"a better answer\"'", "RKV-STO-033"),
        ("DELETE FROM answer", "RKV-STO-033"),
        ("INSERT INTO answer VALUES ('evaluation-1', 'hours', '3', NULL)", "RKV-STO-033"),
        ("DELETE FROM packet", "RKV-STO-033"),
        ("UPDATE packet SET manifest_sha256 = 'ff'", "RKV-STO-033"),
        ("DELETE FROM queued_application", "RKV-STO-033"),
        ("UPDATE trail SET value = '\"never said\"' WHERE seq = 3", "RKV-STO-020"),
        ("DELETE FROM trail WHERE seq = 3", "RKV-STO-020"),
        ("DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)", "RKV-STO-021"),
        ("UPDATE store_info SET store_id = 'another'", "RKV-STO-013"),
    ],
)
def test_what_was_altered_with_the_right_key_is_found_and_named(closed_store: Path, statement: str, code: str) -> None:
    _altered(closed_store, "PRAGMA foreign_keys = OFF", statement)
    assert code in _found(closed_store)


def test_a_record_that_refers_to_nothing_is_found(closed_store: Path) -> None:
    _altered(closed_store, "PRAGMA foreign_keys = OFF", "DELETE FROM candidate")
    assert _found(closed_store) == ["RKV-STO-011"]


def test_a_row_that_breaks_the_rules_of_its_table_is_found(closed_store: Path) -> None:
    fields = "role, name, organisation, unit, org_number, phone, email, keys"
    _altered(
        closed_store,
        "PRAGMA ignore_check_constraints = ON",
        f"INSERT INTO owner (id, {fields}) SELECT 2, {fields} FROM owner",
    )
    assert _found(closed_store) == ["RKV-STO-011"]


def test_an_attachment_that_is_not_what_was_put_in_is_found(closed_store: Path) -> None:
    store = _open(closed_store)
    store.attachments.add(BytesIO(b"%PDF-1.7 as it was"), subject="case-1", name="a.pdf", at=NOW)
    store.close()
    _altered(closed_store, "UPDATE content_piece SET octets = x'00'")
    assert _found(closed_store) == ["RKV-STO-036"]


def test_all_that_is_wrong_is_told_and_not_only_the_first(closed_store: Path) -> None:
    _altered(
        closed_store,
        "UPDATE answer SET value = '1'",
        "DELETE FROM packet",
        "UPDATE trail SET kind = 'case' WHERE seq = 2",
        "DELETE FROM trail WHERE seq = (SELECT max(seq) FROM trail)",
    )
    assert sorted(_found(closed_store)) == ["RKV-STO-020", "RKV-STO-021", "RKV-STO-033", "RKV-STO-033"]


def test_damaged_pages_are_counted(closed_store: Path) -> None:
    content = bytearray(closed_store.read_bytes())
    for page in (5, 9, 12):
        content[page * PAGE + 100] ^= 1
    closed_store.write_bytes(content)
    findings = quick_vault().check(closed_store, WAY).findings
    assert findings[0].code == "RKV-STO-011"
    assert findings[0].message.params["pages"] == 3


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[:-PAGE],
        lambda content: content[: 3 * PAGE],
        lambda content: content[: PAGE + 7],
        lambda content: bytes(len(content)),
        lambda content: b"x" + content[1:],
        lambda content: content[:PAGE] + content[2 * PAGE : 3 * PAGE] + content[PAGE : 2 * PAGE] + content[3 * PAGE :],
    ],
)
def test_a_file_that_was_cut_off_emptied_or_shuffled_is_found(
    closed_store: Path, damage: Callable[[bytes], bytes]
) -> None:
    closed_store.write_bytes(damage(closed_store.read_bytes()))
    assert "RKV-STO-011" in _found(closed_store)


def test_the_database_of_another_store_is_told_from_a_damaged_one(closed_store: Path, tmp_path: Path) -> None:
    shutil.copy(made_store(tmp_path / "other.rkv"), closed_store)
    assert _found(closed_store) == ["RKV-STO-013"]


def test_an_older_copy_of_the_store_is_found(closed_store: Path) -> None:
    older = closed_store.read_bytes()
    store = _open(closed_store)
    store.evaluations.save_answer(EVALUATION.id, "hours", 3, NOW)
    store.close()
    closed_store.write_bytes(older)
    assert _found(closed_store) == ["RKV-STO-021"]


def test_a_store_that_is_open_is_checked_as_it_is_just_now(closed_store: Path) -> None:
    store = _open(closed_store)
    for number in range(50):
        store.evaluations.save_answer(EVALUATION.id, f"item-{number}", "x" * 500, NOW)
    assert quick_vault().check(closed_store, WAY).sound
    store.exchange.record(record("another"), packet())
    assert quick_vault().check(closed_store, WAY).sound
    store.close()


def test_a_store_that_was_not_closed_is_checked_with_its_log(closed_store: Path, tmp_path: Path) -> None:
    store = _open(closed_store)
    store.evaluations.save_answer(EVALUATION.id, "hours", 3, NOW)
    left = tmp_path / "left" / closed_store.name
    left.parent.mkdir()
    for end in ("", "-wal", ".key"):
        shutil.copy(closed_store.with_name(closed_store.name + end), left.with_name(left.name + end))
    store.close()
    assert _found(left) == []
    log = left.with_name(left.name + "-wal")
    content = bytearray(log.read_bytes())
    content[len(content) - 2000] ^= 1
    log.write_bytes(content)
    assert _found(left) == ["RKV-STO-021"], "SQLite drops a changed log without a word"


def test_a_wrong_passphrase_and_a_damaged_key_file_are_refusals(closed_store: Path) -> None:
    with pytest.raises(UserError) as wrong:
        quick_vault().check(closed_store, Passphrase("noe helt annet enn den"))
    path = header_path(closed_store)
    path.write_bytes(path.read_bytes().replace(b"passphrase", b"passphrasf"))
    with pytest.raises(UserError) as damaged:
        quick_vault().check(closed_store, WAY)
    assert (wrong.value.code, wrong.value.status) == ("RKV-STO-001", ExitStatus.LOCKED)
    assert (damaged.value.code, damaged.value.status) == ("RKV-STO-010", ExitStatus.DAMAGED)


def test_a_check_can_be_cancelled(closed_store: Path) -> None:
    with pytest.raises(UserError) as refused:
        quick_vault().check(closed_store, WAY, lambda _done, _total: False)
    assert refused.value.code == "RKV-STO-034"


def test_a_page_that_holds_nothing_any_more_is_looked_at_too(closed_store: Path) -> None:
    store = _open(closed_store)
    store.exchange.record(record("large"), BytesIO(bytes(20 * PAGE)))
    store.close()
    _altered(closed_store, "DELETE FROM packet WHERE message_id = 'large'")
    content = bytearray(closed_store.read_bytes())
    content[-PAGE // 2] ^= 1
    closed_store.write_bytes(content)
    assert "RKV-STO-011" in _found(closed_store)


def test_a_backup_of_an_altered_store_is_held_against_its_trail_while_the_store_is_open(closed_store: Path) -> None:
    _altered(closed_store, "UPDATE answer SET value = '1'", "DELETE FROM packet")
    store = _open(closed_store)
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return True

    findings = store.look_through(store.back_up(), progress)
    store.close()
    assert [finding.code for finding in findings] == ["RKV-STO-033", "RKV-STO-033"]
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_looking_through_a_backup_stops_where_somebody_cancels(closed_store: Path) -> None:
    store = _open(closed_store)
    backup = store.back_up()
    calls: list[int] = []

    def progress(done: int, _total: int) -> bool:
        calls.append(done)
        return len(calls) < 3

    with pytest.raises(UserError) as refused:
        store.look_through(backup, progress)
    store.close()
    assert (refused.value.code, len(calls)) == ("RKV-STO-034", 3)
