# SPDX-License-Identifier: MIT
"""Find the trades that somebody's experience may be worth talking about, in the curricula of the store."""

from collections.abc import Collection, Iterator, Mapping

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.finder import FoundTrade
from rkv_app.domain.finder import find_trades as _find
from rkv_app.domain.people import Role
from rkv_app.forms.answers import relevant_answers
from rkv_app.forms.model import ChoicesItem
from rkv_app.forms.values import chosen
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.completed_answers import CompletedAnswers, last_completed
from rkv_app.usecases.reference import everyday_words
from rkv_app.usecases.workspace import Workspace

# What tells of experience: questions, and columns of rows, by form.
_TOLD: Mapping[str, Collection[str]] = {
    "candidate-finder": (
        "experience",
        "experience_job",
        "experience_business",
        "experience_home",
        "experience_volunteer",
        "experience_repair",
        "experience_course",
    ),
    "competence-mapping": (
        "schools/subject",
        "jobs/title",
        "jobs/tasks",
        "unpaid/tasks",
        "courses/name",
        "done",
        "done_told",
        "asked_for_help",
        "proud_of",
    ),
}


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
    """Returns what the case says was done, line by line, to begin with.

    It is what the placements say, and what was completed last on the forms that ask for experience; wishes are left
    out.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    lines = [one.tasks for one in ws.store.cases.placements(existing_case(ws, case_id).id)]
    for form_id, told in _TOLD.items():
        last = last_completed(ws, case_id, form_id)
        if last is not None:
            lines += _told(last, told)
    return "\n".join(dict.fromkeys(line for text in lines for line in text.splitlines() if line.strip()))


def _told(last: CompletedAnswers, told: Collection[str]) -> Iterator[str]:
    for path, value in relevant_answers(last.form, last.answers, last.aims).items():
        head, *row = path.split("/")
        if "/".join([head, *row[1:]]) not in told:
            continue
        item = last.form.find(head)
        if isinstance(item, ChoicesItem):
            # Curricula are in Norwegian, and so are the words that are looked for.
            yield from (option.label.nb for option in item.options if option.code in chosen(value))
        elif isinstance(value, str):
            yield value


def _in_force(ws: Workspace) -> Iterator[Curriculum]:
    today = local_date(ws.clock.now())
    for code in dict.fromkeys(one.code for one in ws.store.curricula.summaries() if one.published):
        plan = ws.store.curricula.get(code)
        if plan is None or not plan.published:
            continue
        # One that comes into force later is worth talking about today.
        if plan.valid_to is None or today <= plan.valid_to:
            yield plan
