# SPDX-License-Identifier: MIT
"""Everything about one set of answers: the form, what was completed and on which version, and how it was moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rkv_app.domain.response_states import Revision, can_be_written
from rkv_app.domain.responses import FormResponse, VersionMove
from rkv_app.forms.model import Form
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.clearance import candidate_of
from rkv_app.usecases.completed_answers import form_of, pin_of_revision
from rkv_app.usecases.form_responses import newer_version, response_of
from rkv_app.usecases.given_out import given_out_for
from rkv_app.usecases.newer_aims import NewerAims, newer_aims
from rkv_app.usecases.returned_drafts import find_draft
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ResponseView:
    """A response with all that belongs to it.

    Attributes:
        newer: the version that the answers could be moved to, or empty.
        newer_aims: what changed in the curriculum since the form was begun; None where nothing did.
        completed: what was completed, newest first, each with the form it was completed on, or None
            where that is not here.
        files: what the attached files are called, by their ids.
        awaiting: id of the draft of a form that came back and awaits confirmation, or empty.
    """

    response: FormResponse
    form: Form
    candidate_name: str
    shielded: bool
    today: date
    newer: str
    newer_aims: NewerAims | None
    completed: tuple[tuple[Revision, Form | None], ...]
    moves: Sequence[VersionMove]
    files: dict[str, str]
    awaiting: str


def view_response(ws: Workspace, response_id: str) -> ResponseView:
    """Returns one response.

    Raises:
        UserError: RKV-FRM-046 there is none; RKV-FRM-004, RKV-FRM-005 the form is not here as it was.
    """
    response = response_of(ws, response_id)
    candidate = candidate_of(ws, existing_case(ws, response.case_id))
    moves = ws.store.responses.moves(response_id)
    return ResponseView(
        response=response,
        form=ws.forms.pinned(response.form),
        candidate_name=candidate.name,
        shielded=candidate.shielded,
        today=local_date(ws.clock.now()),
        newer=newer_version(ws, response) if can_be_written(response.state) else "",
        newer_aims=newer_aims(ws, response),
        completed=tuple(
            (one, form_of(ws, pin_of_revision(response, one, moves))) for one in reversed(response.revisions)
        ),
        moves=moves,
        awaiting=_awaiting(ws, response_id),
        files={one.id: one.name for one in ws.store.attachments.for_subject(response_id)},
    )


def _awaiting(ws: Workspace, response_id: str) -> str:
    given = given_out_for(ws, response_id)
    return given.id if given is not None and find_draft(ws, given.id) is not None else ""
