# SPDX-License-Identifier: MIT
"""Move a case from one state to another, on the record."""

from rkv_app.domain.cases import Case, CaseState, Transition, may_follow
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.workspace import Workspace


def move_case(ws: Workspace, case: Case, after: CaseState, why: str) -> None:
    """Records that `case` goes to `after`.

    Args:
        ws: where the case is.
        case: as it is now.
        after: the new state.
        why: the event that moved it, as a short code.

    Raises:
        UserError: RKV-CAS-007 the step is not possible from where the case stands.
    """
    if not may_follow(case.state, after):
        raise not_from_here()
    ws.store.cases.record(
        Transition(case_id=case.id, before=case.state, after=after, at=ws.clock.now(), by=ws.party.name, why=why)
    )


def not_from_here() -> UserError:
    """The error for a step that does not follow from where a case stands."""
    return UserError(
        "RKV-CAS-007",
        message("The case cannot take this step from where it stands now."),
        message("Nothing was changed. The case page shows the next step."),
    )
