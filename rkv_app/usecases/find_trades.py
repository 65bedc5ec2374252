# SPDX-License-Identifier: MIT
"""Find the trades that somebody's experience may be worth talking about, in the curricula of the store."""

from collections.abc import Iterator

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.finder import FoundTrade
from rkv_app.domain.finder import find_trades as _find
from rkv_app.domain.people import Role
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.reference import everyday_words
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.workspace import Workspace


def find_trades(ws: Workspace, experience: str) -> tuple[FoundTrade, ...]:
    """Returns trades by what their aims have in common with `experience`, best first. Nothing is kept.

    Args:
        ws: the adviser's.
        experience: in the person's own words; a mapping of competence (kartlegging) may be put below it.

    Raises:
        UserError: RKV-CAS-015 there is nothing to look for; RKV-CAS-016 there is no curriculum to look in.
    """
    ws.require(Role.ADVISER)
    if not experience.strip():
        raise UserError(
            "RKV-CAS-015",
            message("There is nothing to look for yet."),
            message("Nothing was changed. Write what the candidate has done, in a few plain sentences."),
        )
    curricula = list(_in_force(ws))
    if not curricula:
        raise UserError(
            "RKV-CAS-016",
            message("There is no curriculum in force in this store to look in."),
            message("Nothing was changed. Bring in curricula from Udir first, on the page Curricula."),
        )
    return _find(experience, curricula, everyday_words())


def experience_in_case(ws: Workspace, case_id: str) -> str:
    """Returns what the placements of a case say was done, one line each, to begin with.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    return "\n".join(one.tasks for one in view_case(ws, case_id).placements if one.tasks)


def _in_force(ws: Workspace) -> Iterator[Curriculum]:
    today = local_date(ws.clock.now())
    for code in dict.fromkeys(one.code for one in ws.store.curricula.summaries() if one.published):
        plan = ws.store.curricula.get(code)
        if plan is None or not plan.published:
            continue
        # One that comes into force later is worth talking about today.
        if plan.valid_to is None or today <= plan.valid_to:
            yield plan
