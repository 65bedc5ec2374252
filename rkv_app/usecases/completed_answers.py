# SPDX-License-Identifier: MIT
"""What was last completed on a form in a case, as other parts of the case read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rkv_app.domain.evaluations import AimText, EvaluationState, FormPin
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import FormResponse, VersionMove
from rkv_app.domain.self_assessment import OwnAnswer
from rkv_app.forms.answers import own_answers
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.workspace import Workspace

SELF_ASSESSMENT = "self-assessment"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedAnswers:
    """Answers that were completed, with the form they were completed on.

    Attributes:
        at: when they were completed.
    """

    form: Form
    aims: tuple[AimText, ...]
    answers: Mapping[str, object]
    at: datetime


def last_completed(ws: Workspace, case_id: str, form_id: str) -> CompletedAnswers | None:
    """Returns what was last completed on a form in a case.

    What was entered in error does not count, nor do answers whose form is not on this machine as it was. While an
    amendment is being written, what it amends counts.
    """
    found = [
        one
        for one in ws.store.responses.for_case(case_id)
        if one.form.form_id == form_id and one.revisions and one.state is not EvaluationState.ENTERED_IN_ERROR
    ]
    # Of two of the same moment the one that was begun later counts.
    found.sort(key=lambda one: one.revisions[-1].at)
    for response in reversed(found):
        revision = response.revisions[-1]
        form = form_of(ws, pin_of_revision(response, revision, ws.store.responses.moves(response.id)))
        if form is not None:
            return CompletedAnswers(form=form, aims=response.aims, answers=revision.answers, at=revision.at)
    return None


def own_word(ws: Workspace, case_id: str) -> tuple[OwnAnswer, ...]:
    """Returns what the candidate says about each aim in the self-assessment that was completed last, or nothing."""
    last = last_completed(ws, case_id, SELF_ASSESSMENT)
    return own_answers(last.form, last.answers, last.aims) if last is not None else ()


def pin_of_revision(response: FormResponse, revision: Revision, moves: Sequence[VersionMove]) -> FormPin:
    """Returns the form that a revision was completed on: what the first move after it moved away from."""
    return next((move.before for move in moves if move.at >= revision.at), response.form)


def form_of(ws: Workspace, pin: FormPin) -> Form | None:
    """Returns a form as it was, or None where it is not on this machine so."""
    try:
        return ws.forms.pinned(pin)
    except UserError:
        return None
