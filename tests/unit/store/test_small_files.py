# SPDX-License-Identifier: MIT
"""A file that somebody else may have put there is read at once and whole, or not at all."""

import os
from pathlib import Path

import pytest

from rkv_app.store.files.small_files import read_small

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX links and pipes")


def test_a_file_is_read_up_to_its_limit_and_from_where_was_asked(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789")
    assert read_small(tmp_path / "file", 10) == b"0123456789"
    assert read_small(tmp_path / "file", 9, start=1) == b"123456789"
    assert read_small(tmp_path / "file", 9, start=99) == b""
    with pytest.raises(ValueError):
        read_small(tmp_path / "file", 9)


@posix_only
def test_a_pipe_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert read_small(tmp_path / "pipe", 9) == b""


@posix_only
def test_a_link_leads_nowhere(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"elsewhere")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with pytest.raises(OSError):
        read_small(tmp_path / "link", 99)
