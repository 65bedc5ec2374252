# SPDX-License-Identifier: MIT
"""What comes in is taken once, from the right sender, for the right question, or not at all."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rkv_app.domain.cases import CaseState
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.transcribed import TRANSCRIBED, Transcribed, Way, transcribed_value
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.packets import build
from rkv_app.packets.build import Draft
from rkv_app.packets.opening import open_packet
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_queue import list_queue
from rkv_app.usecases.view_requests import list_requests
from support.desks import Desks, snapshot


def with_other_aims(draft: Draft) -> Draft:
    assert isinstance(draft.content, Evaluation)
    first, *others = draft.content.aims
    changed = (replace(first, text=first.text + " på en helt annen måte"), *others)
    return replace(draft, content=replace(draft.content, aims=changed))


def with_example_added(draft: Draft) -> Draft:
    assert isinstance(draft.content, Evaluation)
    return replace(
        draft, content=replace(draft.content, answers={**draft.content.answers, "conduct_strengths": "Noe annet."})
    )


def with_unknown_answer(draft: Draft) -> Draft:
    assert isinstance(draft.content, Evaluation)
    return replace(draft, content=replace(draft.content, answers={**draft.content.answers, "godkjent_av_fylket": "ja"}))


def with_mark_of_a_returned_form(draft: Draft) -> Draft:
    """Signed in the app, and said to be put in by somebody else from a form that nobody signed."""
    assert isinstance(draft.content, Evaluation)
    at = datetime(2026, 1, 20, tzinfo=UTC)
    mark = Transcribed(by="Noen andre", at=at, way=Way.FIELDS, sha256="00" * 32)
    answers = {**draft.content.answers, TRANSCRIBED: transcribed_value(mark)}
    return replace(draft, content=replace(draft.content, answers=answers))


def with_id(draft: Draft, evaluation_id: str) -> Draft:
    assert isinstance(draft.content, Evaluation)
    return replace(draft, content=replace(draft.content, id=evaluation_id))


def test_a_request_received_twice_is_one_request(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    desks.opened_request(request)
    before = list_requests(desks.supervisor)
    with pytest.raises(UserError) as caught:
        receive_packet(desks.supervisor, request.path, request.code)
    assert (caught.value.code, caught.value.status) == ("RKV-EXC-007", ExitStatus.NO)
    assert list_requests(desks.supervisor) == before
    assert before.total == 1


def test_an_evaluation_received_twice_is_one_evaluation(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    receive_packet(desks.adviser, reply)
    before = snapshot(desks.adviser, case_id)
    refused(desks, reply, "RKV-EXC-007", ExitStatus.NO)
    assert snapshot(desks.adviser, case_id) == before


def test_an_application_received_twice_is_one_place_in_the_queue(desks: Desks) -> None:
    application = desks.apply(desks.documented_case())
    desks.introduce_adviser()
    receive_packet(desks.intake, application.path)
    before = list_queue(desks.intake)
    with pytest.raises(UserError) as caught:
        receive_packet(desks.intake, application.path)
    assert (caught.value.code, caught.value.status) == ("RKV-EXC-007", ExitStatus.NO)
    assert list_queue(desks.intake) == before
    assert before.total == 1


def test_a_receipt_received_twice_moves_the_case_once(desks: Desks) -> None:
    case_id = desks.documented_case()
    receipt = desks.acknowledged(desks.apply(case_id))
    receive_packet(desks.adviser, receipt)
    before = snapshot(desks.adviser, case_id)
    refused(desks, receipt, "RKV-EXC-007", ExitStatus.NO)
    assert snapshot(desks.adviser, case_id) == before
    assert desks.state_of(case_id) is CaseState.RECEIVED


def test_the_same_number_with_other_content_is_an_alarm(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    message_id = receive_packet(desks.adviser, reply).message_id
    before = snapshot(desks.adviser, case_id)
    monkeypatch.setattr(build, "new_id", lambda: message_id)
    forged = desks.forged_reply(reply, with_example_added)
    assert open_packet(forged.read_bytes(), desks.adviser.identity).message_id == message_id
    refused(desks, forged, "RKV-EXC-001", ExitStatus.DAMAGED)
    assert snapshot(desks.adviser, case_id) == before


def test_a_reply_mark_opens_the_door_once(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    receive_packet(desks.adviser, reply)
    before = snapshot(desks.adviser, case_id)
    refused(desks, desks.forged_reply(reply, with_example_added), "RKV-EXC-004")
    assert snapshot(desks.adviser, case_id) == before


def test_a_guessed_reply_mark_is_refused(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    before = snapshot(desks.adviser, case_id)
    guessed = desks.forged_reply(reply, lambda draft: replace(draft, reply_token="00" * 32))
    refused(desks, guessed, "RKV-EXC-004")
    assert snapshot(desks.adviser, case_id) == before


@pytest.mark.parametrize("change", [with_other_aims, with_unknown_answer, with_mark_of_a_returned_form])
def test_a_reply_to_something_else_than_was_asked_is_refused_and_the_request_stays_open(
    desks: Desks, change: Callable[[Draft], Draft]
) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    before = snapshot(desks.adviser, case_id)
    refused(desks, desks.forged_reply(reply, change), "RKV-EXC-009", ExitStatus.DAMAGED)
    assert snapshot(desks.adviser, case_id) == before
    receive_packet(desks.adviser, reply)
    assert len(view_case(desks.adviser, case_id).evaluations) == 1


def test_a_reply_under_the_name_of_an_evaluation_that_is_here_is_refused(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    first = desks.reply(desks.request(placement_id))
    received = receive_packet(desks.adviser, first)
    taken = view_case(desks.adviser, case_id).evaluations[0].id
    second = desks.reply(desks.request(placement_id, "request-2"), "evaluation-2")
    before = snapshot(desks.adviser, case_id)
    refused(desks, desks.forged_reply(second, lambda draft: with_id(draft, taken)), "RKV-EXC-009", ExitStatus.DAMAGED)
    assert snapshot(desks.adviser, case_id) == before
    assert receive_packet(desks.adviser, second).message_id != received.message_id
    assert len(view_case(desks.adviser, case_id).evaluations) == 2


def test_a_reply_to_nothing_that_was_sent_is_refused(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    reply = desks.reply(desks.request(placement_id))
    before = snapshot(desks.adviser, case_id)
    stray = desks.forged_reply(reply, lambda draft: replace(draft, answers=draft.conversation_id))
    refused(desks, stray, "RKV-EXC-003")
    assert snapshot(desks.adviser, case_id) == before


def test_a_receipt_for_another_application_does_not_move_the_case(desks: Desks) -> None:
    case_id = desks.documented_case()
    application = desks.apply(case_id)
    before = snapshot(desks.adviser, case_id)
    refused(desks, desks.forged_receipt(application, "0" * 64), "RKV-EXC-008", ExitStatus.DAMAGED)
    assert snapshot(desks.adviser, case_id) == before
    assert desks.state_of(case_id) is CaseState.SENT


def test_an_application_from_somebody_unknown_does_not_get_into_the_queue(desks: Desks) -> None:
    application = desks.apply(desks.documented_case())
    with pytest.raises(UserError) as caught:
        receive_packet(desks.intake, application.path)
    assert (caught.value.code, caught.value.status) == ("RKV-EXC-002", ExitStatus.NO)
    assert list_queue(desks.intake).applications == ()
    assert desks.intake.store.exchange.find(application.message_id) is None


def test_a_packet_for_another_workspace_is_refused(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    with pytest.raises(UserError) as caught:
        receive_packet(desks.intake, request.path, request.code)
    assert caught.value.code == "RKV-EXC-005"
    assert desks.intake.store.exchange.find(request.message_id) is None


def test_a_supervisor_is_asked_for_the_code(desks: Desks) -> None:
    _, placement_id = desks.case()
    with pytest.raises(UserError) as caught:
        receive_packet(desks.supervisor, desks.request(placement_id).path)
    assert (caught.value.code, caught.value.status) == ("RKV-EXC-006", ExitStatus.LOCKED)
    assert list_requests(desks.supervisor).requests == ()


def refused(desks: Desks, path: Path, code: str, status: ExitStatus = ExitStatus.REFUSED) -> None:
    """The adviser's store refuses the packet, and the file is left as it is."""
    data = path.read_bytes()
    with pytest.raises(UserError) as caught:
        receive_packet(desks.adviser, path)
    assert (caught.value.code, caught.value.status) == (code, status)
    assert path.read_bytes() == data
