# SPDX-License-Identifier: MIT
"""A form on a case asks about aims that have changed since: say so, and begin it anew on the newest version.

The answers stay where they were given, about the text they were given for. What is copied is what was said about an aim
whose text is the same, and what is about no aim.
"""

from dataclasses import dataclass, replace

from rkv_app.domain.curriculum_changes import AimPair, CurriculumChanges, PlacedAim
from rkv_app.domain.evaluations import EvaluationState, PlanText
from rkv_app.domain.moves import answered_aims, copied
from rkv_app.domain.people import Role
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.answers import question_at
from rkv_app.forms.model import AttachmentItem, Form
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.case_aims import aims_of_case
from rkv_app.usecases.compare_curricula import changes_since
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.stop_form import stop_form
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewerAims:
    """What changed in the curricula of a case since a form was begun, and what beginning it anew would do.

    Attributes:
        changes: one for each curriculum with a newer version.
        kept: answered aims whose text is the same; what was said of them is copied.
        changed: answered aims with another wording now; they are to be answered anew.
        lost: answered aims that the newest version does not have.
    """

    changes: tuple[CurriculumChanges, ...]
    kept: tuple[AimPair, ...]
    changed: tuple[AimPair, ...]
    lost: tuple[PlacedAim, ...]


def newer_aims(ws: Workspace, response: FormResponse) -> NewerAims | None:
    """Returns what changed since a form was begun that is still being written; None where nothing did."""
    if response.state is not EvaluationState.IN_PROGRESS or not response.aims:
        return None
    code = existing_case(ws, response.case_id).wanted.curriculum_code
    changes = changes_since(ws, PlanText(code, "", ""), response.aims)
    if not changes:
        return None
    said = answered_aims(response.answers)
    return NewerAims(
        changes,
        kept=tuple(pair for one in changes for pair in one.same if pair.old.aim.code in said),
        changed=tuple(pair for one in changes for pair in one.reworded if pair.old.aim.code in said),
        lost=tuple(placed for one in changes for placed in one.withdrawn if placed.aim.code in said),
    )


def begin_on_newer_aims(ws: Workspace, response_id: str, agreed: NewerAims) -> FormResponse:
    """Begins the form anew on the newest version of the curriculum and leaves the older one unfinished, or neither.

    Args:
        ws: the adviser's.
        response_id: the answers on the older version.
        agreed: what was shown.

    Raises:
        UserError: RKV-FRM-046 there is none; RKV-FRM-052 it is being amended; RKV-FRM-067 something else would be done
            by now than was shown.
    """
    ws.require(Role.ADVISER)
    response = response_of(ws, response_id)
    if newer_aims(ws, response) != agreed:
        raise UserError(
            "RKV-FRM-067",
            message("The answers or the curriculum have changed since you were shown what beginning anew does."),
            message("Nothing was changed. Look at it once more."),
            ExitStatus.NO,
        )
    at, aims = ws.clock.now(), aims_of_case(ws, existing_case(ws, response.case_id))
    answers = _copied(ws.forms.pinned(response.form), response, agreed)
    anew = replace(response, id=new_id(), aims=aims, answers=answers, made=at, changed=at)
    with ws.store.transaction():
        stop_form(ws, response_id, ws.words("Begun anew on the newer version of the curriculum"))
        ws.store.responses.add(anew)
    return anew


def _copied(form: Form, response: FormResponse, agreed: NewerAims) -> dict[str, object]:
    """The answers as they lie in the new form; files stay with the older one."""
    fields = {
        path: value
        for path, value in response.answers.items()
        if not isinstance(question_at(form, path, response.aims), AttachmentItem)
    }
    matrices = {one.id for one in form.matrices()}
    about_aims = {path: value for path, value in fields.items() if path.split("/")[0] in matrices}
    answers = {path: value for path, value in fields.items() if path not in about_aims}
    # Of a curriculum that has not changed, everything goes along.
    codes = {aim.code: aim.code for aim in response.aims} | {one.old.aim.code: one.new.aim.code for one in agreed.kept}
    left = {one.old.aim.code for one in agreed.changed} | {one.aim.code for one in agreed.lost}
    for old, new in codes.items():
        if old not in left:
            answers |= copied(about_aims, old, new)
    return answers
