# SPDX-License-Identifier: MIT
"""Begin to answer a form on a case."""

from rkv_app.domain.people import Role
from rkv_app.domain.responses import FormResponse
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.case_aims import aims_of_case
from rkv_app.usecases.prefill_form import prefilled
from rkv_app.usecases.request_evaluation import EVALUATION_FORM
from rkv_app.usecases.workspace import Workspace


def start_form(ws: Workspace, case_id: str, form_id: str, language: str = "") -> FormResponse:
    """Begins the newest version of a form, bound to its id, version and digest, with what the case knows filled in.

    Args:
        ws: the adviser's.
        case_id: whose case.
        form_id: which form.
        language: BCP 47 tag of the language to answer in; that of the workspace where it is empty.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-FRM-004 no such form; RKV-FRM-050 it is not one to begin on a case;
            RKV-CAS-003 it asks about aims, and a curriculum of the case is not here.
    """
    ws.require(Role.ADVISER)
    case = existing_case(ws, case_id)
    form = ws.forms.newest(form_id)
    if form.anonymous or form_id == EVALUATION_FORM:
        raise UserError(
            "RKV-FRM-050",
            message("This form does not belong on a case."),
            message(
                "Nothing was changed. Anonymous forms are answered on a page of their own, and evaluations are "
                "asked for from a placement."
            ),
        )
    now = ws.clock.now()
    response = FormResponse(
        id=new_id(),
        case_id=case_id,
        form=ws.forms.pin_of(form),
        aims=aims_of_case(ws, case) if form.matrices() else (),
        language=language or ws.language,
        answers=prefilled(ws, form, case_id),
        made=now,
        changed=now,
    )
    ws.store.responses.add(response)
    return response
