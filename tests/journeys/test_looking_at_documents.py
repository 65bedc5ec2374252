# SPDX-License-Identifier: MIT
"""Documents from others are looked at without opening them: what is in them is told first, and nothing of them acts."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea

from rkv_app.packets.attachment_safety import mark_as_downloaded
from support import hostile_pdfs
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def adviser(application: Path, parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    assert application.is_file()
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    return user


@pytest.fixture
def attach(adviser: User, tmp_path: Path) -> Callable[[str, bytes], None]:
    def attach(name: str, content: bytes) -> None:
        path = tmp_path / name
        path.write_bytes(content)
        adviser.files.answers.append(path)
        adviser.press("Attach a document …")
        adviser.sees(name)

    return attach


def _picture(user: User) -> QFrame:
    return user.window.findChild(QFrame, "sheet")


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_pdf_is_read_page_by_page_as_picture_and_as_text(
    by: str, adviser: User, attach: Callable[[str, bytes], None]
) -> None:
    adviser.by_keyboard = by == "keyboard"
    attach("attest.pdf", hostile_pdfs.plain_pdf("Arbeidsattest", "Underskrift"))
    adviser.press("Look at attest.pdf")
    adviser.sees("Page 1 of 2")
    width = _picture(adviser).width()
    adviser.press("Larger")
    adviser.qtbot.waitUntil(lambda: _picture(adviser).width() > width)
    adviser.press("Show as text")
    assert adviser.field("Text of Page 1 of 2").toPlainText() == "Arbeidsattest"
    adviser.press("Next page")
    adviser.sees("Page 2 of 2")
    assert adviser.field("Text of Page 2 of 2").toPlainText() == "Underskrift"
    adviser.press("Show as picture")
    adviser.press("Close")
    adviser.sees("Documents")


def test_page_up_and_down_go_through_the_whole_document(adviser: User, attach: Callable[[str, bytes], None]) -> None:
    attach("attest.pdf", hostile_pdfs.plain_pdf("En", "To"))
    adviser.press("Look at attest.pdf")
    adviser.sees("Page 1 of 2")
    paper = adviser.window.findChild(QScrollArea, "paperArea")
    adviser.qtbot.waitUntil(paper.hasFocus)
    bar = paper.verticalScrollBar()
    adviser.qtbot.waitUntil(lambda: bar.maximum() > 0)
    while bar.value() < bar.maximum():
        adviser.qtbot.keyClick(paper, Qt.Key.Key_PageDown)
    assert "Page 1 of 2" in adviser.screen()
    adviser.qtbot.keyClick(paper, Qt.Key.Key_PageDown)
    adviser.sees("Page 2 of 2")
    adviser.qtbot.keyClick(paper, Qt.Key.Key_PageUp)
    adviser.sees("Page 1 of 2")
    adviser.press("Close")


def test_what_a_document_could_do_is_told_before_it_is_saved(
    adviser: User, attach: Callable[[str, bytes], None], tmp_path: Path
) -> None:
    attach("uskyldig.pdf", hostile_pdfs.acting_pdf())
    adviser.sees("Open this with care.")
    adviser.sees("It has scripts that may run when it is opened.")
    adviser.sees("It may start other programs when it is opened.")
    saved, probe = tmp_path / "copy.pdf", tmp_path / "probe"
    adviser.files.answers.append(saved)
    adviser.press("Save a copy of uskyldig.pdf")
    adviser.sees("A copy was written")
    probe.touch()
    if mark_as_downloaded(probe):
        assert os.getxattr(saved, "user.xdg.origin.url")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7\nnothing at all", "it is damaged, or made in an unusual way"),
        (hostile_pdfs.locked_pdf(), "it is protected with a password"),
        (hostile_pdfs.endless_pdf(), "it took too long or too much memory"),
    ],
    ids=["damaged", "locked", "endless"],
)
def test_a_hostile_pdf_costs_a_sentence_and_the_window_goes_on(
    content: bytes, said: str, adviser: User, attach: Callable[[str, bytes], None]
) -> None:
    attach("attest.pdf", content)
    adviser.press("Look at attest.pdf")
    adviser.sees(said)
    adviser.sees("Nothing else is affected.")
    adviser.press("Close")
    adviser.press("Contacts")
    adviser.sees("Add a contact card …")


def test_a_look_that_is_cut_short_by_a_lock_leaves_no_process(
    adviser: User, attach: Callable[[str, bytes], None]
) -> None:
    attach("attest.pdf", hostile_pdfs.plain_pdf("En"))
    adviser.press("Look at attest.pdf")
    adviser.sees("Page 1 of 1")
    child = adviser.window.view._work.reader._pages._child  # type: ignore[attr-defined]
    with adviser.qtbot.waitSignal(adviser.desktop.locked):
        adviser.desktop.lock()
    adviser.qtbot.waitUntil(lambda: child.poll() is not None)


def test_the_county_reads_the_application_itself(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    user = sit_down(parties.store(INTAKE))
    user.unlock(PASSPHRASE)
    IntakePages(user).receive(application)
    user.press("Look at the PDF …")
    user.sees("Page 1 of ")
    user.press("Show as text")
    assert CANDIDATE in user.window.findChild(QPlainTextEdit).toPlainText()
    user.press("Close")
