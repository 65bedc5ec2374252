# SPDX-License-Identifier: MIT
"""Nothing a store holds can be read without its passphrase, nor slips out through files or error texts."""

import contextlib
import os
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.crypto.keyslots import open_header
from rkv_app.store.header_file import header_path, read_header
from support.store_samples import CANDIDATE, CASE, EVALUATION, NOW, PASSPHRASE, fill, quick_vault

CANARY = "kanarifugl-i-lia"


def _forms_of(text: str) -> list[bytes]:
    return [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing but a store in it."""
    place = tmp_path / "stores"
    place.mkdir()
    return place


def test_no_file_of_a_store_shows_what_is_in_it_neither_open_nor_closed(folder: Path) -> None:
    path = folder / "store.rkv"
    store = quick_vault().create(path, PASSPHRASE)
    fill(store)
    store.cases.add(replace(CANDIDATE, id="c", family_name=CANARY), replace(CASE, id="c", reference="c"))
    store.evaluations.save_answer(EVALUATION.id, "item", CANARY * 500, NOW)
    key = bytes(open_header(read_header(path), PASSPHRASE).key)
    secrets = [*_forms_of(CANARY), *_forms_of("candidate_case"), *_forms_of(PASSPHRASE), key, key.hex().encode()]
    seen = [sorted(part.name for part in folder.iterdir())]
    for close in (lambda: None, store.close):
        close()
        for part in folder.iterdir():
            content = part.read_bytes()
            assert not any(secret in content for secret in secrets), part.name
    seen.append(sorted(part.name for part in folder.iterdir()))
    assert seen == [["store.rkv", "store.rkv-wal", "store.rkv.key"], ["store.rkv", "store.rkv.key"]]


def test_plain_sqlite_cannot_read_a_store(closed_store: Path) -> None:
    with (
        contextlib.closing(sqlite3.connect(closed_store)) as plain,
        pytest.raises(sqlite3.DatabaseError, match="not a database"),
    ):
        plain.execute("SELECT * FROM sqlite_master")


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in access lists that a new file inherits")
def test_only_their_owner_may_read_the_files_of_a_store(closed_store: Path) -> None:
    assert {oct(path.stat().st_mode & 0o777) for path in (closed_store, header_path(closed_store))} == {"0o600"}


def test_the_text_of_an_error_holds_nothing_that_was_to_be_written(folder: Path) -> None:
    store = quick_vault().create(folder / "store.rkv", PASSPHRASE)
    named = replace(CANDIDATE, family_name=CANARY)
    store.cases.add(named, CASE)
    with pytest.raises(Exception, match="UNIQUE") as refused:
        store.cases.add(named, replace(CASE, wanted=replace(CASE.wanted, title=CANARY)))
    store.close()
    assert CANARY not in str(refused.value) + repr(refused.value)


def test_a_store_looked_at_shows_no_secret(folder: Path) -> None:
    vault = quick_vault()
    store = vault.create(folder / "store.rkv", PASSPHRASE)
    key = bytes(open_header(read_header(folder / "store.rkv"), PASSPHRASE).key)
    shown = repr(vault) + repr(store) + repr(vars(vault)) + repr(vars(store)) + repr(vars(store.cases))
    store.close()
    assert PASSPHRASE not in shown
    assert key.hex() not in shown
    assert repr(key)[2:-1] not in shown
