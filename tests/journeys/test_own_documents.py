# SPDX-License-Identifier: MIT
"""Documents made here are looked at first, in the language of whoever gets them, then searched, saved and printed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QListView

from rkv_app.ui.pdf_paper import Paper
from rkv_app.usecases.receive_packet import receive_packet
from support.pages.adviser import AdviserPages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties, new_case
from support.pdf_text import text_of
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NUMBER = "03049112345"


def _seat(parties: Parties, sit_down: Callable[[Path | None], User], adviser: bool = True) -> User:
    user = sit_down(parties.store(ADVISER if adviser else SUPERVISOR))
    user.unlock(PASSPHRASE)
    return user


@pytest.fixture
def at_the_case(application: Path, parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    assert application.is_file()
    user = _seat(parties, sit_down)
    user.open_row("Cases", CANDIDATE)
    return user


def test_the_candidates_copy_is_looked_at_in_another_language_saved_and_printed(
    at_the_case: User, tmp_path: Path
) -> None:
    user, saved = at_the_case, tmp_path / "copy.pdf"
    user.by_keyboard = True
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press("Nynorsk")
    user.press("Show as text")
    user.sees("Page 1 of ")
    assert CANDIDATE in user.field(f"Text of {_place(user)}").toPlainText()
    user.files.answers.append(saved)
    user.press("Save a copy …")
    user.sees("A copy was written to copy.pdf.")
    assert "Alt om deg i denne saka" in text_of(saved.read_bytes())
    user.files.printed = tmp_path / "printed.pdf"
    user.press("Print …")
    user.sees("It went to the printer.")
    assert user.files.printed.read_bytes().startswith(b"%PDF")
    user.press("Close")


def test_words_are_found_from_place_to_place_and_the_list_leads_to_every_page(at_the_case: User) -> None:
    user = at_the_case
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.press("Show as text")
    user.write("Search in the document", "nordlys LUFTSKIPSHAVN")
    user.press("Next hit")
    user.sees("Hit 1 of ")
    first = _marked(user)
    assert " ".join(first.split()).casefold() == "nordlys luftskipshavn"
    user.press("Next hit")
    user.sees("Hit 2 of ")
    user.press("Previous hit")
    user.sees("Hit 1 of ")
    user.write("Search in the document", "Qwxz")
    user.press("Next hit")
    user.sees("Nothing was found.")
    pages = user.window.findChild(QListView, "pageList")
    assert pages.isVisible()
    pages.setFocus()
    user.qtbot.keyClick(pages, Qt.Key.Key_End)
    count = pages.model().rowCount()
    user.sees(f"Page {count} of {count}")
    user.press("Close")


def test_what_is_found_is_marked_on_the_page_and_made_larger_without_a_mouse(at_the_case: User) -> None:
    user = at_the_case
    user.by_keyboard = True
    user.press("Copy for the candidate …")
    user.sees("Page 1 of ")
    user.write("Search in the document", "nordlys luftskipshavn")
    user.press("Next hit")
    user.sees("Hit 1 of ")
    paper = user.window.findChild(Paper)
    user.qtbot.waitUntil(lambda: paper.sheet.chosen_place() is not None)
    width = paper.sheet.width()
    user.press("Larger")
    user.qtbot.waitUntil(lambda: paper.sheet.width() > width)
    user.qtbot.keyClick(user.window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    user.qtbot.waitUntil(lambda: paper.sheet.width() == width)
    user.press("Pages")
    user.press("Close")


def test_the_adviser_looks_at_an_evaluation_that_has_come(at_the_case: User) -> None:
    user = at_the_case
    user.press("The evaluation from Nordlys luftskipshavn AS as a PDF")
    user.sees("Page 1 of ")
    user.press("Show as text")
    assert "Evaluated by" in user.field(f"Text of {_place(user)}").toPlainText()
    user.press("Close")


def test_the_workplace_looks_at_its_attest_when_the_evaluation_is_completed(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    assert application.is_file()
    user = _seat(parties, sit_down, adviser=False)
    user.press(f"See it: {CANDIDATE}")
    user.press("Attest …")
    user.sees("Page 1 of ")
    user.press("Show as text")
    assert CANDIDATE in user.field(f"Text of {_place(user)}").toPlainText()
    user.press("Close")


@pytest.mark.parametrize("asked_for", [False, True], ids=["not asked for", "asked for"])
def test_the_national_number_leaves_only_when_somebody_chose_it(
    asked_for: bool,
    parties: Parties,
    sit_down: Callable[[Path | None], User],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("support.parties.new_case", lambda: replace(new_case(), national_number=NUMBER))
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    answer = parties.evaluation(parties.request())
    workspace = parties.at(ADVISER)
    receive_packet(workspace, answer)
    workspace.close()
    user = _seat(parties, sit_down)
    user.open_row("Cases", CANDIDATE)
    user.press("Go to sending")
    user.sees(f"Name and date of birth of {CANDIDATE}")
    if asked_for:
        user.press("The national identity number goes along")
        user.sees(f"Name, date of birth and national identity number of {CANDIDATE}")
    AdviserPages(user).fill_in_and_send(tmp_path / "soknad.rkvpakke")
    assert (NUMBER in text_of((tmp_path / "soknad.pdf").read_bytes())) is asked_for


def _place(user: User) -> str:
    return user.window.findChild(QLabel, "pageText").text()


def _marked(user: User) -> str:
    return user.field(f"Text of {_place(user)}").textCursor().selectedText()
