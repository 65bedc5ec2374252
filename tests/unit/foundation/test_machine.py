# SPDX-License-Identifier: MIT
"""What the operating system tells is told on, and never disturbs the sentence it ends up in."""

import os
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.foundation.machine import (
    boot_id,
    filesystem_type,
    free_bytes,
    login_and_host,
    minute_of_start,
    printable_name,
    process_alive,
    type_in_mountinfo,
)

MOUNTS = r"""22 28 0:21 / /proc rw,nosuid - proc proc rw
28 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 28 0:35 / /home/kari/Felles\040mappe rw - cifs //tjener/felles rw
41 28 0:36 / /mnt/a rw - autofs systemd-1 rw
42 28 0:37 / /mnt/a rw master:3 - nfs4 tjener:/a rw
not a line
"""


def test_the_same_start_has_the_same_id_in_every_process() -> None:
    program = "from rkv_app.foundation.machine import boot_id; print(boot_id())"
    other = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == boot_id() != ""


def test_where_the_system_gives_no_id_only_another_start_makes_another() -> None:
    assert minute_of_start(1_000_000.0, 500.0) == minute_of_start(1_007_200.0, 7_700.0)
    assert minute_of_start(1_000_000.0, 500.0) != minute_of_start(1_000_300.0, 20.0)


def test_room_is_told_for_a_folder_and_for_a_file_that_is_not_there_yet(tmp_path: Path) -> None:
    disk = os.statvfs(tmp_path).f_frsize * os.statvfs(tmp_path).f_blocks if hasattr(os, "statvfs") else 1 << 50
    assert 0 < free_bytes(tmp_path) <= disk
    assert 0 < free_bytes(tmp_path / "not yet") <= disk
    with pytest.raises(OSError):
        free_bytes(tmp_path / "no" / "folder")


def test_user_and_machine_have_names() -> None:
    assert all(login_and_host())


@given(st.text())
def test_a_name_fits_a_sentence_whatever_is_in_it(name: str) -> None:
    printable = printable_name(name)
    assert len(printable) <= 100
    assert printable.isprintable()


def test_a_process_is_alive_until_it_has_ended() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        assert process_alive(other.pid)
        other.communicate(b"\n")
    assert not process_alive(other.pid)
    assert process_alive(os.getpid())


@pytest.mark.parametrize("pid", [0, -1, 2**31, 2**80])
def test_what_is_no_number_of_a_process_is_nobody(pid: int) -> None:
    assert not process_alive(pid)


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_somebody_elses_process_is_alive() -> None:
    assert process_alive(1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/home/kari/sak.rkv", "ext4"),
        ("/home/kari/Felles mappe/sak.rkv", "cifs"),
        ("/home/kari/Felles mappe 2/sak.rkv", "ext4"),
        ("/mnt/a/b", "nfs4"),
        ("/proc/1", "proc"),
    ],
)
def test_a_place_is_of_the_type_of_the_nearest_mount(path: str, expected: str) -> None:
    assert type_in_mountinfo(MOUNTS, PurePosixPath(path)) == expected


@given(st.text())
def test_any_list_of_mounts_can_be_read(mounts: str) -> None:
    assert isinstance(type_in_mountinfo(mounts, PurePosixPath("/a")), str)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux' own folders")
def test_this_machine_is_asked() -> None:
    assert filesystem_type(Path("/proc/self")) == "proc"
