# SPDX-License-Identifier: MIT
"""A supervisor copies answers: to the same text in the same curriculum, and to a newer request. Never by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rkv_app.domain.carried import marks
from rkv_app.usecases.create_case import NewCase, create_case
from rkv_app.usecases.import_curriculum import import_practice_curriculum
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.view_requests import view_request
from support.curricula import NEW_WORDS, REWORDED, WITHDRAWN, newer, practice
from support.pages.supervisor import EXAMPLE, RATE, SupervisorPages
from support.pages.window import User
from support.parties import ADVISER, CANDIDATE, SUPERVISOR, Parties
from support.store_samples import PASSPHRASE

# The platform without a screen says this of every window.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

TWIN, OTHER_TWIN, FIRST = "KM990008", "KM990014", "KM990101"
COPY_HERE = f"Copy the answer from {TWIN}, which has the same text"
COPY_THERE = f"Copy this answer to {OTHER_TWIN}, which has the same text"


@dataclass(frozen=True)
class TwoRequests:
    """Two requests about one placement, the second on a newer version of the curriculum."""

    older: str
    newer: str


def _about_modules(parties: Parties) -> SentRequest:
    adviser = parties.at(ADVISER)
    try:
        import_practice_curriculum(adviser)
        given, family = CANDIDATE.split()
        case_id = create_case(
            adviser,
            NewCase(given_name=given, family_name=family, birth_date=parties.born, national_number="", shielded=False,
                    wanted="Moduler i luftskipsstellerfaget", curriculum_code="XXP05-01"),
        )  # fmt: skip
        return request_evaluation(adviser, parties.placement(adviser, case_id), parties.folder / "modules.rkvpakke")
    finally:
        adviser.close()


@pytest.fixture
def supervisor_store(parties: Parties) -> Path:
    parties.make_store(ADVISER)
    return parties.make_store(SUPERVISOR)


@pytest.fixture
def two_requests(parties: Parties, supervisor_store: Path) -> TwoRequests:
    """The supervisor has answered three aims of the older one."""
    first = parties.request()
    adviser, supervisor = parties.at(ADVISER), parties.at(SUPERVISOR)
    try:
        older = receive_packet(supervisor, first.path, first.code).message_id
        evaluation = view_request(supervisor, older).evaluation
        for aim in (FIRST, REWORDED, WITHDRAWN):
            save_answer(supervisor, evaluation.id, f"aims/{aim}/rating", "guided")
            save_answer(supervisor, evaluation.id, f"aims/{aim}/example", f"Gjorde {aim}.")
        adviser.store.curricula.put([newer(practice("XXP03-01"))])
        second = request_evaluation(adviser, evaluation.placement_id, parties.folder / "newer.rkvpakke")
        return TwoRequests(older, receive_packet(supervisor, second.path, second.code).message_id)
    finally:
        adviser.close()
        supervisor.close()


def test_the_same_text_is_copied_when_asked_for_and_says_so(
    parties: Parties, supervisor_store: Path, sit_down: Callable[[Path | None], User]
) -> None:
    packet = _about_modules(parties)
    user = sit_down(supervisor_store)
    user.unlock(PASSPHRASE)
    supervisor = SupervisorPages(user)
    supervisor.open_request(packet.path, packet.code)
    user.sees(CANDIDATE)
    assert COPY_HERE not in user.screen()
    supervisor.rate(TWIN, "Does it with guidance")
    user.write(f"{EXAMPLE} {TWIN}", "Brukte rette ord.")
    user.sees(COPY_HERE)
    assert not user.is_chosen(f"Does it with guidance. {RATE} {OTHER_TWIN}")

    user.press(COPY_THERE)
    user.sees("1 answer was copied. Read it through")
    user.sees(f"Copied from {TWIN} in XXP05-01 by {SUPERVISOR.name}")
    assert user.is_chosen(f"Does it with guidance. {RATE} {OTHER_TWIN}")
    assert user.field(f"{EXAMPLE} {OTHER_TWIN}").toPlainText() == "Brukte rette ord."
    assert COPY_HERE not in user.screen()

    user.press(f"Clear the answer for {OTHER_TWIN}")
    user.sees(COPY_HERE)
    assert f"Copied from {TWIN}" not in user.screen()


def test_answers_go_to_a_newer_request_after_the_report_was_read(
    parties: Parties, supervisor_store: Path, two_requests: TwoRequests, sit_down: Callable[[Path | None], User]
) -> None:
    user = sit_down(supervisor_store)
    user.unlock(PASSPHRASE)
    user.press_first("Go on")
    user.sees("A newer request about the same placement has come")
    user.sees("Of your answers here, 1 can be copied there as they are, 1 have another text there, and 1 have no")
    user.press("Go to the newer request")
    user.sees("You have answered about the same placement before")
    user.press("See what can be copied …")
    user.sees("Has no place here, and stays where it is (1)")
    said = user.screen()
    assert "The text is the same (1)" in said
    assert "The text is another one now: read both (1)" in said
    assert NEW_WORDS in said
    user.press("Copy what is chosen")
    user.sees("1 answer was copied.")

    user.press("See what can be copied …")
    user.press("Choose all")
    user.press("Copy what is chosen")
    user.sees("The answer was given for this text")

    user.leave()
    workspace = parties.at(SUPERVISOR)
    older = view_request(workspace, two_requests.older).evaluation
    younger = view_request(workspace, two_requests.newer).evaluation
    workspace.close()
    assert set(marks(younger.answers)) == {FIRST, REWORDED}
    assert older.answers[f"aims/{WITHDRAWN}/example"] == f"Gjorde {WITHDRAWN}."
