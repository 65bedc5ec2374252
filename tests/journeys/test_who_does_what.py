# SPDX-License-Identifier: MIT
"""An adviser agrees with a workplace on who does what: a table that is begun for them, changed by keys, and kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.pages.window import User
from support.parties import CANDIDATE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

MEETINGS = "Calls the three-party meetings"


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    store = parties.make_store_with_case()
    user = sit_down(store)
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.press("Begin a form …")
    user.press("Begin: Agreement with the workplace")
    return user


def test_the_usual_division_stands_there_and_is_changed_with_the_keyboard_and_kept(adviser: User) -> None:
    assert adviser.is_chosen(f"Nav. {MEETINGS}")
    adviser.press("The workplace. Gives notice of absence")
    adviser.by_keyboard = True
    adviser.press(f"The workplace. {MEETINGS}")
    adviser.press(f"Nav. {MEETINGS}")
    adviser.sees("Saved")
    adviser.by_keyboard = False
    adviser.press(CANDIDATE)
    adviser.open_row("Forms and conversations", "Agreement with the workplace")
    assert adviser.is_chosen(f"The workplace. {MEETINGS}")
    assert not adviser.is_chosen(f"Nav. {MEETINGS}")
    assert adviser.is_chosen("The workplace. Gives notice of absence")
