# SPDX-License-Identifier: MIT
"""Suggest roads to a final competence from what a case knows and what the adviser answers, with the rules behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from rkv_app.domain.coverage import Covered
from rkv_app.domain.people import Role
from rkv_app.domain.practice import Practice, sum_practice
from rkv_app.domain.reference import RoadRule
from rkv_app.domain.roads import Answers, Suggestion, roads
from rkv_app.forms.values import number
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.completed_answers import last_completed
from rkv_app.usecases.reference import road_rules
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace

READINESS_FORM = "rkv-readiness"
_HALF = Fraction(1, 2)
_DOCUMENTED = frozenset({Covered.COVERED, Covered.PARTLY})


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person answers, see `Answers`; None where it is not known.

    Attributes:
        turns, modular, recent: taken where the case does not know better.
        earlier_months: of full-time practice in the trade before the placements of the case.
    """

    completed: bool | None = None
    had_another: bool | None = None
    recommended: bool | None = None
    employed: bool | None = None
    earlier_months: float = 0
    turns: int | None = None
    modular: bool | None = None
    recent: bool | None = None


@dataclass(frozen=True, slots=True)
class RoadsView:
    """The suggestions, the rules they rest on, and what was counted.

    Attributes:
        answers: what the case knew and what was answered.
        practice: the placements of the case together.
        asked: what was answered, by somebody now or in the form.
        from_form: when the form was completed that the answers were taken from, if they were.
    """

    view: CaseView
    suggestions: tuple[Suggestion, ...]
    rules: Mapping[str, RoadRule]
    answers: Answers
    practice: Practice
    asked: Asked
    from_form: datetime | None


def suggest_roads(ws: Workspace, case_id: str, asked: Asked | None = None) -> RoadsView:
    """Returns all roads with how they stand. Nothing is kept.

    Args:
        ws: the adviser's.
        case_id: the case, which knows age, practice, curriculum and documentation.
        asked: the rest; `earlier_months` come on top of the placements. Where it is None, it is what was completed
            last on the form of readiness in the case.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    today = local_date(ws.clock.now())
    practice = sum_practice(view.placements, today)
    birth = view.candidate.birth_date
    from_form = None
    if asked is None:
        asked, from_form = _in_form(ws, case_id, practice)
    recent = _is_recent(practice, asked.earlier_months)
    modular = _has_modular(ws, view.case.plans)
    answers = Answers(
        turns=today.year - birth.year if birth else asked.turns,
        completed=asked.completed,
        had_another=asked.had_another,
        recommended=asked.recommended,
        practice_months=float(practice.full_time_months) + asked.earlier_months,
        recent=asked.recent if recent is None else recent,
        employed=asked.employed,
        modular=asked.modular if modular is None else modular,
        aims=len(view.coverage),
        shown=sum(one.covered in _DOCUMENTED for one in view.coverage),
    )
    return RoadsView(view, roads(answers), road_rules(), answers, practice, asked, from_form)


def _in_form(ws: Workspace, case_id: str, practice: Practice) -> tuple[Asked, datetime | None]:
    last = last_completed(ws, case_id, READINESS_FORM)
    if last is None:
        return Asked(), None
    said = {item: value for item, value in last.answers.items() if isinstance(value, bool)}
    turns, months = (number(last.answers.get(item)) for item in ("turns", "practice_months"))
    asked = Asked(
        completed=said.get("completed"),
        had_another=said.get("had_another"),
        recommended=said.get("recommended"),
        employed=said.get("employed"),
        # The form asks for all practice together, the placements of the case among it.
        earlier_months=max(0.0, (months or 0) - float(practice.full_time_months)),
        turns=None if turns is None else int(turns),
        modular=said.get("modular"),
        recent=said.get("recent"),
    )
    return asked, last.at


def _is_recent(practice: Practice, earlier_months: float) -> bool | None:
    # When earlier practice was is not asked: known only where the placements alone are half of it all.
    if practice.recent_share is None:
        return None
    recent = practice.recent_share * practice.full_time_months
    if recent >= _HALF * (practice.full_time_months + Fraction(earlier_months)):
        return True
    return None if earlier_months else False


def _has_modular(ws: Workspace, codes: Sequence[str]) -> bool | None:
    plans = [plan for code in codes if (plan := ws.store.curricula.get(code)) is not None]
    if any(plan.modular for plan in plans):
        return True
    trades = {plan.code[:3] for plan in plans}
    known = (one.code for one in ws.store.curricula.summaries() if one.published)
    # A store with these plans alone does not show that there is no other.
    return True if any(code[:3] in trades and code[3:5] == "05" for code in known) else None
