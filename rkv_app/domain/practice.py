# SPDX-License-Identifier: MIT
"""How much practice several placements make together, as an attest states it: months, hours, per cent, full time.

The rule, in one place:
* Each calendar day counts once, however many placements there are on it. What they fill of full time that day is added
  up and counts at most as full time: two half-time placements beside each other are full time, two full-time ones too.
* Where a county counts a large part-time post as full time (Nordland: more than 80 per cent), a day above that share is
  a full-time day.
* A month is a calendar month; a part of one is its days out of that month's days.
* Hours are worked Monday to Friday at 7.5 hours for full time. Holidays and absence are not taken off: nobody has
  registered them.
* A placement that goes on counts to `today`, and nothing counts after it.
"""

import calendar
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from rkv_app.domain.placements import Placement

HOURS_A_DAY = Fraction(15, 2)
FULL = 100
_DAY = timedelta(days=1)
_RECENT_YEARS = 10


@dataclass(frozen=True, slots=True)
class Overlap:
    """Days on which more than one placement ran.

    Attributes:
        first, last: the first and last of them.
        placements: their ids, by first day.
        percent: what they are together, before anything is cut.
    """

    first: date
    last: date
    placements: tuple[str, ...]
    percent: int


@dataclass(frozen=True, slots=True)
class Practice:
    """What placements make together. Fractions are exact; round them where they are shown.

    Attributes:
        months: calendar months with practice.
        full_time_months: the same as full time.
        hours: at 37.5 hours a week.
        recent_share: how much of the full-time months lies in the last ten years, 0 to 1; None where there is none.
        overlaps: what ran side by side, oldest first; each of those days is counted once.
    """

    months: Fraction
    full_time_months: Fraction
    hours: Fraction
    recent_share: Fraction | None
    overlaps: tuple[Overlap, ...]

    @property
    def percent(self) -> Fraction:
        """The share of full time on average, over the months with practice."""
        return self.full_time_months / self.months * FULL if self.months else Fraction(0)

    @property
    def full_time_years(self) -> Fraction:
        """Full-time equivalents in years (årsverk)."""
        return self.full_time_months / 12


def sum_practice(placements: Iterable[Placement], today: date, *, full_above: int = FULL) -> Practice:
    """Sums placements up to `today`; days with more than `full_above` per cent (at most 100) count as full time."""
    months = full_time = hours = recent = Fraction(0)
    overlaps: list[Overlap] = []
    ten_years_ago = _years_before(today, _RECENT_YEARS)
    for first, last, running in _segments(list(placements), today):
        percent = sum(one.percent for one in running)
        share = Fraction(1) if percent > full_above else Fraction(percent, FULL)
        months += _months(first, last)
        full_time += share * _months(first, last)
        hours += share * _weekdays(first, last) * HOURS_A_DAY
        if last >= ten_years_ago:
            recent += share * _months(max(first, ten_years_ago), last)
        if len(running) > 1:
            _add_overlap(overlaps, Overlap(first, last, tuple(one.id for one in running), percent))
    return Practice(months, full_time, hours, recent / full_time if full_time else None, tuple(overlaps))


def _segments(placements: Sequence[Placement], today: date) -> Iterator[tuple[date, date, list[Placement]]]:
    """The time from the first day to the last, cut wherever a placement begins or ends; gaps are left out."""
    spans = [(one.start, min(one.end or today, today), one) for one in sorted(placements, key=lambda one: one.start)]
    spans = [span for span in spans if span[0] <= span[1]]
    cuts = sorted({span[0] for span in spans} | {span[1] + _DAY for span in spans})
    for first, after in pairwise(cuts):
        running = [one for start, end, one in spans if start <= first <= end]
        if running:
            yield first, after - _DAY, running


def _add_overlap(overlaps: list[Overlap], new: Overlap) -> None:
    before = overlaps[-1] if overlaps else None
    if before and before.placements == new.placements and before.last + _DAY == new.first:
        overlaps[-1] = Overlap(before.first, new.last, new.placements, new.percent)
    else:
        overlaps.append(new)


def _months(first: date, last: date) -> Fraction:
    """Calendar months from one day to another, both counted; 0 where the first is after the last."""
    if first > last:
        return Fraction(0)
    # Whole months between the two, and the days of the month at either end.
    between = (last.year - first.year) * 12 + last.month - first.month
    return between + Fraction(last.day, _days_in(last)) - Fraction(first.day - 1, _days_in(first))


def _days_in(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _weekdays(first: date, last: date) -> int:
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * 5 + sum((first.weekday() + day) % 7 < 5 for day in range(rest))


def _years_before(day: date, years: int) -> date:
    if (day.month, day.day) == (2, 29):
        return date(day.year - years, 2, 28)
    return day.replace(year=day.year - years)
