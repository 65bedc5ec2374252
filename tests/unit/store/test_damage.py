# SPDX-License-Identifier: MIT
"""Damage is found, named, and never made worse."""

import random
from io import BytesIO
from pathlib import Path

import pytest

from rkv_app.crypto.keyslots import add_passphrase, header_bytes, new_header
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.ids import new_id
from rkv_app.store.files.header_file import header_path
from rkv_app.store.repositories.exchange import SqlExchange
from support.store_samples import NOW, PASSPHRASE, QUICK_COST, opened_database, opened_header, quick_vault, record

PAGE = 4096


def _verdict(path: Path) -> str:
    """The code of what checking the store says, and proof that checking left the damaged file as it was."""
    before = path.read_bytes()
    code = _code(path)
    assert path.read_bytes() == before
    return code


def _code(path: Path) -> str:
    """What opening or, where it opens, checking the store finds first."""
    try:
        health = quick_vault().check(path, Passphrase(PASSPHRASE))
    except UserError as refused:
        return f"{refused.code}{'' if refused.status is ExitStatus.DAMAGED else ' as another kind'}"
    return health.findings[0].code if health.findings else "sound"


def _flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def test_every_flipped_bit_of_the_database_is_found(closed_store: Path) -> None:
    sound = closed_store.read_bytes()
    anywhere = random.Random(2026).sample(range(8 * len(sound)), 100)
    in_the_salt = range(0, 16 * 8, 9)
    quick_vault().check(closed_store, Passphrase(PASSPHRASE))
    for bit in (*in_the_salt, *anywhere):
        closed_store.write_bytes(_flipped(sound, bit))
        assert _verdict(closed_store) == "RKV-STO-011", bit


def test_a_flipped_bit_is_found_in_pages_that_hold_nothing_any_more_too(closed_store: Path) -> None:
    database = opened_database(closed_store)
    SqlExchange(database).record(record("large"), BytesIO(bytes(50 * PAGE)))
    database.raw.execute("DELETE FROM packet WHERE message_id = 'large'")
    database.raw.execute(f"DELETE FROM content WHERE size = {50 * PAGE}")
    database.close()
    sound = closed_store.read_bytes()
    for page in range(len(sound) // PAGE):
        closed_store.write_bytes(_flipped(sound, 8 * (PAGE * page + PAGE // 2)))
        assert _verdict(closed_store) == "RKV-STO-011", page


@pytest.mark.parametrize(
    ("rule", "statement", "code"),
    [
        ("foreign_keys = OFF", "INSERT INTO answer VALUES ('no such one', 'hours', '1', NULL)", "RKV-STO-011"),
        ("ignore_check_constraints = ON", "INSERT INTO store_info VALUES (2, 'a second id', '')", "RKV-STO-011"),
    ],
)
def test_content_that_breaks_the_rules_of_the_tables_is_found(
    closed_store: Path, rule: str, statement: str, code: str
) -> None:
    database = opened_database(closed_store)
    database.raw.execute(f"PRAGMA {rule}")
    database.raw.execute(statement)
    database.close()
    assert _verdict(closed_store) == code


def test_a_database_cut_off_anywhere_is_found_on_page_boundaries_too(closed_store: Path) -> None:
    sound = closed_store.read_bytes()
    assert len(sound) % PAGE == 0
    for length in (1, 15, 16, 17, 511, 512, PAGE - 1, *range(PAGE, len(sound), PAGE), len(sound) - 1):
        closed_store.write_bytes(sound[:length])
        assert _verdict(closed_store) == "RKV-STO-011", length


def test_two_pages_in_each_others_place_are_found(closed_store: Path) -> None:
    sound = closed_store.read_bytes()
    first, second = sound[PAGE : 2 * PAGE], sound[2 * PAGE : 3 * PAGE]
    closed_store.write_bytes(sound[:PAGE] + second + first + sound[3 * PAGE :])
    assert _verdict(closed_store) == "RKV-STO-011"


@pytest.mark.parametrize("content", [bytes(8 * PAGE), b"SQLite format 3\x00" + bytes(PAGE), b"noe helt annet" * 99])
def test_a_file_that_is_no_store_is_damage_and_not_another_store(closed_store: Path, content: bytes) -> None:
    closed_store.write_bytes(content)
    assert _verdict(closed_store) == "RKV-STO-011"


def test_every_changed_byte_of_the_key_file_is_found_and_never_called_a_wrong_passphrase(closed_store: Path) -> None:
    path = header_path(closed_store)
    sound = path.read_bytes()
    for position in range(len(sound)):
        path.write_bytes(_flipped(sound, 8 * position))
        with pytest.raises(UserError) as refused:
            quick_vault().open(closed_store, Passphrase(PASSPHRASE))
        assert (refused.value.code, refused.value.status) == ("RKV-STO-010", ExitStatus.DAMAGED), position


def test_a_key_file_that_names_another_store_is_refused_even_with_the_right_key(closed_store: Path) -> None:
    _, key = opened_header(closed_store)
    other = add_passphrase(new_header(new_id()), key, PASSPHRASE, QUICK_COST, "", NOW)
    header_path(closed_store).write_bytes(header_bytes(other, key))
    assert _verdict(closed_store) == "RKV-STO-013"


def test_a_key_file_of_any_size_is_read_only_so_far(closed_store: Path) -> None:
    with header_path(closed_store).open("r+b") as header:
        header.truncate(1 << 30)
    with pytest.raises(UserError) as refused:
        quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert refused.value.code == "RKV-STO-010"
