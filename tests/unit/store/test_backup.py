# SPDX-License-Identifier: MIT
"""Backups are whole copies, made often, kept long enough, and never in the way."""

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import BytesIO
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.stores import SECOND_FOLDER, Backup, Passphrase
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.safe_files import copy_atomically
from rkv_app.store.care.backups import superfluous
from rkv_app.store.files.header_file import header_path
from rkv_app.store.store import SqlCipherStore
from rkv_app.store.vault import SqlCipherVault
from support.crashes import kills
from support.store_samples import EVALUATION, NOW, PASSPHRASE, QUICK_COST, fill, quick_vault, record

WAY = Passphrase(PASSPHRASE)


@dataclass
class Clock:
    """Tells the time it is set to."""

    moment: datetime = NOW

    def now(self) -> datetime:
        return self.moment


@dataclass
class Desk:
    """A store and the machine it lies on."""

    path: Path
    clock: Clock = field(default_factory=Clock)

    @property
    def vault(self) -> SqlCipherVault:
        return SqlCipherVault(self.clock, self.path.parent / "state", cost=QUICK_COST)

    def open(self) -> SqlCipherStore:
        return self.vault.open(self.path, WAY)

    def work(self, value: object) -> None:
        """Saves an answer and closes, which makes a backup."""
        store = self.open()
        store.evaluations.save_answer(EVALUATION.id, "hours", value, self.clock.now())
        store.close()

    @property
    def names(self) -> list[str]:
        return [backup.path.name for backup in self.vault.backups(self.path)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk with a closed store that has no backup yet."""
    (tmp_path / "stores").mkdir()
    made = Desk(tmp_path / "stores" / "øvre store.rkv")
    store = made.vault.create(made.path, PASSPHRASE)
    fill(store)
    store.close()
    for file in made.path.with_name(made.path.name + "-backups").iterdir():
        file.unlink()
    return made


def _code(problem: pytest.ExceptionInfo[UserError]) -> str:
    return problem.value.code


def test_a_backup_is_a_store_that_opens_and_holds_what_the_store_held(desk: Desk) -> None:
    store = desk.open()
    backup = store.back_up()
    there = store.evaluations.get(EVALUATION.id)
    store.close()
    copy = quick_vault().open(backup.path, WAY)
    assert copy.evaluations.get(EVALUATION.id) == there
    copy.verify_trail()
    copy.close()


def test_a_backup_has_what_was_saved_while_it_was_being_made(desk: Desk) -> None:
    store = desk.open()
    store.exchange.record(record("large"), BytesIO(bytes(12_000_000)))
    saved = []

    def save_once_more(done: int, total: int) -> bool:
        store.evaluations.save_answer(EVALUATION.id, f"item-{done}", total, NOW)
        saved.append((done, total))
        return True

    backup = store.back_up(save_once_more)
    store.close()
    copy = quick_vault().open(backup.path, WAY, accept_older=True)
    found = copy.evaluations.get(EVALUATION.id)
    copy.close()
    assert found is not None
    assert [found.answers.get(f"item-{done}") for done, _ in saved[:-1]] == [total for _, total in saved[:-1]]
    assert len(saved) > 1


def test_closing_backs_up_what_has_changed_and_nothing_else(desk: Desk) -> None:
    desk.work(1)
    assert len(desk.names) == 1
    desk.open().close()
    assert len(desk.names) == 1
    desk.work(2)
    assert len(desk.names) == 2


def test_a_draft_or_a_choice_counts_as_a_change(desk: Desk) -> None:
    store = desk.open()
    store.drafts.put("k", "typed", NOW)
    store.close()
    assert len(desk.names) == 1
    store = desk.open()
    store.settings.put("theme", "dark")
    store.close()
    assert len(desk.names) == 2


def test_only_their_owner_may_read_backups(desk: Desk) -> None:
    if os.name != "posix":
        pytest.skip("Windows keeps rights in access lists that a new file inherits")
    desk.work(1)
    folder = desk.vault.backups(desk.path)[0].path.parent
    assert {oct(path.stat().st_mode & 0o777) for path in folder.iterdir()} == {"0o600"}
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_a_clock_that_jumps_back_costs_no_backup_and_no_name(desk: Desk) -> None:
    made = []
    for number in range(14):
        desk.clock.moment = NOW - timedelta(days=400 * (number % 2), seconds=number % 3)
        desk.work(number)
        made.append(desk.names[0])
    assert len(set(made)) == 14
    assert set(made[-10:]) <= set(desk.names)
    assert desk.names[0] == made[-1]


def test_a_copy_of_a_damaged_page_is_never_called_a_backup(desk: Desk) -> None:
    desk.work(1)
    content = bytearray(desk.path.read_bytes())
    content[-2000] ^= 1
    desk.path.write_bytes(content)
    store = desk.open()
    before = desk.names
    with pytest.raises(UserError) as refused:
        store.back_up()
    store.close()
    assert _code(refused) in {"RKV-STO-029", "RKV-STO-011"}
    assert desk.names == before


def test_a_damaged_key_file_is_never_backed_up(desk: Desk) -> None:
    store = desk.open()
    header = header_path(desk.path).read_bytes()
    header_path(desk.path).write_bytes(header[:-9] + b"x" + header[-8:])
    with pytest.raises(UserError) as refused:
        store.back_up()
    assert _code(refused) == "RKV-STO-010"
    header_path(desk.path).write_bytes(header)
    store.close()


def test_a_cancelled_backup_leaves_nothing(desk: Desk) -> None:
    store = desk.open()
    with pytest.raises(UserError) as refused:
        store.back_up(lambda _done, _total: False)
    folder = desk.path.with_name(desk.path.name + "-backups")
    assert (_code(refused), list(folder.iterdir())) == ("RKV-STO-034", [])
    store.close()
    assert len(desk.names) == 1


def test_the_second_folder_gets_the_same_copy(desk: Desk, tmp_path: Path) -> None:
    second = tmp_path / "share"
    second.mkdir()
    store = desk.open()
    store.settings.put(SECOND_FOLDER, str(second))
    backup = store.back_up()
    store.close()
    assert backup.notice is None
    copy = second / backup.path.parent.name / backup.path.name
    for one, other in ((copy, backup.path), (header_path(copy), header_path(backup.path))):
        assert one.read_bytes() == other.read_bytes()


def test_a_second_folder_that_is_away_stops_nothing_and_is_told_at_the_next_opening(desk: Desk, tmp_path: Path) -> None:
    second = tmp_path / "share"
    store = desk.open()
    store.settings.put(SECOND_FOLDER, str(second))
    backup = store.back_up()
    store.close()
    assert backup.path.is_file()
    assert backup.notice is not None
    assert backup.notice.code == "RKV-STO-037"
    assert not second.exists()
    store = desk.open()
    assert "RKV-STO-037" in {notice.code for notice in store.notices}
    second.mkdir()
    store.back_up()
    store.close()
    store = desk.open()
    assert store.notices == ()
    store.close()


def test_changes_that_have_long_been_without_a_backup_are_noticed(desk: Desk) -> None:
    desk.work(1)
    folder = desk.vault.backups(desk.path)[0].path.parent
    desk.clock.moment += timedelta(days=300)
    store = desk.open()
    assert store.notices == (), "nothing has changed, so an old backup is as good as a new one"
    store.close()
    desk.clock.moment = NOW
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Root may write anywhere, but not into a file.
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        folder.touch()
    else:
        folder.chmod(0o500)
    desk.work(2)
    desk.clock.moment += timedelta(days=8)
    store = desk.open()
    assert [notice.code for notice in store.notices] == ["RKV-STO-028"]
    store.close()
    if folder.is_dir():
        folder.chmod(0o700)


def test_half_a_pair_and_foreign_files_are_neither_listed_nor_deleted(desk: Desk) -> None:
    desk.work(1)
    folder = desk.vault.backups(desk.path)[0].path.parent
    for name in ("notes.txt", "20250101T000000Z-000001-0123456789abcdef.rkv", "min kopi.rkv", "min kopi.rkv.key"):
        (folder / name).write_bytes(b"mine")
    (folder / "20250101T000000Z-000002-0123456789abcdef.rkv.key").write_bytes(b"a key without its database")
    for number in range(2, 14):
        desk.work(number)
    assert {file.name for file in folder.iterdir() if file.read_bytes() == b"mine"} == {
        "notes.txt", "20250101T000000Z-000001-0123456789abcdef.rkv", "min kopi.rkv", "min kopi.rkv.key"
    }  # fmt: skip
    assert not [name for name in desk.names if name.startswith("2025")]


def test_backups_of_another_store_that_had_the_name_before_are_never_deleted(desk: Desk) -> None:
    desk.work(1)
    first = desk.names
    for file in desk.path.parent.glob(desk.path.name + "*"):
        if file.is_file():
            file.unlink()
    store = desk.vault.create(desk.path, PASSPHRASE)
    store.evaluations.add(EVALUATION)
    store.close()
    for number in range(15):
        desk.work(number)
    assert set(first) <= set(desk.names)


def _made(hours: list[int]) -> list[Backup]:
    """Backups in the order they were made, so many hours after one another, by a clock that mostly goes forward."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    return [
        Backup(path=Path(str(number)), made_at=first + timedelta(hours=total), size=1)
        for number, total in enumerate(accumulate(hours))
    ]


_HISTORIES = st.lists(st.sampled_from((0, 1, 7, 25, 400, -9000)), max_size=60).map(_made)


@given(_HISTORIES)
def test_what_is_kept_is_what_was_promised(made: list[Backup]) -> None:
    newest_first = made[::-1]
    dropped = superfluous(newest_first)
    kept = [backup for backup in newest_first if backup not in dropped]
    assert kept[:10] == newest_first[:10]
    assert len(kept) <= 10 + 14 + 6
    days = list(dict.fromkeys(backup.made_at.date() for backup in newest_first))
    months = list(dict.fromkeys((day.year, day.month) for day in days))
    assert set(days[:14]) <= {backup.made_at.date() for backup in kept}
    assert set(months[:6]) <= {(backup.made_at.year, backup.made_at.month) for backup in kept}
    assert superfluous(kept) == [], "what was kept once is not dropped by looking again"


@given(_HISTORIES)
def test_dropping_as_one_goes_keeps_a_day_and_a_month_too(made: list[Backup]) -> None:
    kept: list[Backup] = []
    for backup in made:
        kept = [backup, *kept]
        dropped = superfluous(kept)
        kept = [one for one in kept if one not in dropped]
    assert kept[:1] == made[-1:]
    assert all(int(str(one.path)) > int(str(other.path)) for one, other in pairwise(kept))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_process_killed_anywhere_while_it_backs_up_leaves_only_whole_backups(desk: Desk) -> None:
    desk.work(0)

    def back_up() -> None:
        store = desk.open()
        store.evaluations.save_answer(EVALUATION.id, "hours", 1, NOW)
        store.back_up()
        store.close()

    steps = 0
    known: set[str] = set()
    for steps in kills(back_up):
        for backup in desk.vault.backups(desk.path):
            assert backup.path.name in known or desk.vault.check(backup.path, WAY).sound, steps
            known.add(backup.path.name)
        store = desk.open()
        store.settings.put("turn", steps)
        store.close()
        folder = desk.vault.backups(desk.path)[0].path.parent
        left = {file.name for file in folder.iterdir()}
        assert left == {name + end for name in desk.names for end in ("", ".key")}, steps
    assert steps > 10


def test_a_full_disk_is_said_and_leaves_no_half_backup(desk: Desk, tiny_disk: Path) -> None:
    path = tiny_disk / desk.path.name
    for one, other in ((desk.path, path), (header_path(desk.path), header_path(path))):
        copy_atomically(one, other)
    there = Desk(path)
    backups = 0
    codes: set[str] = set()
    while not codes:
        store = there.open()
        try:
            store.evaluations.save_answer(EVALUATION.id, "hours", backups, NOW)
            store.back_up()
            backups += 1
        except UserError as refused:
            codes.add(refused.code)
        store.close()
    assert codes == {"RKV-SYS-001"}
    assert len(there.names) == backups
    assert there.vault.check(path, WAY).sound
