# SPDX-License-Identifier: MIT
"""Which road to a final competence fits a candidate: a suggestion with the rule behind each step, never a decision.

The county decides (opplæringslova § 18-3 and after, forskrift til opplæringslova chapter 13). What each rule says,
where it stands and whether it was read there is data: `resources/reference/road_rules.yaml`, known here by code alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

# Opplæringslova § 18-3 and § 5-1, years of age in the year the school year begins.
ADULT_FROM = 19
YOUNG_TO = 24
# Not confirmed, see the rules `candidate_long_practice` and `job_practice`; months of full time.
LONG_PRACTICE = 60
JOB_PRACTICE = 12
# Advice of our own: with less than this share of the aims documented, more practice comes first.
ENOUGH_SHOWN = 0.2


class Road(StrEnum):
    """The roads there are, in the order in which they are told where they fit equally well."""

    ASSESSMENT = "assessment"
    CANDIDATE = "candidate"
    ON_THE_JOB = "on_the_job"
    MODULAR = "modular"
    MORE_PRACTICE = "more_practice"


class Stands(StrEnum):
    """How a road stands: nothing speaks against it, something must be found out, or a rule is not met."""

    OPEN = "open"
    UNCLEAR = "unclear"
    NOT_NOW = "not_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What is known of a candidate; None where it is not.

    Attributes:
        turns: age in the year in which the school year begins.
        completed: has study or vocational competence that counts in Norway.
        had_another: has already used the right to one new vocational competence.
        recommended: the municipality or Nav recommends an assessment.
        practice_months: practice in the trade, in months of full time.
        recent: at least half of it is from the last ten years.
        employed: works for an employer who can train in the trade.
        modular: the trade has a modular curriculum.
        aims, shown: how many aims the curriculum has, and how many are documented wholly or partly.
    """

    turns: int | None = None
    completed: bool | None = None
    had_another: bool | None = None
    recommended: bool | None = None
    practice_months: float | None = None
    recent: bool | None = None
    employed: bool | None = None
    modular: bool | None = None
    aims: int = 0
    shown: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule, and whether the candidate meets it; None where that is not known, or where it only informs."""

    rule: str
    holds: bool | None
    informs: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A road, how it stands, and why."""

    road: Road
    stands: Stands
    reasons: tuple[Reason, ...]


def roads(answers: Answers) -> tuple[Suggestion, ...]:
    """Returns every road: open ones first, then what must be found out, then what is not possible now."""
    found = [
        _suggestion(Road.ASSESSMENT, (*_assessment(answers), _shown(answers))),
        _suggestion(Road.CANDIDATE, _candidate(answers)),
        _suggestion(Road.ON_THE_JOB, _on_the_job(answers)),
        _suggestion(Road.MODULAR, _modular(answers)),
    ]
    little = _share(answers) < ENOUGH_SHOWN
    found.append(_suggestion(Road.MORE_PRACTICE, (Reason("more_to_show", little),)))
    order = {stands: place for place, stands in enumerate(Stands)}
    if little and not any(one.stands is Stands.OPEN and one.road is Road.CANDIDATE for one in found):
        # Whoever can show nothing gains nothing from being assessed first.
        found.insert(0, found.pop())
    return tuple(sorted(found, key=lambda one: order[one.stands]))


def right(answers: Answers) -> tuple[Reason, ...]:
    """Whether the candidate has a right to education for adults, by the rule that decides it."""
    if answers.completed:
        used = answers.had_another
        by = [Reason("right_to_another_trade", None if used is None else not used)]
    else:
        old_enough = None if answers.turns is None else answers.turns >= ADULT_FROM
        unknown = answers.completed is None and old_enough is not False
        by = [Reason("right_of_adults", None if unknown else old_enough)]
    if answers.turns is not None and ADULT_FROM <= answers.turns <= YOUNG_TO:
        by.append(Reason("young_adult", None, informs=True))
    return tuple(by)


def _assessment(answers: Answers) -> tuple[Reason, ...]:
    by_right = right(answers)
    if by_right[0].holds:
        return (*by_right, Reason("assessment_by_right", True))
    if answers.recommended:
        return (Reason("assessment_by_recommendation", True),)
    # A recommendation can still be written, so nothing is closed.
    told = (Reason(one.rule, one.holds, informs=one.informs or one.holds is False) for one in by_right)
    return (*told, Reason("assessment_by_recommendation", None))


def _shown(answers: Answers) -> Reason:
    return Reason("something_documented", answers.shown > 0)


def _candidate(answers: Answers) -> tuple[Reason, ...]:
    return (
        Reason("candidate_with_practice", None, informs=True),
        Reason("candidate_long_practice", _at_least(answers.practice_months, LONG_PRACTICE)),
        Reason("candidate_recent_practice", answers.recent),
    )


def _on_the_job(answers: Answers) -> tuple[Reason, ...]:
    return (
        Reason("job_employed", answers.employed),
        Reason("job_practice", _at_least(answers.practice_months, JOB_PRACTICE)),
        Reason("job_assessment_first", None, informs=True),
    )


def _modular(answers: Answers) -> tuple[Reason, ...]:
    by_right = right(answers)
    if by_right[0].holds is False:
        # Without a right the county may still say yes.
        by_right = (Reason(by_right[0].rule, False, informs=True), Reason("may_be_admitted", None))
    return (
        Reason("modular_plan", answers.modular),
        *by_right,
        Reason("modular_what_is_left", None, informs=True),
    )


def _at_least(months: float | None, wanted: int) -> bool | None:
    return None if months is None else months >= wanted


def _share(answers: Answers) -> float:
    return answers.shown / answers.aims if answers.aims else 0.0


def _suggestion(road: Road, reasons: Sequence[Reason]) -> Suggestion:
    deciding = [one.holds for one in reasons if not one.informs]
    unless_not = Stands.UNCLEAR if None in deciding else Stands.OPEN
    stands = Stands.NOT_NOW if False in deciding else unless_not
    return Suggestion(road, stands, tuple(reasons))


def unconfirmed(suggestion: Suggestion, confirmed: Mapping[str, bool]) -> tuple[str, ...]:
    """Returns the codes of those rules behind a road that nobody has read in the act or regulation itself."""
    return tuple(one.rule for one in suggestion.reasons if not confirmed.get(one.rule, False))
