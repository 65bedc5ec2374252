# SPDX-License-Identifier: MIT
"""Somebody fills in a form with every type of question, by keyboard alone, and puts right what the check finds."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from support.every_type import EVERY_TYPE
from support.pages.form_preview import PreviewPage

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

WORKING = "Are you working now?"
STORY = "Tell about the work"


@pytest.fixture
def page(qtbot: QtBot) -> PreviewPage:
    return PreviewPage(qtbot, EVERY_TYPE)


def test_every_type_of_question_is_answered_with_the_keyboard_alone(page: PreviewPage) -> None:
    page.write("What is your name?", "Kim")
    page.write(STORY, "Smir hver dag.")
    page.press("Not observed. Do you follow the safety rules?")
    page.press(f"Yes. {WORKING}")
    page.press("Smith. Which trade?")
    page.qtbot.keyClick(page.go_to("Which county?"), Qt.Key.Key_O)
    page.press("At work. How did you learn it?")
    page.press("At home. How did you learn it?")
    page.press("Alone. How independent are you?")
    page.write("When did you begin?", "1.2.2024")
    page.write("First day. When were you here?", "1.1.2020")
    page.write("Hours a week", "37,5")
    page.write("How many are you?", "12")
    page.press("A lot. What can you do? KM1")
    page.press("Add: Job")
    assert page.focused() == "Place Job 1"
    page.write("Place Job 1", "Smia")
    page.write("First day. From and to Job 1", "1.1.2020")
    page.write("Last day. From and to Job 1", "31.12.2020")
    page.write("Per cent of full time Job 1", "50")
    page.write("What else did you do? Job 1", "Skole")
    page.files.answers.append(Path("attest.pdf"))
    page.press("Choose a file … References")
    page.sees("attest.pdf")
    assert page.typed("Months of full time") == "6"
    answers = page.answers()
    (row,), (paper,) = answers.pop("jobs"), answers.pop("papers")  # type: ignore[misc]
    assert paper
    assert answers == {
        "name": "Kim",
        "story": "Smir hver dag.",
        "safe": "not_observed",
        "works": True,
        "trade": "smith",
        "place": "oslo",
        "learnt": ["work", "home"],
        "level": "alone",
        "began": "2024-02-01",
        "stay": {"from": "2020-01-01"},
        "weekly": 37.5,
        "people": 12,
        "aims/KM1/rating": "much",
        f"jobs/{row}/where": "Smia",
        f"jobs/{row}/when": {"from": "2020-01-01", "to": "2020-12-31"},
        f"jobs/{row}/percent": 50,
        f"jobs/{row}/rest": "Skole",
    }


def test_a_row_that_was_removed_comes_back_with_all_that_stood_in_it(page: PreviewPage) -> None:
    page.press(f"Yes. {WORKING}")
    for place in ("Smia", "Kroa"):
        page.press("Add: Job")
        page.qtbot.keyClicks(page.window.focusWidget(), place)
    page.press("Remove Job 1")
    page.sees("Removed: Job 1")
    assert page.typed("Place Job 1") == "Kroa"
    assert page.focused() == "Undo: bring back Job 1"
    page.press("Undo: bring back Job 1")
    assert (page.typed("Place Job 1"), page.typed("Place Job 2")) == ("Smia", "Kroa")
    assert page.focused() == "Place Job 1"
    assert "Removed" not in page.screen()


def test_a_row_is_moved_and_the_caret_goes_with_it(page: PreviewPage) -> None:
    page.press(f"Yes. {WORKING}")
    for place in ("Smia", "Kroa", "Naustet"):
        page.press("Add: Job")
        page.qtbot.keyClicks(page.window.focusWidget(), place)
    page.sees("There is no room for more than 3.")
    page.press("Move up: Job 3")
    assert page.focused() == "Move up: Job 2"
    page.press("Move up: Job 2")
    assert page.focused() == "Move down: Job 1"
    assert [page.typed(f"Place Job {at}") for at in (1, 2, 3)] == ["Naustet", "Smia", "Kroa"]
    page.qtbot.keyClick(page.go_to("Remove Job 1"), Qt.Key.Key_Tab)
    assert page.focused() == "Place Job 2"


def test_what_is_wrong_is_said_when_a_field_is_left_and_what_is_missing_only_when_asked(page: PreviewPage) -> None:
    page.write(STORY, "Kort")
    assert "Write a little more" not in page.screen()
    page.qtbot.keyClick(page.window.focusWidget(), Qt.Key.Key_Tab)
    page.sees("Write a little more: at least 10 characters.")
    assert "This needs an answer." not in page.screen()
    page.press("Check the form")
    page.sees("2 problems")
    page.press("What is your name? This needs an answer.")
    assert page.focused() == "What is your name?"
    page.qtbot.keyClicks(page.window.focusWidget(), "Kim")
    page.sees("1 problem")
    page.write(STORY, "e setninger")
    page.sees("Nothing is missing, and nothing is wrong.")


def test_half_a_number_or_date_is_told_and_the_answer_before_is_kept(page: PreviewPage) -> None:
    page.write("How many are you?", "12")
    page.write("How many are you?", " stykker")
    page.write("When did you begin?", "i fjor")
    page.go_to("Hours a week")
    page.sees("Write a whole number, like 12.")
    page.sees("Write the date like 24.12.2026.")
    assert page.answers() == {"people": 12}


def test_why_something_is_asked_unfolds_with_the_keyboard(page: PreviewPage) -> None:
    assert not page.is_there("Why it is asked: Jobs")
    page.press(f"Yes. {WORKING}")
    page.press("Why it is asked: Jobs")
    page.sees(f"This is asked because «{WORKING}» is «Yes».")
    page.press(f"More about: {STORY}")
    page.sees("Think of an ordinary day.")
    page.press(f"More about: {STORY}")
    assert "Think of an ordinary day." not in page.screen()
