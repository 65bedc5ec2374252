# SPDX-License-Identifier: MIT
"""A supervisor opens a request with the code, rates aims, is interrupted, completes, and sends the answer back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from rkv_app.crypto.codes import code_words
from rkv_app.domain.evaluations import Rating
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.view_case import view_case
from support.pages.supervisor import EXAMPLE, SupervisorPages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

FIRST, SECOND = "KM990101", "KM990102"
INDEPENDENT, NOT_TRIED, GUIDED = "Does it independently", "Not tried here", "Does it with guidance"


@pytest.fixture
def request_packet(parties: Parties) -> SentRequest:
    for party in (ADVISER, SUPERVISOR):
        parties.make_store(party)
    return parties.request()


@pytest.fixture
def supervisor(
    parties: Parties, request_packet: SentRequest, sit_down: Callable[[Path | None], User]
) -> SupervisorPages:
    user = sit_down(parties.store(SUPERVISOR))
    user.unlock(PASSPHRASE)
    return SupervisorPages(user)


def _answer_everything(supervisor: SupervisorPages) -> None:
    supervisor.rate(FIRST, INDEPENDENT)
    supervisor.tell(FIRST, known_by="I have seen it", example="Planla dagen alene.", when="12.1.2026")
    supervisor.rate(SECOND, NOT_TRIED)


def test_answers_that_completing_will_remove_are_named_before_it_does(
    supervisor: SupervisorPages, request_packet: SentRequest
) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    _answer_everything(supervisor)
    supervisor.rate(FIRST, NOT_TRIED)
    supervisor.user.sees("are removed when you complete")
    supervisor.user.sees(f"• {FIRST}, How do you know?")
    supervisor.rate(FIRST, GUIDED)
    supervisor.user.settle()
    assert "are removed when you complete" not in supervisor.user.screen()


def test_a_request_from_an_adviser_with_other_keys_is_opened_after_the_digits_were_compared(
    parties: Parties, request_packet: SentRequest, sit_down: Callable[[Path | None], User], tmp_path: Path
) -> None:
    (tmp_path / "anew").mkdir()
    before = Parties(tmp_path / "anew")
    before.make_store(ADVISER)
    parties.introduce(SUPERVISOR, before.card(ADVISER))
    user = sit_down(parties.store(SUPERVISOR))
    user.unlock(PASSPHRASE)
    supervisor = SupervisorPages(user)
    supervisor.open_request(request_packet.path, request_packet.code)
    user.sees("Ola Veileder comes with other keys than those you know.")
    user.press("Keep the keys I know")
    user.sees("Code: RKV-EXC-011")
    user.press("Open the request")
    user.press("In person")
    user.press("They read the new digits: replace the keys")
    user.sees(CANDIDATE)
    user.sees(f"{INDEPENDENT}")


def test_the_whole_way_from_the_code_to_the_answer(
    supervisor: SupervisorPages, request_packet: SentRequest, parties: Parties, tmp_path: Path
) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    supervisor.user.sees(CANDIDATE)
    _answer_everything(supervisor)
    supervisor.user.sees("Saved")
    supervisor.complete("Kari Formann", "Arbeidsleder")
    supervisor.user.sees("The evaluation is completed")
    supervisor.save_answer(tmp_path / "answer.rkvpakke")

    adviser = parties.at(ADVISER)
    received = receive_packet(adviser, tmp_path / "answer.rkvpakke")
    ratings = {one.aim.code: one.sources for one in view_case(adviser, received.case_id).coverage}
    adviser.close()
    assert ratings[FIRST][0].rating.rating is Rating.INDEPENDENT
    assert ratings[FIRST][0].rating.example == "Planla dagen alene."
    assert ratings[SECOND][0].rating.rating is Rating.NOT_TRIED


def test_nothing_is_lost_when_the_window_is_closed_in_the_middle_of_a_word(
    supervisor: SupervisorPages,
    request_packet: SentRequest,
    parties: Parties,
    sit_down: Callable[[Path | None], User],
) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    supervisor.rate(FIRST, GUIDED)
    supervisor.user.write(f"{EXAMPLE} {FIRST}", "Fortøyde ski")
    supervisor.user.leave()

    again = SupervisorPages(sit_down(parties.store(SUPERVISOR)))
    again.user.unlock(PASSPHRASE)
    again.user.press(f"Go on: {CANDIDATE}")
    field = again.user.field(f"{EXAMPLE} {FIRST}")
    assert field.toPlainText() == "Fortøyde ski"


def test_a_wrong_code_is_refused_and_changes_nothing(supervisor: SupervisorPages, request_packet: SentRequest) -> None:
    supervisor.open_request(request_packet.path, "11111 22222 33333 44444")
    supervisor.user.sees("Code: RKV-")
    assert CANDIDATE not in supervisor.user.screen()


def test_the_code_may_be_typed_as_words_and_a_misspelt_one_is_told_by_its_place(
    supervisor: SupervisorPages, request_packet: SentRequest
) -> None:
    spoken = list(code_words(request_packet.code))
    supervisor.open_request(request_packet.path, " ".join([*spoken[:4], "qqqq", spoken[5]]))
    supervisor.user.sees("Word 5 is not one of the words that codes are made of.")
    supervisor.user.write("The code", " ".join(spoken[:5]))
    supervisor.user.press("Open the request")
    supervisor.user.sees("Word 6 of the code is missing.")
    supervisor.user.write("The code", " ".join(spoken).upper())
    supervisor.user.press("Open the request")
    supervisor.user.sees(CANDIDATE)


def test_what_is_missing_is_listed_and_one_click_away(supervisor: SupervisorPages, request_packet: SentRequest) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    supervisor.rate(FIRST, INDEPENDENT)
    supervisor.complete("Kari Formann", "Arbeidsleder")
    supervisor.user.sees("missing before you can complete")
    supervisor.user.press("To put right")
    supervisor.user.choose_in_list("Aims and how far they have come", EXAMPLE)
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.accessibleName() == f"{EXAMPLE} {FIRST}"


def test_aims_are_rated_with_the_keyboard_alone(supervisor: SupervisorPages, request_packet: SentRequest) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    supervisor.user.sees("0 of")
    supervisor.user.choose_in_list("Aims and how far they have come", "")
    focused = QApplication.focusWidget()
    assert focused is not None
    supervisor.user.qtbot.keyClick(focused, Qt.Key.Key_1)
    supervisor.user.sees("1 of")


def test_switching_language_keeps_the_page_and_the_words(
    supervisor: SupervisorPages, request_packet: SentRequest
) -> None:
    supervisor.open_request(request_packet.path, request_packet.code)
    supervisor.rate(FIRST, GUIDED)
    supervisor.user.write(f"{EXAMPLE} {FIRST}", "Halvveis i en set")
    supervisor.user.press("Nynorsk")
    supervisor.user.sees("Kva gjer kandidaten hos dykk?")
    field = supervisor.user.field(f"Fortel kort om éin gong … {FIRST}")
    assert field.toPlainText() == "Halvveis i en set"
