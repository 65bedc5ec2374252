# SPDX-License-Identifier: MIT
"""What an import changed in curricula that were there before, and which cases it concerns."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from rkv_app.domain.aims import Curriculum, OfficialText
from rkv_app.domain.cases import CaseState
from rkv_app.domain.curriculum_changes import curriculum_changes
from rkv_app.domain.ports import CaseSummary
from rkv_app.usecases.asked_on_older import asked_on_older
from rkv_app.usecases.newer_aims import newer_aims
from rkv_app.usecases.workspace import Workspace

_ENDED = (CaseState.DECIDED, CaseState.CLOSED, CaseState.WITHDRAWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurriculumNews:
    """A curriculum whose aims are other ones now than in the newest version before.

    Attributes:
        old_changed: version before; the same as `changed` where it was put in its place, so that it cannot be read any
            more.
        added, reworded, withdrawn: numbers of aims.
    """

    code: str
    title: OfficialText
    changed: str
    old_changed: str
    added: int
    reworded: int
    withdrawn: int


def news_in(ws: Workspace, curricula: Iterable[Curriculum]) -> Iterator[CurriculumNews]:
    """Compares curricula that are about to be stored with the newest versions in the store; older ones are no news."""
    known = {one.code for one in ws.store.curricula.summaries()}
    for new in curricula:
        old = ws.store.curricula.get(new.code) if new.code in known else None
        if old is None or old.sets == new.sets or new.changed < old.changed:
            continue
        changes = curriculum_changes(old, new)
        if changes.any:
            yield CurriculumNews(
                code=new.code,
                title=new.title,
                changed=new.changed,
                old_changed=old.changed,
                added=len(changes.added),
                reworded=len(changes.reworded),
                withdrawn=len(changes.withdrawn),
            )


def cases_on_older(ws: Workspace, codes: Collection[str]) -> tuple[CaseSummary, ...]:
    """Returns the cases in which somebody is still answering on an older version of one of these curricula."""
    return tuple(
        one
        for one in ws.store.cases.summaries()
        if not set(one.case.plans).isdisjoint(codes) and one.case.state not in _ENDED and _is_on_older(ws, one.case.id)
    )


def _is_on_older(ws: Workspace, case_id: str) -> bool:
    if asked_on_older(ws, case_id):
        return True
    return any(newer_aims(ws, one) is not None for one in ws.store.responses.for_case(case_id))
