# SPDX-License-Identifier: MIT
"""One window at a time writes to a store; the others are told who does, and nobody has to clean up after a crash."""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.domain.stores import Holder
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.machine import login_and_host
from rkv_app.store.files.lock import SOMEBODY, StoreLock, holder, lock_path

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
HOLDING = """
import pathlib, sys
from datetime import datetime
from rkv_app.store.files.lock import StoreLock
lock = StoreLock.acquire(pathlib.Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2]))
print("held", flush=True)
sys.stdin.readline()
"""
Hold = Callable[[Path], "subprocess.Popen[str]"]

posix_only = pytest.mark.skipif(os.name != "posix", reason="POSIX signals and permissions")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where a store may lie, in a folder of its own."""
    folder = tmp_path / "stores"
    folder.mkdir()
    return folder / "øvre store.rkv"


@pytest.fixture
def hold() -> Iterator[Hold]:
    """Starts a process that holds the lock of a store until it is told to go on."""
    started: list[subprocess.Popen[str]] = []

    def _hold(store: Path) -> "subprocess.Popen[str]":
        other = subprocess.Popen(
            [sys.executable, "-c", HOLDING, str(store), NOW.isoformat()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        started.append(other)
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        return other

    yield _hold
    for other in started:
        other.kill()
        other.communicate()


def refusal(store: Path) -> UserError:
    with pytest.raises(UserError) as refused:
        StoreLock.acquire(store, NOW)
    return refused.value


def test_a_second_window_is_told_who_has_the_store_open_where_and_since_when(store: Path, hold: Hold) -> None:
    other = hold(store)
    login, host = login_and_host()
    assert holder(store) == Holder(user=login, host=host, pid=other.pid, since=NOW)
    refused = refusal(store)
    assert (refused.code, refused.status) == ("RKV-STO-002", ExitStatus.LOCKED)
    local = NOW.astimezone().strftime("%d.%m.%Y %H:%M")
    assert refused.message.params == {"user": login, "host": host, "since": local}
    assert login not in repr(refused)


@posix_only
def test_a_killed_window_leaves_nothing_to_clean_up(store: Path, hold: Hold) -> None:
    other = hold(store)
    other.kill()
    other.wait()
    assert lock_path(store).exists()
    assert holder(store) is None
    lock = StoreLock.acquire(store, NOW)
    assert holder(store) == Holder(user=login_and_host()[0], host=login_and_host()[1], pid=os.getpid(), since=NOW)
    lock.release()


@posix_only
def test_a_window_that_does_not_answer_still_has_the_store(store: Path, hold: Hold) -> None:
    other = hold(store)
    other.send_signal(signal.SIGSTOP)
    assert refusal(store).message.params["host"] == login_and_host()[1]
    other.kill()
    other.wait()
    StoreLock.acquire(store, NOW).release()


def test_a_closed_window_gives_the_store_to_the_next(store: Path, hold: Hold) -> None:
    other = hold(store)
    other.communicate("\n")
    StoreLock.acquire(store, NOW).release()


def test_the_same_window_cannot_open_a_store_twice(store: Path) -> None:
    lock = StoreLock.acquire(store, NOW)
    assert refusal(store).code == "RKV-STO-002"
    assert refusal(store.parent / ".." / store.parent.name / store.name).code == "RKV-STO-002"
    lock.release()
    StoreLock.acquire(store, NOW).release()


@posix_only
def test_another_name_for_the_same_store_is_the_same_store(store: Path) -> None:
    other_name = store.with_name("other.rkv")
    other_name.symlink_to(store)
    lock = StoreLock.acquire(store, NOW)
    assert refusal(other_name).code == "RKV-STO-002"
    lock.release()


def test_closing_leaves_nothing_behind_and_may_be_done_twice(store: Path) -> None:
    lock = StoreLock.acquire(store, NOW)
    assert [path.name for path in store.parent.iterdir()] == [store.name + ".lock"]
    lock.release()
    assert list(store.parent.iterdir()) == []
    other = StoreLock.acquire(store, NOW)
    lock.release()
    assert holder(store) is not None
    other.release()


def test_asking_who_holds_a_store_takes_and_leaves_nothing(store: Path) -> None:
    assert holder(store) is None
    assert list(store.parent.iterdir()) == []


@posix_only
def test_who_has_a_store_open_is_for_its_owner_to_read(store: Path) -> None:
    lock = StoreLock.acquire(store, NOW)
    assert stat.S_IMODE(lock_path(store).stat().st_mode) == 0o600
    lock.release()


HOSTILE = (
    b"",
    b"\n",
    b"\n{",
    b"\n[]",
    b"\n" + b"[" * 4000,
    b"\n" + b"x" * 10_000_000,
    b"\n\xff\xfe",
    b'\n{"user": "", "host": "h", "pid": 1, "since": "2026-03-02T09:30:00+00:00"}',
    b'\n{"user": 7, "host": "h", "pid": 1, "since": "2026-03-02T09:30:00+00:00"}',
    b'\n{"user": "u", "host": "h", "pid": true, "since": "2026-03-02T09:30:00+00:00"}',
    b'\n{"user": "u", "host": "h", "pid": 1, "since": "2026-03-02T09:30:00"}',
    b'\n{"user": "u", "host": "h", "pid": 1, "since": "0001-01-01T00:00:00+14:00"}',
    b'\n{"user": "u", "host": "h", "pid": 1, "since": "9999-12-31T23:59:59-14:00"}',
)


@pytest.mark.parametrize("details", HOSTILE, ids=range(len(HOSTILE)))
def test_details_that_cannot_be_right_are_somebody(store: Path, hold: Hold, details: bytes) -> None:
    hold(store)
    lock_path(store).write_bytes(details)
    assert holder(store) == SOMEBODY
    assert refusal(store).message.params == {}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(details=st.binary() | st.text().map(str.encode))
def test_no_details_whatsoever_stop_the_program(store: Path, details: bytes) -> None:
    lock = StoreLock.acquire(store, NOW)
    lock_path(store).write_bytes(details)
    assert holder(store) is not None
    lock.release()


def test_a_name_that_would_disturb_the_sentence_is_shortened_and_cleaned(store: Path) -> None:
    lock = StoreLock.acquire(store, NOW)
    lock_path(store).write_bytes(
        b'\n{"user": "\\u202ekari\\n\\u0007", "host": "%s", "pid": 1, "since": "2026-03-02T09:30:00+00:00"}'
        % (b"h" * 900)
    )
    assert holder(store) == Holder(user="kari", host="h" * 100, pid=1, since=NOW)
    lock.release()


@posix_only
def test_what_a_dead_holder_left_is_not_told_of_a_living_one(store: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        pass
    lock = StoreLock.acquire(store, NOW)
    lock_path(store).write_bytes(lock_path(store).read_bytes().replace(b"%d" % os.getpid(), b"%d" % dead.pid))
    assert holder(store) == SOMEBODY
    lock.release()


def test_what_was_left_behind_does_not_garble_who_holds_it_now(store: Path) -> None:
    lock_path(store).write_bytes(b"\n" + b"x" * 3000)
    lock = StoreLock.acquire(store, NOW)
    found = holder(store)
    lock.release()
    assert found is not None
    assert found.pid == os.getpid()


def test_a_folder_that_is_not_there_is_not_made(store: Path) -> None:
    assert refusal(store.parent / "gone" / "store.rkv").code == "RKV-SYS-004"
    assert list(store.parent.iterdir()) == []


@posix_only
def test_something_else_in_the_way_is_a_plain_refusal(store: Path) -> None:
    lock_path(store).mkdir()
    assert refusal(store).code == "RKV-SYS-002"
    lock_path(store).rmdir()
    target = store.with_name("precious")
    target.write_bytes(b"precious")
    lock_path(store).symlink_to(target)
    assert refusal(store).code == "RKV-SYS-002"
    assert target.read_bytes() == b"precious"


@contextmanager
def mounted(folder: Path, options: str) -> Iterator[None]:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    mounting = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk cannot be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_folder_that_cannot_be_written_says_so(store: Path) -> None:
    with mounted(store.parent, "ro"):
        assert holder(store) is None
        refused = refusal(store)
    assert (refused.code, refused.status) == ("RKV-SYS-002", ExitStatus.REFUSED)


def test_a_full_disk_says_so_and_keeps_no_half_made_lock(store: Path) -> None:
    with mounted(store.parent, "size=64k"):
        ballast = store.with_name("ballast")
        with pytest.raises(OSError) as full:
            ballast.write_bytes(bytes(1 << 20))
        assert full.value.errno == errno.ENOSPC
        assert refusal(store).code == "RKV-SYS-001"
        assert list(store.parent.iterdir()) == [ballast]
        ballast.unlink()
        StoreLock.acquire(store, NOW).release()
