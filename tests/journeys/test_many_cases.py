# SPDX-License-Identifier: MIT
"""An adviser with more cases than anybody reads through: the list opens at once, and a few letters find one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLineEdit, QTableView

from rkv_app.domain.cases import CaseState
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.pages.cases.view_model import CasesState, CasesViewModel
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.list_cases import PAGE
from support.pages.adviser import AdviserPages
from support.pages.window import User
from support.parties import ADVISER, SUPERVISOR, TRADE_PLAN, Parties
from support.store_samples import CANDIDATE, CASE, NOW, PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MANY = 1000
FEW = 30


def _fill(parties: Parties, number: int) -> Path:
    store = parties.make_store(ADVISER)
    workspace = parties.at(ADVISER)
    import_practice_curriculum(workspace)
    states = list(CaseState)
    with workspace.store.transaction():
        for n in range(number):
            candidate = replace(CANDIDATE, id=f"p{n}", given_name=f"Ola{n:05}", family_name="Ås" if n == 7 else "Berg")
            case = replace(
                CASE,
                id=f"c{n}",
                reference=f"REF{number - n:05}",
                candidate_id=candidate.id,
                state=states[n % len(states)],
                changed=NOW + timedelta(minutes=n),
            )
            workspace.store.cases.add(candidate, case)
    workspace.close()
    return store


@pytest.fixture
def few(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    user = sit_down(_fill(parties, FEW))
    user.unlock(PASSPHRASE)
    return user


def _table(user: User) -> QTableView:
    table = user.window.findChild(QTableView, "casesTable")
    assert isinstance(table, QTableView)
    return table


def _column(user: User, column: int) -> list[str]:
    model = _table(user).model()
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def test_only_what_is_looked_at_is_read(parties: Parties, sit_down: Callable[[Path | None], User]) -> None:
    user = sit_down(_fill(parties, MANY))
    user.unlock(PASSPHRASE)
    user.sees("1000 cases")
    table = _table(user)
    assert table.model().rowCount() == PAGE
    assert _column(user, 0)[0] == "Ola00999 Berg"
    table.setFocus()
    user.qtbot.keyClick(table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    user.qtbot.waitUntil(lambda: table.model().rowCount() == 2 * PAGE)
    user.settle()
    assert table.model().rowCount() == 2 * PAGE
    assert len(set(_column(user, 3))) == 2 * PAGE


def test_the_end_of_the_list_is_its_end(parties: Parties, sit_down: Callable[[Path | None], User]) -> None:
    user = sit_down(_fill(parties, PAGE + 1))
    user.unlock(PASSPHRASE)
    table = _table(user)
    for _ in range(3):
        table.scrollToBottom()
        user.settle()
    assert _column(user, 0)[-1] == "Ola00000 Berg"
    assert table.model().rowCount() == PAGE + 1


def test_the_list_is_sorted_by_its_headers_and_by_keyboard(few: User) -> None:
    header = _table(few).horizontalHeader()
    first = QPoint(header.sectionViewportPosition(0) + 10, header.height() // 2)
    few.qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=first)
    few.settle()
    assert _column(few, 0) == [f"Ola{n:05} Berg" for n in range(FEW) if n != 7] + ["Ola00007 Ås"]
    assert header.sortIndicatorSection() == 0
    few.choose("Sorted by", "Reference")
    few.settle()
    assert _column(few, 3) == sorted(_column(few, 3))
    few.choose("Sorted by", "Last changed first")
    few.settle()
    assert _column(few, 0)[0] == f"Ola{FEW - 1:05} Berg"


def test_a_case_is_found_by_the_beginning_of_a_name_and_opened_with_enter(few: User) -> None:
    few.write("Search people, cases and answers", "ola00007")
    few.sees("1 case found")
    assert _column(few, 1) == ["Name"]
    search = few.window.findChild(QLineEdit, "searchEdit")
    assert search is not None
    few.qtbot.keyClick(search, Qt.Key.Key_Return)
    few.qtbot.keyClick(_table(few), Qt.Key.Key_Return)
    few.settle()
    shell = few.desktop.shell
    assert shell is not None
    assert shell.route == Route(PageName.CASE, "c7")


def test_an_answer_that_comes_too_late_is_not_shown(few: User) -> None:
    shell = few.desktop.shell
    assert shell is not None
    assert shell.page is not None
    model, tasks = shell.page.view_model, shell.session.tasks
    assert isinstance(model, CasesViewModel)
    shown: list[CasesState] = []

    def ask_again(busy: bool) -> None:
        # The first question is on its way, and nobody wants its answer any more.
        tasks.busyChanged.disconnect(ask_again)
        model.search("REF00003")

    model.changed.connect(shown.append)
    tasks.busyChanged.connect(ask_again)
    model.search("berg")
    few.sees("1 case found")
    few.settle()
    assert [len(state.cases) for state in shown] == [1]


def test_the_list_comes_back_when_the_search_is_emptied(few: User) -> None:
    few.write("Search people, cases and answers", "REF00003")
    few.sees("1 case found")
    assert _column(few, 0) == [f"Ola{FEW - 3:05} Berg"]
    assert "REF00003" in _column(few, 1)[0]
    few.write("Search people, cases and answers", " ")
    few.sees(f"{FEW} cases")
    assert len(_column(few, 0)) == FEW


def test_the_list_is_searched_and_opened_without_a_mouse(few: User) -> None:
    few.by_keyboard = True
    few.write("Search people, cases and answers", "ås")
    few.sees("1 case found")
    few.open_row("Cases", "Ola00007 Ås")
    assert few.desktop.shell is not None
    assert few.desktop.shell.route == Route(PageName.CASE, "c7")


def test_nothing_found_is_said_in_words(few: User) -> None:
    few.write("Search people, cases and answers", "zeppelin")
    few.sees("Nothing was found")


def test_what_a_supervisor_or_a_placement_is_called_finds_the_case(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    pages = AdviserPages(user)
    pages.import_practice_plan()
    pages.begin_case("Amina", "Eksempel", "Fagbrev i luftskipsstellerfaget", TRADE_PLAN)
    pages.add_placement(SUPERVISOR.organisation, SUPERVISOR.name)
    user.press("Cases")
    user.write("Search people, cases and answers", "luftskipshavn")
    user.sees("Placement: ")
    user.open_row("Cases", "Amina Eksempel")
    user.sees("Ask the supervisor for an evaluation")
