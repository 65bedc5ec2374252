# SPDX-License-Identifier: MIT
"""The agenda of a three-party meeting: what stands open, each thing once, what matters first."""

from dataclasses import replace
from datetime import date, timedelta

from rkv_app.domain.coverage import AimCoverage, Covered, Why
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.meetings import ENDS_SOON, Step, Topic, Waiting, open_points, steps_left
from rkv_app.domain.placements import Placement, Supervisor, Workplace

TODAY = date(2026, 11, 23)
PLACEMENT = Placement(
    id="p1",
    case_id="c1",
    workplace=Workplace(name="Havna"),
    supervisor=Supervisor(name="Kari"),
    measure="ARBTREN",
    start=date(2026, 1, 5),
    end=None,
    percent=50,
    tasks="",
)


def aim(code: str, covered: Covered) -> AimCoverage:
    text = AimText(code=code, uri=f"urn:{code}", text=code, language="nob", set_code="s", set_title="s")
    return AimCoverage(aim=text, covered=covered, why=next(iter(Why)), sources=())


def test_nothing_open_is_an_empty_agenda() -> None:
    assert open_points(today=TODAY) == ()
    assert open_points(placements=[PLACEMENT], evaluated={"p1"}, today=TODAY) == ()


def test_what_others_wait_for_comes_before_the_aims() -> None:
    points = open_points(
        steps=[Step(what="Ringe")],
        county=[Waiting(name="CV", day=TODAY)],
        awaited=[Waiting(name="Verftet", day=TODAY)],
        placements=[replace(PLACEMENT, end=TODAY)],
        coverage=[aim("A", Covered.NOT_TRIED), aim("B", Covered.PARTLY), aim("C", Covered.NO_INFORMATION)],
        today=TODAY,
    )
    assert [point.topic for point in points] == list(Topic)
    assert [one.code for one in points[-1].aims] == ["A", "C"]


def test_a_workplace_that_was_asked_is_waited_for_and_not_missing() -> None:
    first, again = (Waiting(name="Havna", day=TODAY - timedelta(days=days)) for days in (9, 2))
    (point,) = open_points(awaited=[again, first], placements=[PLACEMENT], today=TODAY)
    assert (point.topic, point.day) == (Topic.EVALUATION_AWAITED, first.day)


def test_a_placement_that_has_not_begun_is_not_talked_about_and_one_that_ended_is_over() -> None:
    later = replace(PLACEMENT, start=TODAY + timedelta(days=1))
    assert open_points(placements=[later], today=TODAY) == ()
    ended = replace(PLACEMENT, end=TODAY - timedelta(days=1))
    far = replace(PLACEMENT, end=TODAY + ENDS_SOON + timedelta(days=1))
    soon = replace(PLACEMENT, end=TODAY + ENDS_SOON)
    found = [open_points(placements=[one], evaluated={"p1"}, today=TODAY) for one in (ended, far, soon)]
    assert [len(points) for points in found] == [0, 0, 1]


def test_steps_that_are_done_or_dropped_are_left_behind_and_the_rest_go_on() -> None:
    earlier = [
        {"what": "A", "status": "done"},
        {"what": "B", "status": "dropped"},
        {"what": "C", "status": "not_done", "who": "nav", "due": "2026-11-01"},
        {"what": "", "status": "not_done"},
    ]
    assert steps_left(earlier, [{"what": "D"}]) == (Step(what="C", who="nav", due="2026-11-01"), Step(what="D"))
