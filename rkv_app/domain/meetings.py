# SPDX-License-Identifier: MIT
"""What a three-party meeting has to talk about: what stands open in a case, in the order in which it is best taken.

The rule, in one place:
* first what was agreed last time and is not done, then what the county waits for, then evaluations that are missing,
  then placements that end soon, then aims;
* an evaluation is waited for from a workplace that was asked and has not answered, and is missing where nobody asked;
* aims that are partly documented come before those that nobody has said anything about: less is needed.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rkv_app.domain.coverage import AimCoverage, Covered
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.placements import Placement

ENDS_SOON = timedelta(days=42)
_UNTRIED = frozenset({Covered.NO_INFORMATION, Covered.NOT_TRIED})
# Codes of the form `three-party-meeting`: what need not be taken up again.
_OVER = frozenset({"done", "dropped"})


class Topic(StrEnum):
    """What a point is about, in the order of the agenda."""

    STEPS_LEFT = "steps_left"
    COUNTY_ASKS = "county_asks"
    EVALUATION_AWAITED = "evaluation_awaited"
    EVALUATION_MISSING = "evaluation_missing"
    PLACEMENT_ENDS = "placement_ends"
    AIMS_THIN = "aims_thin"
    AIMS_UNTRIED = "aims_untried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that was agreed in a meeting.

    Attributes:
        who: code of the party, as the form has it; empty where nobody was named.
        due: the day by which it was to be done, or None.
    """

    what: str
    who: str = ""
    due: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What somebody has asked for and has not got: a workplace's evaluation, or the county's items."""

    name: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoint:
    """One point of an agenda.

    Attributes:
        count: how many steps or aims it is about; 1 for the others.
        name: the workplace, or what the county asks for.
        day: since when, or until when.
        aims: the aims, in reading order.
    """

    topic: Topic
    count: int = 1
    name: str = ""
    day: date | None = None
    aims: tuple[AimText, ...] = ()


def steps_left(earlier: Iterable[Mapping[str, object]], agreed: Iterable[Mapping[str, object]]) -> tuple[Step, ...]:
    """Returns what the last meeting leaves behind, oldest first.

    Args:
        earlier: steps that meeting took up from before, with how it went (`status`).
        agreed: steps that it agreed on itself.
    """
    rows = [*(row for row in earlier if row.get("status") not in _OVER), *agreed]
    return tuple(
        Step(what=str(row["what"]), who=str(row.get("who") or ""), due=str(row["due"]) if row.get("due") else None)
        for row in rows
        if row.get("what")
    )


def open_points(
    *,
    steps: Sequence[Step] = (),
    county: Iterable[Waiting] = (),
    awaited: Iterable[Waiting] = (),
    placements: Iterable[Placement] = (),
    evaluated: Collection[str] = (),
    coverage: Sequence[AimCoverage] = (),
    today: date,
) -> tuple[OpenPoint, ...]:
    """Returns the points of a draft agenda, in order.

    Args:
        steps: what the last meeting left behind.
        county: what the county has asked for and not been sent, each with its deadline.
        awaited: the workplaces that were asked for an evaluation and have not answered, with the day they were asked.
        placements: of the case; one that has not begun is not talked about.
        evaluated: ids of those with an evaluation.
        coverage: how well each aim is documented, in reading order.
        today: the day of drafting.
    """
    begun = [one for one in placements if one.start <= today]
    asked = _once(awaited)
    missing = dict.fromkeys(
        one.workplace.name for one in begun if one.id not in evaluated and one.workplace.name not in asked
    )
    points = [OpenPoint(topic=Topic.STEPS_LEFT, count=len(steps))] if steps else []
    points += [OpenPoint(topic=Topic.COUNTY_ASKS, name=one.name, day=one.day) for one in county]
    points += [OpenPoint(topic=Topic.EVALUATION_AWAITED, name=name, day=day) for name, day in asked.items()]
    points += [OpenPoint(topic=Topic.EVALUATION_MISSING, name=name) for name in missing]
    points += [
        OpenPoint(topic=Topic.PLACEMENT_ENDS, name=one.workplace.name, day=one.end)
        for one in begun
        if one.end is not None and today <= one.end <= today + ENDS_SOON
    ]
    points += _about_aims(Topic.AIMS_THIN, [one.aim for one in coverage if one.covered is Covered.PARTLY])
    points += _about_aims(Topic.AIMS_UNTRIED, [one.aim for one in coverage if one.covered in _UNTRIED])
    return tuple(points)


def _once(awaited: Iterable[Waiting]) -> dict[str, date]:
    """Each workplace with the first day it was asked: asking twice is one point."""
    found: dict[str, date] = {}
    for one in sorted(awaited, key=lambda waiting: waiting.day):
        found.setdefault(one.name, one.day)
    return found


def _about_aims(topic: Topic, aims: Sequence[AimText]) -> list[OpenPoint]:
    return [OpenPoint(topic=topic, count=len(aims), aims=tuple(aims))] if aims else []
