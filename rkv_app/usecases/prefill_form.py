# SPDX-License-Identifier: MIT
"""The first answers of a form about a case: what the case knows already, so that nobody has to write it again.

Which question gets what is said by its id alone (`docs/formats/form.md`), so an organisation's own forms are filled in
too. Nothing is filled in that the form does not ask; whoever answers may change all of it.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from rkv_app.domain.minimised import without_place
from rkv_app.domain.placements import Placement
from rkv_app.forms.answers import is_repeat, question_at
from rkv_app.forms.completion import completion
from rkv_app.forms.model import Form
from rkv_app.forms.reading import item_path
from rkv_app.forms.values import are_rows, fits, is_blank
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.completed_answers import last_completed
from rkv_app.usecases.meeting_agenda import MEETING_FORM, draft_agenda, say_point, steps_from
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace

ATTEST_FORM = "attest"
AGREEMENT_FORM = "workplace-agreement"
PLAN_FORM = "individual-plan"
# What a new plan asks afresh; all else is taken over from the plan before.
_AFRESH = frozenset({"updated_on", "is_first", "changed_since", "next_review", "candidate_agrees", "candidate_remark"})
# The usual division between the parties; the agreement says that it is a proposal.
_DUTIES: Mapping[str, Sequence[str]] = {
    "duty_safety": ["workplace"],
    "duty_equipment": ["workplace"],
    "duty_training": ["workplace"],
    "duty_absence": ["candidate"],
    "duty_meetings": ["nav"],
    "duty_evaluation": ["workplace"],
    "duty_attest": ["workplace"],
    "duty_documents": ["candidate", "nav"],
    "duty_application": ["nav"],
}


def prefilled(ws: Workspace, form: Form, case_id: str) -> Mapping[str, object]:
    """Returns the first answers of `form`, by item path. Nothing is kept.

    Args:
        ws: whose store has the case, and in whose language things are said.
        form: the form that is begun. A new meeting or plan goes on from the one that was completed last.
        case_id: the case; of a candidate with address protection no address, phone number or e-mail is filled in.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    view = view_case(ws, case_id)
    completed = last_completed(ws, case_id, form.id)
    last: Mapping[str, object] = completed.answers if completed is not None else {}
    today = local_date(ws.clock.now())
    known = sorted(view.placements, key=lambda one: one.start)
    placements = [without_place(one) if view.candidate.shielded else one for one in known]
    begun = [one for one in placements if one.start <= today]
    # An agreement is made before a placement begins; all else is about the one where the candidate is, or was last.
    current = [one for one in begun if _goes_on(one, today)] or begun or placements
    about = (placements if form.id == AGREEMENT_FORM else current)[-1:]
    said: dict[str, object] = {
        **_about_case(ws, view),
        **_about_placement(about[0] if about else None, today),
        "experience": _tasks(begun),
        "is_first": completed is None,
    }
    if form.id == MEETING_FORM:
        said |= _meeting(ws, view, last)
    if form.id == ATTEST_FORM and begun:
        said |= _attest([one for one in begun if one.workplace.name == begun[-1].workplace.name], today)
    if form.id == AGREEMENT_FORM:
        said |= {item: list(parties) for item, parties in _DUTIES.items()}
    if form.id == PLAN_FORM:
        said |= {path: value for path, value in last.items() if path not in _AFRESH}
    answerable = {path: value for path, value in said.items() if not is_blank(value) and _fits(form, path, value)}
    # What is not asked yet would be told of as removed later, by somebody who never wrote it.
    return completion(form, answerable, ()).kept


def _about_case(ws: Workspace, view: CaseView) -> Mapping[str, object]:
    birth = view.candidate.birth_date
    return {
        "candidate_name": view.candidate.name,
        "candidate_birth_date": birth.isoformat() if birth else None,
        "wanted_competence": view.case.wanted.title,
        "curriculum_code": ", ".join(view.case.plans),
        "curriculum_title": ", ".join(plan.title for plan in view.plans) or None,
        "adviser_name": ws.party.name,
        "adviser_office": ws.party.organisation,
    }


def _about_placement(placement: Placement | None, today: date) -> Mapping[str, object]:
    """What a placement says, under the ids of questions about it."""
    if placement is None:
        return {}
    return {
        "workplace_name": placement.workplace.name,
        "workplace_org_number": placement.workplace.org_number,
        "workplace_address": placement.workplace.address,
        "supervisor_name": placement.supervisor.name,
        "supervisor_position": placement.supervisor.position,
        "supervisor_phone": placement.supervisor.phone,
        "supervisor_email": placement.supervisor.email,
        "placement_period": _period(placement),
        "placement_percent": placement.percent,
        "placement_tasks": placement.tasks,
        "in_practice": placement.start <= today and _goes_on(placement, today),
    }


def _attest(placements: Sequence[Placement], today: date) -> Mapping[str, object]:
    """What an attest says of one workplace: every period there. How many hours it was, only the workplace knows."""
    newest = placements[-1]
    # The one that began last need not be the one that lasts longest.
    last_day = max(one.end or today for one in placements)
    periods = [{"period": _period(one, until=today), "scope": "percent", "percent": one.percent} for one in placements]
    return {
        **_about_placement(newest, today),
        "placement_tasks": _tasks(placements),
        "counted_to": min(last_day, today).isoformat(),
        "still_here": any(_goes_on(one, today) for one in placements),
        **_rows("placements", periods),
    }


def _meeting(ws: Workspace, view: CaseView, last: Mapping[str, object]) -> Mapping[str, object]:
    steps = [{"what": one.what, "who": one.who, "due": one.due} for one in steps_from(last)]
    points = [{"topic": say_point(point, ws.words)} for point in draft_agenda(ws, view, last)]
    return {**_rows("earlier", steps), **_rows("agenda", points)}


def _rows(repeat: str, rows: Sequence[Mapping[str, object]]) -> Mapping[str, object]:
    named = {f"row-{number}": row for number, row in enumerate(rows, start=1)}
    cells = {item_path(repeat, id_, column): value for id_, row in named.items() for column, value in row.items()}
    return {repeat: list(named), **cells}


def _period(placement: Placement, until: date = date.max) -> Mapping[str, str]:
    """The period as an answer has it; one that goes on after `until` has no last day."""
    said = {"from": placement.start.isoformat()}
    return said | {"to": placement.end.isoformat()} if placement.end and placement.end <= until else said


def _goes_on(placement: Placement, today: date) -> bool:
    return placement.end is None or placement.end >= today


def _tasks(placements: Sequence[Placement]) -> str:
    return "\n".join(dict.fromkeys(one.tasks for one in placements if one.tasks))


def _fits(form: Form, path: str, value: object) -> bool:
    if is_repeat(form, path):
        return are_rows(value)
    question = question_at(form, path, ())
    return question is not None and fits(question, value)
