# SPDX-License-Identifier: MIT
"""A file that may be a packet is read, however large a packet may be; what is far too large is never opened."""

from pathlib import Path

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.packets.opening import verify_packet_file
from rkv_app.packets.zip_rules import MAX_TOTAL_SIZE
from rkv_app.usecases.incoming_files import LARGEST, check_incoming


def _file_of(path: Path, size: int) -> Path:
    # With holes: no disk is filled.
    with path.open("wb") as file:
        file.truncate(size)
    return path


def test_the_largest_sealed_packet_is_let_through_to_the_packet_reader(tmp_path: Path) -> None:
    check_incoming(_file_of(tmp_path / "a.rkvpakke", MAX_TOTAL_SIZE + 2 * 2**20))


def test_the_packet_reader_is_the_one_to_say_that_a_packet_is_too_large(tmp_path: Path) -> None:
    path = _file_of(tmp_path / "a.rkvpakke", LARGEST)
    with path.open("r+b") as file:
        file.write(b"PK\x03\x04")
    check_incoming(path)
    report = verify_packet_file(path, None)
    assert [finding.code for finding in report.findings] == ["RKV-PKT-012"]


def test_what_is_far_too_large_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        check_incoming(_file_of(tmp_path / "a.rkvpakke", LARGEST + 1))
    assert refused.value.code == "RKV-SYS-005"
