# SPDX-License-Identifier: MIT
"""An adviser brings in curricula, reads one, and sees what changed in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from rkv_app.foundation.resources import resources_dir
from support.curricula import ADDED_WORDS, newer, practice
from support.pages.window import User
from support.parties import ADVISER, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def adviser(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    user = sit_down(parties.make_store(ADVISER))
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    return user


def test_the_first_run_offers_a_file_or_the_made_up_plan(adviser: User) -> None:
    adviser.sees("Choose how to begin.")
    adviser.files.answers.append(resources_dir() / "catalogue")
    adviser.press("Choose files …")
    adviser.sees("2 curricula were imported.")
    adviser.sees("valid")
    assert "Choose how to begin." not in adviser.screen()


def test_a_whole_folder_is_taken_in_too(adviser: User) -> None:
    adviser.files.answers.append(resources_dir() / "catalogue")
    adviser.press("Choose a folder …")
    adviser.sees("2 curricula were imported.")


def test_a_plan_is_read_with_its_status_modules_and_aims(adviser: User) -> None:
    adviser.press("Use the practice plan")
    adviser.open_row("Curricula", "XXP05-01")
    adviser.sees("valid")
    adviser.sees("KV990001 · 8 aims")
    assert next(iter(practice("XXP05-01").aims())).text.text("en") in adviser.screen()
    adviser.press("Curricula")
    adviser.sees("XXP03-01")


def test_what_changed_is_told_in_words(
    adviser: User, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    adviser.press("Use the practice plan")
    adviser.leave()
    workspace = parties.at(ADVISER)
    workspace.store.curricula.put([newer(practice("XXP03-01"))])
    workspace.close()

    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.press("Curricula")
    user.open_row("Curricula", "1 February 2027")
    user.sees("Other versions and related curricula")
    assert "Only in" not in user.screen()
    user.press_first("Compare")
    user.sees("New aims: 1. Reworded: 1. Withdrawn: 1.")
    user.sees(ADDED_WORDS)
    user.sees("What was taken out and put in:")
    said = [one.accessibleName() for one in user.window.findChildren(QLabel) if one.isVisible()]
    assert any("(taken out: " in one and "(put in: " in one for one in said)
    user.press("Close the comparison")
    assert "Reworded aims" not in user.screen()
