# SPDX-License-Identifier: MIT
"""What a candidate says themselves about each aim, side by side with what supervisors say. Never a verdict.

Two people may see the same work differently, and each may be right. So nothing is weighed here, nothing is counted as
wrong, and a candidate's own word never makes an aim better or worse documented (`domain.coverage` does not know it).
What is found is what is worth talking about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.evaluations import Rating


class Own(StrEnum):
    """The candidate's own scale, lowest first: Kan ikke, Kan litt, Kan."""

    CANNOT = "cannot"
    A_LITTLE = "a_little"
    CAN = "can"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnswer:
    """What a candidate says about one aim.

    Attributes:
        example: in the candidate's own words and language.
    """

    aim_code: str
    own: Own
    example: str = ""


class Beside(StrEnum):
    """How the two stand to each other."""

    NOBODY = "nobody"
    ONLY_SUPERVISORS = "only_supervisors"
    ONLY_CANDIDATE = "only_candidate"
    ALIKE = "alike"
    CANDIDATE_SEES_MORE = "candidate_sees_more"
    SUPERVISORS_SEE_MORE = "supervisors_see_more"


# What a supervisor's rating comes to on the candidate's scale; "not tried" says nothing about the candidate.
_AS_OWN: Mapping[Rating, Own] = {
    Rating.LEARNING: Own.A_LITTLE,
    Rating.GUIDED: Own.A_LITTLE,
    Rating.INDEPENDENT: Own.CAN,
}
_STEP = {own: step for step, own in enumerate(Own)}


@dataclass(frozen=True, slots=True)
class Pair:
    """One aim, what the candidate says of it, and what supervisors say.

    Attributes:
        coverage: every source among supervisors, those with "not tried here" too.
        own: None where the candidate has said nothing.
    """

    coverage: AimCoverage
    own: OwnAnswer | None
    beside: Beside

    @property
    def worth_trying(self) -> bool:
        """The candidate can do some of it, and no supervisor has seen it: a task to ask a workplace for."""
        return self.beside is Beside.ONLY_CANDIDATE and self.own is not None and self.own.own is not Own.CANNOT


def pairs(coverage: Iterable[AimCoverage], answers: Iterable[OwnAnswer]) -> tuple[Pair, ...]:
    """Returns one Pair for each aim, in the order of `coverage`. Answers about other aims are left out.

    The strongest of the supervisors' ratings is held against the candidate's, as in the coverage.
    """
    by_code = {answer.aim_code: answer for answer in answers}
    return tuple(Pair(one, own := by_code.get(one.aim.code), _beside(one, own)) for one in coverage)


def _beside(one: AimCoverage, own: OwnAnswer | None) -> Beside:
    steps = [_STEP[_AS_OWN[source.rating.rating]] for source in one.sources if source.rating.rating in _AS_OWN]
    if own is None:
        return Beside.ONLY_SUPERVISORS if steps else Beside.NOBODY
    if not steps:
        return Beside.ONLY_CANDIDATE
    seen, said = max(steps), _STEP[own.own]
    if said == seen:
        return Beside.ALIKE
    return Beside.CANDIDATE_SEES_MORE if said > seen else Beside.SUPERVISORS_SEE_MORE
