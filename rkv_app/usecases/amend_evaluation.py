# SPDX-License-Identifier: MIT
"""Amend, leave or take back an evaluation, for a reason. What was attested to is kept beside what follows it."""

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.people import Role
from rkv_app.domain.response_states import ResponseStep, after, without_amendment
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace


def amend_evaluation(ws: Workspace, message_id: str, reason: str) -> None:
    """Lets a completed evaluation be written in again; it has to be attested to anew.

    Raises:
        UserError: RKV-CAS-012 no such request; RKV-FRM-030 it is not completed; RKV-FRM-031 no reason.
    """
    evaluation = _evaluation(ws, message_id)
    after(evaluation.state, ResponseStep.AMEND, reason)
    ws.store.evaluations.amend(evaluation.id, reason.strip(), ws.clock.now())


def give_up_evaluation_amendment(ws: Workspace, message_id: str) -> None:
    """Puts what was attested to last back in the place of an amendment that is being written.

    Raises:
        UserError: RKV-CAS-012; RKV-FRM-051 no amendment is being written.
    """
    evaluation = _evaluation(ws, message_id)
    state = without_amendment(evaluation.state, ws.store.evaluations.revisions(evaluation.id))
    ws.store.evaluations.go_back(evaluation.id, state, ws.clock.now())


def stop_evaluation(ws: Workspace, message_id: str, reason: str) -> None:
    """Leaves an evaluation that will not be completed. Raises as `amend_evaluation`."""
    _step(ws, message_id, ResponseStep.STOP, reason)


def resume_evaluation(ws: Workspace, message_id: str) -> None:
    """Takes up an evaluation that was left. Raises as `amend_evaluation`."""
    _step(ws, message_id, ResponseStep.RESUME)


def withdraw_evaluation(ws: Workspace, message_id: str, reason: str) -> None:
    """Marks an evaluation as entered in error: it is sent to nobody any more. Raises as `amend_evaluation`."""
    _step(ws, message_id, ResponseStep.WITHDRAW, reason)


def _evaluation(ws: Workspace, message_id: str) -> Evaluation:
    ws.require(Role.SUPERVISOR)
    return view_request(ws, message_id).evaluation


def _step(ws: Workspace, message_id: str, step: ResponseStep, reason: str = "") -> None:
    evaluation = _evaluation(ws, message_id)
    state = after(evaluation.state, step, reason)
    ws.store.evaluations.set_state(evaluation.id, state, evaluation.attestation, ws.clock.now(), reason.strip())
