# SPDX-License-Identifier: MIT
"""After the application: the county asks for more, gets it and decides, each at a window of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from support.pages.adviser import AdviserPages
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

DOCUMENT = b"%PDF-1.7\nattest\n"
AIM = "KM990101"


@pytest.fixture
def application(parties: Parties) -> Path:
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    return parties.application(parties.evaluation(parties.request()))


@pytest.mark.parametrize("by", ["mouse", "keyboard"])
def test_the_county_asks_for_more_and_gets_it_and_decides(
    by: str, application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    def sit_at(store: Path) -> User:
        user = sit_down(store)
        user.by_keyboard = by == "keyboard"
        user.unlock(PASSPHRASE)
        return user

    request, supplement, outcome = (tmp_path / f"{name}.rkvpakke" for name in ("05", "06", "07"))
    document, letter = tmp_path / "arbeidsattest.pdf", tmp_path / "vedtaksbrev.pdf"
    for path in (document, letter):
        path.write_bytes(DOCUMENT + path.name.encode())
    parties.introduce(INTAKE, parties.card(ADVISER))

    county = IntakePages(sit_at(parties.store(INTAKE)))
    county.receive(application)
    county.user.sees(CANDIDATE)
    county.ask_for_more("Arbeidsattest fra luftskipshavnen\nKursbevis i fortøyning", "1.12.2099", request)
    county.user.sees("Asked for more")
    again = tmp_path / "05-again.rkvpakke"
    county.user.files.answers.append(again)
    county.user.open_row("Sent and received", "Request for more documentation")
    county.user.sees("The same packet was written to 05-again.rkvpakke.")
    assert again.read_bytes() == request.read_bytes()
    county.user.leave()

    adviser = AdviserPages(sit_at(parties.store(ADVISER)))
    adviser.user.open_row("Cases", CANDIDATE)
    adviser.receive(request, "Receive a packet …")
    adviser.user.sees("The county asks for more")
    adviser.user.sees("2.  Kursbevis i fortøyning")
    adviser.send_documents(document, "1. Arbeidsattest", "Reference from an employer", supplement)
    adviser.user.sees("More was sent to the county")
    adviser.user.leave()

    county.user.return_to(parties.store(INTAKE), PASSPHRASE)
    county.receive(supplement)
    county.user.sees("arbeidsattest.pdf · Reference from an employer · answers 1")
    county.user.sees("More has come")
    county.save_document("arbeidsattest.pdf", tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").read_bytes() == document.read_bytes()
    county.decide(AIM, letter, outcome)
    county.user.sees("Outcome sent")
    county.user.leave()

    adviser.user.return_to(parties.store(ADVISER), PASSPHRASE)
    adviser.user.open_row("Cases", CANDIDATE)
    adviser.receive(outcome, "Receive a packet …")
    adviser.user.sees("Decided by the county")
    adviser.user.sees("The county has decided")
    adviser.user.sees(f"Recognised: {AIM}")
    adviser.user.sees("Not recognised: KM")
    adviser.user.sees("vedtaksbrev.pdf")
    adviser.user.sees("Last day for an appeal: 31 December 2099")


def test_a_packet_in_quarantine_is_read_and_let_in_by_a_named_person(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    county = _at_the_county(parties, sit_down)
    county.receive(application)
    county.user.sees("Code: RKV-EXC-002")
    county.user.sees("It says it is from Ola Veileder")
    county.read_in_quarantine()
    county.user.sees(f"Candidate: {CANDIDATE}")
    county.user.press("Take it in")
    county.user.sees("This must be filled in.")
    county.user.write("Why", "Ringte og sammenlignet sifrene.")
    county.user.press("Take it in")
    county.user.sees("The packet was taken in.")
    assert "In quarantine" not in county.user.screen()
    county.user.open_row("Applications", CANDIDATE)
    county.user.sees("Known contact, digits not compared yet")


def test_who_compared_the_digits_in_quarantine_has_a_checked_contact(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    county = _at_the_county(parties, sit_down)
    county.receive(application)
    county.read_in_quarantine()
    county.user.press("They read the same digits to me")
    county.user.write("Why", "Ringte og sammenlignet sifrene.")
    county.user.press("Take it in")
    county.user.open_row("Applications", CANDIDATE)
    county.user.sees("Known contact, checked")


def test_a_packet_in_quarantine_is_thrown_away_with_a_reason(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    county = _at_the_county(parties, sit_down)
    county.receive(application)
    county.read_in_quarantine()
    county.user.write("Why", "Kjenner ikke avsenderen.")
    county.user.press("Throw it away")
    county.user.sees("The packet was thrown away.")
    county.user.sees("The queue is empty")
    assert "In quarantine" not in county.user.screen()


def test_a_request_for_more_that_is_cancelled_was_never_sent(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    parties.introduce(INTAKE, parties.card(ADVISER))
    county = _at_the_county(parties, sit_down)
    county.receive(application)
    county.user.press("Ask for more documents …")
    county.user.press("Make the request …")
    county.user.sees("This must be filled in.")
    county.user.press("Cancel")
    county.user.sees("No receipt sent yet")
    assert "More documentation was asked for" not in county.user.screen()


def test_an_outcome_half_filled_in_is_there_again_after_a_lock(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    parties.introduce(INTAKE, parties.card(ADVISER))
    county = _at_the_county(parties, sit_down)
    user = county.user
    county.receive(application)
    user.press("Send the outcome …")
    user.press("Aim by aim")
    user.press_first(AIM)
    user.write("Reasons (may be left empty)", "Praksisen dekker ett av målene.")
    with user.qtbot.waitSignal(user.desktop.locked):
        user.desktop.lock()
    user.unlock(PASSPHRASE)
    user.qtbot.waitUntil(lambda: user.window.objectName() == "outcomeDialog")
    assert user.field("Reasons (may be left empty)").toPlainText() == "Praksisen dekker ett av målene."
    user.files.answers.append(tmp_path / "07.rkvpakke")
    user.press("Make the outcome …")
    user.sees("The outcome was written")
    user.sees(f"Recognised: {AIM}")
    user.sees("Not recognised: KM")


def test_nothing_is_told_about_the_county_before_it_has_answered(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    assert application.is_file()
    user = sit_down(parties.store(ADVISER))
    user.unlock(PASSPHRASE)
    user.open_row("Cases", CANDIDATE)
    user.sees("Wait for the county's receipt")
    assert "ecognised" not in user.screen()


def _at_the_county(parties: Parties, sit_down: Callable[[Path | None], User]) -> IntakePages:
    user = sit_down(parties.store(INTAKE))
    user.unlock(PASSPHRASE)
    return IntakePages(user)
