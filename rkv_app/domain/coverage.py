# SPDX-License-Identifier: MIT
"""How well each aim is documented: the strongest credible evidence over all placements. Never called approval.

The rule, in one place:
* covered: done independently, and observed or seen in a work product, within the county's age limit;
* partly: done with guidance, under training, or independently but only talked through or shown by a course, or too old;
* not tried: every source says that the aim was not tried there;
* no information: nobody has said anything.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating
from rkv_app.domain.transcribed import Transcribed

_SEEN = frozenset({KnownBy.OBSERVED, KnownBy.PRODUCT})


class Covered(StrEnum):
    """Documentation of an aim, weakest first."""

    NO_INFORMATION = "no_information"
    NOT_TRIED = "not_tried"
    PARTLY = "partly"
    COVERED = "covered"


class Why(StrEnum):
    """The one reason that decided, for the explanation on screen."""

    NOBODY_SAID = "nobody_said"
    NOT_TRIED_ANYWHERE = "not_tried_anywhere"
    LEARNING = "learning"
    GUIDED = "guided"
    NOT_SEEN = "not_seen"
    TOO_OLD = "too_old"
    SEEN_INDEPENDENT = "seen_independent"


_WEIGHT: dict[Why, tuple[Covered, int]] = {
    Why.NOBODY_SAID: (Covered.NO_INFORMATION, 0),
    Why.NOT_TRIED_ANYWHERE: (Covered.NOT_TRIED, 1),
    Why.LEARNING: (Covered.PARTLY, 2),
    Why.TOO_OLD: (Covered.PARTLY, 3),
    Why.GUIDED: (Covered.PARTLY, 4),
    Why.NOT_SEEN: (Covered.PARTLY, 5),
    Why.SEEN_INDEPENDENT: (Covered.COVERED, 6),
}


@dataclass(frozen=True, slots=True)
class Source:
    """One rating and where it comes from.

    Attributes:
        transcribed: who put the evaluation in, where the supervisor has not signed it electronically.
    """

    evaluation_id: str
    workplace: str
    supervisor: str
    rating: AimRating
    transcribed: Transcribed | None = None


@dataclass(frozen=True, slots=True)
class AimCoverage:
    """An aim, how well it is documented, why, and every source side by side."""

    aim: AimText
    covered: Covered
    why: Why
    sources: tuple[Source, ...]


def weigh(rating: AimRating, *, oldest: date | None) -> Why:
    """Says what one rating is worth; `oldest` is the earliest day the county counts, None for no limit."""
    match rating.rating:
        case Rating.NOT_TRIED:
            return Why.NOT_TRIED_ANYWHERE
        case Rating.LEARNING:
            return Why.LEARNING
        case Rating.GUIDED:
            why = Why.GUIDED
        case Rating.INDEPENDENT:
            why = Why.SEEN_INDEPENDENT if rating.known_by & _SEEN else Why.NOT_SEEN
    if oldest is not None and rating.observed_on is not None and rating.observed_on < oldest:
        return Why.TOO_OLD
    return why


def coverage(
    aims: Sequence[AimText], sources: Iterable[Source], *, oldest: date | None = None
) -> tuple[AimCoverage, ...]:
    """Returns one AimCoverage for each aim, in the order of `aims`. An aim is known by its code alone."""
    by_code: dict[str, list[Source]] = {aim.code: [] for aim in aims}
    for source in sources:
        if source.rating.aim.code in by_code:
            by_code[source.rating.aim.code].append(source)
    result = []
    for aim in aims:
        found = tuple(by_code[aim.code])
        reasons = [weigh(source.rating, oldest=oldest) for source in found]
        why = max(reasons, key=lambda reason: _WEIGHT[reason][1], default=Why.NOBODY_SAID)
        result.append(AimCoverage(aim, _WEIGHT[why][0], why, found))
    return tuple(result)


def counts(covered: Iterable[AimCoverage]) -> dict[Covered, int]:
    """Returns the number of aims in each class, every class present."""
    result = dict.fromkeys(Covered, 0)
    for one in covered:
        result[one.covered] += 1
    return result
