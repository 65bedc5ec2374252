# SPDX-License-Identifier: MIT
"""What the coverage view tells a veileder about each aim, and why."""

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.coverage import Covered, Source, Why, counts, coverage, weigh
from rkv_app.domain.evaluations import AimRating, AimText, KnownBy, Rating

LIMIT = date(2024, 1, 1)
OLD = date(2023, 12, 31)
RECENT = date(2026, 5, 4)


def aim(code: str) -> AimText:
    return AimText(code=code, uri=f"urn:{code}", text="Kan …", language="nob", set_code="KV1", set_title="Sett")


def source(code: str, rating: Rating, *known_by: KnownBy, observed_on: date | None = RECENT) -> Source:
    said = AimRating(aim=aim(code), rating=rating, known_by=frozenset(known_by), observed_on=observed_on)
    return Source("e1", "Verksted", "Sjef", said)


def covered(*sources: Source, oldest: date | None = None) -> tuple[Covered, Why]:
    (one,) = coverage([aim("KM1")], sources, oldest=oldest)
    return one.covered, one.why


def test_an_aim_that_nobody_spoke_of_has_no_information() -> None:
    assert covered() == (Covered.NO_INFORMATION, Why.NOBODY_SAID)


def test_not_tried_never_reads_as_weakness_or_as_nothing() -> None:
    assert covered(source("KM1", Rating.NOT_TRIED)) == (Covered.NOT_TRIED, Why.NOT_TRIED_ANYWHERE)


@pytest.mark.parametrize("known_by", [KnownBy.OBSERVED, KnownBy.PRODUCT])
def test_independent_work_that_was_seen_covers(known_by: KnownBy) -> None:
    assert covered(source("KM1", Rating.INDEPENDENT, known_by)) == (Covered.COVERED, Why.SEEN_INDEPENDENT)


@pytest.mark.parametrize("known_by", [(), (KnownBy.TALKED,), (KnownBy.COURSE,), (KnownBy.TALKED, KnownBy.COURSE)])
def test_independent_work_that_was_only_told_of_covers_partly(known_by: tuple[KnownBy, ...]) -> None:
    assert covered(source("KM1", Rating.INDEPENDENT, *known_by)) == (Covered.PARTLY, Why.NOT_SEEN)


def test_seen_once_is_enough_beside_other_ways_of_knowing() -> None:
    assert covered(source("KM1", Rating.INDEPENDENT, KnownBy.TALKED, KnownBy.OBSERVED))[0] is Covered.COVERED


@pytest.mark.parametrize(("rating", "why"), [(Rating.LEARNING, Why.LEARNING), (Rating.GUIDED, Why.GUIDED)])
def test_work_with_help_covers_partly_however_well_it_was_seen(rating: Rating, why: Why) -> None:
    assert covered(source("KM1", rating, *KnownBy)) == (Covered.PARTLY, why)


def test_work_older_than_the_county_counts_covers_partly() -> None:
    old = source("KM1", Rating.INDEPENDENT, KnownBy.OBSERVED, observed_on=OLD)
    assert covered(old, oldest=LIMIT) == (Covered.PARTLY, Why.TOO_OLD)


def test_work_on_the_first_day_that_counts_counts() -> None:
    first = source("KM1", Rating.INDEPENDENT, KnownBy.OBSERVED, observed_on=LIMIT)
    assert covered(first, oldest=LIMIT)[0] is Covered.COVERED


def test_a_rating_without_a_date_is_not_called_old() -> None:
    undated = source("KM1", Rating.INDEPENDENT, KnownBy.OBSERVED, observed_on=None)
    assert covered(undated, oldest=LIMIT)[0] is Covered.COVERED


def test_a_county_without_a_limit_counts_everything() -> None:
    assert (
        covered(source("KM1", Rating.INDEPENDENT, KnownBy.OBSERVED, observed_on=date(1970, 1, 1)))[0] is Covered.COVERED
    )


def test_the_strongest_source_decides_and_every_source_is_shown() -> None:
    said = (
        source("KM1", Rating.NOT_TRIED),
        source("KM1", Rating.INDEPENDENT, KnownBy.PRODUCT),
        source("KM1", Rating.GUIDED, KnownBy.OBSERVED),
    )
    (one,) = coverage([aim("KM1")], said)
    assert one.covered is Covered.COVERED
    assert one.sources == said


def test_aims_stand_in_reading_order_and_ratings_of_other_aims_are_left_out() -> None:
    result = coverage([aim("KM2"), aim("KM1")], [source("KM1", Rating.GUIDED), source("KM9", Rating.INDEPENDENT)])
    assert [(one.aim.code, len(one.sources)) for one in result] == [("KM2", 0), ("KM1", 1)]


def test_the_summary_counts_every_class_also_the_empty_ones() -> None:
    result = coverage([aim("KM1"), aim("KM2")], [source("KM1", Rating.NOT_TRIED)])
    assert counts(result) == {
        Covered.NO_INFORMATION: 1,
        Covered.NOT_TRIED: 1,
        Covered.PARTLY: 0,
        Covered.COVERED: 0,
    }


RATINGS = st.builds(
    source,
    st.just("KM1"),
    st.sampled_from(Rating),
    observed_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 12, 31)),
) | st.builds(
    lambda by, on: source("KM1", Rating.INDEPENDENT, *by, observed_on=on), st.sets(st.sampled_from(KnownBy)), st.dates()
)


def _rank(sources: Iterable[Source]) -> int:
    return list(Covered).index(covered(*sources, oldest=LIMIT)[0])


@given(st.lists(RATINGS, max_size=5), RATINGS)
def test_one_more_source_never_weakens_what_is_documented(before: list[Source], more: Source) -> None:
    assert _rank([*before, more]) >= _rank(before)


@given(st.lists(RATINGS, max_size=5))
def test_the_order_in_which_sources_come_does_not_matter(sources: list[Source]) -> None:
    assert covered(*sources, oldest=LIMIT) == covered(*reversed(sources), oldest=LIMIT)


@given(RATINGS)
def test_every_rating_has_an_explanation(one: Source) -> None:
    assert weigh(one.rating, oldest=LIMIT) is not Why.NOBODY_SAID
