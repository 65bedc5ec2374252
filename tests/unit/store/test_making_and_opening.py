# SPDX-License-Identifier: MIT
"""A store is made whole or not at all, and each reason why one cannot be opened is told apart."""

import os
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.store.files.header_file import header_path
from support.crashes import kills
from support.store_samples import ADVISER, CASE, PASSPHRASE, made_store, quick_vault

from .conftest import Start


def _refusal(action: Callable[[], object]) -> tuple[str, ExitStatus]:
    with pytest.raises(UserError) as refused:
        action()
    return refused.value.code, refused.value.status


def _refusal_of_opening(path: Path, passphrase: str = PASSPHRASE) -> tuple[str, ExitStatus]:
    return _refusal(lambda: quick_vault().open(path, Passphrase(passphrase)))


def test_a_closed_store_opens_with_its_passphrase_and_holds_what_it_held(closed_store: Path) -> None:
    store = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert store.contacts.own_party() == ADVISER
    assert [one.case.id for one in store.cases.summaries()] == [CASE.id]
    store.close()
    quick_vault().check(closed_store, Passphrase(PASSPHRASE))


def test_it_does_not_matter_how_a_keyboard_composes_a_letter(closed_store: Path) -> None:
    assert unicodedata.normalize("NFD", PASSPHRASE) != PASSPHRASE
    quick_vault().open(closed_store, Passphrase(unicodedata.normalize("NFD", PASSPHRASE))).close()


def test_a_wrong_passphrase_is_told_as_such(closed_store: Path) -> None:
    assert _refusal_of_opening(closed_store, "feil") == ("RKV-STO-001", ExitStatus.LOCKED)
    assert _refusal(lambda: quick_vault().check(closed_store, Passphrase("feil"))) == ("RKV-STO-001", ExitStatus.LOCKED)
    quick_vault().open(closed_store, Passphrase(PASSPHRASE)).close()


def test_where_there_is_no_store_none_is_made(tmp_path: Path) -> None:
    assert _refusal_of_opening(tmp_path / "none.rkv") == ("RKV-STO-004", ExitStatus.REFUSED)
    assert _refusal_of_opening(tmp_path) == ("RKV-STO-004", ExitStatus.REFUSED)
    assert not (tmp_path / "none.rkv").exists()


def test_a_store_is_never_made_over_another_one_or_over_a_half_of_one(closed_store: Path, tmp_path: Path) -> None:
    half = tmp_path / "half.rkv"
    header_path(half).write_bytes(b"what is left")
    before = closed_store.read_bytes()
    for path in (closed_store, half, tmp_path):
        assert _refusal(lambda path=path: quick_vault().create(path, PASSPHRASE)) == (
            "RKV-STO-003",
            ExitStatus.REFUSED,
        )
    assert closed_store.read_bytes() == before
    assert header_path(half).read_bytes() == b"what is left"
    assert not half.exists()


def test_whenever_its_making_is_killed_there_is_a_whole_store_or_none_and_it_can_be_made_again(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.rkv"
    path.parent.mkdir()
    were_whole: list[bool] = []
    seen: set[frozenset[str]] = set()
    for step in kills(lambda: quick_vault().create(path, PASSPHRASE)):
        left = frozenset(file.name for file in path.parent.iterdir())
        code = _code_of(lambda: quick_vault().open(path, Passphrase(PASSPHRASE)).close(back_up=False))
        were_whole.append(code == "")
        assert code in ("", "RKV-STO-004"), step
        if code and left not in seen:
            quick_vault().create(path, PASSPHRASE).close(back_up=False)
            seen.add(left)
        shutil.rmtree(path.parent)
        path.parent.mkdir()
    assert were_whole == sorted(were_whole), "once it is there it stays"
    assert set(were_whole) == {False, True}
    assert len(seen) > 1


def _code_of(action: Callable[[], object]) -> str:
    try:
        action()
    except UserError as refused:
        return refused.code
    return ""


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError) as refused:
        quick_vault().create(tmp_path / "gone" / "store.rkv", PASSPHRASE)
    assert refused.value.code == "RKV-SYS-004"
    assert "gone" in str(refused.value)


@pytest.mark.skipif(os.name != "posix", reason="limits on the size of files are set by POSIX means")
def test_a_store_that_cannot_be_finished_leaves_nothing_behind(tmp_path: Path, start: Start) -> None:
    folder = tmp_path / "narrow"
    folder.mkdir()
    told, _ = start("make", folder / "store.rkv").communicate()
    assert told == "RKV-SYS-002\n"
    assert list(folder.iterdir()) == []


def test_a_second_window_is_told_that_the_store_is_open(closed_store: Path) -> None:
    first = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert _refusal_of_opening(closed_store) == ("RKV-STO-002", ExitStatus.LOCKED)
    first.close()
    quick_vault().open(closed_store, Passphrase(PASSPHRASE)).close()


def test_a_second_process_is_told_so_too_even_after_a_second_window_was(closed_store: Path, start: Start) -> None:
    first = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    _refusal_of_opening(closed_store)
    told, _ = start("open", closed_store).communicate()
    assert told == "RKV-STO-002\n"
    first.close()
    told, _ = start("open", closed_store).communicate()
    assert told == "opened\n"


def test_a_missing_key_file_is_told_as_such(closed_store: Path) -> None:
    header_path(closed_store).unlink()
    assert _refusal_of_opening(closed_store) == ("RKV-STO-012", ExitStatus.DAMAGED)


def test_a_missing_or_emptied_database_is_damage_and_never_a_new_store(closed_store: Path) -> None:
    closed_store.write_bytes(b"")
    assert _refusal_of_opening(closed_store) == ("RKV-STO-011", ExitStatus.DAMAGED)
    assert closed_store.stat().st_size == 0
    closed_store.unlink()
    assert _refusal_of_opening(closed_store) == ("RKV-STO-011", ExitStatus.DAMAGED)
    assert not closed_store.exists()


def test_a_key_file_of_another_store_is_told_as_such(closed_store: Path, tmp_path: Path) -> None:
    other = made_store(tmp_path / "other.rkv")
    header_path(closed_store).write_bytes(header_path(other).read_bytes())
    assert _refusal_of_opening(closed_store) == ("RKV-STO-013", ExitStatus.DAMAGED)
