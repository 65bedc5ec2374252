# SPDX-License-Identifier: MIT
"""An adviser finds an aim while typing, and reads it in its place, without touching the mouse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QLineEdit, QPushButton, QTableView

from rkv_app.ui.context import PageName, Route
from rkv_app.ui.shell import Shell
from support.curricula import newer, practice
from support.pages.window import User
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    store = parties.make_store(ADVISER)
    workspace = parties.at(ADVISER)
    plans = [practice("XXP03-01"), practice("XXP05-01")]
    workspace.store.curricula.put([*plans, newer(plans[0])])
    workspace.close()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    return user


def _key(user: User, key: Qt.Key) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    user.qtbot.keyClick(focused, key)
    user.settle()


def _cells(user: User) -> list[list[str]]:
    table = next(one for one in user.window.findChildren(QTableView) if one.accessibleName() == "What was found")
    model = table.model()
    rows, columns = range(model.rowCount()), range(model.columnCount())
    return [[str(model.index(row, column).data()) for column in columns] for row in rows]


def test_an_aim_is_found_by_its_words_and_opened_where_it_stands(adviser: User) -> None:
    adviser.by_keyboard = True
    aim = list(practice("XXP05-01").aims())[-1]
    words = " ".join(aim.text.by_language["nob"].split()[:4])
    adviser.write("Search codes, titles and competence aims", words)
    adviser.sees(aim.code)
    rows = _cells(adviser)
    assert rows[0][0].startswith("XXP0")
    found = next(row for row in rows if row[0] == aim.code)
    assert found[1:] == [aim.text.by_language["nob"], "bokmål"]

    _key(adviser, Qt.Key.Key_Down)
    while _current(adviser) != aim.code:
        _key(adviser, Qt.Key.Key_Down)
    _key(adviser, Qt.Key.Key_Return)
    adviser.sees("XXP05-01")
    shown = QApplication.focusWidget()
    assert isinstance(shown, QFrame)
    assert shown.accessibleName().startswith(aim.code)
    assert aim.text.text("en") in [label.text() for label in shown.findChildren(QLabel)]
    adviser.qtbot.waitUntil(lambda: _in_sight(shown))


def test_enter_goes_to_the_hits_even_before_they_have_come(adviser: User) -> None:
    adviser.write("Search codes, titles and competence aims", "XXP05")
    _key(adviser, Qt.Key.Key_Return)
    adviser.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QTableView))
    assert _current(adviser) == "XXP05-01"
    _key(adviser, Qt.Key.Key_Return)
    adviser.sees("KV990001 · 8 aims")


def test_the_search_is_still_there_when_one_comes_back_from_a_plan(adviser: User) -> None:
    adviser.by_keyboard = True
    adviser.write("Search codes, titles and competence aims", "fortøye luft")
    _key(adviser, Qt.Key.Key_Return)
    adviser.qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), QTableView))
    before = _cells(adviser)
    while not (opened := _current(adviser)).startswith("KM"):
        _key(adviser, Qt.Key.Key_Down)
    for come_back in (lambda: _press_back(adviser), lambda: _shell(adviser).back()):
        _key(adviser, Qt.Key.Key_Return)
        adviser.sees("This version was last changed")
        come_back()
        adviser.qtbot.waitUntil(lambda: _current(adviser) == opened)
        assert adviser.typed("Search codes, titles and competence aims") == "fortøye luft"
        assert _cells(adviser) == before
    # From the rail one begins anew.
    _shell(adviser).go(Route(PageName.CURRICULA))
    adviser.settle()
    assert adviser.typed("Search codes, titles and competence aims") == ""


def test_it_is_said_of_what_is_found_whether_it_has_ended_and_what_replaces_it(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    store = parties.make_store(ADVISER)
    workspace = parties.at(ADVISER)
    ended = replace(practice("XXP03-01"), valid_to=date(2024, 7, 31), replaced_by=("XXP03-02",))
    workspace.store.curricula.put([ended, practice("XXP05-01")])
    workspace.close()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    user.write("Search codes, titles and competence aims", "XXP0")
    user.sees("2 matches")
    said = {row[0]: row[1] for row in _cells(user)}
    assert said["XXP03-01"].endswith(" · expired 31 July 2024 · replaced by XXP03-02")
    assert "·" not in said["XXP05-01"]


def test_older_versions_are_told_apart_and_an_emptied_field_brings_the_list_back(adviser: User) -> None:
    adviser.write("Search codes, titles and competence aims", "XXP03-01")
    adviser.sees("2 matches")
    assert "version of 1 February 2027" in _cells(adviser)[0][1]
    adviser.write("Search codes, titles and competence aims", "zzzz")
    adviser.sees("Nothing was found in the curricula.")
    field = next(one for one in adviser.window.findChildren(QLineEdit) if one.objectName() == "searchEdit")
    field.clear()
    tables = adviser.window.findChildren(QTableView)
    adviser.qtbot.waitUntil(lambda: any(one.isVisible() and one.accessibleName() == "Curricula" for one in tables))
    assert "Nothing was found" not in adviser.screen()


def test_the_search_says_that_it_is_being_made_ready_and_that_it_is_ready(adviser: User) -> None:
    adviser.settle()
    assert "The search is being made ready." not in adviser.screen()
    shell = adviser.desktop.shell
    assert shell is not None
    assert shell.page is not None
    shell.page.view_model.load()
    adviser.sees("The search is being made ready.")
    adviser.settle()
    assert "The search is being made ready." not in adviser.screen()


def _press_back(user: User) -> None:
    # The rail has a button of the same name.
    link = next(one for one in user.window.findChildren(QPushButton, "backButton") if one.isVisible())
    user.qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    user.settle()


def _shell(user: User) -> Shell:
    assert user.desktop.shell is not None
    return user.desktop.shell


def _current(user: User) -> str:
    focused = QApplication.focusWidget()
    if not isinstance(focused, QTableView):
        return ""
    return str(focused.model().index(focused.currentIndex().row(), 0).data())


def _in_sight(part: QFrame) -> bool:
    window = part.window()
    top = part.mapTo(window, QPoint(0, 0)).y()
    return 0 < top < window.height()
