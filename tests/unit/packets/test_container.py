# SPDX-License-Identifier: MIT
"""Containers are written one way and read back whole."""

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.packets.container import NewFile, is_file_name, read_container
from support.containers import packed


def test_what_is_written_is_read_back() -> None:
    data = packed(
        [NewFile("a.txt", b"a" * 9000), NewFile("b.pdf", b"b", packed=True), NewFile("META-INF/manifest.xml", b"<m/>")]
    )
    read = read_container(data)
    assert dict(read.files) == {"a.txt": b"a" * 9000, "b.pdf": b"b"}
    assert dict(read.meta) == {"META-INF/manifest.xml": b"<m/>"}


def test_the_same_files_give_the_same_bytes() -> None:
    files = [NewFile("a.txt", b"a" * 9000)]
    assert packed(files) == packed(files)


def test_a_text_that_packs_very_well_is_still_a_packet_while_it_is_small() -> None:
    data = packed([NewFile("a.txt", bytes(2**20))])
    assert len(read_container(data).files["a.txt"]) == 2**20


def test_names_that_no_reader_takes_are_never_written() -> None:
    with pytest.raises(ValueError):
        packed([NewFile("../a.txt", b"")])


def test_more_files_than_a_packet_may_have_are_refused_when_it_is_made() -> None:
    with pytest.raises(UserError) as caught:
        packed(NewFile(f"f{number}.txt", b"") for number in range(300))
    assert caught.value.code == "RKV-PKT-012"


def test_as_many_files_as_a_packet_may_have_are_read_back() -> None:
    data = packed([NewFile(f"f{number}.txt", b"") for number in range(299)])
    assert len(read_container(data).files) == 299


@pytest.mark.parametrize("name", ["hoveddokument.pdf", "a", "vedlegg-01.pdf", "A_b.c-d"])
def test_plain_names_are_names(name: str) -> None:
    assert is_file_name(name)


@pytest.mark.parametrize("name", ["", ".a", "-a", "a.", "a b", "å.txt", "con", "LPT1.txt", "a\n", "x" * 101])
def test_dangerous_names_are_not(name: str) -> None:
    assert not is_file_name(name)
