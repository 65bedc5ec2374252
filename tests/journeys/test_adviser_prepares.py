# SPDX-License-Identifier: MIT
"""An adviser makes a store, prepares a case, gets the evaluation, sends the application and gets the receipt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.domain.cases import CaseState
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.view_case import list_cases
from support.pages.adviser import AdviserPages
from support.pages.window import User
from support.parties import ADVISER, INTAKE, SUPERVISOR, TRADE_PLAN, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> AdviserPages:
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    return AdviserPages(user)


def test_a_store_is_made_and_opened(tmp_path: Path, sit_down: Callable[[Path | None], User]) -> None:
    user = sit_down(None)
    user.press("Make a new store")
    user.write("Your name", "Ola Veileder")
    user.write("Where you work", "Nav Testvik")
    user.write("Where to keep the store", str(tmp_path / "new.rkv"))
    user.write("Passphrase", PASSPHRASE)
    user.write("The passphrase again", PASSPHRASE)
    with user.qtbot.waitSignal(user.desktop.opened):
        user.press("Make the store")
    user.sees("First bring in a curriculum")


def test_a_wrong_passphrase_is_told_and_can_be_tried_again(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = sit_down(parties.make_store(ADVISER))
    user.write("Passphrase", "not the passphrase")
    user.press("Open")
    user.sees("Code: RKV-STO-001")
    user.unlock(PASSPHRASE)
    user.sees("First bring in a curriculum")


def test_the_whole_way_from_a_name_to_the_receipt(adviser: AdviserPages, parties: Parties, tmp_path: Path) -> None:
    county_card = parties.card(INTAKE)
    adviser.import_practice_plan()
    adviser.add_county(county_card)
    adviser.begin_case("Amina", "Eksempel", "Fagbrev i luftskipsstellerfaget", TRADE_PLAN)
    adviser.add_placement(SUPERVISOR.organisation, SUPERVISOR.name)
    code = adviser.make_request(tmp_path / "01.rkvpakke")
    adviser.user.press("I have told the code")
    adviser.user.sees("Wait for the supervisor's answer")

    answer = parties.evaluation(SentRequest(tmp_path / "01.rkvpakke", code, ""))
    adviser.receive(answer, "Receive the answer …")
    adviser.user.sees("Evaluated by Kari Formann")
    adviser.user.sees("● Well documented: 1")
    adviser.send_application(tmp_path / "03.rkvpakke")
    assert (tmp_path / "03.pdf").read_bytes().startswith(b"%PDF")
    adviser.user.press("Back to the case")
    adviser.user.sees("Wait for the county's receipt")
    adviser.user.sees("What was shared, and why")

    adviser.receive(_receipt(adviser, parties, tmp_path), "Receive the receipt …")
    adviser.user.sees("Received by the county")
    adviser.user.sees("The county is working on the application")


def test_the_code_survives_a_change_of_language_and_goes_when_it_is_told(adviser: AdviserPages, tmp_path: Path) -> None:
    adviser.import_practice_plan()
    adviser.begin_case("Amina", "Eksempel", "Fagbrev", TRADE_PLAN)
    adviser.add_placement(SUPERVISOR.organisation, SUPERVISOR.name)
    code = adviser.make_request(tmp_path / "01.rkvpakke")
    adviser.user.press("Bokmål")
    adviser.user.settle()
    assert adviser.told_code() == code
    adviser.user.press("English")
    adviser.user.press("I have told the code")
    assert code.split()[0] not in adviser.user.screen()


def test_a_dialog_that_is_refused_keeps_what_was_typed(adviser: AdviserPages) -> None:
    adviser.import_practice_plan()
    adviser.user.press("Cases")
    adviser.user.press("New case")
    adviser.user.write("Given name", "Amina")
    adviser.user.press("Begin the case")
    adviser.user.sees("This must be filled in.")
    adviser.user.write("Family name", "Eksempel")
    adviser.user.write("Wanted final competence", "Fagbrev")
    adviser.user.press("Begin the case")
    adviser.user.sees("Register the first placement")


def test_no_window_is_named_after_a_person(adviser: AdviserPages) -> None:
    adviser.import_practice_plan()
    adviser.begin_case("Amina", "Eksempel", "Fagbrev", TRADE_PLAN)
    assert adviser.user.window.windowTitle() == "Documentation of prior learning"


def _receipt(adviser: AdviserPages, parties: Parties, folder: Path) -> Path:
    adviser.user.leave()
    parties.introduce(INTAKE, parties.card(ADVISER))
    county = parties.at(INTAKE)
    received = receive_packet(county, folder / "03.rkvpakke")
    receipt = send_receipt(county, received.message_id, folder / "04.rkvpakke").path
    county.close()
    workspace = parties.at(ADVISER)
    assert [one.case.state for one in list_cases(workspace)] == [CaseState.SENT]
    workspace.close()
    adviser.user.return_to(parties.store(ADVISER), PASSPHRASE)
    adviser.user.open_row("Cases", "Amina Eksempel")
    return receipt
