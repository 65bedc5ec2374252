# SPDX-License-Identifier: MIT
"""All that a supervisor attested to is found again, what counts now among it, and whether it was sent."""

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.usecases.amend_evaluation import amend_evaluation, give_up_evaluation_amendment, withdraw_evaluation
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.evaluation_history import EvaluationHistory, evaluation_history
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.view_requests import list_requests, view_request
from support.desks import NOW, Desks


def _history(desks: Desks, message_id: str) -> EvaluationHistory:
    view = view_request(desks.supervisor, message_id)
    return evaluation_history(desks.supervisor, view.incoming, view.evaluation)


def test_each_number_stands_once_with_its_own_reason(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.opened_request(desks.request(placement_id))
    assert _history(desks, message_id) == EvaluationHistory()
    complete_evaluation(desks.supervisor, message_id, "Kari Formann", "")
    assert [(one.number, one.reason) for one in _history(desks, message_id).completed] == [(1, "")]
    amend_evaluation(desks.supervisor, message_id, "Husket feil")
    give_up_evaluation_amendment(desks.supervisor, message_id)
    assert [(one.number, one.reason) for one in _history(desks, message_id).completed] == [(1, "")]
    amend_evaluation(desks.supervisor, message_id, "Feil dag")
    assert [one.number for one in _history(desks, message_id).completed] == [1]
    assert [(one.state, one.being_amended) for one in list_requests(desks.supervisor).requests] == [
        (EvaluationState.IN_PROGRESS, True)
    ]
    evaluation = view_request(desks.supervisor, message_id).evaluation
    save_answer(desks.supervisor, evaluation.id, f"aims/{evaluation.aims[0].code}/example", "Rettet eksempel")
    complete_evaluation(desks.supervisor, message_id, "Kari Formann", "")
    withdraw_evaluation(desks.supervisor, message_id, "Feil person")
    history = _history(desks, message_id)
    assert [one.number for one in history.completed] == [2, 1]
    assert history.reason == "Feil person"


def test_only_an_answer_to_this_very_request_counts_as_sent(desks: Desks) -> None:
    _, placement_id = desks.case()
    first, second = (desks.completed(desks.request(placement_id, name)) for name in ("one", "two"))
    assert _history(desks, first).sent_at is None
    send_evaluation(desks.supervisor, second, desks.folder / "answer.rkvpakke")
    assert (_history(desks, first).sent_at, _history(desks, second).sent_at) == (None, NOW)


def test_what_is_amended_after_it_was_sent_is_another_answer_also_within_the_same_second(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.completed(desks.request(placement_id))
    send_evaluation(desks.supervisor, message_id, desks.folder / "answer.rkvpakke")
    assert not _history(desks, message_id).sent_before_amended
    amend_evaluation(desks.supervisor, message_id, "Husket feil")
    evaluation = view_request(desks.supervisor, message_id).evaluation
    save_answer(desks.supervisor, evaluation.id, f"aims/{evaluation.aims[0].code}/example", "Rettet eksempel")
    complete_evaluation(desks.supervisor, message_id, "Kari Formann", "")
    assert _history(desks, message_id).sent_before_amended
