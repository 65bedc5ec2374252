# SPDX-License-Identifier: MIT
"""Keep one answer, the moment it is given."""

from rkv_app.domain.carried import carried_path
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.moves import answered_aims
from rkv_app.domain.response_states import can_be_written
from rkv_app.forms.validation import check_value, check_writable
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.view_requests import no_such_request
from rkv_app.usecases.workspace import Workspace


def save_answer(ws: Workspace, evaluation_id: str, item: str, value: object) -> None:
    """Stores one answer; None takes it away, and with the last answer about an aim goes the mark that it was carried.

    Args:
        ws: the supervisor's.
        evaluation_id: which evaluation.
        item: item path, see `Evaluation.answers`.
        value: a JSON value that fits the item.

    Raises:
        UserError: RKV-CAS-010 the evaluation is completed; RKV-CAS-012 there is none;
            RKV-FRM-010, RKV-FRM-011 the value does not fit the form; RKV-FRM-027 the program finds the answer itself.
    """
    evaluation = open_evaluation(ws, evaluation_id)
    form = ws.forms.pinned(evaluation.form)
    check_writable(form, item, evaluation.aims)
    check_value(form, item, value, evaluation.aims)
    at = ws.clock.now()
    mark = _mark_left_alone(evaluation, item) if value is None else ""
    if not mark:
        ws.store.evaluations.save_answer(evaluation_id, item, value, at)
        return
    with ws.store.transaction():
        ws.store.evaluations.save_answer(evaluation_id, item, None, at)
        ws.store.evaluations.save_answer(evaluation_id, mark, None, at)


def _mark_left_alone(evaluation: Evaluation, item: str) -> str:
    """The path of the mark that nothing is left to say of when the answer `item` is taken away; empty for none."""
    if "/" not in item:
        return ""
    aim = item.split("/")[1]
    mark = carried_path(aim)
    left = {path: value for path, value in evaluation.answers.items() if path != item}
    return mark if mark in evaluation.answers and aim not in answered_aims(left) else ""


def open_evaluation(ws: Workspace, evaluation_id: str) -> Evaluation:
    """Returns an evaluation that may still be written in.

    Raises:
        UserError: RKV-CAS-010 it is completed; RKV-CAS-012 there is none.
    """
    evaluation = ws.store.evaluations.get(evaluation_id)
    if evaluation is None:
        raise no_such_request()
    if not can_be_written(evaluation.state):
        raise UserError(
            "RKV-CAS-010",
            message("This evaluation is completed and cannot be changed."),
            message("Nothing was changed. Amend it first, if something in it is wrong."),
        )
    return evaluation
