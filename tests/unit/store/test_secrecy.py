# SPDX-License-Identifier: MIT
"""Nothing a store holds can be read without its passphrase, nor slips out through files or error texts."""

import contextlib
import io
import os
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.store.files.header_file import header_path
from support.store_samples import CANDIDATE, CASE, EVALUATION, NOW, PASSPHRASE, fill, opened_header, quick_vault

CANARY = "kanarifugl-i-lia"


def _forms_of(text: str) -> list[bytes]:
    return [text.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing but a store in it."""
    place = tmp_path / "stores"
    place.mkdir()
    return place


def test_no_file_that_a_store_leaves_anywhere_shows_what_is_in_it_neither_open_nor_closed(
    folder: Path, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(own_home / "tmp"))
    path = folder / "store.rkv"
    store = quick_vault().create(path, PASSPHRASE)
    fill(store)
    store.cases.add(replace(CANDIDATE, id="c", family_name=CANARY), replace(CASE, id="c", reference="c"))
    store.evaluations.save_answer(EVALUATION.id, "item", CANARY * 500, NOW)
    store.drafts.put("a page", {"field": CANARY}, NOW)
    content = f"Vitnemål for {CANARY}. ".encode() * 5000
    store.attachments.add(io.BytesIO(content), subject=CASE.id, name=f"{CANARY}.txt", at=NOW)
    assert store.search.find(CANARY)
    store.back_up()
    looking = quick_vault().open(path, Passphrase(PASSPHRASE), read_only=True)
    key = bytes(opened_header(path)[1])
    secrets = [*_forms_of(CANARY), *_forms_of("candidate_case"), *_forms_of(PASSPHRASE), key, key.hex().encode()]
    for close in (lambda: None, looking.close, store.close):
        close()
        left = [part for place in (folder, own_home) for part in place.rglob("*") if part.is_file()]
        for part in left:
            held = part.read_bytes()
            assert not any(secret in held for secret in secrets), part.name
        names = {part.name for part in left}
        assert "store.rkv" in names
        assert any(name.endswith(".tip") for name in names)
        assert sum(name.endswith(".rkv") for name in names) >= 2, "a backup was looked into"


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
    key = bytes(opened_header(folder / "store.rkv")[1])
    shown = repr(vault) + repr(store) + repr(vars(vault)) + repr(vars(store)) + repr(vars(store.cases))
    store.close()
    assert PASSPHRASE not in shown
    assert key.hex() not in shown
    assert repr(key)[2:-1] not in shown
