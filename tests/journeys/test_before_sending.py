# SPDX-License-Identifier: MIT
"""An adviser looks at trades, roads and the county's list before an application is sent, all in the window."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.pages.adviser import AdviserPages
from support.pages.window import User
from support.parties import ADVISER, TRADE_PLAN, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def user(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    """The adviser, on the page of a case with one placement."""
    parties.make_store(ADVISER)
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    pages = AdviserPages(user)
    pages.import_practice_plan()
    pages.begin_case("Amina", "Eksempel", "Fagbrev i luftskipsstellerfaget", TRADE_PLAN)
    pages.add_placement("Hangaren", "Kari Leder")
    return user


def test_trades_are_found_by_plain_words_and_the_reason_is_shown(user: User) -> None:
    user.press("Which trades does this fit?")
    user.write("Experience in own words", " ")
    user.press("Find trades")
    user.sees("Code: RKV-CAS-015")
    user.write("Experience in own words", "Jeg fortøyde luftskip i mast og sjekket knuter og liner.")
    user.press("Find trades")
    user.sees("Worth talking about")
    user.sees("luftskip, mast, knuter, liner")
    user.write("Experience in own words", "Qwxz")
    user.press("Find trades")
    user.sees("No trade stands out")


def test_a_road_opens_as_questions_are_answered_and_names_its_sections(user: User, tmp_path: Path) -> None:
    user.press("Which road fits?")
    user.sees("The candidate turns")
    user.sees("Opplæringslova § 18-8.")
    user.sees("about five years of full time (not confirmed)")
    user.choose("Has study or vocational competence that counts in Norway", "Yes")
    user.choose("Has used the right to one new trade", "No")
    user.sees("Right to one new vocational competence")
    user.press("Write Nav's recommendation …")
    user.write("Why is an assessment right for the candidate?", "Hun har gjort det lenge.")
    user.files.answers.append(tmp_path / "letter.pdf")
    user.press("Write the letter …")
    user.sees("The recommendation was written to letter.pdf.")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_the_roads_start_from_the_form_that_was_completed_on_the_case(user: User) -> None:
    user.press("Begin a form …")
    user.press("Begin: Which road fits?")
    user.press("Yes. Does the candidate have study or vocational competence that counts in Norway?")
    user.press("No. Does the candidate know which trade it is about?")
    user.press("Complete")
    user.sees("The form is completed")
    user.press("Amina Eksempel")
    user.press("Which road fits?")
    user.sees("Taken from the form that was completed on ")
    user.choose("Works in a company that can train in the trade", "Yes")
    user.settle()
    assert "Taken from the form" not in user.screen()


def test_what_the_county_asks_for_is_checked_without_a_mouse(user: User) -> None:
    user.by_keyboard = True
    user.press("Check against the county's list")
    user.sees("2 things are missing")
    user.press("It goes along in another way: CV")
    user.sees("1 thing is missing")
    user.press("No, it is missing: CV")
    user.sees("2 things are missing")
    user.choose("County", "Buskerud (not confirmed)")
    user.sees("No list from Buskerud was found")
