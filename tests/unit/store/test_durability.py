# SPDX-License-Identifier: MIT
"""What a store has acknowledged survives a killed process and a full disk."""

import itertools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database.schema import metadata
from rkv_app.store.files.ballast import ballast_path
from rkv_app.store.repositories.contacts import SqlContacts
from rkv_app.store.repositories.exchange import SqlExchange
from support.store_samples import (
    EVALUATION,
    NOW,
    PASSPHRASE,
    contact,
    empty_database,
    fill,
    packet,
    quick_vault,
    record,
)

from .conftest import Start


def test_a_killed_process_loses_no_answer_that_it_called_saved(closed_store: Path, start: Start) -> None:
    for turn in range(20):
        writer = start("write", closed_store)
        assert writer.stdout is not None
        for _ in range(1 + 3 * turn):
            writer.stdout.readline()
        writer.kill()
        saved = [int(line) for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
        writer.stdout.close()
        writer.wait()
        store = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
        found = store.evaluations.get(EVALUATION.id)
        store.close()
        assert found is not None
        last = max(saved, default=3 * turn)
        assert [found.answers.get(f"item-{number}") for number in range(last + 1)] == list(range(last + 1))
    quick_vault().check(closed_store, Passphrase(PASSPHRASE))


def test_a_full_database_says_that_the_disk_is_full_and_keeps_what_it_had(tmp_path: Path) -> None:
    path = tmp_path / "plain.db"
    database = empty_database(path)
    with database.transaction() as connection:
        metadata.create_all(connection)
    contacts, exchange = SqlContacts(database), SqlExchange(database)
    contacts.pin(contact("c-1"))
    database.raw.execute("PRAGMA max_page_count = 60")

    def write_too_much() -> None:
        with database.transaction():
            contacts.pin(contact("c-2"))
            for number in range(1000):
                exchange.record(record(f"m-{number}"), packet())

    with pytest.raises(UserError) as refused:
        write_too_much()
    assert (refused.value.code, refused.value.status) == ("RKV-SYS-001", ExitStatus.REFUSED)
    assert contacts.all() == [contact("c-1")]
    contacts.pin(contact("c-3"))
    assert database.is_sound()
    database.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 2 MB, where this user may make one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root may mount a small disk")
    mounting = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False
    )
    if mounting.returncode != 0:
        pytest.skip("a small disk cannot be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_takes_back_the_half_written_and_keeps_the_rest(small_disk: Path) -> None:
    path = small_disk / "store.rkv"
    store = quick_vault().create(path, PASSPHRASE)
    fill(store)
    saved: list[int] = []

    def save_for_ever() -> None:
        for number in itertools.count():
            with store.transaction():
                store.evaluations.save_answer(EVALUATION.id, f"first-{number}", "x" * 2000, NOW)
                store.evaluations.save_answer(EVALUATION.id, f"second-{number}", "y" * 2000, NOW)
            saved.append(number)

    with pytest.raises(UserError) as refused:
        save_for_ever()
    assert refused.value.code == "RKV-SYS-001"
    store.close()
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    found = store.evaluations.get(EVALUATION.id)
    store.close()
    assert saved
    assert found is not None
    expected = {f"{half}-{number}" for number in saved for half in ("first", "second")}
    assert {item for item in found.answers if not item.startswith("matrix/")} == expected


def test_what_could_not_be_saved_on_a_full_disk_is_saved_when_asked_again(small_disk: Path) -> None:
    path = small_disk / "store.rkv"
    store = quick_vault().create(path, PASSPHRASE)
    fill(store)
    ballast_path(path).write_bytes(bytes(256 * 1024))

    def save_for_ever() -> None:
        for number in itertools.count():
            store.evaluations.save_answer(EVALUATION.id, f"item-{number}", "x" * 2000, NOW)

    with pytest.raises(UserError) as refused:
        save_for_ever()
    assert refused.value.code == "RKV-SYS-001"
    assert not ballast_path(path).exists()
    store.evaluations.save_answer(EVALUATION.id, "still on the screen", "y" * 2000, NOW)
    found = store.evaluations.get(EVALUATION.id)
    store.close(back_up=False)
    assert found is not None
    assert found.answers["still on the screen"] == "y" * 2000


def test_a_store_for_which_there_is_no_room_leaves_nothing_behind(small_disk: Path) -> None:
    ballast = small_disk / "ballast"
    with pytest.raises(OSError, match="space"):
        ballast.write_bytes(bytes(4 << 20))
    with pytest.raises(UserError) as refused:
        quick_vault().create(small_disk / "store.rkv", PASSPHRASE)
    assert refused.value.code == "RKV-SYS-001"
    assert list(small_disk.iterdir()) == [ballast]


def test_closing_leaves_no_log_and_no_lock(closed_store: Path) -> None:
    store = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    store.evaluations.save_answer(EVALUATION.id, "hours", 3, NOW)
    store.close()
    beside = {path.name.removeprefix(closed_store.name) for path in closed_store.parent.iterdir()}
    assert beside <= {"", ".key", "-backups", ".ballast"}
