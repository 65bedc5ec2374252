# SPDX-License-Identifier: MIT
"""Find curricula, modules and aims while somebody types; what was found stands together by curriculum."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from rkv_app.domain.ports import CurriculumHit, CurriculumSummary
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.workspace import Workspace

MOST_HITS: Final = 60

_Version = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """A curriculum in which something was found, or which was found itself.

    Attributes:
        hits: its sets and aims that were found, best first; none where only the curriculum itself was.
        replaced_by: codes of what replaces it, where it ends or has ended.
    """

    plan: CurriculumSummary
    hits: tuple[CurriculumHit, ...]
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundCurricula:
    """What a search found, best curriculum first.

    Attributes:
        cut: whether more may be found than is here.
        today: the day that their status is told for.
    """

    plans: tuple[FoundPlan, ...]
    hits: int
    cut: bool
    today: date


def prepare_search(ws: Workspace) -> bool:
    """Does a short step of what a first search would have to wait for; True once a search is ready."""
    return ws.store.curricula.prepare_search()


def search_curricula(ws: Workspace, text: str, limit: int = MOST_HITS) -> FoundCurricula:
    """Returns what has all words of `text`, see `CurriculumRepository.search`, at most `limit` of them."""
    hits = ws.store.curricula.search(text, limit)
    together: dict[_Version, list[CurriculumHit]] = {}
    for hit in hits:
        together.setdefault((hit.plan, hit.changed), []).append(hit)
    plans = plans_of(ws, hits)
    replaced_by = replacements(ws, plans.values())
    found = (
        FoundPlan(plans[key], tuple(one for one in inside if one.set_code), replaced_by.get(key, ()))
        for key, inside in together.items()
    )
    return FoundCurricula(tuple(found), len(hits), len(hits) == limit, local_date(ws.clock.now()))


def plans_of(ws: Workspace, hits: Iterable[CurriculumHit]) -> Mapping[_Version, CurriculumSummary]:
    """Returns the curricula that hits are in, by code and version."""
    wanted = {(hit.plan, hit.changed) for hit in hits}
    listed = ((one.code, one.changed, one) for one in ws.store.curricula.summaries())
    return {(code, changed): one for code, changed, one in listed if (code, changed) in wanted}


def replacements(ws: Workspace, plans: Iterable[CurriculumSummary]) -> Mapping[_Version, tuple[str, ...]]:
    """Returns the codes of what replaces those of `plans` that end or have ended, by code and version."""
    ending = [(one.code, one.changed) for one in plans if one.valid_to is not None or not one.published]
    return ws.store.curricula.replaced_by(ending) if ending else {}
