# SPDX-License-Identifier: MIT
"""Keep one answer to a form on a case, the moment it is given."""

from rkv_app.forms.validation import check_value, check_writable
from rkv_app.usecases.form_responses import open_response
from rkv_app.usecases.workspace import Workspace


def save_form_answer(ws: Workspace, response_id: str, item: str, value: object) -> None:
    """Stores one answer; None takes it away.

    Args:
        ws: the adviser's.
        response_id: which response.
        item: item path, see `FormResponse.answers`.
        value: a JSON value that fits the item.

    Raises:
        UserError: RKV-FRM-046, RKV-FRM-047; RKV-FRM-010, RKV-FRM-011 the value does not fit the form; RKV-FRM-027 the
            program finds the answer itself; RKV-FRM-004, RKV-FRM-005 the form is not here as it was.
    """
    response = open_response(ws, response_id)
    form = ws.forms.pinned(response.form)
    check_writable(form, item, response.aims)
    check_value(form, item, value, response.aims)
    ws.store.responses.save_answer(response_id, item, value, ws.clock.now())
