# SPDX-License-Identifier: MIT
"""Complete the answers to a form: what is not asked any more goes, and the rest is kept as a revision for ever."""

from rkv_app.domain.response_states import ResponseStep, Revision, after, amended, completed_as
from rkv_app.forms.completion import completion
from rkv_app.usecases.form_responses import incomplete, open_response, problems_of
from rkv_app.usecases.workspace import Workspace


def complete_form(ws: Workspace, response_id: str) -> Revision:
    """Completes a response, or an amendment of one; returns the revision.

    What goes is what `forms.completion` names; whoever completes has been shown it.

    Raises:
        UserError: RKV-FRM-046, RKV-FRM-047; RKV-FRM-048 something is missing or wrong.
    """
    response = open_response(ws, response_id)
    problems = problems_of(ws, response)
    if problems:
        raise incomplete(problems)
    kept = completion(ws.forms.pinned(response.form), response.answers, response.aims).kept
    now, by = ws.clock.now(), ws.party.name
    after(response.state, ResponseStep.COMPLETE)
    if response.revisions:
        revision = amended(response.revisions[-1], kept, at=now, by=by, reason=response.reason)
    else:
        revision = Revision(number=1, answers=dict(kept), at=now, by=by)
    ws.store.responses.revise(response_id, revision, completed_as(revision.number))
    return revision
