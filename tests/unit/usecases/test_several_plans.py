# SPDX-License-Identifier: MIT
"""A case may rest on several curricula: every aim of each is asked about, shown, sent and decided on, none twice."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from rkv_app.domain.aims import Curriculum
from rkv_app.domain.coverage import coverage
from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import Application, EvaluationRequest, Outcome
from rkv_app.domain.plans import coverage_by_plan, in_sets
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.packets.messages import record_json
from rkv_app.usecases.asked_on_older import asked_on_older
from rkv_app.usecases.case_aims import aims_together, asked_once
from rkv_app.usecases.case_plans import add_plan_to_case, remove_plan_from_case
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.curriculum_news import cases_on_older
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest, request_evaluation
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.send_outcome import NewOutcome, decidable, send_outcome
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.suggest_bridges import same_text_elsewhere
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.view_requests import view_request
from support.curricula import curricula, newer, practice
from support.desks import NOW, Desks, snapshot
from support.parties import SUPERVISOR, TRADE_PLAN

MODULES = "XXP05-01"
BOTH = (TRADE_PLAN, MODULES)


@pytest.fixture
def rests_on_both(desks: Desks) -> tuple[str, str]:
    """A case on both practice plans, with a placement: their ids."""
    case_id, placement_id = desks.case()
    add_plan_to_case(desks.adviser, case_id, MODULES)
    return case_id, placement_id


def _asked(desks: Desks, request: SentRequest) -> EvaluationRequest:
    content = read_on_record(desks.adviser, request.message_id).content
    assert isinstance(content, EvaluationRequest)
    return content


def _answered(desks: Desks, request: SentRequest, *codes: str) -> Path:
    """The supervisor says "not tried" of these aims and sends the answer."""
    message_id = receive_packet(desks.supervisor, request.path, request.code).message_id
    evaluation = view_request(desks.supervisor, message_id).evaluation
    for code in codes:
        save_answer(desks.supervisor, evaluation.id, f"aims/{code}/rating", "not_tried")
    complete_evaluation(desks.supervisor, message_id, SUPERVISOR.name, "Arbeidsleder")
    return send_evaluation(desks.supervisor, message_id, desks.folder / "answer.rkvpakke").path


def _aims(code: str) -> list[str]:
    return [aim.code for aim in practice(code).aims()]


@given(one=curricula("ABC03-01"), other=curricula("ABD03-01"))
def test_each_aim_of_each_plan_is_accounted_for_exactly_once(one: Curriculum, other: Curriculum) -> None:
    together = aims_together([one, other], "nb")
    wanted = [(plan.code, aim.code) for plan in (one, other) for aim in plan.aims()]
    assert [(aim.plan.code if aim.plan else "", aim.code) for aim in together] == wanted
    covered = coverage(together, [])
    assert [each.aim for _, of_plan in coverage_by_plan(covered) for each in of_plan] == list(together)
    assert [aim for part in in_sets(together, lambda aim: aim) for aim in part.of_set] == list(together)
    plans = [plan.code for plan, _ in coverage_by_plan(covered) if plan]
    assert plans == [part.begins.code for part in in_sets(together, lambda aim: aim) if part.begins]
    # An answer is known by the code of its aim, so no code is asked about twice, and none is forgotten.
    asked = [aim.code for aim in asked_once(together)]
    assert len(asked) == len(set(asked))
    assert set(asked) == {code for _, code in wanted}


def test_one_plan_alone_is_put_as_before_there_could_be_several(desks: Desks) -> None:
    _, placement_id = desks.case()
    asked = _asked(desks, desks.request(placement_id))
    assert all(aim.plan is None for aim in asked.aims)
    assert all("plan" not in aim for aim in json.loads(record_json(asked))["innhold"]["aims"])


def test_a_plan_is_added_after_those_that_the_case_has(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    view = view_case(desks.adviser, rests_on_both[0])
    assert view.case.plans == BOTH
    assert [plan.code for plan in view.plans] == list(BOTH)
    assert [one.aim.code for one in view.coverage] == [*_aims(TRADE_PLAN), *_aims(MODULES)]


def test_a_request_asks_about_chosen_aims_of_any_plan(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    first, second = _aims(TRADE_PLAN)[0], _aims(MODULES)[-1]
    target = desks.folder / "some.rkvpakke"
    asked = _asked(desks, request_evaluation(desks.adviser, rests_on_both[1], target, [second, first]))
    assert [(aim.plan.code if aim.plan else "", aim.code) for aim in asked.aims] == [
        (TRADE_PLAN, first),
        (MODULES, second),
    ]
    assert [plan.code for plan in asked.plans] == list(BOTH)


def test_a_request_about_one_of_the_plans_can_be_answered_in_an_older_app(
    desks: Desks, rests_on_both: tuple[str, str]
) -> None:
    target = desks.folder / "modules.rkvpakke"
    asked = _asked(desks, request_evaluation(desks.adviser, rests_on_both[1], target, _aims(MODULES)))
    assert (asked.curriculum_code, asked.curriculum_title) == (MODULES, practice(MODULES).title.text("nb"))
    assert all("plan" not in aim for aim in json.loads(record_json(asked))["innhold"]["aims"])


def test_what_a_supervisor_says_reaches_the_county_under_its_plan_and_is_decided_on(
    desks: Desks, rests_on_both: tuple[str, str]
) -> None:
    case_id, placement_id = rests_on_both
    code = _aims(MODULES)[0]
    receive_packet(desks.adviser, _answered(desks, desks.request(placement_id), code))
    sent = desks.apply(case_id)
    desks.introduce_adviser()
    receive_packet(desks.intake, sent.path)

    view = view_application(desks.intake, sent.message_id)
    application = view.queued.application
    assert [plan.code for plan in application.plans] == list(BOTH)
    said = {one.aim.code: one for one in view.coverage if one.sources}
    assert list(said) == [code]
    assert said[code].aim.plan is not None
    assert said[code].aim.plan.code == MODULES

    lines = [line for _, line, _ in decidable(application)]
    assert len(lines) == len(set(lines))
    assert {*BOTH, *_aims(TRADE_PLAN), *_aims(MODULES)} <= set(lines)
    new = NewOutcome(decided_on=local_date(NOW), recognised={TRADE_PLAN: False, MODULES: True})
    outcome = send_outcome(desks.intake, sent.message_id, new, desks.folder / "vedtak.rkvpakke")
    receive_packet(desks.adviser, outcome.path)
    (told,) = view_case(desks.adviser, case_id).outcomes
    assert isinstance(told.outcome, Outcome)
    assert [(one.code, one.recognised) for one in told.outcome.decisions] == [(TRADE_PLAN, False), (MODULES, True)]


def test_the_store_keeps_which_plan_an_answered_aim_stands_in(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    case_id, placement_id = rests_on_both
    receive_packet(desks.adviser, _answered(desks, desks.request(placement_id), _aims(MODULES)[0]))
    (kept,) = view_case(desks.adviser, case_id).evaluations
    assert isinstance(kept, Evaluation)
    assert kept.plans == tuple(view_case(desks.adviser, case_id).plans)


def test_the_self_assessment_is_about_all_plans(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    response = start_form(desks.adviser, rests_on_both[0], "self-assessment")
    kept = desks.adviser.store.responses.get(response.id)
    assert kept is not None
    assert kept.aims == response.aims
    assert [aim.plan.code for aim in kept.aims if aim.plan] == [code for code in BOTH for _ in _aims(code)]


def test_an_answer_can_be_copied_to_the_same_text_in_another_plan(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    request = desks.request(rests_on_both[1])
    message_id = desks.opened_request(request)
    offered = same_text_elsewhere(view_request(desks.supervisor, message_id).evaluation)
    assert (TRADE_PLAN, MODULES) in {(one.source.plan, one.target.plan) for one in offered}


def test_a_new_version_of_a_further_plan_is_told_too(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    add_plan_to_case(desks.adviser, case_id, MODULES)
    desks.request(placement_id)
    assert asked_on_older(desks.adviser, case_id) == ()
    first, *rest = practice(MODULES).sets
    shorter = replace(
        practice(MODULES), changed="2027-02-01T09:00:00", sets=(replace(first, aims=first.aims[1:]), *rest)
    )
    desks.adviser.store.curricula.put([shorter, newer(practice(TRADE_PLAN))])
    changes = [one.changes for one in asked_on_older(desks.adviser, case_id)]
    assert [(len(one.added), len(one.reworded), len(one.withdrawn)) for one in changes] == [(1, 1, 1), (0, 0, 1)]
    assert [one.case.id for one in cases_on_older(desks.adviser, {MODULES})] == [case_id]


def _plan_that_is_there(desks: Desks, case_id: str) -> None:
    add_plan_to_case(desks.adviser, case_id, TRADE_PLAN)


def _plan_that_is_nowhere(desks: Desks, case_id: str) -> None:
    add_plan_to_case(desks.adviser, case_id, "NON01-01")


def _plan_without_aims(desks: Desks, case_id: str) -> None:
    desks.adviser.store.curricula.put([replace(practice(MODULES), code="TOM01-01", sets=())])
    add_plan_to_case(desks.adviser, case_id, "TOM01-01")


def _first_plan_away(desks: Desks, case_id: str) -> None:
    remove_plan_from_case(desks.adviser, case_id, TRADE_PLAN)


def _evaluated_plan_away(desks: Desks, case_id: str) -> None:
    placement = view_case(desks.adviser, case_id).placements[0]
    receive_packet(desks.adviser, _answered(desks, desks.request(placement.id), _aims(MODULES)[0]))
    remove_plan_from_case(desks.adviser, case_id, MODULES)


def _self_assessed_plan_away(desks: Desks, case_id: str) -> None:
    response = start_form(desks.adviser, case_id, "self-assessment")
    matrix = desks.adviser.forms.pinned(response.form).matrices()[0]
    save_form_answer(desks.adviser, response.id, f"{matrix.id}/{_aims(MODULES)[0]}/own", "can")
    remove_plan_from_case(desks.adviser, case_id, MODULES)


def _plan_after_sending(desks: Desks, case_id: str) -> None:
    placement = view_case(desks.adviser, case_id).placements[0]
    receive_packet(desks.adviser, _answered(desks, desks.request(placement.id), _aims(TRADE_PLAN)[0]))
    desks.apply(case_id)
    remove_plan_from_case(desks.adviser, case_id, MODULES)


@pytest.mark.parametrize(
    ("refused", "code"),
    [
        (_plan_that_is_there, "RKV-CUR-025"),
        (_plan_that_is_nowhere, "RKV-CAS-003"),
        (_plan_without_aims, "RKV-CUR-024"),
        (_first_plan_away, "RKV-CUR-026"),
        (_evaluated_plan_away, "RKV-CAS-019"),
        (_self_assessed_plan_away, "RKV-CAS-019"),
        (_plan_after_sending, "RKV-CAS-020"),
    ],
)
def test_what_cannot_be_is_refused_and_the_case_keeps_its_plans(
    refused: Callable[[Desks, str], None], code: str, desks: Desks, rests_on_both: tuple[str, str]
) -> None:
    with pytest.raises(UserError) as problem:
        refused(desks, rests_on_both[0])
    assert problem.value.code == code
    assert view_case(desks.adviser, rests_on_both[0]).case.plans == BOTH


def test_a_plan_that_nobody_has_answered_about_can_be_taken_away_and_added_again(
    desks: Desks, rests_on_both: tuple[str, str]
) -> None:
    case_id, placement_id = rests_on_both
    receive_packet(desks.adviser, _answered(desks, desks.request(placement_id), _aims(TRADE_PLAN)[0]))
    before = snapshot(desks.adviser, case_id)
    remove_plan_from_case(desks.adviser, case_id, MODULES)
    assert [one.aim.code for one in view_case(desks.adviser, case_id).coverage] == _aims(TRADE_PLAN)
    add_plan_to_case(desks.adviser, case_id, MODULES)
    assert snapshot(desks.adviser, case_id) == before
    desks.adviser.store.verify_trail()


def test_an_application_about_several_plans_reads_back_equal(desks: Desks, rests_on_both: tuple[str, str]) -> None:
    case_id, placement_id = rests_on_both
    receive_packet(desks.adviser, _answered(desks, desks.request(placement_id), _aims(MODULES)[0]))
    sent = desks.apply(case_id)
    content = read_on_record(desks.adviser, sent.message_id).content
    assert isinstance(content, Application)
    assert [aim.code for aim in content.aims] == [*_aims(TRADE_PLAN), *_aims(MODULES)]
    assert content.plans == view_case(desks.adviser, case_id).plans
