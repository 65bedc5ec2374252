# SPDX-License-Identifier: MIT
"""Restoring puts a checked backup in place and destroys nothing, wherever it is interrupted."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from rkv_app.domain.stores import Passphrase, Progress
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.schema import trail
from rkv_app.store.files.header_file import header_path
from support.crashes import kills
from support.store_samples import EVALUATION, NOW, PASSPHRASE, made_store, quick_vault

WAY = Passphrase(PASSPHRASE)


def _hours(path: Path, *, accept_older: bool = False) -> object:
    store = quick_vault().open(path, WAY, accept_older=accept_older)
    found = store.evaluations.get(EVALUATION.id)
    store.close()
    assert found is not None
    return found.answers.get("hours")


def _saved(path: Path, hours: int) -> Path:
    """Saves an answer, closes the store, and returns the backup that closing made."""
    store = quick_vault().open(path, WAY)
    store.evaluations.save_answer(EVALUATION.id, "hours", hours, NOW)
    store.close()
    return quick_vault().backups(path)[0].path


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _refusal(action: Callable[[], object]) -> tuple[str, ExitStatus]:
    with pytest.raises(UserError) as refused:
        action()
    return refused.value.code, refused.value.status


def test_a_restored_store_holds_what_the_backup_held_and_the_present_one_lies_beside_it(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    _saved(closed_store, 2)
    aside = quick_vault().restore(backup, closed_store, WAY)
    assert aside is not None
    assert _hours(closed_store) == 1
    assert quick_vault().check(closed_store, WAY).sound
    assert _hours(aside, accept_older=True) == 2


def test_a_deliberate_restore_is_no_alarm_and_is_written_down(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    _saved(closed_store, 2)
    quick_vault().restore(backup, closed_store, WAY)
    store = quick_vault().open(closed_store, WAY)
    database: SqlCipherDatabase = store._database
    with database.reading() as connection:
        kinds = connection.execute(sa.select(trail.c.kind).order_by(trail.c.seq.desc())).scalars().first()
    store.verify_trail()
    store.close()
    assert kinds == "restored"


def test_a_store_that_is_gone_is_made_anew_from_its_backup(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    closed_store.unlink()
    header_path(closed_store).unlink()
    assert quick_vault().restore(backup, closed_store, WAY) is None
    assert _hours(closed_store) == 1


def test_a_damaged_store_is_moved_aside_as_it_is(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    closed_store.write_bytes(b"damaged beyond all")
    header_path(closed_store).write_bytes(b"so is this")
    aside = quick_vault().restore(backup, closed_store, WAY)
    assert aside is not None
    assert (aside.read_bytes(), header_path(aside).read_bytes()) == (b"damaged beyond all", b"so is this")
    assert _hours(closed_store) == 1


def test_the_log_of_a_store_that_was_not_closed_is_moved_with_it(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    log = closed_store.with_name(closed_store.name + "-wal")
    log.write_bytes(b"what was not folded in")
    aside = quick_vault().restore(backup, closed_store, WAY)
    assert aside is not None
    assert aside.with_name(aside.name + "-wal").read_bytes() == b"what was not folded in"
    assert _hours(closed_store) == 1


@pytest.mark.parametrize("place", [0.0, 0.3, 0.7, 0.999])
def test_a_backup_that_is_not_sound_changes_nothing(closed_store: Path, place: float) -> None:
    backup = _saved(closed_store, 1)
    content = bytearray(backup.read_bytes())
    content[int(len(content) * place)] ^= 4
    backup.write_bytes(content)
    before = _files(closed_store.parent)
    refusal = _refusal(lambda: quick_vault().restore(backup, closed_store, WAY))
    assert refusal == ("RKV-STO-029", ExitStatus.DAMAGED)
    assert _files(closed_store.parent) == before


def test_a_backup_cut_off_between_two_pages_changes_nothing(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    backup.write_bytes(backup.read_bytes()[:-4096])
    assert _refusal(lambda: quick_vault().restore(backup, closed_store, WAY))[0] == "RKV-STO-029"
    assert _hours(closed_store) == 1


def test_a_backup_of_another_store_is_refused_where_there_is_one(closed_store: Path, tmp_path: Path) -> None:
    other = made_store(tmp_path / "other.rkv")
    backup = _saved(other, 1)
    before = _files(closed_store.parent)
    assert _refusal(lambda: quick_vault().restore(backup, closed_store, WAY))[0] == "RKV-STO-030"
    assert _refusal(lambda: quick_vault().restore(closed_store, closed_store, WAY))[0] == "RKV-STO-030"
    assert _files(closed_store.parent) == before
    assert quick_vault().restore(backup, tmp_path / "third.rkv", WAY) is None
    assert _hours(tmp_path / "third.rkv", accept_older=True) == 1


def test_an_open_store_is_not_restored_over(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    store = quick_vault().open(closed_store, WAY)
    assert _refusal(lambda: quick_vault().restore(backup, closed_store, WAY)) == ("RKV-STO-002", ExitStatus.LOCKED)
    store.close()


def _until(steps: int) -> Progress:
    left = [steps]

    def go_on(_done: int, _total: int) -> bool:
        left[0] -= 1
        return left[0] >= 0

    return go_on


def test_a_wrong_passphrase_or_a_cancel_changes_nothing(closed_store: Path) -> None:
    backup = _saved(closed_store, 1)
    before = _files(closed_store.parent)
    wrong = Passphrase("noe helt annet enn den")
    assert _refusal(lambda: quick_vault().restore(backup, closed_store, wrong))[0] == "RKV-STO-001"
    for steps in range(4):
        with pytest.raises(UserError) as refused:
            quick_vault().restore(backup, closed_store, WAY, _until(steps))
        assert refused.value.code == "RKV-STO-034", steps
        assert _files(closed_store.parent) == before, steps


def test_a_backup_in_a_folder_that_cannot_be_written_is_restored(closed_store: Path, tmp_path: Path) -> None:
    backup = _saved(closed_store, 1)
    disc = tmp_path / "disc"
    shutil.copytree(backup.parent, disc)
    disc.chmod(0o500)
    quick_vault().restore(disc / backup.name, closed_store, WAY)
    disc.chmod(0o700)
    assert _hours(closed_store) == 1


def test_a_full_disk_is_said_and_the_store_is_as_it_was(closed_store: Path, tiny_disk: Path) -> None:
    backup = _saved(closed_store, 1)
    path = tiny_disk / closed_store.name
    for end in ("", ".key"):
        shutil.copy(closed_store.with_name(closed_store.name + end), path.with_name(path.name + end))
    (tiny_disk / "mine").write_bytes(bytes(600_000))
    before = _files(tiny_disk)
    assert _refusal(lambda: quick_vault().restore(backup, path, WAY))[0] == "RKV-SYS-001"
    assert _files(tiny_disk) == before
    (tiny_disk / "mine").unlink()
    assert quick_vault().restore(backup, path, WAY) is not None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_anywhere_while_it_restores_leaves_the_old_store_or_the_new_one(
    closed_store: Path, own_home: Path
) -> None:
    backup = _saved(closed_store, 1)
    _saved(closed_store, 2)
    folder, sound = closed_store.parent, own_home.parent / "sound"
    shutil.copytree(folder, sound / "stores")
    shutil.copytree(own_home, sound / "home")
    found: list[int] = []
    steps = 0
    for steps in kills(lambda: quick_vault().restore(backup, closed_store, WAY)):
        hours = _hours(closed_store)
        assert isinstance(hours, int)
        found.append(hours)
        assert hours in (1, 2), steps
        if hours == 1:
            (aside,) = (file for file in folder.glob("*.before-restore-*") if file.suffix != ".key")
            assert _hours(aside, accept_older=True) == 2, steps
        assert not [file for file in folder.iterdir() if ".new" in file.name or file.suffix == ".swap"], steps
        for kept, place in (("stores", folder), ("home", own_home)):
            shutil.rmtree(place)
            shutil.copytree(sound / kept, place)
    assert found == sorted(found, reverse=True), "once it counts it counts"
    assert {1, 2} == set(found)
    assert steps > 10
