# SPDX-License-Identifier: MIT
"""Move answers that are being written to the newest version of their form, once a person has seen what it costs."""

from dataclasses import dataclass

from rkv_app.domain.carried import given
from rkv_app.domain.responses import FormResponse, VersionMove
from rkv_app.forms.migrations import Moved, move
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.form_responses import newer_version, open_response
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlannedMove:
    """What moving would do, to be shown before it is done."""

    old: Form
    new: Form
    moved: Moved


def plan_move(ws: Workspace, response_id: str) -> PlannedMove:
    """Returns what moving to the newest version would do; changes nothing.

    Raises:
        UserError: RKV-FRM-046, RKV-FRM-047; RKV-FRM-049 there is no newer version; RKV-FRM-004, RKV-FRM-005.
    """
    return _planned(ws, open_response(ws, response_id))


def move_form_version(ws: Workspace, response_id: str, agreed: PlannedMove) -> VersionMove:
    """Moves the answers and keeps the report, both or neither.

    Args:
        ws: the adviser's.
        response_id: whose answers.
        agreed: what was shown.

    Raises:
        UserError: as `plan_move`; RKV-FRM-053 something else would be done by now than was shown.
    """
    response = open_response(ws, response_id)
    planned = _planned(ws, response)
    if planned != agreed:
        raise UserError(
            "RKV-FRM-053",
            message("The answers or the form have changed since you were shown what moving does."),
            message("Nothing was changed. Look at it once more."),
        )
    moved = planned.moved
    report = VersionMove(
        before=response.form,
        after=ws.forms.pin_of(planned.new),
        at=ws.clock.now(),
        by=ws.party.name,
        kept=tuple(moved.kept),
        changed={change.before: change.path for change in moved.changed},
        lost={loss.path: loss.value for loss in moved.lost},
    )
    own = given(response.answers)
    marks = {path: value for path, value in response.answers.items() if path not in own}
    ws.store.responses.move(response_id, report, {**moved.answers, **marks})
    return report


def _planned(ws: Workspace, response: FormResponse) -> PlannedMove:
    version = newer_version(ws, response)
    if not version:
        raise UserError(
            "RKV-FRM-049",
            message("The answers are on the newest version of the form already."),
            message("Nothing was changed."),
        )
    old = ws.forms.pinned(response.form)
    steps = ws.forms.steps(old, version)
    return PlannedMove(old, steps[-1].new, move(steps, given(response.answers), response.aims))
