# SPDX-License-Identifier: MIT
"""Leave a form unfinished, take it up again, or mark answers as entered in error. Nothing is deleted."""

from rkv_app.domain.response_states import ResponseStep, after
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.workspace import Workspace


def stop_form(ws: Workspace, response_id: str, reason: str) -> None:
    """Leaves answers that will not be completed.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-030 they are not being written; RKV-FRM-031 no reason; RKV-FRM-052 they are
            being amended.
    """
    if response_of(ws, response_id).is_being_amended:
        raise UserError(
            "RKV-FRM-052",
            message("An amendment cannot be left half done."),
            message("Nothing was changed. Complete it, or give it up: then the answers are as they were before."),
        )
    _step(ws, response_id, ResponseStep.STOP, reason)


def resume_form(ws: Workspace, response_id: str) -> None:
    """Takes answers up again that were left.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-030 they were not left.
    """
    _step(ws, response_id, ResponseStep.RESUME)


def withdraw_form(ws: Workspace, response_id: str, reason: str) -> None:
    """Marks answers as entered in error; they can still be read, and are found by no search.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-030 they are marked already; RKV-FRM-031 no reason.
    """
    _step(ws, response_id, ResponseStep.WITHDRAW, reason)


def _step(ws: Workspace, response_id: str, step: ResponseStep, reason: str = "") -> None:
    state = after(response_of(ws, response_id).state, step, reason)
    ws.store.responses.set_state(response_id, state, ws.clock.now(), reason.strip())
