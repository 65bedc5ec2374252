# SPDX-License-Identifier: MIT
"""What is told of a store that is not open, and what becomes of a passphrase that was lost."""

from datetime import timedelta
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase, SlotKind
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.look_at_store import look_at_store
from rkv_app.usecases.replace_lost_passphrase import replace_lost_passphrase
from support.desks import Desks
from support.store_samples import NOW, PASSPHRASE, made_store, quick_vault

NEW = "kopp svaberg nystekt yrke tundra mild"
COLLEAGUES = "fjord lykt vaffel knapp steinbru april"


def test_what_a_store_has_is_told_while_it_is_closed(tmp_path: Path) -> None:
    found = look_at_store(quick_vault(), made_store(tmp_path / "a.rkv"), SystemClock().now())
    assert found.ways == {SlotKind.PASSPHRASE}
    assert found.last_backup is not None
    assert SystemClock().now() - found.last_backup.made_at < timedelta(minutes=1)


@pytest.mark.parametrize("lost", [".key", ""])
def test_of_a_store_that_is_not_whole_the_backups_are_told(tmp_path: Path, lost: str) -> None:
    path = made_store(tmp_path / "a.rkv")
    path.with_name(path.name + lost).unlink()
    found = look_at_store(quick_vault(), path, NOW)
    assert found.ways == frozenset()
    assert found.last_backup is not None


def test_where_there_is_no_store_nothing_is_told(tmp_path: Path) -> None:
    found = look_at_store(quick_vault(), tmp_path / "none.rkv", NOW)
    assert (found.ways, found.last_backup) == (frozenset(), None)


def test_the_lost_passphrase_opens_nothing_any_more_and_a_colleagues_does(desks: Desks) -> None:
    workspace = desks.adviser
    path = workspace.store.info().path
    workspace.store.ways_in.add_passphrase(COLLEAGUES, "Kari", NOW)
    replace_lost_passphrase(workspace, NEW)
    workspace.close()
    for passphrase in (NEW, COLLEAGUES):
        quick_vault().open(path, Passphrase(passphrase)).close()
    with pytest.raises(UserError) as refused:
        quick_vault().open(path, Passphrase(PASSPHRASE))
    assert refused.value.code == "RKV-STO-001"


def test_a_weak_passphrase_leaves_the_lost_one_as_it_was(desks: Desks) -> None:
    workspace = desks.adviser
    with pytest.raises(UserError) as refused:
        replace_lost_passphrase(workspace, "Sommer2026!!")
    assert refused.value.code == "RKV-STO-018"
    assert [slot.kind for slot in workspace.store.ways_in.all()] == [SlotKind.PASSPHRASE]
