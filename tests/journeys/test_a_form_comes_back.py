# SPDX-License-Identifier: MIT
"""A form comes back as a file or on paper: the adviser looks through it beside what came, and confirms or discards."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from rkv_app.ui.context import PageName, Route
from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.take_in_returned_form import TakenIn, begin_returned_form
from rkv_app.usecases.workspace import Workspace
from support import form_filling
from support.full_disk import files_end_after
from support.pages.supervisor import EXAMPLE, RATE, WHEN
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AIM = "KM990101"
TOLD = "Planla dagen alene i oktober."
COMPARED = "I have compared every answer with what came back, and whoever evaluated confirms them there."
UNSIGNED = "Not signed electronically"


@dataclass(frozen=True)
class Filled:
    """A form that came back and lies in the adviser's store, with a draft begun."""

    file: Path
    taken: TakenIn


@pytest.fixture
def filled(parties: Parties) -> Filled:
    """Filled in in a PDF reader: one aim, with a date that is none."""

    def fill(adviser: Workspace, message_id: str) -> Path:
        blank = make_fillable_form(adviser, message_id, parties.folder / "skjema.pdf")
        asked = check_returned_form(adviser, blank).asked
        assert asked is not None
        answers = {"rating": "independent", "known_by/observed": True, "example": TOLD, "observed_on": "i høst"}
        values: dict[str, str | bool] = {f"aims/{asked.aims[0].code}/{name}": said for name, said in answers.items()}
        values |= {"rkv_name": "Kari Formann", "rkv_confirmed": True}
        file = parties.folder / "tilbake.pdf"
        file.write_bytes(form_filling.mupdf(blank.read_bytes(), values))
        return file

    return _taken_in(parties, fill)


@pytest.fixture
def photographed(parties: Parties) -> Filled:
    """On paper, of which somebody took a picture."""

    def fill(adviser: Workspace, message_id: str) -> Path:
        paper = make_fillable_form(adviser, message_id, parties.folder / "papir.pdf", on_paper=True)
        file = parties.folder / "bilde.jpg"
        pypdfium2.PdfDocument(paper.read_bytes())[0].render(scale=2.2).to_pil().convert("RGB").save(file)
        return file

    return _taken_in(parties, fill)


def test_a_filled_form_is_compared_put_right_and_confirmed(
    filled: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    user.sees("A form came back and awaits confirmation")
    user.press("Look through it …")
    user.sees("Page 1 of ")
    user.sees("Written in the form, but not understood")
    assert user.field(f"{EXAMPLE} {AIM}").toPlainText() == TOLD
    user.press("Check")
    user.sees("1 problem")
    user.write(f"{WHEN} {AIM}", "12.1.2026")
    user.settle()
    user.sees("Nothing is missing, and nothing is wrong.")
    assert "Written in the form, but not understood" not in user.screen()

    assert user.typed("Who evaluated") == "Kari Formann"
    user.press("Confirm")
    user.sees("This must be filled in.")
    user.write("Date in the form", "12.1.2026")
    user.press(COMPARED)
    user.press("Confirm")
    user.sees("Evaluated by Kari Formann on ")
    user.sees("● Well documented: 1")
    user.sees(f"{UNSIGNED}. The answers were read from a PDF form that came back. {ADVISER.name} compared")
    user.sees("Send the application to the county")

    copy = parties.folder / "kopi.pdf"
    user.files.answers.append(copy)
    user.press("Save a copy of tilbake.pdf")
    user.sees("A copy was written to kopi.pdf.")
    assert copy.read_bytes() == filled.file.read_bytes()


def test_a_picture_of_paper_is_typed_in_beside_it_and_what_is_typed_survives_quitting(
    photographed: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    user.press("Look through it …")
    user.sees("The fields of the form are gone")
    user.sees("Page 1 of 1")
    user.press(f"Not tried here. {RATE} {AIM}")
    user.write("Who evaluated", "Kari Formann")
    user.leave()
    user.return_to(parties.store(ADVISER), PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.press("Look through it …")
    user.sees("Page 1 of 1")
    assert user.typed("Who evaluated") == "Kari Formann"
    user.write("Date in the form", "12.1.2026")
    user.press(COMPARED)
    user.press("Confirm")
    user.sees("Evaluated by Kari Formann on ")
    user.sees("typed in from a form that came back on paper")


def test_on_a_full_disk_what_was_typed_about_who_evaluated_waits_on_the_page_and_is_saved_later(
    photographed: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    user.press("Look through it …")
    user.sees("Page 1 of 1")
    shell = user.desktop.shell
    assert shell is not None
    with files_end_after(1):
        user.write("Who evaluated", "Kari Formann")
        user.write("Date in the form", "12.1.2026")
        user.sees("Not saved")
        user.press("Check")
        user.sees("Not saved")
        shell.go(Route(PageName.CASES))
        user.settle()
    shell.go(Route(PageName.RETURNED, photographed.taken.draft_id))
    user.sees("Saved ")
    assert (user.typed("Who evaluated"), user.typed("Date in the form")) == ("Kari Formann", "12.01.2026")
    user.leave()
    user.return_to(parties.store(ADVISER), PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.press("Look through it …")
    assert (user.typed("Who evaluated"), user.typed("Date in the form")) == ("Kari Formann", "12.01.2026")


def test_a_further_page_is_added_and_a_draft_is_discarded_on_purpose_only(
    photographed: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    user.press("Look through it …")
    user.sees("Page 1 of 1")
    page = parties.folder / "side 2.png"
    pypdfium2.PdfDocument((parties.folder / "papir.pdf").read_bytes())[1].render().to_pil().save(page)
    user.files.answers.append(page)
    user.press("Add a page …")
    user.sees("side 2.png")
    user.choose("Which file", "bilde.jpg")
    user.settle()
    user.sees("bilde.jpg · ")
    user.press("Discard …")
    user.press("Cancel")
    user.press("Discard …")
    user.press("Discard")
    user.sees("Wait for the supervisor's answer")
    user.sees("bilde.jpg")
    user.sees("side 2.png")


def test_without_room_for_both_one_is_shown_at_a_time_and_the_keyboard_goes_between(
    filled: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    shell = user.desktop.shell
    assert shell is not None
    shell.resize(900, 700)
    user.by_keyboard = True
    shell.go(Route(PageName.RETURNED, filled.taken.draft_id))
    user.sees("Page 1 of ")
    assert not _is_shown(user, "confirmPanel")
    user.press("To the form")
    assert _is_shown(user, "confirmPanel")
    assert not _is_shown(user, "receivedFiles")
    user.press(f"{AIM}, {WHEN} – i høst")
    asked = user.app.focusWidget()
    assert asked is not None
    user.qtbot.keyClick(asked, Qt.Key.Key_F6)
    assert _is_shown(user, "receivedFiles")
    user.qtbot.keyClick(user.app.focusWidget(), Qt.Key.Key_F6)
    assert user.app.focusWidget() is asked


def test_the_way_back_from_it_leads_to_its_case_and_nowhere_else(
    filled: Filled, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = _at_the_case(parties, sit_down)
    user.press("Look through it …")
    user.sees("Page 1 of ")
    shell = user.desktop.shell
    assert shell is not None
    shown: list[PageName] = []
    shell.pageShown.connect(lambda _: shown.append(shell.route.page))
    user.press(f"‹ {CANDIDATE}")
    user.sees("Look through the form that came back")
    shell.back()
    user.sees("Page 1 of ")
    assert shown == [PageName.CASE, PageName.RETURNED]


def _is_shown(user: User, name: str) -> bool:
    found = user.window.findChild(QWidget, name)
    return isinstance(found, QWidget) and found.isVisible()


def _at_the_case(parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.sees("Look through the form that came back")
    return user


def _taken_in(parties: Parties, fill: Callable[[Workspace, str], Path]) -> Filled:
    parties.make_store(ADVISER)
    request = parties.request()
    adviser = parties.at(ADVISER)
    try:
        file = fill(adviser, request.message_id)
        return Filled(file, begin_returned_form(adviser, file))
    finally:
        adviser.close()
