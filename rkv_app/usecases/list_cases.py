# SPDX-License-Identifier: MIT
"""The list of cases, part by part however long it is, and what a search finds, case by case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rkv_app.domain.ports import CasePage, CaseSummary
from rkv_app.domain.stores import CaseOrder, Hit
from rkv_app.usecases.workspace import Workspace

PAGE = 200
MOST_HITS = 50


@dataclass(frozen=True, slots=True)
class FoundCases:
    """The cases that a search found.

    Attributes:
        cases: in the order that was asked for.
        hits: by the id of the case, what was found in it, best first.
        cut: whether there may be more than is here.
    """

    cases: tuple[CaseSummary, ...] = ()
    hits: Mapping[str, tuple[Hit, ...]] = field(default_factory=dict)
    cut: bool = False


def case_page(ws: Workspace, order: CaseOrder, after: str = "") -> CasePage:
    """Returns a part of the list; `after` is `CasePage.next` of the part before, empty for the first one."""
    return ws.store.cases.page(order, after=after, limit=PAGE)


def find_cases(ws: Workspace, text: str, order: CaseOrder | None = None) -> FoundCases:
    """Returns the cases in which all words of `text` were found; best first where `order` is None."""
    hits = ws.store.search.find(text, limit=MOST_HITS)
    by_case = _by_case(hits)
    if not by_case:
        return FoundCases()
    page = ws.store.cases.page(order or CaseOrder.CHANGED, limit=MOST_HITS, ids=tuple(by_case))
    cases = page.cases
    if order is None:
        rank = {case_id: place for place, case_id in enumerate(by_case)}
        cases = tuple(sorted(cases, key=lambda one: rank[one.case.id]))
    return FoundCases(cases, by_case, len(hits) == MOST_HITS)


def _by_case(hits: Sequence[Hit]) -> dict[str, tuple[Hit, ...]]:
    found: dict[str, tuple[Hit, ...]] = {}
    for hit in hits:
        if hit.case_id:
            found[hit.case_id] = (*found.get(hit.case_id, ()), hit)
    return found
