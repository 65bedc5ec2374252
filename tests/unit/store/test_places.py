# SPDX-License-Identifier: MIT
"""Whoever keeps a store where it does not belong is told so, by name, and nobody else is."""

import json
import os
import subprocess
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.store.files.places import Surroundings, judged, look_around, place_notices

HOME = PurePosixPath("/home/kari")


def place(folder: str | PurePath, filesystem: str = "", free: int | None = None, **names: str) -> Surroundings:
    where = PurePosixPath(folder) if isinstance(folder, str) else folder
    return Surroundings(folder=where, home=HOME, names={where: tuple(names.values())}, filesystem=filesystem, free=free)


def service(surroundings: Surroundings) -> object:
    return next((notice.message.params["service"] for notice in judged(surroundings)), None)


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("/home/kari/OneDrive/saker", "OneDrive"),
        ("/Users/kari/Library/CloudStorage/OneDrive-Testvikkommune/saker", "OneDrive"),
        ("/home/kari/Dropbox", "Dropbox"),
        ("/home/kari/Dropbox (Testvik kommune)/a/b", "Dropbox"),
        ("/Users/kari/Library/CloudStorage/Dropbox-Personal", "Dropbox"),
        ("/Users/kari/Library/Mobile Documents/com~apple~CloudDocs/saker", "iCloud Drive"),
        ("/Users/kari/Library/CloudStorage/GoogleDrive-kari@example.no/Min disk", "Google Drive"),
        ("/home/kari/Google Drive", "Google Drive"),
        ("/home/kari/Nextcloud/saker", "Nextcloud"),
        ("/home/kari/ownCloud/saker", "ownCloud"),
        ("/home/kari/Box/saker", "Box"),
        ("/Users/kari/Library/CloudStorage/Box-Box/saker", "Box"),
        ("/home/kari/Documents/saker", None),
        ("/home/kari/Dropbox-notater", None),
        ("/srv/Box/saker", None),
        ("/home/kari/boxing", None),
    ],
)
def test_folders_of_services_are_known_by_name(folder: str, expected: str | None) -> None:
    assert service(place(folder)) == expected


def test_windows_folders_are_known_by_name_too() -> None:
    work = PureWindowsPath(r"C:\Users\kari\OneDrive - Testvik kommune\Dokumenter")
    assert service(place(work)) == "OneDrive"
    assert service(place(PureWindowsPath(r"C:\Users\kari\iCloudDrive"))) == "iCloud Drive"
    assert service(place(PureWindowsPath(r"C:\Users\kari\Documents"))) is None


@pytest.mark.parametrize(
    ("left_behind", "expected"),
    [
        (".sync_5f3b.db", "Nextcloud"),
        ("._sync_5f3b.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".stfolder", "Syncthing"),
        (".dropbox.cache", "Dropbox"),
        (".tmp.drivedownload", "Google Drive"),
        (".dropbox", None),
        (".bashrc", None),
    ],
)
def test_services_are_known_by_what_they_leave_behind(left_behind: str, expected: str | None, tmp_path: Path) -> None:
    inner = tmp_path / "felles" / "saker"
    inner.mkdir(parents=True)
    (tmp_path / "felles" / left_behind).write_bytes(b"")
    assert service(look_around(inner / "store.rkv", {})) == expected


def test_onedrive_says_by_itself_where_it_is(tmp_path: Path) -> None:
    (tmp_path / "arbeid" / "saker").mkdir(parents=True)
    notices = place_notices(tmp_path / "arbeid" / "saker" / "s.rkv", {"OneDriveCommercial": str(tmp_path / "arbeid")})
    assert [notice.code for notice in notices] == ["RKV-STO-025"]
    assert place_notices(tmp_path / "annet.rkv", {"OneDriveCommercial": str(tmp_path / "arbeid")}) == ()


def test_dropbox_says_by_itself_where_it_is(tmp_path: Path, own_home: Path) -> None:
    (own_home / ".dropbox").mkdir()
    told = {"personal": {"path": str(tmp_path / "mine")}, "business": {"path": str(tmp_path / "jobb")}}
    (own_home / ".dropbox" / "info.json").write_text(json.dumps(told))
    assert service(look_around(tmp_path / "jobb" / "saker" / "s.rkv", {})) == "Dropbox"
    assert place_notices(own_home / "s.rkv", {}) == ()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"a": 1}', '{"a": {"path": 7}}', "[" * 9000, "\0", '{"a":{"path":"\\u0000"}}']
)
def test_whatever_dropbox_says_nothing_breaks(content: str, tmp_path: Path, own_home: Path) -> None:
    (own_home / ".dropbox").mkdir()
    (own_home / ".dropbox" / "info.json").write_text(content)
    assert place_notices(tmp_path / "s.rkv", {}) == ()


@pytest.mark.skipif(os.name != "posix", reason="POSIX links")
def test_a_link_does_not_hide_where_a_store_lies(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "saker").symlink_to(tmp_path / "Dropbox")
    assert service(look_around(tmp_path / "saker" / "s.rkv", {})) == "Dropbox"


@pytest.mark.parametrize(
    ("filesystem", "expected"),
    [
        (name, True)
        for name in ("cifs", "smb3", "nfs", "nfs4", "fuse.sshfs", "fuse.rclone", "davfs", "9p", "afs", "remote")
    ]
    + [(name, False) for name in ("ext4", "btrfs", "fuseblk", "tmpfs", "apfs", "overlay", "")],
)
def test_shares_are_told_from_disks(filesystem: str, expected: bool) -> None:
    assert [notice.code for notice in judged(place("/saker", filesystem))] == ["RKV-STO-026"] * expected


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        (r"\\tjener\felles\saker", True),
        (r"\\?\UNC\tjener\felles", True),
        (r"\\?\C:\saker", False),
        (r"C:\saker", False),
    ],
)
def test_a_windows_share_is_known_by_its_name(folder: str, expected: bool) -> None:
    assert [notice.code for notice in judged(place(PureWindowsPath(folder)))] == ["RKV-STO-026"] * expected


@pytest.mark.parametrize(("free", "expected"), [(None, False), (50_000_000, False), (49_999_999, True), (0, True)])
def test_little_room_is_told_in_time(free: int | None, expected: bool) -> None:
    assert [notice.code for notice in judged(place("/saker", free=free))] == ["RKV-STO-027"] * expected


def test_a_bad_place_is_told_in_every_way_it_is_bad() -> None:
    codes = [notice.code for notice in judged(place("/mnt/Dropbox", "cifs", 7))]
    assert codes == ["RKV-STO-025", "RKV-STO-026", "RKV-STO-027"]


def test_an_ordinary_place_is_told_nothing_of(tmp_path: Path) -> None:
    assert place_notices(tmp_path / "s.rkv", {}) == ()
    assert place_notices(tmp_path / "no" / "folder" / "s.rkv", {}) == ()


def test_a_nearly_full_disk_is_noticed_for_real(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(tmp_path)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk cannot be mounted here")
    try:
        assert [notice.code for notice in place_notices(tmp_path / "s.rkv", {})] == ["RKV-STO-027"]
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


@given(st.lists(st.text(st.characters(exclude_characters="/\0"), min_size=1), max_size=5), st.text())
def test_any_place_can_be_judged(parts: list[str], filesystem: str) -> None:
    assert all(notice.code.startswith("RKV-STO-02") for notice in judged(place("/" + "/".join(parts), filesystem)))
