# SPDX-License-Identifier: MIT
"""Look at a form that came back before anything is taken in: what it is, whom it concerns, and what it says.

Where nothing in the file says which request it belongs to, a person says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.placements import Placement
from rkv_app.forms.model import Form
from rkv_app.forms.parts import Label
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.clearance import candidate_of
from rkv_app.usecases.fillable_form import check_returned_form
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.given_out import given_out
from rkv_app.usecases.packet_files import request_on_record
from rkv_app.usecases.read_returned_form import ReturnedForm
from rkv_app.usecases.workspace import Workspace

_NOT_OURS = frozenset({Verdict.OTHER_REQUEST, Verdict.NO_CASE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Concerned:
    """Whom a request of ours, or a form that was given out, concerns, and what was asked where.

    Attributes:
        placement: None for a form that was given out.
        sent: when it was asked; None for a form that was given out.
        title: of the form that was given out.
    """

    case_id: str
    candidate_name: str
    placement: Placement | None = None
    sent: datetime | None = None
    title: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedForm:
    """A form that came back, with what is made of it.

    Attributes:
        concerned: None where the request is not ours, or there is none.
        form: what the answers are on; None where there are none to show.
        today: the day the answers were checked on.
    """

    found: ReturnedForm
    concerned: Concerned | None
    form: Form | None
    today: date


def look_at_returned_form(ws: Workspace, path: Path) -> JudgedForm:
    """Reads a file that came back, PDF or picture, and tells what it is. Nothing is changed.

    Raises:
        UserError: as `check_returned_form`.
    """
    return _view(ws, check_returned_form(ws, path))


def _view(ws: Workspace, found: ReturnedForm) -> JudgedForm:
    shown = found.asked is not None and (found.answers or found.problems)
    return JudgedForm(
        found=found,
        concerned=None if found.verdict in _NOT_OURS else _concerned(ws, found.request_id),
        form=ws.forms.pinned(found.asked.form) if found.asked is not None and shown else None,
        today=local_date(ws.clock.now()),
    )


def _concerned(ws: Workspace, message_id: str) -> Concerned:
    given = given_out(ws, message_id)
    if given is not None:
        response = response_of(ws, given.response_id)
        candidate = candidate_of(ws, existing_case(ws, response.case_id))
        title = ws.forms.pinned(response.form).title
        return Concerned(case_id=response.case_id, candidate_name=candidate.name, title=title)
    record, request = ws.store.exchange.find(message_id), request_on_record(ws, message_id)
    if record is None:
        raise LookupError("a request packet without a record")
    return Concerned(
        case_id=record.case_id,
        candidate_name=request.candidate_name,
        placement=request.placement,
        sent=record.at,
    )
