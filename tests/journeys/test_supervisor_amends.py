# SPDX-License-Identifier: MIT
"""A supervisor amends what was completed, leaves it, takes it back; both are kept, and what follows is told before."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from rkv_app.foundation.errors import UserError
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.view_case import view_case
from support.pages.supervisor import EXAMPLE, SupervisorPages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIRST = "KM990101"
BEFORE, AFTER = "Planla dagen alene.", "Planla dagen sammen med meg."


@pytest.fixture
def supervisor(parties: Parties, sit_down: Callable[[Path | None], User]) -> SupervisorPages:
    """Has rated one aim, and not completed."""
    for party in (ADVISER, SUPERVISOR):
        parties.make_store(party)
    request = parties.request()
    user = sit_down(parties.store(SUPERVISOR))
    user.unlock(PASSPHRASE)
    pages = SupervisorPages(user)
    pages.open_request(request.path, request.code)
    pages.rate(FIRST, "Does it independently")
    pages.tell(FIRST, known_by="I have seen it", example=BEFORE, when="12.1.2026")
    return pages


def _complete(supervisor: SupervisorPages) -> User:
    supervisor.complete("Kari Formann", "Arbeidsleder")
    supervisor.user.sees("The evaluation is completed")
    return supervisor.user


def _amended(supervisor: SupervisorPages) -> User:
    user = supervisor.user
    user.press("Amend …")
    user.write("Why?", "Husket feil")
    user.press("Amend")
    user.sees("Being amended")
    user.write(f"{EXAMPLE} {FIRST}", AFTER)
    user.press("Complete")
    user.sees("Completed, amended")
    return user


def _sides(user: User) -> list[str]:
    dialog = user.app.activeModalWidget()
    assert dialog is not None
    return [one.accessibleName() for one in dialog.findChildren(QLabel) if one.accessibleName()]


def test_both_are_kept_and_can_be_read_side_by_side(
    supervisor: SupervisorPages, parties: Parties, tmp_path: Path
) -> None:
    user = _complete(supervisor)
    user.press("Amend …")
    assert "A request is answered once" not in user.screen()
    user.press("Amend")
    user.sees("This must be filled in.")
    user.press("Cancel")
    _amended(supervisor)
    user.sees("Why: Husket feil")
    user.press("Read number 1")
    assert user.field(f"{EXAMPLE} {FIRST}").toPlainText() == BEFORE
    user.press("Close")
    user.press("Read number 1 beside what stands now")
    user.sees("Different now (1)")
    first, second = (said for said in _sides(user) if EXAMPLE in said)
    assert (first.startswith("1. By Kari Formann"), BEFORE in first) == (True, True)
    assert (second.startswith("2. By Kari Formann"), AFTER in second) == (True, True)
    user.press("Close")
    supervisor.save_answer(tmp_path / "answer.rkvpakke")
    adviser = parties.at(ADVISER)
    (evaluation,) = view_case(adviser, receive_packet(adviser, tmp_path / "answer.rkvpakke").case_id).evaluations
    adviser.close()
    assert evaluation.answers[f"aims/{FIRST}/example"] == AFTER


def test_it_is_told_before_amending_that_a_request_is_answered_once(
    supervisor: SupervisorPages, parties: Parties, tmp_path: Path
) -> None:
    user = _complete(supervisor)
    supervisor.save_answer(tmp_path / "first.rkvpakke")
    user.press("What I am asked")
    user.press(f"See it: {CANDIDATE}")
    user.press("Amend …")
    user.sees("A request is answered once: if Ola Veileder has taken that answer in, another one is refused there.")
    user.press("Cancel")
    _amended(supervisor)
    user.sees("Ask Ola Veileder first for a new request.")
    supervisor.save_answer(tmp_path / "second.rkvpakke")
    adviser = parties.at(ADVISER)
    taken = receive_packet(adviser, tmp_path / "first.rkvpakke")
    with pytest.raises(UserError) as refused:
        receive_packet(adviser, tmp_path / "second.rkvpakke")
    (evaluation,) = view_case(adviser, taken.case_id).evaluations
    adviser.close()
    assert (refused.value.code, evaluation.answers[f"aims/{FIRST}/example"]) == ("RKV-EXC-004", BEFORE)


def test_an_amendment_is_given_up_and_what_was_completed_counts_again(supervisor: SupervisorPages) -> None:
    user = _complete(supervisor)
    user.press("Amend …")
    user.write("Why?", "Husket feil")
    user.press("Amend")
    user.sees("Being amended")
    user.write(f"{EXAMPLE} {FIRST}", AFTER)
    user.press("What I am asked")
    user.sees("Being amended")
    user.press(f"Go on: {CANDIDATE}")
    assert user.field(f"{EXAMPLE} {FIRST}").toPlainText() == AFTER
    user.press("Give up the amendment")
    user.sees("The evaluation is completed")
    assert user.field(f"{EXAMPLE} {FIRST}").toPlainText() == BEFORE
    user.sees("1. By Kari Formann")
    assert "2. By" not in user.screen()


def test_it_is_left_for_a_reason_taken_up_again_and_withdrawn(supervisor: SupervisorPages) -> None:
    user = supervisor.user
    user.press("Leave it unfinished …")
    user.write("Why?", "Praksisen ble avbrutt")
    user.press("Leave it")
    user.sees("Why: Praksisen ble avbrutt")
    user.press("What I am asked")
    user.sees("Left unfinished")
    user.press(f"See it: {CANDIDATE}")
    user.press("Take up again")
    user.sees("Being written")
    _complete(supervisor)
    user.press("Entered in error …")
    user.write("Why?", "Feil person")
    user.press("Mark as entered in error")
    user.sees("The evaluation can be sent to nobody.")
    assert "Save the answer" not in user.screen()
    user.press("What I am asked")
    user.sees("Entered in error")
    # Nothing waits for an answer: the next thing to do is to open what comes next.
    seeing, opening = (user.window.findChild(QPushButton, name) for name in ("answer1Button", "openRequestButton"))
    assert isinstance(seeing, QPushButton)
    assert isinstance(opening, QPushButton)
    assert (seeing.property("kind"), opening.property("kind")) == ("secondary", "primary")
