# SPDX-License-Identifier: MIT
"""A certificate that rests on two curricula: found, asked about, sent, and decided on plan by plan."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from rkv_app.usecases.request_evaluation import SentRequest
from support.pages.adviser import AdviserPages
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, INTAKE, SUPERVISOR, TRADE_PLAN, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MODULES = "XXP05-01"


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> AdviserPages:
    """An adviser with a case on one plan and a placement in it."""
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    pages = AdviserPages(user)
    pages.import_practice_plan()
    pages.begin_case("Amina", "Eksempel", "Fagbrev i luftskipsstellerfaget", TRADE_PLAN)
    pages.add_placement(SUPERVISOR.organisation, SUPERVISOR.name)
    return pages


def _add_modules(user: User) -> None:
    user.press("Add a curriculum …")
    user.write("Search codes, titles and competence aims", MODULES)
    user.open_row("What was found", MODULES)
    user.sees(f"Chosen: {MODULES}")
    user.press("Add the curriculum")
    user.sees("By curriculum and module")


def test_two_plans_go_all_the_way_to_the_decision(
    adviser: AdviserPages, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    user = adviser.user
    _add_modules(user)
    target = tmp_path / "01.rkvpakke"
    user.press("Make the request …")
    user.sees("Untick the modules")
    user.files.answers.append(target)
    user.press("Make the request …")
    user.sees("The request is made")
    code = adviser.told_code()
    user.press("I have told the code")
    adviser.receive(parties.evaluation(SentRequest(target, code, "")), "Receive the answer …")
    user.sees("Evaluated by Kari Formann")
    adviser.send_application(tmp_path / "03.rkvpakke")
    user.leave()

    parties.introduce(INTAKE, parties.card(ADVISER))
    county = IntakePages(sit_down(parties.store(INTAKE)))
    county.user.unlock(PASSPHRASE)
    county.receive(tmp_path / "03.rkvpakke")
    county.user.sees("By curriculum and module")
    assert all(code in county.user.screen() for code in (TRADE_PLAN, MODULES))
    county.user.press("Send the outcome …")
    county.user.press("Curriculum by curriculum")
    county.user.press_first(MODULES)
    county.user.files.answers.append(tmp_path / "04.rkvpakke")
    county.user.press("Make the outcome …")
    county.user.sees("The outcome was written to 04.rkvpakke")
    county.user.leave()

    again = sit_down(parties.store(ADVISER))
    again.unlock(PASSPHRASE)
    again.open_row("Cases", "Amina Eksempel")
    AdviserPages(again).receive(tmp_path / "04.rkvpakke", "Receive a packet …")
    again.sees("The county has decided")
    again.sees(f"Recognised: {MODULES}")
    again.sees(f"Not recognised: {TRADE_PLAN}")


def test_a_plan_is_found_and_added_without_a_mouse_and_removed_again(adviser: AdviserPages) -> None:
    user = adviser.user
    user.press("Add a curriculum …")
    user.write("Search codes, titles and competence aims", MODULES)
    user.sees(MODULES)
    search = user.window.findChild(QLineEdit, "planSearchEdit")
    assert isinstance(search, QLineEdit)
    user.qtbot.keyClick(search, Qt.Key.Key_Down)
    table = user.window.focusWidget()
    assert isinstance(table, QWidget)
    user.qtbot.keyClick(table, Qt.Key.Key_Return)
    user.sees(f"Chosen: {MODULES}")
    action = user.window.focusWidget()
    assert isinstance(action, QPushButton)
    user.qtbot.keyClick(action, Qt.Key.Key_Space)
    user.sees("By curriculum and module")
    user.press(
        "Remove Curriculum for airship keeping – modular training for adults (made-up practice plan) from the case"
    )
    user.qtbot.waitUntil(lambda: "By curriculum and module" not in user.screen())


def test_enter_without_a_choice_says_what_is_missing_and_nothing_is_added(adviser: AdviserPages) -> None:
    user = adviser.user
    user.press("Add a curriculum …")
    user.write("Search codes, titles and competence aims", "no such plan")
    user.press("Add the curriculum")
    user.sees("Choose a curriculum from what is found.")
    user.press("Cancel")
    assert "By curriculum and module" not in user.screen()


def test_the_first_plan_again_is_refused_and_the_dialog_stays(adviser: AdviserPages) -> None:
    user = adviser.user
    user.press("Add a curriculum …")
    user.write("Search codes, titles and competence aims", TRADE_PLAN)
    user.open_row("What was found", TRADE_PLAN)
    user.press("Add the curriculum")
    user.sees("Code: RKV-CUR-025")
    assert user.typed("Search codes, titles and competence aims") == TRADE_PLAN
