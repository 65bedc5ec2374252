# SPDX-License-Identifier: MIT
"""Suggest roads to a final competence from what a case knows and what the adviser answers, with the rules behind."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.coverage import Covered
from rkv_app.domain.people import Role
from rkv_app.domain.practice import Practice, sum_practice
from rkv_app.domain.reference import RoadRule
from rkv_app.domain.roads import Answers, Suggestion, roads
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.reference import road_rules
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace

_HALF = Fraction(1, 2)
_DOCUMENTED = frozenset({Covered.COVERED, Covered.PARTLY})


@dataclass(frozen=True, slots=True)
class Asked:
    """What only a person can answer, see `Answers`; None where it is not known."""

    completed: bool | None = None
    had_another: bool | None = None
    recommended: bool | None = None
    employed: bool | None = None
    earlier_months: int = 0


@dataclass(frozen=True, slots=True)
class RoadsView:
    """The suggestions, the rules they rest on, and what was counted.

    Attributes:
        answers: what the case knew and what was answered.
        practice: the placements of the case together.
    """

    view: CaseView
    suggestions: tuple[Suggestion, ...]
    rules: Mapping[str, RoadRule]
    answers: Answers
    practice: Practice


def suggest_roads(ws: Workspace, case_id: str, asked: Asked) -> RoadsView:
    """Returns all roads with how they stand. Nothing is kept.

    Args:
        ws: the adviser's.
        case_id: the case, which knows age, practice, curriculum and documentation.
        asked: the rest; `earlier_months` of full-time practice in the trade come on top of the placements.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    today = local_date(ws.clock.now())
    practice = sum_practice(view.placements, today)
    plan = ws.store.curricula.get(view.case.wanted.curriculum_code)
    birth = view.candidate.birth_date
    answers = Answers(
        turns=today.year - birth.year if birth else None,
        completed=asked.completed,
        had_another=asked.had_another,
        recommended=asked.recommended,
        practice_months=float(practice.full_time_months) + asked.earlier_months,
        recent=_is_recent(practice, asked.earlier_months),
        employed=asked.employed,
        modular=_has_modular(ws, plan),
        aims=len(view.coverage),
        shown=sum(one.covered in _DOCUMENTED for one in view.coverage),
    )
    return RoadsView(view, roads(answers), road_rules(), answers, practice)


def _is_recent(practice: Practice, earlier_months: int) -> bool | None:
    # When earlier practice was is not asked: known only where the placements alone are half of it all.
    if practice.recent_share is None:
        return None
    recent = practice.recent_share * practice.full_time_months
    if recent >= _HALF * (practice.full_time_months + earlier_months):
        return True
    return None if earlier_months else False


def _has_modular(ws: Workspace, plan: Curriculum | None) -> bool | None:
    if plan is None:
        return None
    if plan.modular:
        return True
    trade = plan.code[:3]
    known = [one.code for one in ws.store.curricula.summaries() if one.code[:3] == trade and one.published]
    # A store with this one plan alone does not show that there is no other.
    return True if any(code[3:5] == "05" for code in known) else None
