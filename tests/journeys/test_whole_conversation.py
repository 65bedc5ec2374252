# SPDX-License-Identifier: MIT
"""The whole conversation, every step of it at a window: the files that one writes are the files that the next opens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.domain.people import Party
from support.pages.adviser import AdviserPages
from support.pages.intake import IntakePages
from support.pages.supervisor import SupervisorPages
from support.pages.window import User
from support.parties import ADVISER, INTAKE, SUPERVISOR, TRADE_PLAN, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AIM = "KM990101"
EXAMPLE = "Planla dagen alene, og alle visste hva de skulle gjøre."


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_from_the_first_name_to_the_receipt_by_hand(
    by: str, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    def sit_at(party: Party) -> User:
        user = sit_down(parties.store(party))
        user.by_keyboard = by == "keyboard"
        user.unlock(PASSPHRASE)
        return user

    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    request, answer, application, receipt = (tmp_path / f"{n}.rkvpakke" for n in ("01", "02", "03", "04"))
    adviser_card, county_card = parties.card(ADVISER), parties.card(INTAKE)

    adviser = AdviserPages(sit_at(ADVISER))
    adviser.import_practice_plan()
    adviser.add_county(county_card)
    adviser.begin_case("Amina", "Eksempel", "Fagbrev i luftskipsstellerfaget", TRADE_PLAN)
    adviser.add_placement(SUPERVISOR.organisation, SUPERVISOR.name)
    code = adviser.make_request(request)
    adviser.user.leave()

    supervisor = SupervisorPages(sit_at(SUPERVISOR))
    supervisor.open_request(request, code)
    supervisor.rate(AIM, "Does it independently")
    supervisor.tell(AIM, known_by="I have seen it", example=EXAMPLE, when="12.12.2025")
    supervisor.user.sees("Saved")
    supervisor.complete("Kari Formann", "Arbeidsleder")
    supervisor.user.sees("The evaluation is completed")
    supervisor.save_answer(answer)
    supervisor.user.leave()

    adviser.user.return_to(parties.store(ADVISER), PASSPHRASE)
    adviser.user.open_row("Cases", "Amina Eksempel")
    adviser.receive(answer, "Receive the answer …")
    adviser.user.sees("● Well documented: 1")
    adviser.send_application(application)
    adviser.user.leave()

    county = IntakePages(sit_at(INTAKE))
    AdviserPages(county.user).add_county(adviser_card)
    county.receive(application)
    county.user.sees("Amina Eksempel")
    county.user.open_row("Aims and what is documented", AIM)
    county.user.sees(EXAMPLE)
    county.make_receipt(receipt)
    county.user.leave()

    adviser.user.return_to(parties.store(ADVISER), PASSPHRASE)
    adviser.user.open_row("Cases", "Amina Eksempel")
    adviser.receive(receipt, "Receive the receipt …")
    adviser.user.sees("Received by the county")
