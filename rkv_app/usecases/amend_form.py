# SPDX-License-Identifier: MIT
"""Amend what was completed, for a reason: the revision before is kept, and counts until the amendment is completed."""

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.response_states import ResponseStep, after, without_amendment
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.workspace import Workspace


def amend_form(ws: Workspace, response_id: str, reason: str) -> None:
    """Lets completed answers be written in again.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-030 they are not completed; RKV-FRM-031 no reason.
    """
    response = response_of(ws, response_id)
    after(response.state, ResponseStep.AMEND, reason)
    ws.store.responses.set_state(response_id, EvaluationState.IN_PROGRESS, ws.clock.now(), reason.strip())


def give_up_amendment(ws: Workspace, response_id: str) -> None:
    """Puts the last revision back in the place of an amendment that is being written.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-051 no amendment is being written.
    """
    response = response_of(ws, response_id)
    state = without_amendment(response.state, response.revisions)
    ws.store.responses.go_back(response_id, state, ws.clock.now())
