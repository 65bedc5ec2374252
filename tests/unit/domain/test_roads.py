# SPDX-License-Identifier: MIT
"""Roads to a final competence: one promise for each rule, and a table of people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rkv_app.domain.roads import Answers, Reason, Road, Stands, roads, unconfirmed


def stands(answers: Answers) -> dict[Road, Stands]:
    return {one.road: one.stands for one in roads(answers)}


def reasons(answers: Answers, road: Road) -> dict[str, bool | None]:
    (found,) = (one for one in roads(answers) if one.road is road)
    return {one.rule: one.holds for one in found.reasons}


def test_18_3_the_right_begins_in_the_year_of_the_nineteenth_birthday() -> None:
    assert reasons(Answers(turns=19, completed=False), Road.ASSESSMENT)["right_of_adults"] is True
    assert reasons(Answers(turns=18, completed=False), Road.ASSESSMENT)["right_of_adults"] is False


def test_18_3_whether_the_right_is_there_is_unclear_until_earlier_schooling_is_known() -> None:
    assert reasons(Answers(turns=30), Road.ASSESSMENT)["right_of_adults"] is None
    assert reasons(Answers(completed=False), Road.ASSESSMENT)["right_of_adults"] is None
    # Too young is too young, whatever schooling there is.
    assert reasons(Answers(turns=17), Road.ASSESSMENT)["right_of_adults"] is False


def test_18_4_who_has_completed_has_a_right_to_one_other_trade() -> None:
    other = Answers(turns=40, completed=True, had_another=False)
    assert reasons(other, Road.MODULAR)["right_to_another_trade"] is True
    assert reasons(Answers(completed=True, had_another=True), Road.MODULAR)["right_to_another_trade"] is False
    assert reasons(Answers(completed=True), Road.MODULAR)["right_to_another_trade"] is None


def test_18_5_without_the_right_one_may_still_be_admitted() -> None:
    answers = Answers(completed=True, had_another=True, modular=True)
    assert reasons(answers, Road.MODULAR)["may_be_admitted"] is None
    assert stands(answers)[Road.MODULAR] is Stands.UNCLEAR


def test_18_8_with_the_right_an_assessment_is_a_right() -> None:
    answers = Answers(turns=30, completed=False, aims=10, shown=5)
    assert reasons(answers, Road.ASSESSMENT)["assessment_by_right"] is True
    assert stands(answers)[Road.ASSESSMENT] is Stands.OPEN


def test_18_8_without_it_a_recommendation_opens_the_road() -> None:
    answers = Answers(completed=True, had_another=True, recommended=True, aims=10, shown=5)
    assert reasons(answers, Road.ASSESSMENT) == {"assessment_by_recommendation": True, "something_documented": True}
    assert stands(answers)[Road.ASSESSMENT] is Stands.OPEN


def test_18_8_without_both_the_road_is_not_closed_for_a_recommendation_can_be_written() -> None:
    answers = Answers(completed=True, had_another=True, recommended=False, aims=10, shown=5)
    assert stands(answers)[Road.ASSESSMENT] is Stands.UNCLEAR


def test_23_2_a_candidate_with_long_and_recent_practice_may_sign_up_for_the_test() -> None:
    assert stands(Answers(practice_months=60, recent=True))[Road.CANDIDATE] is Stands.OPEN
    assert stands(Answers(practice_months=59.9, recent=True))[Road.CANDIDATE] is Stands.NOT_NOW
    assert stands(Answers(practice_months=60, recent=False))[Road.CANDIDATE] is Stands.NOT_NOW
    assert stands(Answers(practice_months=60))[Road.CANDIDATE] is Stands.UNCLEAR


def test_on_the_job_takes_a_post_and_a_year_of_practice() -> None:
    assert stands(Answers(employed=True, practice_months=12))[Road.ON_THE_JOB] is Stands.OPEN
    assert stands(Answers(employed=False, practice_months=12))[Road.ON_THE_JOB] is Stands.NOT_NOW
    assert stands(Answers(employed=True, practice_months=11))[Road.ON_THE_JOB] is Stands.NOT_NOW
    assert reasons(Answers(employed=True), Road.ON_THE_JOB)["job_assessment_first"] is None


def test_14_1_modular_training_takes_a_modular_curriculum() -> None:
    right = {"turns": 30, "completed": False}
    assert stands(Answers(**right, modular=True))[Road.MODULAR] is Stands.OPEN
    assert stands(Answers(**right, modular=False))[Road.MODULAR] is Stands.NOT_NOW
    assert stands(Answers(**right))[Road.MODULAR] is Stands.UNCLEAR
    assert "modular_what_is_left" in reasons(Answers(**right, modular=True), Road.MODULAR)


def test_5_1_from_19_to_24_there_is_a_choice() -> None:
    for turns, told in ((18, False), (19, True), (24, True), (25, False)):
        assert ("young_adult" in reasons(Answers(turns=turns, completed=False), Road.MODULAR)) is told


def test_with_nothing_to_show_more_practice_comes_first() -> None:
    first = roads(Answers(turns=30, completed=False, modular=True, aims=20, shown=1))[0]
    assert (first.road, first.stands) == (Road.MORE_PRACTICE, Stands.OPEN)
    assert roads(Answers(turns=30, completed=False, modular=True, aims=20, shown=4))[0].road is Road.ASSESSMENT


@pytest.mark.parametrize(
    ("who", "answers", "first"),
    [
        (
            "a refugee of 34 with half of the aims documented",
            Answers(turns=34, completed=False, modular=True, aims=38, shown=19),
            Road.ASSESSMENT,
        ),
        (
            "a worker with eight years in the trade",
            Answers(turns=50, completed=True, had_another=True, practice_months=96, recent=True),
            Road.CANDIDATE,
        ),
        (
            "a helper of two years in a post, completed before",
            Answers(completed=True, had_another=True, practice_months=24, employed=True, aims=30, shown=10),
            Road.ON_THE_JOB,
        ),
        (
            "one who begins tomorrow",
            Answers(turns=22, completed=False, modular=True, aims=30, shown=0, practice_months=0),
            Road.MORE_PRACTICE,
        ),
        (
            "one with a general diploma whom Nav recommends",
            Answers(turns=45, completed=True, had_another=True, recommended=True, aims=30, shown=9),
            Road.ASSESSMENT,
        ),
    ],
)
def test_people(who: str, answers: Answers, first: Road) -> None:
    suggested = roads(answers)[0]
    assert (suggested.road, suggested.stands) == (first, Stands.OPEN), who


ANSWERS = st.builds(
    Answers,
    turns=st.none() | st.integers(0, 100),
    completed=st.none() | st.booleans(),
    had_another=st.none() | st.booleans(),
    recommended=st.none() | st.booleans(),
    practice_months=st.none() | st.floats(0, 600),
    recent=st.none() | st.booleans(),
    employed=st.none() | st.booleans(),
    modular=st.none() | st.booleans(),
    aims=st.just(20),
    shown=st.integers(0, 20),
)


@given(ANSWERS)
def test_every_road_is_told_once_open_ones_first_and_each_says_why(answers: Answers) -> None:
    found = roads(answers)
    assert {one.road for one in found} == set(Road)
    assert len(found) == len(Road)
    places = [list(Stands).index(one.stands) for one in found]
    assert places == sorted(places)
    assert all(one.reasons for one in found)


@given(ANSWERS)
def test_a_road_is_closed_by_a_rule_that_is_not_met_and_by_nothing_else(answers: Answers) -> None:
    for one in roads(answers):
        broken = any(reason.holds is False and not reason.informs for reason in one.reasons)
        assert (one.stands is Stands.NOT_NOW) is broken


def test_a_road_names_the_rules_that_nobody_has_read() -> None:
    (road,) = (one for one in roads(Answers()) if one.road is Road.CANDIDATE)
    known = {reason.rule: True for reason in road.reasons} | {"candidate_long_practice": False}
    assert unconfirmed(road, known) == ("candidate_long_practice",)
    assert Reason("candidate_long_practice", None) in road.reasons
