# SPDX-License-Identifier: MIT
"""Documents that another program reads lie for this user only, and go again, at the latest at the next start."""

import errno
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.packets import plaintext
from rkv_app.packets.plaintext import LentCopies


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def test_each_copy_has_a_folder_of_its_own_and_goes_alone_or_with_the_others(temporary: Path) -> None:
    copies = LentCopies()
    first, second, third = (copies.lend(b"%PDF", "dokument.pdf", received=False) for _ in range(3))
    copies.take_back(second)
    assert (first.exists(), second.exists(), third.exists()) == (True, False, True)
    assert copies.take_all_back() == 0
    assert list(temporary.iterdir()) == []


def test_a_copy_that_another_program_holds_is_tried_again(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copies = LentCopies()
    path = copies.lend(b"%PDF", "dokument.pdf", received=False)
    with monkeypatch.context() as held:
        # As Windows answers while the file is open.
        held.setattr(shutil, "rmtree", lambda *_args, **_options: None)
        assert copies.take_all_back() == 1
        assert path.exists()
    assert copies.take_all_back() == 0
    assert not path.exists()


def test_a_full_disk_leaves_nothing_behind(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise UserError("RKV-SYS-001", "full", "make room")  # type: ignore[arg-type]

    monkeypatch.setattr(plaintext, "write_atomically", full)
    copies = LentCopies()
    with pytest.raises(UserError):
        copies.lend(b"%PDF", "dokument.pdf", received=False)
    assert list(temporary.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_args: object, **_options: object) -> str:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(tempfile, "mkdtemp", refused)
    with pytest.raises(UserError) as caught:
        LentCopies().lend(b"%PDF", "dokument.pdf", received=True)
    assert caught.value.code == "RKV-SYS-002"
