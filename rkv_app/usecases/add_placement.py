# SPDX-License-Identifier: MIT
"""Register a practice placement in a case."""

from dataclasses import dataclass
from datetime import date

from rkv_app.domain.cases import Case
from rkv_app.domain.people import Role
from rkv_app.domain.placements import Placement, Supervisor, Workplace
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlacement:
    """What the adviser types about a placement; see `Placement`."""

    workplace: Workplace
    supervisor: Supervisor
    measure: str
    start: date
    end: date | None
    percent: int
    tasks: str


def add_placement(ws: Workspace, case_id: str, new: NewPlacement) -> str:
    """Stores a placement; returns its id.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-004 the placement does not hold together.
    """
    ws.require(Role.ADVISER)
    existing_case(ws, case_id)
    if not new.workplace.name.strip() or not new.supervisor.name.strip():
        raise _does_not_hold()
    try:
        placement = Placement(
            id=new_id(),
            case_id=case_id,
            workplace=new.workplace,
            supervisor=new.supervisor,
            measure=new.measure,
            start=new.start,
            end=new.end,
            percent=new.percent,
            tasks=new.tasks.strip(),
        )
    except ValueError as problem:
        raise _does_not_hold() from problem
    ws.store.cases.put_placement(placement, ws.clock.now())
    return placement.id


def existing_case(ws: Workspace, case_id: str) -> Case:
    """Returns the case.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    case = ws.store.cases.get(case_id)
    if case is None:
        raise UserError(
            "RKV-CAS-001",
            message("There is no such case in this store."),
            message("Nothing was changed. Go back to the list of cases and choose again."),
        )
    return case


def _does_not_hold() -> UserError:
    return UserError(
        "RKV-CAS-004",
        message("The placement does not hold together."),
        message(
            "Nothing was changed. It needs a workplace, a supervisor, a share of full time from 1 to 100 per cent,"
            " and a last day that is not before the first."
        ),
    )
