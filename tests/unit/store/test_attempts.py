# SPDX-License-Identifier: MIT
"""Guessing at a passphrase by hand gets slower and slower, and nobody with the right one is ever kept out for long."""

import json
import os
import stat
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.entry.attempts import Attempts

STORE = "6f0f2d4e-5c3b-4c8e-9b0a-0f6f1f2d3c4b"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
GROWING = [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A state folder that is not there yet."""
    return tmp_path / "state" / "rkv"


def failed(folder: Path, times: int, now: datetime = NOW) -> None:
    for _ in range(times):
        Attempts(folder, STORE).failed(now)


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_the_wait_begins_after_three_wrong_tries_doubles_and_ends_at_a_minute(folder: Path) -> None:
    waits = []
    for _ in GROWING:
        failed(folder, 1)
        waits.append(Attempts(folder, STORE).wait(NOW))
    assert waits == GROWING


def test_the_wait_passes_by_the_clock_from_the_last_wrong_try(folder: Path) -> None:
    failed(folder, 7)
    waits = [Attempts(folder, STORE).wait(later(seconds)) for seconds in (0, 1, 7, 7.5, 8, 9000)]
    assert waits == [8, 7, 1, 1, 0, 0]


def test_who_has_to_wait_is_told_how_long(folder: Path) -> None:
    failed(folder, 6)
    with pytest.raises(UserError) as refused:
        Attempts(folder, STORE).require(NOW)
    assert (refused.value.code, refused.value.status) == ("RKV-STO-006", ExitStatus.LOCKED)
    assert refused.value.message.params == {"seconds": 4}
    Attempts(folder, STORE).require(later(4))


def test_the_right_passphrase_wipes_the_slate(folder: Path) -> None:
    failed(folder, 9)
    Attempts(folder, STORE).succeeded()
    assert list(folder.iterdir()) == []
    failed(folder, 3)
    assert Attempts(folder, STORE).wait(NOW) == 0


def test_stores_are_counted_apart(folder: Path) -> None:
    failed(folder, 9)
    assert Attempts(folder, STORE.replace("6", "7", 1)).wait(NOW) == 0


def test_a_clock_that_was_set_back_begins_the_wait_anew_and_it_ends(folder: Path) -> None:
    failed(folder, 12, now=later(365 * 86400))
    assert Attempts(folder, STORE).wait(NOW) == 60
    assert Attempts(folder, STORE).wait(later(20)) == 40
    assert Attempts(folder, STORE).wait(later(60)) == 0


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_what_is_remembered_is_its_owners_alone(folder: Path) -> None:
    failed(folder, 1)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()] == [0o600]


def test_a_folder_that_cannot_be_made_keeps_nobody_out(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    failed(tmp_path / "file" / "state", 9)
    attempts = Attempts(tmp_path / "file" / "state", STORE)
    attempts.require(NOW)
    attempts.succeeded()


def test_a_clock_set_back_where_nothing_can_be_written_keeps_nobody_out(tmp_path: Path) -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a disk")
    mounting = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(tmp_path)]
    if subprocess.run(mounting, capture_output=True, check=False).returncode != 0:
        pytest.skip("a disk cannot be mounted here")
    try:
        failed(tmp_path, 12, now=later(365 * 86400))
        subprocess.run(["mount", "-o", "remount,ro", str(tmp_path)], check=True)
        assert Attempts(tmp_path, STORE).wait(NOW) == 0
        assert Attempts(tmp_path, STORE).wait(later(365 * 86400 + 10)) == 50
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


HOSTILE = (
    b"",
    b"{",
    b"[]",
    b"null",
    b"[" * 1000,
    b"\xff",
    b"x" * 5_000_000,
    b'{"wrong": -1, "last": "2026-03-02T09:30:00+00:00"}',
    b'{"wrong": true, "last": "2026-03-02T09:30:00+00:00"}',
    b'{"wrong": 1e9, "last": "2026-03-02T09:30:00+00:00"}',
    b'{"wrong": %s, "last": "2026-03-02T09:30:00+00:00"}' % (b"9" * 900),
    b'{"wrong": 9, "last": "2026-03-02T09:30:00"}',
    b'{"wrong": 9, "last": 0}',
)


@pytest.mark.parametrize("content", HOSTILE, ids=range(len(HOSTILE)))
def test_a_damaged_file_counts_as_no_tries(folder: Path, content: bytes) -> None:
    failed(folder, 9)
    next(folder.iterdir()).write_bytes(content)
    attempts = Attempts(folder, STORE)
    assert attempts.wait(NOW) == 0
    attempts.failed(NOW)
    assert attempts.wait(NOW) == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes")
def test_a_pipe_in_the_place_of_the_file_stops_nobody(folder: Path) -> None:
    folder.mkdir(parents=True)
    os.mkfifo(folder / f"{STORE}.tries")
    assert Attempts(folder, STORE).wait(NOW) == 0


MOMENTS = st.datetimes(timezones=st.just(UTC))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(wrong=st.integers(), last=MOMENTS, now=MOMENTS)
def test_nobody_ever_waits_longer_than_a_minute(folder: Path, wrong: int, last: datetime, now: datetime) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{STORE}.tries").write_text(json.dumps({"wrong": wrong, "last": last.isoformat()}))
    assert 0 <= Attempts(folder, STORE).wait(now) <= 60
    if now < datetime(9999, 12, 31, tzinfo=UTC):
        assert Attempts(folder, STORE).wait(now + timedelta(seconds=60)) == 0 or last > now


def test_an_id_that_would_lead_elsewhere_is_none(folder: Path) -> None:
    with pytest.raises(ValueError):
        Attempts(folder, "../../elsewhere")
