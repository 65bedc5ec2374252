# SPDX-License-Identifier: MIT
"""Find curricula, modules and aims while somebody types; what was found stands together by curriculum."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from rkv_app.domain.ports import CurriculumHit, CurriculumSummary
from rkv_app.usecases.workspace import Workspace

MOST_HITS: Final = 60


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """A curriculum in which something was found, or which was found itself.

    Attributes:
        hits: its sets and aims that were found, best first; none where only the curriculum itself was.
    """

    plan: CurriculumSummary
    hits: tuple[CurriculumHit, ...]


@dataclass(frozen=True, slots=True)
class FoundCurricula:
    """What a search found, best curriculum first.

    Attributes:
        cut: whether more may be found than is here.
    """

    plans: tuple[FoundPlan, ...]
    hits: int
    cut: bool


def prepare_search(ws: Workspace) -> bool:
    """Does a short step of what a first search would have to wait for; True once a search is ready."""
    return ws.store.curricula.prepare_search()


def search_curricula(ws: Workspace, text: str, limit: int = MOST_HITS) -> FoundCurricula:
    """Returns what has all words of `text`, see `CurriculumRepository.search`, at most `limit` of them."""
    hits = ws.store.curricula.search(text, limit)
    listed: Mapping[tuple[str, str], CurriculumSummary] = {
        (one.code, one.changed): one for one in ws.store.curricula.summaries()
    }
    together: dict[tuple[str, str], list[CurriculumHit]] = {}
    for hit in hits:
        together.setdefault((hit.plan, hit.changed), []).append(hit)
    plans = (FoundPlan(listed[key], tuple(one for one in found if one.set_code)) for key, found in together.items())
    return FoundCurricula(tuple(plans), len(hits), len(hits) == limit)
