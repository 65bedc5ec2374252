# SPDX-License-Identifier: MIT
"""A file is there whole or not at all; what was there before is kept; nothing private is left behind."""

import errno
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.safe_files import explain_os_error, private_folder, write_atomically
from support.full_disk import files_end_after

OLD = b"what was there"
NEW = b"x" * 100_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, so that whatever is left behind in it shows."""
    place = tmp_path / "folder"
    place.mkdir()
    return place


def test_a_written_file_holds_exactly_what_was_given(folder: Path) -> None:
    write_atomically(folder / "file", NEW)
    assert (folder / "file").read_bytes() == NEW
    assert os.listdir(folder) == ["file"]


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_written_file_is_its_owners_alone(folder: Path) -> None:
    write_atomically(folder / "file", NEW)
    assert stat.S_IMODE((folder / "file").stat().st_mode) == 0o600


def test_a_file_that_is_there_already_is_not_overwritten(folder: Path) -> None:
    (folder / "file").write_bytes(OLD)
    with pytest.raises(UserError) as refused:
        write_atomically(folder / "file", NEW)
    assert (refused.value.code, refused.value.status) == ("RKV-SYS-003", ExitStatus.REFUSED)
    assert (folder / "file").read_bytes() == OLD


def test_a_file_may_be_replaced_where_that_was_asked_for(folder: Path) -> None:
    (folder / "file").write_bytes(OLD)
    write_atomically(folder / "file", NEW, replace=True)
    assert (folder / "file").read_bytes() == NEW


@pytest.mark.parametrize("size", [0, 1, 4096, len(NEW) - 1])
def test_a_disk_that_fills_up_costs_neither_the_old_file_nor_room(folder: Path, size: int) -> None:
    (folder / "file").write_bytes(OLD)
    with files_end_after(size), pytest.raises(UserError) as refused:
        write_atomically(folder / "file", NEW, replace=True)
    assert refused.value.status is ExitStatus.REFUSED
    assert (folder / "file").read_bytes() == OLD
    assert os.listdir(folder) == ["file"]


def test_a_disk_that_fills_up_leaves_no_new_file(folder: Path) -> None:
    with files_end_after(10), pytest.raises(UserError):
        write_atomically(folder / "file", NEW)
    assert os.listdir(folder) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_called_a_full_disk() -> None:
    with pytest.raises(OSError, match="space") as full, open("/dev/full", "wb", buffering=0) as device:
        device.write(b"x")
    assert explain_os_error(full.value, Path("/somewhere/private/place")).code == "RKV-SYS-001"


def test_a_folder_that_is_not_there_is_named_without_where_it_should_be(folder: Path) -> None:
    with pytest.raises(UserError) as refused:
        write_atomically(folder / "secret-parent" / "place" / "file", NEW)
    assert refused.value.code == "RKV-SYS-004"
    assert "place" in str(refused.value.message)
    assert "secret-parent" not in str(refused.value.message)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EROFS, errno.EPERM, errno.EIO])
def test_a_place_that_cannot_be_written_is_named_without_where_it_is(number: int) -> None:
    refusal = explain_os_error(OSError(number, "no"), Path("/home/kari/sak"))
    assert refusal.code == "RKV-SYS-002"
    assert "sak" in str(refusal.message)
    assert "kari" not in str(refusal.message)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_quota_is_a_full_disk(number: int) -> None:
    assert explain_os_error(OSError(number, "no"), Path("sak")).code == "RKV-SYS-001"


def test_a_file_where_a_folder_should_be_is_a_plain_refusal(folder: Path) -> None:
    (folder / "file").write_bytes(OLD)
    with pytest.raises(UserError) as refused:
        write_atomically(folder / "file" / "inner", NEW)
    assert refused.value.code == "RKV-SYS-002"
    assert (folder / "file").read_bytes() == OLD


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_private_folder_is_its_owners_alone_and_goes_with_its_content() -> None:
    with private_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        (folder / "plaintext").write_bytes(NEW)
    assert not folder.exists()


def test_a_private_folder_goes_also_when_the_work_fails() -> None:
    seen: list[Path] = []

    def work() -> None:
        with private_folder() as folder:
            seen.append(folder)
            (folder / "plaintext").write_bytes(NEW)
            raise OSError

    with pytest.raises(OSError):
        work()
    assert [folder.exists() for folder in seen] == [False]


@pytest.mark.skipif(os.name != "posix", reason="POSIX signals")
def test_a_killed_writer_leaves_the_old_file(folder: Path) -> None:
    (folder / "file").write_bytes(OLD)
    program = (
        "import os, pathlib, rkv_app.foundation.safe_files as safe\n"
        "os.fsync = lambda handle: os.kill(os.getpid(), 9)\n"
        f"safe.write_atomically(pathlib.Path({str(folder / 'file')!r}), b'new', replace=True)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], check=False)
    assert done.returncode == -signal.SIGKILL
    assert (folder / "file").read_bytes() == OLD
    assert len(os.listdir(folder)) == 2, "the unfinished part lies beside the file, never in a folder that others read"
