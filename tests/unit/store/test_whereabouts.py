# SPDX-License-Identifier: MIT
"""Two copies of one store on a machine do not go unnoticed."""

import shutil
from pathlib import Path

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.resources import state_folder
from rkv_app.store.files.header_file import header_path
from support.store_samples import PASSPHRASE, opened_header, quick_vault


def _codes(path: Path) -> list[str]:
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    store.close()
    return [notice.code for notice in store.notices if notice.code == "RKV-STO-023"]


def _copied(path: Path, folder: Path) -> Path:
    folder.mkdir()
    shutil.copy(path, folder / path.name)
    shutil.copy(header_path(path), header_path(folder / path.name))
    return folder / path.name


def test_a_second_copy_is_told_of_once_each_time_one_changes_over(closed_store: Path, tmp_path: Path) -> None:
    copy = _copied(closed_store, tmp_path / "copy")
    assert _codes(closed_store) == []
    assert _codes(copy) == ["RKV-STO-023"]
    assert _codes(copy) == []
    assert _codes(closed_store) == ["RKV-STO-023"]


def test_a_store_that_was_moved_is_no_copy(closed_store: Path, tmp_path: Path) -> None:
    moved = _copied(closed_store, tmp_path / "moved")
    closed_store.unlink()
    assert _codes(moved) == []


def test_another_store_at_the_old_place_is_no_copy(closed_store: Path, tmp_path: Path) -> None:
    moved = _copied(closed_store, tmp_path / "moved")
    for part in (closed_store, header_path(closed_store)):
        part.unlink()
    quick_vault().create(closed_store, PASSPHRASE).close()
    assert _codes(moved) == []


def test_the_remembered_place_cannot_be_read_without_the_key(closed_store: Path) -> None:
    _codes(closed_store)
    header, _key = opened_header(closed_store)
    held = (state_folder() / f"{header.store_id}.place").read_bytes()
    assert closed_store.parent.name.encode() not in held


def test_a_spoilt_memory_stops_nobody(closed_store: Path) -> None:
    header, _key = opened_header(closed_store)
    (state_folder() / f"{header.store_id}.place").write_bytes(b"spoilt")
    assert _codes(closed_store) == []
