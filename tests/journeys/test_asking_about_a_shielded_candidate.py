# SPDX-License-Identifier: MIT
"""An adviser asks a workplace about a candidate with address protection: nothing leaves before it is cleared."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from rkv_app.usecases.view_case import list_cases, view_case
from support.pages.window import User
from support.parties import ADVISER, SUPERVISOR, Parties, new_case

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

REQUEST = f"Make a request to {SUPERVISOR.organisation}"
FORM = f"Make a form for {SUPERVISOR.organisation} to fill in"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an adviser with a shielded candidate and a placement, to copy."""
    return Parties(tmp_path_factory.mktemp("prepared")).with_placement(replace(new_case(), shielded=True))


@pytest.fixture
def adviser(prepared: Path, at_case: Callable[[Path], User]) -> User:
    return at_case(prepared)


def cleared(parties: Parties) -> list[str]:
    workspace = parties.at(ADVISER)
    view = view_case(workspace, list_cases(workspace)[0].case.id)
    workspace.close()
    return [one.cleared_by for one in view.transitions if one.cleared_by]


def test_a_request_a_form_and_the_packet_once_more_each_take_a_name(
    adviser: User, parties: Parties, tmp_path: Path
) -> None:
    adviser.press(REQUEST)
    adviser.sees("The address of the workplace and how to reach the supervisor are left out.")
    adviser.press("Write the file …")
    adviser.sees("This must be filled in.")
    adviser.write("Cleared by", "Lise Leder")
    adviser.files.answers.append(tmp_path / "request.rkvpakke")
    adviser.press("Write the file …")
    adviser.sees("I have told the code")
    adviser.press("I have told the code")

    adviser.press(FORM)
    adviser.press("Save the form …")
    adviser.sees("This must be filled in.")
    adviser.write("Cleared by", "Mona Mellom")
    adviser.files.answers.append(tmp_path / "skjema.pdf")
    adviser.press("Save the form …")
    adviser.sees("The form is made")

    adviser.open_row("Sent and received", SUPERVISOR.organisation)
    adviser.sees("The same packet leaves once more.")
    adviser.write("Cleared by", "Nils Nestleder")
    adviser.files.answers.append(tmp_path / "again.rkvpakke")
    adviser.press("Write the file …")
    adviser.sees("The same packet was written to again.rkvpakke.")

    adviser.leave()
    assert cleared(parties) == ["Lise Leder", "Mona Mellom", "Nils Nestleder"]
    assert (tmp_path / "again.rkvpakke").read_bytes() == (tmp_path / "request.rkvpakke").read_bytes()


def test_whoever_thinks_better_of_it_has_sent_nothing(adviser: User, parties: Parties, tmp_path: Path) -> None:
    adviser.by_keyboard = True
    adviser.press(REQUEST)
    adviser.write("Cleared by", "Lise Leder")
    adviser.files.answers.append(None)
    adviser.press("Write the file …")
    assert adviser.typed("Cleared by") == "Lise Leder"
    adviser.press("Cancel")
    adviser.sees("No evaluation yet")
    adviser.leave()
    assert cleared(parties) == []


def test_a_copy_for_the_candidate_takes_no_name_and_says_whom_it_is_for(adviser: User) -> None:
    adviser.press("Copy for the candidate …")
    adviser.sees("A copy is for you and the candidate.")
