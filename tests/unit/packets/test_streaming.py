# SPDX-License-Identifier: MIT
"""Packets that are files: made and opened in pieces, the same as those in memory, whole or not at all."""

import hashlib
import io
import os
import stat
import tempfile
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from itertools import chain, repeat
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.domain.exchange import MessageType
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets import zip_writing
from rkv_app.packets.build import Attachment, BuiltPacketFile, Draft, build_packet, build_packet_file
from rkv_app.packets.container import read_container
from rkv_app.packets.files import beginning_of, digest_of, size_of
from rkv_app.packets.opening import (
    Verdict,
    open_packet,
    open_packet_file,
    verify_packet,
    verify_packet_file,
    write_documents,
)
from rkv_app.packets.streams import Source, file_source
from rkv_app.packets.zip_rules import PIECE
from support import packet_forgery as forgery
from support import packet_samples as samples

COUNTY = samples.identity("county")
SEALED = samples.built().data
INNER = forgery.inner(SEALED)


def draft(*attachments: Attachment) -> Draft:
    return samples.draft(MessageType.APPLICATION, attachments)


def build(made: Draft, path: Path, progress: Progress | None = None) -> BuiltPacketFile:
    return build_packet_file(
        made,
        path,
        identity=samples.identity("adviser"),
        recipients=[samples.to("county")],
        at=samples.AT,
        progress=progress,
    )


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    return caught.value.code


def open_and_close(path: Path, folder: Path | None = None, progress: Progress | None = None) -> None:
    with open_packet_file(path, COUNTY, folder=folder, progress=progress):
        pass


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    (tmp_path / "work").mkdir(mode=0o700)
    return tmp_path / "work"


@pytest.fixture
def packet(tmp_path: Path) -> Path:
    """A packet with two attachments, one of them longer than a piece."""
    path = tmp_path / "sent.rkvpakke"
    long = Attachment("lang.pdf", "application/pdf", os.urandom(900_000))
    build(draft(long, Attachment("kort.txt", "text/plain", b"kort " * 999)), path)
    return path


contents = st.lists(st.tuples(st.sampled_from(["application/pdf", "text/plain", "x/y"]), st.binary(max_size=3000)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=contents, repeats=st.sampled_from([1, 400]))
def test_a_packet_made_as_a_file_holds_what_one_made_in_memory_holds(
    tmp_path_factory: pytest.TempPathFactory, chosen: list[tuple[str, bytes]], repeats: int
) -> None:
    folder = tmp_path_factory.mktemp("agree")
    in_memory, in_files = [], []
    for number, (media_type, content) in enumerate(chosen):
        path = folder / f"{number}"
        path.write_bytes(content * repeats)
        in_memory.append(Attachment(f"vedlegg {number}", media_type, content * repeats))
        in_files.append(Attachment(f"vedlegg {number}", media_type, file_source(path)))
    built = build_packet(
        draft(*in_memory), identity=samples.identity("adviser"), recipients=[samples.to("county")], at=samples.AT
    )
    path = folder / "packet"
    made = build(draft(*in_files), path)

    from_bytes = open_packet(built.data, COUNTY)
    same = open_packet(path.read_bytes(), COUNTY)
    with open_packet_file(path, COUNTY) as opened:
        assert opened.files == from_bytes.files == same.files
        assert opened.manifest_sha256 == same.manifest_sha256 == made.manifest_sha256
        assert made.size == path.stat().st_size
        assert {name: opened.documents[name] for name in opened.documents} == dict(same.documents)
        for number, (_, content) in enumerate(chosen):
            name = opened.files[number + 1].name
            assert opened.documents[name] == opened.documents.open(name).read() == content * repeats
            assert opened.documents.digest(name) == hashlib.sha256(content * repeats).digest()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 100_000), change=st.binary(max_size=3), is_sealed=st.booleans())
def test_a_file_gets_the_verdict_that_its_bytes_get(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: bytes, is_sealed: bool
) -> None:
    honest = SEALED if is_sealed else INNER
    at = place % len(honest)
    data = honest[:at] + change + honest[at + len(change) :]
    path = tmp_path_factory.mktemp("verdict") / "packet"
    path.write_bytes(data)
    assert verify_packet_file(path, COUNTY) == verify_packet(data, COUNTY)


def test_the_parts_of_a_document_read_one_after_another_are_the_document(packet: Path) -> None:
    with open_packet_file(packet, COUNTY) as opened, opened.documents.open("vedlegg-01.pdf") as document:
        parts = []
        while part := document.read(70_001):
            parts.append(part)
        assert b"".join(parts) == opened.documents["vedlegg-01.pdf"]


def test_the_plaintext_is_for_its_owner_only_and_has_no_name_once_the_seal_held(packet: Path, folder: Path) -> None:
    seen = set()

    def look(_done: int, _total: int) -> bool:
        seen.update((stat.S_IMODE(path.stat().st_mode), path.name[:14]) for path in folder.iterdir())
        return True

    with open_packet_file(packet, COUNTY, folder=folder, progress=look) as opened:
        assert os.name != "posix" or list(folder.iterdir()) == []
        assert opened.main_document == samples.PDF
    assert seen == {(0o600, "rkv-klartekst-")} or os.name != "posix"
    assert list(folder.iterdir()) == []


def test_no_plaintext_touches_a_disk_when_a_packet_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    secret = b"HEMMELIG" * 40_000
    found = []

    def look(_done: int, _total: int) -> bool:
        found.extend(path for path in tmp_path.rglob("*") if path.is_file() and b"HEMMELIG" in path.read_bytes())
        return True

    (tmp_path / "out").mkdir()
    build(draft(Attachment("a.pdf", "application/pdf", secret)), tmp_path / "out" / "packet", look)
    assert found == []


def cancel_at(step: int) -> Progress:
    left = [step]

    def go_on(done: int, total: int) -> bool:
        assert 0 <= done <= total
        left[0] -= 1
        return left[0] > 0

    return go_on


def steps(action: Callable[[Progress], object]) -> int:
    told: list[tuple[int, int]] = []
    action(lambda done, total: told.append((done, total)) is None)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    return len(told)


def test_cancelling_at_any_step_of_building_leaves_nothing(folder: Path) -> None:
    made = draft(Attachment("a.pdf", "application/pdf", os.urandom(600_000)))
    source = folder.parent / "a.pdf"
    source.write_bytes(os.urandom(600_000))
    made = replace(made, attachments=(*made.attachments, Attachment("b.pdf", "application/pdf", file_source(source))))
    count = steps(lambda progress: build(made, folder / "packet", progress))
    (folder / "packet").unlink()
    for step in range(1, count + 1):
        assert refusal(lambda step=step: build(made, folder / "packet", cancel_at(step))) == "RKV-PKT-025"
        assert list(folder.iterdir()) == []


def test_cancelling_at_any_step_of_opening_leaves_nothing(packet: Path, folder: Path) -> None:
    count = steps(lambda progress: open_and_close(packet, folder, progress))
    for step in range(1, count + 1):
        assert refusal(lambda step=step: open_and_close(packet, folder, cancel_at(step))) == "RKV-PKT-025"
        assert list(folder.iterdir()) == []


def test_cancelling_a_check_is_no_verdict(packet: Path) -> None:
    assert refusal(lambda: verify_packet_file(packet, COUNTY, progress=lambda _done, _total: False)) == "RKV-PKT-025"


def failing(data: bytes, at: int) -> Source:
    """A source that fails in its reading number `at`."""
    left = [at]

    def copy_to(target: BinaryIO) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise explain_os_error(PermissionError(), Path("a.pdf"))
        target.write(data)

    return Source(len(data), copy_to)


@pytest.mark.parametrize("reading", [1, 2])
def test_a_source_that_cannot_be_read_leaves_no_packet(folder: Path, reading: int) -> None:
    made = draft(Attachment("a.pdf", "application/pdf", failing(b"x" * 2_000_000, reading)))
    assert refusal(lambda: build(made, folder / "packet")) == "RKV-SYS-002"
    assert list(folder.iterdir()) == []


def test_a_file_that_is_not_there_is_named_in_the_refusal(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        file_source(tmp_path / "borte.pdf")
    assert caught.value.code == "RKV-SYS-004"
    assert "borte.pdf" in str(caught.value.message)


@pytest.mark.parametrize("second", [b"y" * 2_000_000, b"x" * 1_999_999, b"x" * 2_000_001, b""])
def test_a_source_that_changes_between_its_two_readings_leaves_no_packet(folder: Path, second: bytes) -> None:
    readings = chain([b"x" * 2_000_000], repeat(second))
    source = Source(2_000_000, lambda target: target.write(next(readings)))
    made = draft(Attachment("a.pdf", "application/pdf", source))
    assert refusal(lambda: build(made, folder / "packet")) == "RKV-PKT-026"
    assert list(folder.iterdir()) == []


def test_a_small_text_that_changes_between_its_two_readings_leaves_no_packet(folder: Path) -> None:
    readings = chain([b"ja"], repeat(b"ne"))
    source = Source(2, lambda target: target.write(next(readings)))
    made = draft(Attachment("a.txt", "text/plain", source))
    assert refusal(lambda: build(made, folder / "packet")) == "RKV-PKT-026"
    assert list(folder.iterdir()) == []


def test_a_source_that_is_longer_than_it_said_is_refused(folder: Path) -> None:
    source = Source(1, lambda target: target.write(b"longer"))
    assert refusal(lambda: build(draft(Attachment("a", "x/y", source)), folder / "packet")) == "RKV-PKT-026"


def test_what_is_too_large_is_refused_before_it_is_read(folder: Path) -> None:
    unread = Source(199 * 2**20, lambda _target: pytest.fail("it was read"))
    many = draft(*(Attachment("a", "application/pdf", unread) for _ in range(8)))
    assert refusal(lambda: build(many, folder / "packet")) == "RKV-PKT-012"


def test_a_file_that_is_there_already_is_left_as_it_was(folder: Path) -> None:
    (folder / "packet").write_bytes(b"mine")
    assert refusal(lambda: build(draft(), folder / "packet")) == "RKV-SYS-003"
    assert (folder / "packet").read_bytes() == b"mine"


def test_a_damaged_file_leaves_no_plaintext(packet: Path, folder: Path) -> None:
    data = bytearray(packet.read_bytes())
    data[-1] ^= 1
    packet.write_bytes(data)
    assert refusal(lambda: open_and_close(packet, folder)) == "RKV-PKT-004"
    assert list(folder.iterdir()) == []


def test_a_text_over_a_mebibyte_that_packs_very_well_can_be_opened_again(folder: Path) -> None:
    build(draft(Attachment("nuller.txt", "text/plain", bytes(3 * 2**20))), folder / "packet")
    with open_packet_file(folder / "packet", COUNTY) as opened:
        assert opened.documents["vedlegg-01.txt"] == bytes(3 * 2**20)


def test_documents_are_written_all_or_none(packet: Path, folder: Path) -> None:
    with open_packet_file(packet, COUNTY) as opened:
        write_documents(opened, folder / "out")
        assert {path.name: path.read_bytes() for path in (folder / "out").iterdir()} == dict(opened.documents)
        (folder / "again").mkdir()
        (folder / "again" / "vedlegg-02.txt").write_bytes(b"mine")
        assert refusal(lambda: write_documents(opened, folder / "again")) == "RKV-SYS-003"
    assert [path.name for path in (folder / "again").iterdir()] == ["vedlegg-02.txt"]


def test_a_container_is_written_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a file is, no more of it than a few pieces is in memory (measured: allocations of Python)."""

    def copy_to(target: BinaryIO) -> None:
        for _ in range(400):
            target.write(bytes(100_000))

    class Nowhere(io.RawIOBase):
        def write(self, data: object) -> int:
            return 0

    watch = zip_writing.Watch(None, 0)
    tracemalloc.start()
    try:
        file = zip_writing.measure(zip_writing.NewFile("a.pdf", Source(40_000_000, copy_to), packed=True), watch)
        zip_writing.write_measured([zip_writing.mimetype_file(), file], Nowhere(), watch)  # type: ignore[arg-type]
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 2**20


def test_what_comes_of_a_verified_file_is_reported(packet: Path) -> None:
    report = verify_packet_file(packet, COUNTY)
    assert report.verdict is Verdict.VALID_UNKNOWN_SENDER
    assert {each.name: each.size for each in report.files}["vedlegg-01.pdf"] == 900_000


class Counting(io.BytesIO):
    """A file that knows how much was read of it."""

    taken = 0

    def read(self, size: int | None = -1) -> bytes:
        data = super().read(size)
        self.taken += len(data)
        return data


def test_asking_which_files_there_are_and_how_long_reads_none_of_them() -> None:
    file = Counting(forgery.container({"a.bin": os.urandom(300_000)}))
    container = read_container(file)
    before = file.taken
    assert container.files.keys() >= {"a.bin"}
    assert "b.bin" not in container.files
    assert size_of(container.files, "a.bin") == 300_000
    assert len(digest_of(container.files, "a.bin")) == 32
    assert file.taken == before
    assert len(beginning_of(container.files, "a.bin", 5)) == 5
    assert file.taken - before <= PIECE


def test_what_is_known_of_files_is_the_same_for_plain_bytes() -> None:
    container = read_container(forgery.container({"a.txt": b"abc" * 99}))
    plain = dict(container.files)
    for ask in (size_of, digest_of, lambda files, name: beginning_of(files, name, 7)):
        assert ask(container.files, "a.txt") == ask(plain, "a.txt")


@pytest.mark.parametrize("name", ["META-INF/ASiCManifest.xml", "META-INF/signature-1.p7s", "META-INF/manifest.xml"])
def test_a_huge_list_or_signature_is_refused_before_it_is_read(name: str) -> None:
    entry = samples.RawEntry(name=name.encode(), data=bytes(4 * 2**20 + 1), packed=bytes(2**16), method=8)
    file = Counting(samples.raw_zip([samples.mimetype_entry(), entry]))
    assert refusal(lambda: read_container(file)) == "RKV-PKT-012"
    assert file.taken < 2**16


def test_a_directory_that_would_fill_the_memory_is_refused_before_it_is_read() -> None:
    huge = b"\x0a\x00" + (60_000).to_bytes(2, "little") + bytes(60_000)
    entries = [samples.RawEntry(name=b"f%d.txt" % number, data=b"x", extra=huge) for number in range(20)]
    file = Counting(samples.raw_zip([samples.mimetype_entry(), *entries]))
    refusal(lambda: read_container(file))
    assert file.taken < 2**10


def test_an_end_mark_far_from_the_end_is_found_as_it_is_in_memory() -> None:
    honest = forgery.container({"a.txt": b"abc"})
    for more in (1, 300, PIECE - 3, PIECE, PIECE + 300, 3 * PIECE):
        with pytest.raises(UserError) as caught:
            read_container(honest + bytes(more))
        assert caught.value.code == "RKV-PKT-034"


@settings(max_examples=40)
@given(content=st.binary(max_size=2000), repeats=st.integers(1, 300))
def test_any_deflated_content_is_inflated_whole(content: bytes, repeats: int) -> None:
    data = content * repeats
    if len(data) > 2**20:
        data = data[: 2**20]
    whole = read_container(
        samples.raw_zip([samples.mimetype_entry(), samples.RawEntry(name=b"a", data=data, deflate=True)])
    )
    assert whole.files["a"] == data
    assert whole.files.digest("a") == hashlib.sha256(data).digest()


def test_content_that_ends_near_the_border_of_a_piece_is_inflated_whole() -> None:
    for more in range(-3, 600):
        entry = samples.RawEntry(name=b"a", data=bytes(PIECE + more), deflate=True)
        assert read_container(samples.raw_zip([samples.mimetype_entry(), entry])).files["a"] == bytes(PIECE + more)
