# SPDX-License-Identifier: MIT
"""The candidate's own word beside the supervisors': what is worth talking about, and never a verdict."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.coverage import Source, coverage
from rkv_app.domain.evaluations import AimRating, AimText, Rating
from rkv_app.domain.self_assessment import Beside, Own, OwnAnswer, Pair, pairs


def aim(code: str) -> AimText:
    return AimText(code=code, uri=f"urn:{code}", text="Kan …", language="nob", set_code="KV1", set_title="Sett")


def rated(*ratings: Rating) -> list[Source]:
    return [
        Source(f"e{number}", "Verksted", "Sjef", AimRating(aim=aim("KM1"), rating=rating))
        for number, rating in enumerate(ratings)
    ]


def beside(own: Own | None, *ratings: Rating) -> Pair:
    said = [OwnAnswer(aim_code="KM1", own=own)] if own else []
    (pair,) = pairs(coverage([aim("KM1")], rated(*ratings)), said)
    return pair


@pytest.mark.parametrize(
    ("own", "ratings", "expected"),
    [
        (None, [], Beside.NOBODY),
        (None, [Rating.NOT_TRIED], Beside.NOBODY),
        (None, [Rating.LEARNING], Beside.ONLY_SUPERVISORS),
        (Own.CAN, [], Beside.ONLY_CANDIDATE),
        (Own.CANNOT, [Rating.NOT_TRIED, Rating.NOT_TRIED], Beside.ONLY_CANDIDATE),
        (Own.CAN, [Rating.INDEPENDENT], Beside.ALIKE),
        (Own.A_LITTLE, [Rating.GUIDED], Beside.ALIKE),
        (Own.A_LITTLE, [Rating.LEARNING, Rating.NOT_TRIED], Beside.ALIKE),
        (Own.CAN, [Rating.GUIDED], Beside.CANDIDATE_SEES_MORE),
        (Own.CANNOT, [Rating.LEARNING], Beside.SUPERVISORS_SEE_MORE),
        (Own.A_LITTLE, [Rating.GUIDED, Rating.INDEPENDENT], Beside.SUPERVISORS_SEE_MORE),
    ],
)
def test_how_the_two_stand_to_each_other(own: Own | None, ratings: list[Rating], expected: Beside) -> None:
    assert beside(own, *ratings).beside is expected


@pytest.mark.parametrize(
    ("own", "ratings", "worth"),
    [
        (Own.CAN, [], True),
        (Own.A_LITTLE, [Rating.NOT_TRIED], True),
        (Own.CANNOT, [], False),
        (None, [], False),
        (Own.CAN, [Rating.GUIDED], False),
    ],
)
def test_what_the_candidate_can_and_nobody_has_seen_is_worth_trying_at_work(
    own: Own | None, ratings: list[Rating], worth: bool
) -> None:
    assert beside(own, *ratings).worth_trying is worth


@given(
    ratings=st.lists(st.sampled_from(Rating), max_size=4),
    own=st.none() | st.sampled_from(Own),
)
def test_the_candidates_word_makes_nothing_better_or_worse_documented(ratings: list[Rating], own: Own | None) -> None:
    (without,) = coverage([aim("KM1")], rated(*ratings))
    assert beside(own, *ratings).coverage == without


def test_every_aim_has_its_pair_in_order_and_other_aims_are_left_out() -> None:
    found = pairs(
        coverage([aim("KM2"), aim("KM1")], rated(Rating.GUIDED)),
        [OwnAnswer(aim_code="KM9", own=Own.CAN), OwnAnswer(aim_code="KM1", own=Own.CAN, example="I sidevind.")],
    )
    assert [(pair.coverage.aim.code, pair.own.example if pair.own else None) for pair in found] == [
        ("KM2", None),
        ("KM1", "I sidevind."),
    ]
