# SPDX-License-Identifier: MIT
"""A caseworker receives an application, reads it aim by aim with every source, and sends the receipt."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rkv_app.domain.cases import CaseState
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.view_case import list_cases
from support.pages.intake import IntakePages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, INTAKE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def application(parties: Parties) -> Path:
    for party in (ADVISER, SUPERVISOR, INTAKE):
        parties.make_store(party)
    parties.introduce(ADVISER, parties.card(INTAKE))
    return parties.application(parties.evaluation(parties.request()))


def _at_the_county(parties: Parties, sit_down: Callable[[Path | None], User]) -> IntakePages:
    user = sit_down(parties.store(INTAKE))
    user.unlock(PASSPHRASE)
    return IntakePages(user)


def test_the_whole_way_from_the_packet_to_the_receipt(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    parties.introduce(INTAKE, parties.card(ADVISER))
    intake = _at_the_county(parties, sit_down)
    intake.receive(application)
    intake.user.sees(CANDIDATE)
    intake.user.sees("Known contact, checked")
    intake.user.open_row("Aims and what is documented", "KM990101")
    intake.user.sees("Planla dagen alene i oktober.")
    intake.save_pdf(tmp_path / "copy.pdf")
    intake.make_receipt(tmp_path / "04.rkvpakke")
    intake.user.sees("Receipt sent")

    assert (tmp_path / "copy.pdf").read_bytes().startswith(b"%PDF")
    adviser = parties.at(ADVISER)
    receive_packet(adviser, tmp_path / "04.rkvpakke")
    states = [one.case.state for one in list_cases(adviser)]
    adviser.close()
    assert states == [CaseState.RECEIVED]


def test_a_packet_from_somebody_unknown_is_refused_in_plain_words(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    intake = _at_the_county(parties, sit_down)
    intake.receive(application)
    intake.user.sees("Code: RKV-EXC-002")
    intake.user.sees("The queue is empty")


def test_the_same_packet_twice_is_harmless(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User]
) -> None:
    parties.introduce(INTAKE, parties.card(ADVISER))
    intake = _at_the_county(parties, sit_down)
    for _ in range(2):
        intake.receive(application)
    intake.user.sees("Code: RKV-EXC-007")


def test_a_damaged_packet_is_refused_and_nothing_of_it_is_shown(
    application: Path, parties: Parties, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    parties.introduce(INTAKE, parties.card(ADVISER))
    damaged = tmp_path / "damaged.rkvpakke"
    damaged.write_bytes(application.read_bytes()[:-200])
    intake = _at_the_county(parties, sit_down)
    intake.receive(damaged)
    intake.user.sees("Code: RKV-")
    assert CANDIDATE not in intake.user.screen()
