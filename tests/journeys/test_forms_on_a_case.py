# SPDX-License-Identifier: MIT
"""An adviser fills in forms on a case: interrupted, checked, completed, amended, moved; and a survey of nobody's."""

import dataclasses
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from rkv_app.foundation.resources import forms_dir
from rkv_app.usecases.create_case import create_case
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.view_case import list_cases
from support.case_forms import MEETING, NEWER_MEETING, SURVEY, form_folder
from support.curricula import ADDED, REWORDED, newer, practice
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties, new_case
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AGREED = "What was agreed?"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The forms that the window finds."""
    made = Path(shutil.copytree(forms_dir(), tmp_path / "forms"))
    form_folder(made, MEETING, SURVEY)
    monkeypatch.setattr("support.parties.forms_dir", lambda: made)
    return made


@pytest.fixture
def adviser(parties: Parties, folder: Path, sit_down: Callable[[Path | None], User]) -> User:
    store = parties.make_store_with_case()
    return _at_the_case(sit_down(store))


def _at_the_case(user: User) -> User:
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    return user


def _begin(user: User, title: str) -> None:
    user.press("Begin a form …")
    user.press(f"Begin: {title}")


def _meeting(user: User) -> None:
    _begin(user, "Meeting minutes")
    user.press("Yes. Was the meeting held?")
    user.write(AGREED, "Prøve sveising")
    user.sees("Saved")


def _lock(user: User) -> None:
    window = user.window
    window.activateWindow()
    user.qtbot.waitUntil(window.isActiveWindow)
    with user.qtbot.waitSignal(user.desktop.locked):
        user.qtbot.keyClick(window.focusWidget() or window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


def test_a_form_is_begun_checked_completed_and_amended_with_both_kept(adviser: User) -> None:
    _begin(adviser, "Meeting minutes")
    adviser.press("Check")
    adviser.sees("1 thing is missing before you can complete.")
    adviser.press("Yes. Was the meeting held?")
    adviser.write(AGREED, "Prøve sveising")
    adviser.press("Complete")
    adviser.sees("The form is completed")
    adviser.press("Amend …")
    adviser.press("Amend")
    adviser.sees("This must be filled in.")
    adviser.write("Why?", "Feil avtale")
    adviser.press("Amend")
    adviser.sees("Being amended")
    adviser.write(AGREED, "Prøve lodding")
    adviser.press("Complete")
    adviser.sees("Completed, amended")
    adviser.sees("Why: Feil avtale")
    adviser.press("Read number 1")
    assert adviser.field(AGREED).toPlainText() == "Prøve sveising"
    adviser.press("Close")
    assert adviser.field(AGREED).toPlainText() == "Prøve lodding"


def test_answers_that_completing_will_remove_are_named_before_it_does(adviser: User) -> None:
    _meeting(adviser)
    adviser.press("No. Was the meeting held?")
    adviser.sees("are removed when you complete")
    adviser.sees(f"• {AGREED}")


def test_a_candidate_answers_in_ukrainian_and_their_word_stands_on_the_case(adviser: User) -> None:
    adviser.press("Begin a form …")
    adviser.choose("Language to answer in", "українська (machine translation)")
    adviser.press("Begin: Self-assessment")
    adviser.sees("These words were translated by a machine")
    adviser.press_first("Трохи вмію")
    adviser.press("Complete")
    adviser.sees("The form is completed")
    adviser.press(CANDIDATE)
    adviser.open_row("Aims and what is documented", "Can a little")
    adviser.sees("The candidate says")
    adviser.sees("Self-assessment. It does not count as documentation.")


def test_the_case_says_how_far_each_form_has_come_and_leads_back_to_it(adviser: User) -> None:
    _begin(adviser, "Meeting minutes")
    adviser.press(CANDIDATE)
    adviser.sees("Being written, 1 problem")
    adviser.open_row("Forms and conversations", "Meeting minutes")
    adviser.press("Leave it unfinished …")
    adviser.write("Why?", "Avlyst")
    adviser.press("Leave it")
    adviser.sees("Why: Avlyst")
    adviser.press("Take up again")
    adviser.sees("Being written")
    adviser.press("Entered in error …")
    adviser.write("Why?", "Feil sak")
    adviser.press("Mark as entered in error")
    adviser.press(CANDIDATE)
    adviser.sees("Entered in error")


def test_nothing_is_lost_when_the_window_is_closed_in_the_middle_of_a_word(
    adviser: User, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    _begin(adviser, "Meeting minutes")
    adviser.press("Yes. Was the meeting held?")
    adviser.write(AGREED, "Prøve svei")
    adviser.leave()
    again = _at_the_case(sit_down(parties.store(ADVISER)))
    again.open_row("Forms and conversations", "Meeting minutes")
    assert again.field(AGREED).toPlainText() == "Prøve svei"


def test_a_lock_brings_back_the_same_question_with_the_caret_in_the_middle_of_the_word(adviser: User) -> None:
    _begin(adviser, "Meeting minutes")
    adviser.press("Yes. Was the meeting held?")
    adviser.write(AGREED, "Prøve svei")
    field = adviser.field(AGREED)
    cursor = field.textCursor()
    cursor.setPosition(5)
    field.setTextCursor(cursor)
    _lock(adviser)
    adviser.unlock(PASSPHRASE)
    adviser.sees("Meeting minutes")
    again = adviser.field(AGREED)
    adviser.qtbot.waitUntil(lambda: adviser.window.focusWidget() is again)
    adviser.qtbot.keyClicks(again, " igjen")
    assert again.toPlainText() == "Prøve igjen svei"


def test_a_survey_that_is_left_or_locked_keeps_nothing_of_what_was_written(adviser: User) -> None:
    _begin(adviser, "Short survey")
    adviser.write("More", "Noen andres ord")
    adviser.press("Cases")
    adviser.open_row("Cases", CANDIDATE)
    _begin(adviser, "Short survey")
    assert adviser.field("More").toPlainText() == ""
    adviser.write("More", "Noen andres ord")
    _lock(adviser)
    adviser.unlock(PASSPHRASE)
    adviser.sees("Short survey")
    assert adviser.field("More").toPlainText() == ""


def test_moving_to_a_newer_version_shows_what_it_does_first(adviser: User, folder: Path) -> None:
    _meeting(adviser)
    adviser.write("Room", "B2")
    form_folder(folder, NEWER_MEETING)
    adviser.press(CANDIDATE)
    adviser.sees("There is a newer version of the form.")
    adviser.open_row("Forms and conversations", "Meeting minutes")
    adviser.press("Move to the newer version …")
    adviser.sees("Unchanged: 1. Changed: 1. Lost: 1.")
    adviser.press("Cancel")
    adviser.sees("Version 2026.1")
    adviser.press("Move to the newer version …")
    adviser.press("Move the answers")
    adviser.sees("Version 2026.2")
    adviser.sees("2026.1 → 2026.2")
    assert adviser.field(AGREED).toPlainText() == "Prøve sveising"


def test_an_anonymous_survey_leaves_no_more_than_a_number_on_the_case(adviser: User, parties: Parties) -> None:
    _begin(adviser, "Short survey")
    adviser.sees("Your answers belong to no case.")
    adviser.press("Hand it in")
    adviser.sees("It cannot be handed in yet.")
    adviser.press("Yes. Was it useful?")
    adviser.write("More", "Kjempefint")
    adviser.press("Hand it in")
    adviser.sees("Thank you.")
    adviser.press("Cases")
    adviser.open_row("Cases", CANDIDATE)
    adviser.sees("Short survey: 1 answer")
    assert "Kjempefint" not in adviser.screen()
    adviser.leave()
    workspace = parties.at(ADVISER)
    (case,) = list_cases(workspace)
    assert list(workspace.store.responses.for_case(case.case.id)) == []
    assert [one.answers["comment"] for one in workspace.store.responses.surveys("survey")] == ["Kjempefint"]
    workspace.close()


def test_a_form_whose_curriculum_has_changed_says_so_and_is_begun_anew(
    parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    store = parties.make_store(ADVISER)
    workspace = parties.at(ADVISER)
    import_practice_curriculum(workspace)
    case_id = create_case(workspace, dataclasses.replace(new_case(), curriculum_code="XXP03-01"))
    response = start_form(workspace, case_id, "self-assessment")
    save_form_answer(workspace, response.id, "aims/KM990101/own", "can")
    save_form_answer(workspace, response.id, f"aims/{REWORDED}/own", "can")
    workspace.store.curricula.put([newer(practice("XXP03-01"))])
    workspace.close()
    user = _at_the_case(sit_down(store))
    user.open_row("Forms and conversations", "Self-assessment")
    user.sees("The curriculum has changed since this form was begun")
    user.press("Begin anew on the newer version …")
    user.sees("To be answered anew, as the text is another one (1)")
    user.sees("Copied (1)")
    user.press("Begin anew")
    user.sees(ADDED)
