# SPDX-License-Identifier: MIT
"""A full disk has a little room left for what was being written."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rkv_app.foundation.machine import free_bytes
from rkv_app.store.files.ballast import ballast_path, drop_ballast, keep_ballast

SIZE = 2 * 1024 * 1024


@pytest.fixture
def disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """A disk of the size asked for, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={request.param}", "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.parametrize("disk", ["104m"], indirect=True)
def test_what_was_set_aside_can_be_written_when_the_disk_is_full(disk: Path) -> None:
    store = disk / "store.rkv"
    keep_ballast(store)
    with pytest.raises(OSError, match="space"):
        (disk / "filler").write_bytes(bytes(110 << 20))
    with pytest.raises(OSError, match="space"):
        store.write_bytes(bytes(1 << 20))
    assert drop_ballast(store)
    store.write_bytes(bytes(SIZE - 4096))
    assert not drop_ballast(store)


@pytest.mark.parametrize("disk", ["90m"], indirect=True)
def test_nothing_is_set_aside_where_there_is_little_room(disk: Path) -> None:
    keep_ballast(disk / "store.rkv")
    assert list(disk.iterdir()) == []


def room(folder: Path) -> Path:
    if free_bytes(folder) < 200_000_000:
        pytest.skip("there is too little room on this disk")
    return folder / "store.rkv"


def test_room_is_set_aside_once_and_really_taken(tmp_path: Path) -> None:
    store = room(tmp_path)
    keep_ballast(store)
    kept = ballast_path(store).stat()
    keep_ballast(store)
    assert ballast_path(store).stat().st_ino == kept.st_ino
    assert kept.st_size == SIZE
    assert getattr(kept, "st_blocks", SIZE // 512) * 512 >= SIZE


def test_what_was_cut_off_is_set_aside_again(tmp_path: Path) -> None:
    store = room(tmp_path)
    ballast_path(store).write_bytes(b"")
    keep_ballast(store)
    assert ballast_path(store).stat().st_size == SIZE


def test_a_place_that_cannot_be_used_stops_nobody(tmp_path: Path) -> None:
    keep_ballast(tmp_path / "no" / "folder" / "store.rkv")
    assert not drop_ballast(tmp_path / "no" / "folder" / "store.rkv")
    ballast_path(tmp_path / "store.rkv").mkdir()
    keep_ballast(tmp_path / "store.rkv")
    assert not drop_ballast(tmp_path / "store.rkv")
