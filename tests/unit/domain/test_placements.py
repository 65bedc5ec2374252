# SPDX-License-Identifier: MIT
"""A placement is one real period at one workplace."""

from datetime import date

import pytest

from rkv_app.domain.placements import Placement, Supervisor, Workplace


def placement(percent: int = 100, start: date = date(2026, 1, 12), end: date | None = None) -> Placement:
    return Placement(
        id="p1",
        case_id="c1",
        workplace=Workplace(name="Verksted"),
        supervisor=Supervisor(name="Sjef"),
        measure="ARBFORB",
        start=start,
        end=end,
        percent=percent,
        tasks="Delte ut mat.",
    )


@pytest.mark.parametrize("percent", [1, 50, 100])
def test_any_share_of_full_time_is_possible(percent: int) -> None:
    assert placement(percent=percent).percent == percent


@pytest.mark.parametrize("percent", [-1, 0, 101])
def test_no_time_and_more_than_full_time_are_not(percent: int) -> None:
    with pytest.raises(ValueError, match="1 to 100"):
        placement(percent=percent)


def test_a_placement_may_still_go_on() -> None:
    assert placement(end=None).end is None


def test_a_placement_may_last_one_day() -> None:
    assert placement(start=date(2026, 1, 12), end=date(2026, 1, 12)).end == date(2026, 1, 12)


def test_a_placement_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        placement(start=date(2026, 1, 12), end=date(2026, 1, 11))
