# SPDX-License-Identifier: MIT
"""A form on a case begins with what the case knows, and what one form tells is read where it belongs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from rkv_app.domain.self_assessment import Own
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.add_placement import NewPlacement, add_placement
from rkv_app.usecases.amend_form import amend_form
from rkv_app.usecases.complete_form import complete_form
from rkv_app.usecases.find_trades import experience_in_case
from rkv_app.usecases.form_responses import offered_forms
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.stop_form import withdraw_form
from rkv_app.usecases.suggest_roads import Asked, suggest_roads
from rkv_app.usecases.view_case import view_case
from support.desks import ADDRESS, SUPERVISOR_PHONE, Desks
from support.golden_answers import golden
from support.parties import ADVISER, SUPERVISOR


def begun(desks: Desks, case_id: str, form_id: str) -> Mapping[str, object]:
    return start_form(desks.adviser, case_id, form_id).answers


def completed(desks: Desks, case_id: str, form_id: str, name: str, **also: object) -> str:
    """Begins a form, gives the golden answers in the place of what was filled in, and completes it: its id."""
    response = start_form(desks.adviser, case_id, form_id)
    (answers,) = [one.answers for one in golden(form_id) if one.name == name]
    asked = {aim.code for aim in response.aims}
    for path in response.answers:
        save_form_answer(desks.adviser, response.id, path, None)
    for path, value in {**answers, **also}.items():
        head, *rest = path.split("/")
        if head != "signed_paper" and (head != "aims" or rest[0] in asked):
            save_form_answer(desks.adviser, response.id, path, value)
    complete_form(desks.adviser, response.id)
    return response.id


def test_an_attest_begins_with_every_period_at_the_workplace(desks: Desks) -> None:
    case_id, _ = desks.case()
    desks.placement(case_id)
    said = begun(desks, case_id, "attest")
    assert (said["candidate_name"], said["candidate_birth_date"]) == ("Amina Eksempel", "1991-04-03")
    assert said["workplace_name"] == SUPERVISOR.organisation
    assert said["placements"] == ["row-1", "row-2"]
    assert said["placements/row-1/period"] == {"from": "2025-08-18", "to": "2025-12-19"}
    assert (said["placements/row-2/scope"], said["placements/row-2/percent"]) == ("percent", 80)
    assert (said["still_here"], said["counted_to"]) == (False, "2025-12-19")
    # The same work at the same place is said once.
    assert said["placement_tasks"] == "Klargjøring av hangar og fortøyning."
    assert "placements/row-1/hours" not in said


def test_a_placement_that_goes_on_has_no_last_day_in_an_attest(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    today = local_date(desks.adviser.clock.now())
    (old,) = (one for one in view_case(desks.adviser, case_id).placements if one.id == placement_id)
    new = NewPlacement(
        workplace=old.workplace,
        supervisor=old.supervisor,
        measure=old.measure,
        start=date(2026, 1, 5),
        end=date(today.year + 1, 1, 1),
        percent=50,
        tasks="",
    )
    add_placement(desks.adviser, case_id, new)
    said = begun(desks, case_id, "attest")
    assert said["placements/row-2/period"] == {"from": "2026-01-05"}
    assert (said["still_here"], said["counted_to"]) == (True, today.isoformat())
    plan = begun(desks, case_id, "individual-plan")
    assert (plan["in_practice"], plan["workplace_name"]) == (True, SUPERVISOR.organisation)


def works(desks: Desks, case_id: str, workplace: str, start: date, end: date | None) -> None:
    """One more placement."""
    (old, *_) = view_case(desks.adviser, case_id).placements
    new = NewPlacement(
        workplace=replace(old.workplace, name=workplace),
        supervisor=old.supervisor,
        measure=old.measure,
        start=start,
        end=end,
        percent=50,
        tasks="",
    )
    add_placement(desks.adviser, case_id, new)


def test_an_attest_holds_to_today_while_any_period_there_goes_on(desks: Desks) -> None:
    case_id, _ = desks.case()
    today = local_date(desks.adviser.clock.now())
    works(desks, case_id, SUPERVISOR.organisation, date(2025, 9, 1), None)
    works(desks, case_id, SUPERVISOR.organisation, date(2025, 10, 1), date(2025, 10, 31))
    said = begun(desks, case_id, "attest")
    assert (said["still_here"], said["counted_to"]) == (True, today.isoformat())


def test_an_attest_of_what_is_over_holds_to_the_last_day_of_all_periods_there(desks: Desks) -> None:
    case_id, _ = desks.case()
    works(desks, case_id, SUPERVISOR.organisation, date(2025, 10, 1), date(2025, 10, 31))
    said = begun(desks, case_id, "attest")
    assert (said["still_here"], said["counted_to"]) == (False, "2025-12-19")


def test_only_an_agreement_is_made_with_a_workplace_where_nothing_has_begun(desks: Desks) -> None:
    case_id, _ = desks.case()
    today = local_date(desks.adviser.clock.now())
    works(desks, case_id, "Senere AS", today + timedelta(days=10), None)
    found = {form: begun(desks, case_id, form)["workplace_name"] for form in ("three-party-meeting", "attest")}
    assert set(found.values()) == {SUPERVISOR.organisation}
    assert begun(desks, case_id, "workplace-agreement")["workplace_name"] == "Senere AS"


def test_nothing_is_filled_in_that_is_not_asked_and_all_of_it_can_be_answered(desks: Desks) -> None:
    case_id, _ = desks.case()
    for one in offered_forms(desks.adviser):
        if not one.form.anonymous:
            response = start_form(desks.adviser, case_id, one.form.id)
            for path, value in response.answers.items():
                save_form_answer(desks.adviser, response.id, path, value)
    assert "workplace_name" not in begun(desks, case_id, "individual-plan")


@pytest.mark.parametrize("form_id", ["workplace-agreement", "attest", "three-party-meeting"])
def test_a_candidate_with_address_protection_gets_no_place_or_number_written(desks: Desks, form_id: str) -> None:
    open_case, _ = desks.case()
    case_id, _ = desks.case(shielded=True)
    shielded = str(dict(begun(desks, case_id, form_id)))
    assert ADDRESS not in shielded
    assert SUPERVISOR_PHONE not in shielded
    assert SUPERVISOR.name in str(dict(begun(desks, open_case, "workplace-agreement")))
    assert ADDRESS in str(dict(begun(desks, open_case, "workplace-agreement")))


def test_an_agreement_proposes_who_does_what_but_never_who_assesses(desks: Desks) -> None:
    case_id, _ = desks.case()
    said = begun(desks, case_id, "workplace-agreement")
    assert (said["duty_evaluation"], said["duty_application"]) == (["workplace"], ["nav"])
    assert (said["adviser_name"], said["placement_percent"]) == (ADVISER.name, 80)
    assert not [path for path in said if "assess" in path]


def test_a_meeting_begins_with_what_stands_open_and_what_was_left_last_time(desks: Desks) -> None:
    case_id, _ = desks.case()
    first = begun(desks, case_id, "three-party-meeting")
    assert "earlier" not in first
    assert first["agenda/row-1/topic"] == f"Ingen har bedt {SUPERVISOR.organisation} om praksisevaluering ennå."
    assert "til, se saken" in str(first["agenda/row-2/topic"])
    completed(desks, case_id, "three-party-meeting", "complete", held_on="2026-01-19")
    said = begun(desks, case_id, "three-party-meeting")
    assert [said[f"earlier/{row}/what"] for row in ("row-1", "row-2", "row-3")] == [
        "Melde på kurs",
        "Prøve å fortøye alene",
        "Sende attest",
    ]
    assert (said["earlier/row-3/who"], said["earlier/row-3/due"]) == ("workplace", "2026-12-15")
    assert said["agenda/row-1/topic"] == "3 skritt fra sist er ikke gjort. Hva skal til?"


def test_a_workplace_that_was_asked_for_an_evaluation_is_waited_for(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    desks.request(placement_id)
    topic = begun(desks, case_id, "three-party-meeting")["agenda/row-1/topic"]
    assert topic == f"Vi ba {SUPERVISOR.organisation} om praksisevaluering 20. januar 2026. Den er ikke kommet."


def test_a_new_plan_goes_on_from_the_last_one_but_not_its_confirmation(desks: Desks) -> None:
    case_id, _ = desks.case()
    assert begun(desks, case_id, "individual-plan")["is_first"] is True
    dates = {"updated_on": "2026-01-20", "milestones/m1/reached_on": "2026-01-19"}
    completed(desks, case_id, "individual-plan", "complete", **dates)
    said = begun(desks, case_id, "individual-plan")
    assert (said["is_first"], said["road"], said["milestones"]) == (False, "other", ["m1", "m2", "m3"])
    assert said["milestones/m1/status"] == "reached"
    assert not {"updated_on", "next_review", "candidate_agrees", "changed_since"} & said.keys()


class TestOwnWord:
    """What the candidate says stands beside what the workplaces say."""

    def test_only_what_was_completed_last_stands_there(self, desks: Desks) -> None:
        case_id = desks.documented_case()
        before = view_case(desks.adviser, case_id)
        start_form(desks.adviser, case_id, "self-assessment")
        assert (before.own, view_case(desks.adviser, case_id).own) == ((), ())
        code = before.coverage[0].aim.code
        for own in ("cannot", "can"):
            last = completed(desks, case_id, "self-assessment", "empty", **{f"aims/{code}/own": own})
        (said,) = view_case(desks.adviser, case_id).own
        assert (said.aim_code, said.own) == (code, Own.CAN)
        # What a candidate says of themselves documents nothing.
        assert view_case(desks.adviser, case_id).coverage == before.coverage
        amend_form(desks.adviser, last, "Har øvd mer")
        save_form_answer(desks.adviser, last, f"aims/{code}/own", "a_little")
        assert [one.own for one in view_case(desks.adviser, case_id).own] == [Own.CAN]

    def test_what_was_entered_in_error_gives_way_to_what_came_before(self, desks: Desks) -> None:
        case_id, _ = desks.case()
        code = view_case(desks.adviser, case_id).coverage[0].aim.code
        completed(desks, case_id, "self-assessment", "empty", **{f"aims/{code}/own": "can"})
        wrong = completed(desks, case_id, "self-assessment", "empty", **{f"aims/{code}/own": "cannot"})
        withdraw_form(desks.adviser, wrong, "Feil sak")
        assert [one.own for one in view_case(desks.adviser, case_id).own] == [Own.CAN]


class TestReadBack:
    """What was answered on one form need not be said again elsewhere."""

    def test_the_roads_start_from_the_form_of_readiness_and_what_is_answered_now_comes_first(
        self, desks: Desks
    ) -> None:
        case_id, _ = desks.case()
        assert (suggest_roads(desks.adviser, case_id).asked, suggest_roads(desks.adviser, case_id).from_form) == (
            Asked(),
            None,
        )
        completed(desks, case_id, "rkv-readiness", "right-and-modules")
        view = suggest_roads(desks.adviser, case_id)
        (said,) = [one.answers for one in golden("rkv-readiness") if one.name == "right-and-modules"]
        assert view.from_form is not None
        assert (view.answers.completed, view.answers.employed) == (said.get("completed"), said.get("employed"))
        # The form counts all practice, so that the placement of the case is not counted twice.
        months = said.get("practice_months")
        assert isinstance(months, int | float)
        assert view.answers.practice_months == pytest.approx(max(months, float(view.practice.full_time_months)))
        again = suggest_roads(desks.adviser, case_id, Asked(completed=False))
        assert (again.answers.completed, again.answers.employed, again.from_form) == (False, None, None)

    def test_experience_told_in_forms_is_looked_for_in_curricula_and_wishes_are_not(self, desks: Desks) -> None:
        case_id, _ = desks.case()
        completed(desks, case_id, "candidate-finder", "complete", talked_on="2026-01-19")
        dates = {"mapped_on": "2026-01-19", "jobs/j1/period": {"from": "2025-05-24"}}
        completed(desks, case_id, "competence-mapping", "complete", **dates)
        lines = experience_in_case(desks.adviser, case_id).splitlines()
        assert lines[:3] == [
            "Klargjøring av hangar og fortøyning.",
            "Jeg bar planker, målte opp og snekret vegger.",
            "Jeg laget mat til mange.",
        ]
        assert "Sydde klær på symaskin og reparerte sykler." in lines
        assert "Fortøyer luftskip og rydder plassen." in lines
        assert not {"kokk", "Arbeid om natten.", "Amina Eksempel", "Eritrea"} & set(lines)
        assert len(lines) == len(set(lines))
