# SPDX-License-Identifier: MIT
"""What the owner of a store is told of it, and does for it, from inside the open store."""

import base64
import textwrap
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from rkv_app.domain.stores import CaseOrder, Notice, SlotKind
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.store.store import SqlCipherStore
from rkv_app.usecases.care_for_store import (
    LOCK_AFTER_MINUTES,
    LOCK_DEFAULT,
    check_open_store,
    choose_second_folder,
    lock_after,
    lock_after_minutes,
    view_store,
)
from rkv_app.usecases.list_cases import case_page, find_cases
from rkv_app.usecases.make_recovery_sheet import is_same_word, make_recovery_words
from rkv_app.usecases.store_notices import dismiss_notice, view_care
from rkv_app.usecases.type_recovery_words import split_words
from rkv_app.usecases.ways_in import add_office
from rkv_app.usecases.workspace import Workspace
from support.desks import NOW, Desks

NOTICE = Notice("RKV-STO-025", message("The store lies in a synced folder."), message("Move it."))


class Later:
    """A clock that was moved on."""

    def __init__(self, days: int) -> None:
        self._days = days

    def now(self) -> datetime:
        return NOW + timedelta(days=self._days)


def _go_on(_done: int, _total: int) -> bool:
    return True


def _noticed(workspace: Workspace) -> Workspace:
    workspace.store.notices = (NOTICE,)
    return workspace


def test_a_check_of_a_whole_store_finds_nothing_and_leaves_a_backup(desks: Desks) -> None:
    before = view_store(desks.adviser).info.last_backup
    assert check_open_store(desks.adviser, _go_on).sound
    after = view_store(desks.adviser).info.last_backup
    assert after is not None
    assert before is None or after.path != before.path


def test_an_entry_that_was_changed_is_a_finding_and_no_end_of_the_check(desks: Desks) -> None:
    store = desks.adviser.store
    assert isinstance(store, SqlCipherStore)
    raw = store._database.raw
    for (trigger,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'trail'"):
        raw.execute(f"DROP TRIGGER {trigger}")
    raw.execute("UPDATE trail SET subject = 'somebody else' WHERE seq = 2")
    assert "RKV-STO-020" in [finding.code for finding in check_open_store(desks.adviser, _go_on).findings]


def test_a_check_that_is_cancelled_says_so_and_finds_nothing(desks: Desks) -> None:
    with pytest.raises(UserError) as refused:
        check_open_store(desks.adviser, lambda _done, _total: False)
    assert refused.value.code == "RKV-STO-034"


def test_a_second_folder_is_remembered_and_forgotten(desks: Desks, tmp_path: Path) -> None:
    choose_second_folder(desks.adviser, tmp_path)
    assert view_store(desks.adviser).second_folder == tmp_path
    choose_second_folder(desks.adviser, None)
    assert view_store(desks.adviser).second_folder is None


def test_the_store_locks_after_what_was_chosen_and_never_after_nonsense(desks: Desks) -> None:
    assert lock_after_minutes(desks.adviser) == LOCK_DEFAULT
    lock_after(desks.adviser, 30)
    assert lock_after_minutes(desks.adviser) == 30
    desks.adviser.store.settings.put(LOCK_AFTER_MINUTES, 100_000)
    assert lock_after_minutes(desks.adviser) == LOCK_DEFAULT


def test_a_notice_that_was_put_away_is_quiet_for_a_week(desks: Desks) -> None:
    adviser = _noticed(desks.adviser)
    assert view_care(adviser).notices == (NOTICE,)
    dismiss_notice(adviser, NOTICE.code)
    assert view_care(adviser).notices == ()
    assert view_store(adviser).notices == (NOTICE,)
    assert view_care(replace(adviser, clock=Later(6))).notices == ()
    assert view_care(replace(adviser, clock=Later(8))).notices == (NOTICE,)


def test_an_office_certificate_may_be_a_text_file(desks: Desks, tmp_path: Path) -> None:
    body = "\n".join(textwrap.wrap(base64.b64encode(desks.intake.identity.sealing_certificate).decode(), 64))
    file = tmp_path / "office.pem"
    file.write_text(f"Office\n-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    assert add_office(desks.adviser, file, "Office").kind is SlotKind.OFFICE


def test_words_typed_back_are_compared_as_people_type_them() -> None:
    words = make_recovery_words()
    assert len(words) == 24
    typed = split_words(", ".join(f"{number}. {word.upper()}" for number, word in enumerate(words, start=1)))
    assert all(is_same_word(one, right) for one, right in zip(typed, words, strict=True))
    assert is_same_word("bjel", "bjelle")
    assert not is_same_word("bje", "bjelle")
    assert not is_same_word("bjelke", "bjelle")


def test_a_search_finds_a_case_once_whatever_was_found_in_it(desks: Desks) -> None:
    case_id = desks.documented_case()
    found = find_cases(desks.adviser, "luftskip")
    assert [one.case.id for one in found.cases] == [case_id]
    assert len(found.hits[case_id]) > 1
    assert find_cases(desks.adviser, "zeppelin").cases == ()
    assert case_page(desks.adviser, CaseOrder.NAME).total == 1
