# SPDX-License-Identifier: MIT
"""What a supervisor attests to is what counts, and it stands."""

import pytest

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.view_requests import view_request
from support.desks import NOW, Desks


def test_answers_to_questions_no_longer_asked_are_dropped_when_completing(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.opened_request(desks.request(placement_id))
    evaluation = view_request(desks.supervisor, message_id).evaluation
    second = evaluation.aims[1].code
    hidden = f"aims/{second}/example"
    save_answer(desks.supervisor, evaluation.id, hidden, "Skrevet før svaret ble endret.")
    complete_evaluation(desks.supervisor, message_id, "Kari Formann", "")
    answers = view_request(desks.supervisor, message_id).evaluation.answers
    assert hidden not in answers
    assert answers[f"aims/{second}/rating"] == "not_tried"
    assert set(answers) == set(evaluation.answers)


def test_a_completed_evaluation_cannot_be_changed_or_completed_again(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.completed(desks.request(placement_id))
    before = view_request(desks.supervisor, message_id).evaluation
    assert before.state is EvaluationState.COMPLETED
    assert before.attestation is not None
    assert (before.attestation.at, before.attestation.statement != "") == (NOW, True)
    with pytest.raises(UserError) as caught:
        save_answer(desks.supervisor, before.id, f"aims/{before.aims[0].code}/rating", "guided")
    assert caught.value.code == "RKV-CAS-010"
    with pytest.raises(UserError) as caught:
        complete_evaluation(desks.supervisor, message_id, "Somebody Else", "")
    assert caught.value.code == "RKV-CAS-010"
    assert view_request(desks.supervisor, message_id).evaluation == before


def test_an_evaluation_with_something_missing_stays_open(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    message_id = receive_packet(desks.supervisor, request.path, request.code).message_id
    with pytest.raises(UserError) as caught:
        complete_evaluation(desks.supervisor, message_id, "Kari Formann", "")
    assert (caught.value.code, caught.value.status) == ("RKV-CAS-005", ExitStatus.NO)
    assert view_request(desks.supervisor, message_id).evaluation.state is EvaluationState.IN_PROGRESS
    with pytest.raises(UserError) as caught:
        send_evaluation(desks.supervisor, message_id, desks.folder / "evaluation.rkvpakke")
    assert caught.value.code == "RKV-CAS-011"


def test_nobody_completes_without_a_name(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.opened_request(desks.request(placement_id))
    with pytest.raises(UserError) as caught:
        complete_evaluation(desks.supervisor, message_id, " ", "")
    assert caught.value.code == "RKV-CAS-002"
