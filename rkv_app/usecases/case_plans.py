# SPDX-License-Identifier: MIT
"""Say which curricula a case rests on beside that of the wanted competence, and take one away again."""

from collections.abc import Iterable

from rkv_app.domain.cases import Case, CaseState
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.moves import answered_aims, answered_places
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.create_case import no_such_curriculum
from rkv_app.usecases.workspace import Workspace

# Once the application has left, what it rests on stands in it.
OPEN = frozenset({CaseState.DRAFT, CaseState.COLLECTING, CaseState.READY})


def add_plan_to_case(ws: Workspace, case_id: str, code: str) -> None:
    """Adds a curriculum to a case, after those that it has. What is asked from now on may be about its aims too.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-003 the curriculum is not in the store; RKV-CAS-020 the application
            is sent; RKV-CUR-024 it has no aims; RKV-CUR-025 the case has it already.
    """
    ws.require(Role.ADVISER)
    case = _open_case(ws, case_id)
    if code in case.plans:
        raise UserError(
            "RKV-CUR-025",
            message("The case has the curriculum {code} already.", code=code),
            message("Nothing was changed. Choose another one."),
        )
    curriculum = ws.store.curricula.get(code)
    if curriculum is None:
        raise no_such_curriculum(code)
    if not curriculum.aim_count():
        raise UserError(
            "RKV-CUR-024",
            message("The curriculum {code} has no competence aims.", code=code),
            message("Nothing was changed. Fetch or import the curriculum again, or choose another one."),
        )
    ws.store.cases.set_further_plans(case_id, (*case.further_plans, code), ws.clock.now())


def remove_plan_from_case(ws: Workspace, case_id: str, code: str) -> None:
    """Takes a further curriculum away from a case, where nobody has answered about its aims.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-019 somebody has answered; RKV-CAS-020 the application is sent;
            RKV-CUR-026 it is no further curriculum of the case.
    """
    ws.require(Role.ADVISER)
    case = _open_case(ws, case_id)
    if code not in case.further_plans:
        raise UserError(
            "RKV-CUR-026",
            message("The curriculum {code} cannot be removed from this case.", code=code),
            message("Nothing was changed. Only a curriculum that was added can be removed, not the first one."),
        )
    if _is_answered(ws, case_id, code):
        raise UserError(
            "RKV-CAS-019",
            message("Somebody has already answered about aims of the curriculum {code}.", code=code),
            message("Nothing was changed, and all answers are kept. The curriculum stays in the case."),
        )
    rest = [one for one in case.further_plans if one != code]
    ws.store.cases.set_further_plans(case_id, rest, ws.clock.now())


def _open_case(ws: Workspace, case_id: str) -> Case:
    case = existing_case(ws, case_id)
    if case.state not in OPEN:
        raise UserError(
            "RKV-CAS-020",
            message("The application is sent, so the curricula of the case cannot be changed any more."),
            message("Nothing was changed. Begin a new case if the candidate wants more assessed."),
        )
    return case


def _is_answered(ws: Workspace, case_id: str, code: str) -> bool:
    evaluations = ws.store.evaluations.for_case(case_id)
    if any(place.plan == code for one in evaluations for place in answered_places(one)):
        return True
    return any(_stands_in(code, one.aims, answered_aims(one.answers)) for one in ws.store.responses.for_case(case_id))


def _stands_in(code: str, aims: Iterable[AimText], answered: frozenset[str]) -> bool:
    return any(aim.plan is not None and aim.plan.code == code and aim.code in answered for aim in aims)
