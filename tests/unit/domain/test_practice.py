# SPDX-License-Identifier: MIT
"""The sums on an attest: no day counts twice, nothing is more than full time, and what overlaps is said."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.placements import Placement, Supervisor, Workplace
from rkv_app.domain.practice import sum_practice

TODAY = date(2026, 11, 23)
WORKPLACE, SUPERVISOR = Workplace(name="Hangar"), Supervisor(name="Sjef")
DAYS = st.dates(date(2010, 1, 1), TODAY)


def placement(start: date, end: date | None, percent: int = 100, number: int = 1) -> Placement:
    return Placement(
        id=f"p{number}",
        case_id="c",
        workplace=WORKPLACE,
        supervisor=SUPERVISOR,
        measure="arbeidstrening",
        start=start,
        end=end,
        percent=percent,
        tasks="",
    )


@st.composite
def placements(draw: st.DrawFn) -> list[Placement]:
    found = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(DAYS)
        days = draw(st.none() | st.integers(0, 900))
        end = None if days is None else start + timedelta(days)
        found.append(placement(start, end, draw(st.integers(1, 100)), number))
    return found


def worked(found: list[Placement], day: date) -> int:
    return sum(one.percent for one in found if one.start <= day <= (one.end or TODAY))


def test_whole_months_are_whole() -> None:
    practice = sum_practice([placement(date(2026, 1, 1), date(2026, 3, 31), 80)], TODAY)
    assert (practice.months, practice.full_time_months, practice.percent) == (3, Fraction(12, 5), 80)
    assert practice.full_time_years == Fraction(1, 5)


def test_a_part_of_a_month_is_its_days_out_of_that_month() -> None:
    assert sum_practice([placement(date(2026, 2, 1), date(2026, 2, 7))], TODAY).months == Fraction(7, 28)


def test_a_week_of_full_time_is_37_and_a_half_hours() -> None:
    monday = date(2026, 11, 2)
    assert sum_practice([placement(monday, monday + timedelta(6))], TODAY).hours == Fraction(75, 2)
    assert sum_practice([placement(monday, monday + timedelta(6), 40)], TODAY).hours == 15


def test_halves_side_by_side_are_full_time_and_are_said() -> None:
    both = [
        placement(date(2026, 1, 1), date(2026, 2, 28), 50, 1),
        placement(date(2026, 2, 1), date(2026, 3, 31), 50, 2),
    ]
    practice = sum_practice(both, TODAY)
    assert (practice.months, practice.full_time_months) == (3, 2)
    (overlap,) = practice.overlaps
    assert (overlap.first, overlap.last) == (date(2026, 2, 1), date(2026, 2, 28))
    assert (overlap.placements, overlap.percent) == (("p1", "p2"), 100)


def test_two_full_time_placements_at_once_are_one() -> None:
    month = [placement(date(2026, 1, 1), date(2026, 1, 31), 100, number) for number in (1, 2)]
    practice = sum_practice(month, TODAY)
    assert (practice.months, practice.full_time_months) == (1, 1)
    assert practice.overlaps[0].percent == 200


def test_a_placement_that_goes_on_counts_until_today() -> None:
    assert sum_practice([placement(date(2026, 11, 1), None)], TODAY).months == Fraction(23, 30)


def test_what_has_not_happened_yet_counts_for_nothing() -> None:
    practice = sum_practice([placement(date(2027, 1, 1), date(2027, 5, 31))], TODAY)
    assert (practice.months, practice.hours, practice.recent_share, practice.percent) == (0, 0, None, 0)


def test_more_than_the_share_that_a_county_takes_for_full_time_is_full_time() -> None:
    month = [placement(date(2026, 1, 1), date(2026, 1, 31), 81)]
    assert sum_practice(month, TODAY, full_above=80).full_time_months == 1
    assert sum_practice(month, TODAY).full_time_months == Fraction(81, 100)
    month = [placement(date(2026, 1, 1), date(2026, 1, 31), 80)]
    assert sum_practice(month, TODAY, full_above=80).full_time_months == Fraction(4, 5)


def test_half_of_it_lies_within_the_last_ten_years() -> None:
    old, new = placement(date(2010, 1, 1), date(2010, 12, 31)), placement(date(2025, 1, 1), date(2025, 12, 31), 100, 2)
    assert sum_practice([old, new], TODAY).recent_share == Fraction(1, 2)


def test_ten_years_before_the_day_that_comes_every_fourth_year() -> None:
    leap_day = date(2024, 2, 29)
    practice = sum_practice([placement(date(2014, 2, 1), date(2014, 2, 28))], leap_day)
    assert practice.recent_share == Fraction(1, 28)


@given(placements())
def test_no_day_counts_twice_and_none_for_more_than_full_time(found: list[Placement]) -> None:
    practice = sum_practice(found, TODAY)
    days = [date(2010, 1, 1) + timedelta(n) for n in range((TODAY - date(2010, 1, 1)).days + 1)]
    hours = sum(min(100, worked(found, day)) for day in days if day.weekday() < 5) * Fraction(15, 200)
    assert practice.hours == hours
    assert 0 <= practice.full_time_months <= practice.months
    assert 0 <= practice.percent <= 100


@given(placements())
def test_the_order_of_placements_makes_no_difference(found: list[Placement]) -> None:
    shuffled = sorted(found, key=lambda one: one.percent)
    one, other = sum_practice(found, TODAY), sum_practice(shuffled, TODAY)
    assert (one.months, one.full_time_months, one.hours) == (other.months, other.full_time_months, other.hours)


@given(DAYS, st.integers(1, 800), st.integers(0, 800), st.integers(1, 100))
def test_one_placement_cut_in_two_is_the_same_practice(start: date, first: int, rest: int, percent: int) -> None:
    middle, end = start + timedelta(first), start + timedelta(first + rest)
    whole = sum_practice([placement(start, end, percent)], date(2030, 1, 1))
    halves = [placement(start, middle - timedelta(1), percent, 1), placement(middle, end, percent, 2)]
    cut = sum_practice(halves, date(2030, 1, 1))
    assert (whole.months, whole.full_time_months, whole.hours) == (cut.months, cut.full_time_months, cut.hours)
    assert cut.overlaps == ()


@pytest.mark.parametrize("gap", [1, 40])
def test_time_between_two_placements_counts_for_nothing(gap: int) -> None:
    first = placement(date(2026, 1, 1), date(2026, 1, 31))
    begin = date(2026, 2, 1) + timedelta(gap)
    practice = sum_practice([first, placement(begin, begin, 100, 2)], TODAY)
    assert 1 < practice.months < Fraction(11, 10)
