# SPDX-License-Identifier: MIT
"""Plaintext on its way is gone after a crash, a kill or a full disk, and nothing of anybody else's goes with it."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rkv_app.domain.exchange import MessageType
from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import UserError
from rkv_app.packets.build import Attachment, build_packet, build_packet_file
from rkv_app.packets.opening import open_packet, open_packet_file, write_documents
from rkv_app.packets.plaintext import opened_nameless, plaintext_path, remove_leftovers
from support import crashes
from support import packet_samples as samples

COUNTY = samples.identity("county")
SECRET = b"HEMMELIG VURDERING " * 60_000
DRAFT = samples.draft(MessageType.APPLICATION, (Attachment("a.pdf", "application/pdf", SECRET),))

needs_posix = pytest.mark.skipif(os.name != "posix", reason="kills a child with a signal")


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test alone."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture(scope="module")
def packet() -> bytes:
    """A packet with much plaintext in it."""
    return build_packet(
        DRAFT, identity=samples.identity("adviser"), recipients=[samples.to("county")], at=samples.AT
    ).data


def readable(folder: Path) -> list[Path]:
    """The files in a folder that hold something of the plaintext."""
    return [path for path in folder.rglob("*") if path.is_file() and b"HEMMELIG" in path.read_bytes()]


def killed_when(done: int, action: Callable[[Progress], object]) -> None:
    """Runs `action` in a child that is killed once so much of its work is done."""
    child = os.fork()
    if child == 0:
        try:
            action(lambda now, _total: now < done or os.kill(os.getpid(), 9) is not None)
        finally:
            os._exit(0)
    os.waitpid(child, 0)


@needs_posix
@pytest.mark.parametrize("is_own_folder", [True, False])
def test_nothing_readable_is_left_of_an_opening_that_was_killed(
    tmp_path: Path, temporary: Path, packet: bytes, is_own_folder: bool
) -> None:
    folder = tmp_path / "work"
    folder.mkdir()
    path = tmp_path / "sent.rkvpakke"
    path.write_bytes(packet)

    def open_it(progress: Progress) -> None:
        with open_packet_file(path, COUNTY, folder=folder if is_own_folder else None, progress=progress):
            pass

    found = 0
    for tenth in range(20):
        killed_when(tenth * len(packet) // 10, open_it)
        found += len(readable(tmp_path))
        remove_leftovers(folder)
        assert readable(tmp_path) == []
        assert [*folder.iterdir(), *temporary.iterdir()] == []
    assert found > 0


@needs_posix
def test_a_packet_that_lies_open_when_the_process_is_killed_leaves_nothing_even_before_the_next_start(
    tmp_path: Path, packet: bytes
) -> None:
    (tmp_path / "sent.rkvpakke").write_bytes(packet)
    child = os.fork()
    if child == 0:
        with open_packet_file(tmp_path / "sent.rkvpakke", COUNTY, folder=tmp_path):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    assert readable(tmp_path) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["sent.rkvpakke"]


@needs_posix
def test_nothing_readable_is_left_of_a_building_that_was_killed(tmp_path: Path, temporary: Path) -> None:
    def build(_progress: object = None) -> None:
        build_packet_file(
            DRAFT,
            temporary / "packet",
            identity=samples.identity("adviser"),
            recipients=[samples.to("county")],
            at=samples.AT,
        )

    for _ in crashes.kills(build):
        assert readable(tmp_path) == []
        for path in temporary.iterdir():
            if path.name == "packet":
                assert open_packet(path.read_bytes(), COUNTY).documents["vedlegg-01.pdf"] == SECRET
            path.unlink()


def test_what_a_running_process_uses_is_left_alone(tmp_path: Path) -> None:
    with plaintext_path(tmp_path) as path:
        path.write_bytes(b"in use")
        assert remove_leftovers(tmp_path) == 0
        assert path.read_bytes() == b"in use"
    assert not path.exists()


def leftover_of_a_dead_process(folder: Path) -> Path:
    source = "import sys, os, pathlib\nfrom rkv_app.packets.plaintext import plaintext_path\n"
    source += "with plaintext_path(pathlib.Path(sys.argv[1])) as path:\n    path.write_bytes(b'x'); os._exit(1)"
    subprocess.run([sys.executable, "-c", source, str(folder)], check=False, timeout=60)
    (path,) = folder.iterdir()
    return path


def test_only_what_this_program_left_on_this_machine_is_removed(tmp_path: Path, temporary: Path) -> None:
    left = leftover_of_a_dead_process(temporary)
    host, boot, pid, rest = left.name.removeprefix("rkv-klartekst-").split("-", 3)
    others = [
        f"rkv-klartekst-00000000-{boot}-{pid}-{rest}",
        f"rkv-klartekst-{host}-{boot}-{pid}-{rest}.pdf",
        f"my-rkv-klartekst-{host}-{boot}-{pid}-{rest}",
        "rkv-klartekst-notat.txt",
        ".rkv-part-abc",
    ]
    for name in others:
        (temporary / name).write_bytes(b"mine")
    assert remove_leftovers() == 1
    assert sorted(path.name for path in temporary.iterdir()) == sorted(others)


def test_what_was_left_before_the_machine_was_started_anew_is_removed(temporary: Path) -> None:
    left = leftover_of_a_dead_process(temporary)
    host, boot, pid = left.name.split("-")[2:5]
    # The number is that of a process that runs, but it is another one since the start.
    left.rename(temporary / left.name.replace(f"{host}-{boot}-{pid}", f"{host}-{'0' * 8}-{os.getpid()}"))
    assert remove_leftovers() == 1
    assert list(temporary.iterdir()) == []


@needs_posix
def test_a_link_by_such_a_name_is_removed_and_never_followed(tmp_path: Path, temporary: Path) -> None:
    (tmp_path / "mine.txt").write_bytes(b"mine")
    left = leftover_of_a_dead_process(temporary)
    left.unlink()
    left.symlink_to(tmp_path / "mine.txt")
    remove_leftovers()
    assert (tmp_path / "mine.txt").read_bytes() == b"mine"


def test_a_folder_that_cannot_be_looked_at_is_no_error(tmp_path: Path, temporary: Path) -> None:
    assert remove_leftovers(tmp_path / "gone") == 0


def test_a_file_that_cannot_be_read_back_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught, opened_nameless(tmp_path / "gone"):
        pytest.fail("it was opened")
    assert caught.value.code == "RKV-SYS-004"


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own; needs root."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=600k", "none", str(disk)]
    if os.name != "posix" or os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a disk can be mounted by root only")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def code_of(action: Callable[[], object]) -> str:
    with pytest.raises(UserError) as caught:
        action()
    return caught.value.code


def test_a_disk_that_is_full_while_a_packet_is_made_keeps_nothing(full_disk: Path) -> None:
    identity, to = samples.identity("adviser"), [samples.to("county")]
    code = code_of(
        lambda: build_packet_file(DRAFT, full_disk / "packet", identity=identity, recipients=to, at=samples.AT)
    )
    assert (code, list(full_disk.iterdir())) == ("RKV-SYS-001", [])


def test_a_disk_that_is_full_while_a_packet_is_opened_keeps_nothing(full_disk: Path, packet: bytes) -> None:
    code = code_of(lambda: open_packet(packet, COUNTY, folder=full_disk))
    assert (code, list(full_disk.iterdir())) == ("RKV-SYS-001", [])


def test_a_disk_that_is_full_while_documents_are_written_keeps_none(full_disk: Path, packet: bytes) -> None:
    opened = open_packet(packet, COUNTY)
    code = code_of(lambda: write_documents(opened, full_disk))
    assert (code, list(full_disk.iterdir())) == ("RKV-SYS-001", [])


@pytest.mark.parametrize("number", range(1, 12))
def test_a_write_that_fails_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packet: bytes, number: int
) -> None:
    """The disk fails at the first write to a file, the second and so on."""
    folder = tmp_path / "work"
    folder.mkdir()
    left = [number]
    original = os.fdopen

    def fdopen(handle: int, *arguments: object, **options: object) -> object:
        file = original(handle, *arguments, **options)  # type: ignore[call-overload]
        write = file.write

        def failing(data: bytes) -> int:
            left[0] -= 1
            if left[0] == 0:
                raise OSError(28, "no space")
            return int(write(data))

        class Failing:
            def __enter__(self) -> "Failing":
                return self

            def __exit__(self, *_: object) -> None:
                file.close()

            def __getattr__(self, name: str) -> object:
                return failing if name == "write" else getattr(file, name)

        return Failing()

    monkeypatch.setattr(os, "fdopen", fdopen)
    (tmp_path / "sent").write_bytes(packet)

    def both() -> None:
        build_packet_file(
            DRAFT,
            folder / "new",
            identity=samples.identity("adviser"),
            recipients=[samples.to("county")],
            at=samples.AT,
        )
        (folder / "new").unlink()
        with open_packet_file(tmp_path / "sent", COUNTY, folder=folder) as opened:
            write_documents(opened, folder)

    assert code_of(both) == "RKV-SYS-001"
    assert list(folder.iterdir()) == []
