# SPDX-License-Identifier: MIT
"""Give a supervisor without the app a form to fill in, and see what came back of it in the store that asked."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

from rkv_app.documents.fillable import Bound, render_fillable, render_paper_form
from rkv_app.documents.returned.verdicts import READ, Verdict
from rkv_app.domain.carried import given as without_marks
from rkv_app.domain.people import Role
from rkv_app.domain.response_states import can_be_written
from rkv_app.forms.validation import check
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.clearance import candidate_of, clearance_on_record, require_clearance
from rkv_app.usecases.given_out import GivenOut, given_out, overlaid
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.packet_files import request_on_record
from rkv_app.usecases.read_returned_form import ReturnedForm, read_returned
from rkv_app.usecases.returned_drafts import sent_request
from rkv_app.usecases.view_requests import no_such_request
from rkv_app.usecases.workspace import Workspace

_WITH_FIELDS = frozenset({Verdict.COMPLETE, Verdict.HALF_FILLED, Verdict.EMPTY, Verdict.NEWER_FORM})


def make_fillable_form(
    ws: Workspace, message_id: str, target: Path, *, on_paper: bool = False, cleared_by: str = ""
) -> Path:
    """Writes the form of a request that was sent, to be filled in in a PDF reader or on paper; `target` must be new.

    The form of a request is the same file whenever it is made in the same language by the same version of the app.
    `cleared_by` says who cleared it for a shielded candidate; it goes on the case's history.

    Raises:
        UserError: RKV-CAS-008 shielded and not cleared; RKV-CAS-012 no such request was sent from here;
            RKV-FRM-005 its form is not as it was; RKV-SYS-001 to -003 the file cannot be written.
    """
    ws.require(Role.ADVISER)
    ours = sent_request(ws, message_id)
    if ours is None:
        raise no_such_request()
    case = ws.store.cases.get(ours.case_id)
    if case is not None:
        require_clearance(candidate_of(ws, case), cleared_by)
    request = request_on_record(ws, message_id)
    bound = Bound(request_id=message_id, key=ours.reply_token.encode())
    render = render_paper_form if on_paper else render_fillable
    made = render(request, ws.forms.pinned(request.form), ws.party, bound, words=ws.words, at=ours.at)
    on_record = clearance_on_record(ws, case, "form_to_fill_in", cleared_by, target) if case else nullcontext()
    with on_record:
        write_atomically(target, made)
    return target


def check_returned_form(ws: Workspace, path: Path) -> ReturnedForm:
    """Reads a form that came back, as `read_returned_form`, and says besides whether the request is ours and open.

    Nothing is changed, and nothing is taken in.

    Raises:
        UserError: as `read_returned_form`.
    """
    ws.require(Role.ADVISER)
    return judge_returned(ws, read_incoming(path))


def judge_returned(ws: Workspace, data: bytes) -> ReturnedForm:
    """Judges the content of a file that came back, see `check_returned_form`."""
    today = local_date(ws.clock.now())
    found = read_returned(ws.forms, data, today=today)
    ours = sent_request(ws, found.request_id)
    if ours is None and (given := given_out(ws, found.request_id)) is not None:
        return _judge_given_out(ws, data, found, given)
    if ours is None:
        return _without_answers(found, Verdict.OTHER_REQUEST if found.of_a_case else Verdict.NO_CASE)
    if found.verdict in _WITH_FIELDS:
        found = read_returned(ws.forms, data, today=today, key=ours.reply_token.encode())
    if found.verdict is not Verdict.ALTERED and ours.reply_used:
        return replace(found, verdict=Verdict.FILLED_TWICE)
    return found


def _judge_given_out(ws: Workspace, data: bytes, found: ReturnedForm, given: GivenOut) -> ReturnedForm:
    """Judges a form on a case: together with what is answered there, and no more once that is completed."""
    response, today = ws.store.responses.get(given.response_id), local_date(ws.clock.now())
    if response is None:
        return _without_answers(found, Verdict.OTHER_REQUEST)
    if found.verdict in _WITH_FIELDS:
        found = read_returned(ws.forms, data, today=today, key=given.key)
    if found.verdict is Verdict.ALTERED:
        return found
    if not can_be_written(response.state):
        return replace(found, verdict=Verdict.FILLED_TWICE)
    if found.asked is not None and found.asked.form != response.form:
        return _without_answers(found, Verdict.OTHER_VERSION)
    if found.verdict not in READ:
        return found
    form = ws.forms.pinned(response.form)
    problems = check(form, without_marks(overlaid(form, response.answers, found.answers)), response.aims, today=today)
    verdict = Verdict.HALF_FILLED if problems or found.unclear else Verdict.COMPLETE
    return replace(found, problems=problems, verdict=verdict)


def _without_answers(found: ReturnedForm, verdict: Verdict) -> ReturnedForm:
    return ReturnedForm(verdict=verdict, request_id=found.request_id, asked=found.asked, in_code=found.in_code)
