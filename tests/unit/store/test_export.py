# SPDX-License-Identifier: MIT
"""An export has everything, in files that need no program of ours, and leaves nothing when it fails."""

import json
import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import UserError
from rkv_app.store.store import SqlCipherStore
from support.store_samples import CANDIDATE, CASE, EVALUATION, NOW, PASSPHRASE, packet, quick_vault

WAY = Passphrase(PASSPHRASE)
PDF = b"%PDF-1.7 " + bytes(range(256)) * 8000


@pytest.fixture
def store(closed_store: Path) -> SqlCipherStore:
    """An open store with an attachment."""
    opened = quick_vault().open(closed_store, WAY)
    for name in ("attest (æøå).pdf", "../../attest.pdf"):
        opened.attachments.add(BytesIO(PDF), subject=CASE.id, name=name, at=NOW)
    return opened


def _records(folder: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "records" / f"{name}.json").read_text(encoding="utf-8"))
    return found


def test_everything_is_there_and_readable(store: SqlCipherStore, tmp_path: Path) -> None:
    out = tmp_path / "out"
    store.export(out)
    store.close()
    (candidate,) = _records(out, "candidate")
    assert (candidate["given_name"], candidate["family_name"], candidate["shielded"]) == ("Zarah", "Øvelsesen", True)
    (answer,) = _records(out, "answer")
    assert (answer["evaluation_id"], answer["value"]) == (EVALUATION.id, "Skrev rapport for Zarah")
    (sent,) = _records(out, "packet")
    assert (out / sent["packet"]).read_bytes() == packet().getvalue()
    (queued,) = _records(out, "queued_application")
    assert (out / queued["pdf"]).read_bytes().startswith(b"%PDF-")
    assert queued["application"]["candidate"]["id"] == CANDIDATE.id
    attached = sorted((out / "attachments").iterdir())
    assert len(attached) == 2
    assert all(file.read_bytes() == PDF for file in attached)
    assert _records(out, "incoming_request") == []
    assert "NOT PROTECTED" in (out / "README.txt").read_text(encoding="utf-8")


def test_the_private_keys_are_left_out(store: SqlCipherStore, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    store.close()
    assert "keys" not in _records(tmp_path / "out", "owner")[0]
    for file in (tmp_path / "out").rglob("*"):
        assert file.is_dir() or b"the store's own keys" not in file.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights in access lists that a new file inherits")
def test_only_their_owner_may_read_the_files(store: SqlCipherStore, tmp_path: Path) -> None:
    store.export(tmp_path / "out")
    store.close()
    for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")):
        assert oct(path.stat().st_mode & 0o777) == ("0o700" if path.is_dir() else "0o600"), path


def test_a_folder_with_something_in_it_is_left_alone(store: SqlCipherStore, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine").write_bytes(b"mine")
    with pytest.raises(UserError) as refused:
        store.export(out)
    store.close()
    assert refused.value.code == "RKV-SYS-003"
    assert [file.name for file in out.iterdir()] == ["mine"]


@pytest.mark.parametrize("steps", [0, 5, 24])
def test_a_cancelled_export_leaves_no_plaintext(store: SqlCipherStore, tmp_path: Path, steps: int) -> None:
    left = [steps]

    def until_then(_done: int, _total: int) -> bool:
        left[0] -= 1
        return left[0] >= 0

    with pytest.raises(UserError) as refused:
        store.export(tmp_path / "out", until_then)
    store.close()
    assert refused.value.code == "RKV-STO-034"
    assert not (tmp_path / "out").exists()


def test_exporting_is_written_down(store: SqlCipherStore, tmp_path: Path) -> None:
    store.export(tmp_path / "one")
    store.export(tmp_path / "two")
    store.close()
    assert [entry["kind"] for entry in _records(tmp_path / "two", "trail")].count("exported") == 1
