# SPDX-License-Identifier: MIT
"""Ask a supervisor without the app: the request is put on record here, and what leaves is a form to fill in.

The request is sealed to ourselves alone. It tells what was asked when the form comes back.
"""

from dataclasses import dataclass
from pathlib import Path

from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.fillable_form import make_fillable_form
from rkv_app.usecases.open_requests import is_open
from rkv_app.usecases.packet_files import built_packet, read_on_record
from rkv_app.usecases.request_evaluation import begin_collecting, request_draft
from rkv_app.usecases.sending import record_of, record_packet
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FormToFill:
    """A form that lies ready, and the request it belongs to."""

    path: Path
    message_id: str
    on_paper: bool


def ask_on_form(
    ws: Workspace, placement_id: str, target: Path, *, on_paper: bool = False, cleared_by: str = ""
) -> FormToFill:
    """Writes a form to fill in about a placement, in the language of the workspace; `target` must be new.

    The form is of the last request about the placement, as long as that waits for its answer and asks for what is
    asked now. Otherwise a request is put on record with it: both or neither. `cleared_by` says who cleared asking about
    a shielded candidate.

    Raises:
        UserError: RKV-CAS-001 no such placement; RKV-CAS-003 no such curriculum; RKV-CAS-008 shielded and not cleared;
            RKV-CAS-009 it has no aims; RKV-FRM-005 the form is not as it was; RKV-SYS-001 to -003 the file cannot be
            written.
    """
    case, request, draft = request_draft(ws, placement_id, cleared_by=cleared_by)
    waiting = _waiting(ws, request)
    if waiting:
        path = make_fillable_form(ws, waiting, target, on_paper=on_paper, cleared_by=cleared_by)
        return FormToFill(path, waiting, on_paper)
    at = ws.clock.now()
    with built_packet(ws, draft, [], at) as built, ws.store.transaction():
        record_packet(ws, record_of(draft, built, request.placement.workplace.name, case.id, at), built)
        # Who cleared it is put on record with the form, as for every further one.
        begin_collecting(ws, case)
        path = make_fillable_form(ws, built.message_id, target, on_paper=on_paper, cleared_by=cleared_by)
        return FormToFill(path, built.message_id, on_paper)


def _waiting(ws: Workspace, request: EvaluationRequest) -> str:
    """The id of the last open request that asks the same of the same placement; empty where there is none."""
    today = local_date(ws.clock.now())
    for record in reversed(ws.store.exchange.for_case(request.placement.case_id)):
        if not is_open(record):
            continue
        sent = read_on_record(ws, record.message_id)
        asked = sent.content
        if not isinstance(asked, EvaluationRequest) or asked.placement.id != request.placement.id:
            continue
        same = (asked.form, asked.curriculum_changed) == (request.form, request.curriculum_changed)
        in_time = sent.expires is None or today <= sent.expires
        return record.message_id if same and in_time else ""
    return ""
