# SPDX-License-Identifier: MIT
"""A case: one candidate's way to one wanted final competence, and the states it goes through."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class CaseState(StrEnum):
    """Where a case stands."""

    DRAFT = "draft"
    COLLECTING = "collecting"
    READY = "ready"
    SENT = "sent"
    RECEIVED = "received"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENTED = "supplemented"
    DECIDED = "decided"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_NEXT: Mapping[CaseState, frozenset[CaseState]] = {
    CaseState.DRAFT: frozenset({CaseState.COLLECTING}),
    CaseState.COLLECTING: frozenset({CaseState.READY, CaseState.SENT}),
    CaseState.READY: frozenset({CaseState.COLLECTING, CaseState.SENT}),
    CaseState.SENT: frozenset({CaseState.RECEIVED}),
    CaseState.RECEIVED: frozenset({CaseState.SUPPLEMENT_REQUESTED, CaseState.DECIDED}),
    CaseState.SUPPLEMENT_REQUESTED: frozenset({CaseState.SUPPLEMENTED, CaseState.DECIDED}),
    CaseState.SUPPLEMENTED: frozenset({CaseState.SUPPLEMENT_REQUESTED, CaseState.DECIDED}),
    CaseState.DECIDED: frozenset({CaseState.CLOSED}),
    CaseState.CLOSED: frozenset(),
    CaseState.WITHDRAWN: frozenset(),
}


@dataclass(frozen=True, slots=True)
class FinalCompetence:
    """The wanted end (ønsket sluttkompetanse): a trade or subject and the curriculum it is measured against."""

    title: str
    curriculum_code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One candidate, one wanted final competence.

    Attributes:
        further_plans: codes of the curricula that the wanted competence rests on beside its own, in the order in which
            they were added.
        reference: short random label to say aloud and to file under; carries nothing of the person.
        changed: when anything in the case was last written.
    """

    id: str
    reference: str
    candidate_id: str
    wanted: FinalCompetence
    state: CaseState
    created: datetime
    changed: datetime
    further_plans: tuple[str, ...] = ()

    @property
    def plans(self) -> tuple[str, ...]:
        """Codes of all curricula of the case, that of the wanted competence first."""
        return (self.wanted.curriculum_code, *self.further_plans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One recorded change of state: who, when, why; or what was cleared to leave, and then the state stays.

    Attributes:
        why: the event as a short code, and who cleared it where somebody had to; see `cleared`.
    """

    case_id: str
    before: CaseState
    after: CaseState
    at: datetime
    by: str
    why: str

    @property
    def cleared_by(self) -> str:
        """Who cleared the papers of a shielded candidate; empty where it needed nobody."""
        return self.why.partition(_CLEARED_BY)[2]


_CLEARED_BY = ", cleared by "


def cleared(what: str, cleared_by: str) -> str:
    """What stands as the reason of a transition: the event, and who cleared it where somebody did."""
    return f"{what}{_CLEARED_BY}{cleared_by.strip()}" if cleared_by.strip() else what


def may_follow(before: CaseState, after: CaseState) -> bool:
    """Whether a case may go from `before` to `after`; withdrawing is possible until it is closed."""
    if after is CaseState.WITHDRAWN:
        return before not in (CaseState.CLOSED, CaseState.WITHDRAWN)
    return after in _NEXT[before]
