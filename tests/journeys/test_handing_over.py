# SPDX-License-Identifier: MIT
"""An application leaves in a shape that others take: what leaves is shown first, and stands on record afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.documents.preview.pages import PdfPages
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.ui.pdf_reader import PdfReader
from support.fiks_account import fiks_account
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

HAND_OVER = "Hand the application over in another way …"


@pytest.fixture
def adviser(application: Path, parties: Parties, sit_down: Callable[[Path | None], User]) -> User:
    assert application.is_file()
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.sees("Wait for the county's receipt")
    return user


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_a_pdf_for_a_portal_is_shown_before_it_leaves_and_stands_on_record(
    by: str, adviser: User, tmp_path: Path
) -> None:
    adviser.by_keyboard = by == "keyboard"
    adviser.press(HAND_OVER)
    adviser.sees("hoveddokument.pdf · PDF · ")
    adviser.sees(f"About: {CANDIDATE}")
    adviser.sees("Purpose: Vurdering.")
    adviser.sees("The candidate was told on 20 January 2026.")
    adviser.write("Who gets it", "Testvik fylkes portal")
    adviser.files.answers.append(tmp_path / "out.pdf")
    adviser.press("Write the file …")
    adviser.sees("It was written to out.pdf")
    adviser.sees("Testvik fylkes portal, PDF for an upload portal")
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF-")


def test_a_folder_for_eformidling(adviser: User, tmp_path: Path) -> None:
    adviser.press(HAND_OVER)
    adviser.press("Folder for eFormidling")
    adviser.sees("arkivmelding.xml · ")
    adviser.files.answers.append(tmp_path / "out")
    adviser.press("Write the folder …")
    adviser.sees("folder for eFormidling")
    assert {"arkivmelding.xml", "hoveddokument.pdf"} <= {path.name for path in (tmp_path / "out").iterdir()}


def test_an_envelope_for_fiks_io(adviser: User, tmp_path: Path) -> None:
    certificate = tmp_path / "fiks.der"
    certificate.write_bytes(fiks_account(SystemClock().now()).certificate)
    adviser.press(HAND_OVER)
    adviser.press("Envelope for Fiks IO")
    adviser.files.answers += [certificate, tmp_path / "out.p7m"]
    adviser.press("Write the file …")
    adviser.sees("envelope for Fiks IO")
    assert (tmp_path / "out.p7m").read_bytes()[:1] == b"\x30"


def test_on_paper_every_page_goes_to_the_printer(adviser: User, tmp_path: Path) -> None:
    adviser.files.printed = tmp_path / "paper.pdf"
    adviser.press(HAND_OVER)
    adviser.press("On paper")
    adviser.press("Print …")
    adviser.sees("It went to the printer")
    adviser.sees("the print queue of the machine, may keep a copy")
    adviser.sees("on paper")
    adviser.files.answers.append(tmp_path / "out.pdf")
    adviser.press(HAND_OVER)
    adviser.press("Write the file …")
    adviser.sees("It was written to out.pdf")
    with PdfPages((tmp_path / "paper.pdf").read_bytes()) as paper, PdfPages((tmp_path / "out.pdf").read_bytes()) as pdf:
        assert paper.count == pdf.count
        assert min(paper.page(0, 1.0).picture) < 64


def test_nothing_leaves_when_somebody_thinks_better_of_it(adviser: User, tmp_path: Path) -> None:
    before = set(tmp_path.iterdir())
    adviser.press(HAND_OVER)
    adviser.press("On paper")
    adviser.press("Print …")
    adviser.press("Cancel")
    adviser.sees("Wait for the county's receipt")
    assert "on paper" not in adviser.screen()
    assert set(tmp_path.iterdir()) == before


def test_a_printer_that_draws_nothing_leaves_nothing_on_record(
    adviser: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(self: object, number: int, scale: float) -> None:
        raise UserError("RKV-DOC-002", message("It cannot be drawn."), message("Nothing was printed."))

    monkeypatch.setattr(PdfReader, "draw", cannot)
    adviser.files.printed = tmp_path / "paper.pdf"
    adviser.press(HAND_OVER)
    adviser.press("On paper")
    adviser.press("Print …")
    adviser.sees("Code: RKV-DOC-002")
    adviser.settle()
    assert "on paper" not in adviser.screen()


def test_what_was_typed_is_there_again_after_a_lock(adviser: User, tmp_path: Path) -> None:
    adviser.press(HAND_OVER)
    adviser.press("On paper")
    adviser.write("Who gets it", "Kari i ekspedisjonen")
    with adviser.qtbot.waitSignal(adviser.desktop.locked):
        adviser.desktop.lock()
    adviser.unlock(PASSPHRASE)
    adviser.qtbot.waitUntil(lambda: adviser.window.objectName() == "exportDialog")
    adviser.sees("Exactly this leaves")
    assert adviser.is_chosen("On paper")
    adviser.files.printed = tmp_path / "paper.pdf"
    adviser.press("Print …")
    adviser.sees("Kari i ekspedisjonen, on paper")


def test_the_county_hands_over_what_it_received(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    user = sit_down(parties.store(INTAKE))
    user.unlock(PASSPHRASE)
    county = IntakePages(user)
    county.receive(application)
    county.save_pdf(tmp_path / "out.pdf")
    user.sees(f"{INTAKE.organisation}, PDF for an upload portal")
