# SPDX-License-Identifier: MIT
"""Answers to a form on a case: begun, saved, completed, amended with both kept, left, withdrawn, moved, anonymous."""

import dataclasses
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.registry import Forms
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.usecases.amend_evaluation import (
    amend_evaluation,
    give_up_evaluation_amendment,
    resume_evaluation,
    stop_evaluation,
    withdraw_evaluation,
)
from rkv_app.usecases.amend_form import amend_form, give_up_amendment
from rkv_app.usecases.attach_to_answer import attach_to_answer
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.complete_form import complete_form
from rkv_app.usecases.form_responses import check_response, offered_forms, response_of, responses_of
from rkv_app.usecases.hand_in_survey import hand_in_survey
from rkv_app.usecases.move_form_version import move_form_version, plan_move
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.stop_form import resume_form, stop_form, withdraw_form
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_form_response import view_response
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace
from support.case_forms import MEETING, NEWER_MEETING, SELF_ASSESSMENT, SURVEY, form_folder
from support.desks import Desks


@dataclass(frozen=True)
class Sat:
    """An adviser with some forms of their own, and a case."""

    ws: Workspace
    case_id: str
    folder: Path

    def begun(self, form_id: str = "meeting") -> FormResponse:
        """A response that was just begun."""
        return start_form(self.ws, self.case_id, form_id)

    def completed(self) -> FormResponse:
        """A meeting that was completed."""
        response = self.begun()
        save_form_answer(self.ws, response.id, "held", True)
        save_form_answer(self.ws, response.id, "agreed", "Prøve sveising")
        complete_form(self.ws, response.id)
        return response_of(self.ws, response.id)

    def now(self, response: FormResponse) -> FormResponse:
        """The response as it is now."""
        return response_of(self.ws, response.id)


@pytest.fixture
def sat(desks: Desks, tmp_path: Path) -> Sat:
    case_id, _ = desks.case()
    folder = form_folder(tmp_path / "forms", MEETING, SELF_ASSESSMENT, SURVEY)
    return Sat(dataclasses.replace(desks.adviser, forms=Forms(folder)), case_id, folder)


def refused(code: str, do: Callable[[], object]) -> UserError:
    with pytest.raises(UserError) as caught:
        do()
    assert caught.value.code == code
    return caught.value


def test_a_form_is_begun_on_its_newest_version_and_bound_to_it(sat: Sat) -> None:
    response = sat.begun()
    assert response.form == sat.ws.forms.pin_of(sat.ws.forms.newest("meeting"))
    assert (response.aims, response.language) == ((), sat.ws.language)
    assert sat.begun("self").aims == view_case_aims(sat)
    refused("RKV-FRM-050", lambda: sat.begun("survey"))
    refused("RKV-FRM-004", lambda: sat.begun("none"))
    refused("RKV-CAS-001", lambda: start_form(sat.ws, "none", "meeting"))


def view_case_aims(sat: Sat) -> tuple[object, ...]:
    return tuple(one.aim for one in view_case(sat.ws, sat.case_id).coverage)


def test_every_form_that_comes_with_the_app_can_be_begun_where_it_belongs(desks: Desks) -> None:
    case_id, _ = desks.case()
    on_a_case = [one.form for one in offered_forms(desks.adviser) if not one.form.anonymous]
    assert on_a_case
    for form in on_a_case:
        assert bool(start_form(desks.adviser, case_id, form.id).aims) is bool(form.matrices())
    assert len(responses_of(desks.adviser, case_id)) == len(on_a_case)


def test_the_forms_on_offer_are_all_but_the_evaluation_and_what_cannot_be_read(sat: Sat) -> None:
    broken = sat.folder / "broken" / "2026.1.yaml"
    broken.parent.mkdir()
    broken.write_text("id: [", encoding="utf-8")
    assert {one.form.id for one in offered_forms(sat.ws)} == {"meeting", "self", "survey"}


def test_every_answer_is_kept_as_it_is_given_and_what_does_not_fit_is_refused(sat: Sat) -> None:
    response = sat.begun()
    save_form_answer(sat.ws, response.id, "agreed", "Ringe")
    refused("RKV-FRM-011", lambda: save_form_answer(sat.ws, response.id, "held", "yes"))
    refused("RKV-FRM-010", lambda: save_form_answer(sat.ws, response.id, "other", 1))
    refused("RKV-FRM-046", lambda: save_form_answer(sat.ws, "none", "held", True))
    assert sat.now(response).answers == {"agreed": "Ringe"}
    save_form_answer(sat.ws, response.id, "agreed", None)
    assert sat.now(response).answers == {}


def test_the_list_says_what_is_missing_at_any_time_and_completing_waits_for_it(sat: Sat) -> None:
    response = sat.begun()
    assert [one.problems for one in responses_of(sat.ws, sat.case_id)] == [1]
    assert [one.item for one in check_response(sat.ws, response.id)] == ["held"]
    problem = refused("RKV-FRM-048", lambda: complete_form(sat.ws, response.id))
    assert problem.status is ExitStatus.NO
    save_form_answer(sat.ws, response.id, "held", False)
    assert [one.problems for one in responses_of(sat.ws, sat.case_id)] == [0]
    complete_form(sat.ws, response.id)
    assert sat.now(response).state is EvaluationState.COMPLETED


def test_completing_drops_answers_that_are_not_asked_for_any_more(sat: Sat) -> None:
    response = sat.begun()
    save_form_answer(sat.ws, response.id, "held", True)
    save_form_answer(sat.ws, response.id, "agreed", "Prøve sveising")
    save_form_answer(sat.ws, response.id, "held", False)
    revision = complete_form(sat.ws, response.id)
    assert revision.answers == sat.now(response).answers == {"held": False}


def test_what_is_completed_changes_by_an_amendment_only_and_both_are_kept(sat: Sat) -> None:
    response = sat.completed()
    refused("RKV-FRM-047", lambda: save_form_answer(sat.ws, response.id, "agreed", "x"))
    refused("RKV-FRM-031", lambda: amend_form(sat.ws, response.id, "  "))
    amend_form(sat.ws, response.id, " Feil avtale ")
    refused("RKV-FRM-030", lambda: amend_form(sat.ws, response.id, "once more"))
    refused("RKV-FRM-052", lambda: stop_form(sat.ws, response.id, "nei"))
    save_form_answer(sat.ws, response.id, "agreed", "Prøve lodding")
    # Until the amendment is completed, what was completed before is what counts.
    assert [one.answers["agreed"] for one in sat.now(response).revisions] == ["Prøve sveising"]
    complete_form(sat.ws, response.id)
    now = sat.now(response)
    assert now.state is EvaluationState.AMENDED
    assert [(one.number, one.answers["agreed"], one.reason) for one in now.revisions] == [
        (1, "Prøve sveising", ""),
        (2, "Prøve lodding", "Feil avtale"),
    ]
    assert now.revisions[1].by == sat.ws.party.name


def test_an_amendment_can_be_given_up(sat: Sat) -> None:
    response = sat.completed()
    refused("RKV-FRM-051", lambda: give_up_amendment(sat.ws, response.id))
    amend_form(sat.ws, response.id, "Feil")
    save_form_answer(sat.ws, response.id, "agreed", "Noe annet")
    give_up_amendment(sat.ws, response.id)
    assert dataclasses.replace(sat.now(response), changed=response.changed) == response


def test_answers_are_left_and_taken_up_again_and_withdrawn_for_a_reason(sat: Sat) -> None:
    response = sat.begun()
    save_form_answer(sat.ws, response.id, "agreed", "Finnes i søk")
    refused("RKV-FRM-031", lambda: stop_form(sat.ws, response.id, ""))
    stop_form(sat.ws, response.id, "Flyttet")
    assert (sat.now(response).state, sat.now(response).reason) == (EvaluationState.STOPPED, "Flyttet")
    refused("RKV-FRM-047", lambda: save_form_answer(sat.ws, response.id, "held", True))
    resume_form(sat.ws, response.id)
    refused("RKV-FRM-030", lambda: resume_form(sat.ws, response.id))
    assert sat.ws.store.search.find("finnes")
    withdraw_form(sat.ws, response.id, "Feil person")
    assert sat.now(response).answers == {"agreed": "Finnes i søk"}
    assert not sat.ws.store.search.find("finnes")
    refused("RKV-FRM-030", lambda: withdraw_form(sat.ws, response.id, "en gang til"))


def test_a_newer_version_changes_nothing_until_a_person_agrees_to_what_it_does(sat: Sat) -> None:
    response = sat.begun()
    for item, value in (("held", True), ("agreed", "Ringe"), ("room", "B2")):
        save_form_answer(sat.ws, response.id, item, value)
    refused("RKV-FRM-049", lambda: plan_move(sat.ws, response.id))
    form_folder(sat.folder, NEWER_MEETING)
    assert [one.newer for one in responses_of(sat.ws, sat.case_id)] == ["2026.2"]
    planned = plan_move(sat.ws, response.id)
    assert (list(planned.moved.kept), [one.path for one in planned.moved.changed]) == (["held"], ["steps"])
    assert [(one.path, one.value) for one in planned.moved.lost] == [("room", "B2")]
    assert sat.now(response).form == response.form
    save_form_answer(sat.ws, response.id, "room", "B3")
    refused("RKV-FRM-053", lambda: move_form_version(sat.ws, response.id, planned))
    report = move_form_version(sat.ws, response.id, plan_move(sat.ws, response.id))
    now = sat.now(response)
    assert (now.form.version, now.answers) == ("2026.2", {"held": True, "steps": "Ringe"})
    assert list(sat.ws.store.responses.moves(response.id)) == [report]
    assert report.lost == {"room": "B3"}


def test_a_file_and_the_answer_that_names_it_are_kept_together_or_not_at_all(sat: Sat, tmp_path: Path) -> None:
    response = sat.begun()
    pdf, picture = tmp_path / "referat.pdf", tmp_path / "bilde.png"
    pdf.write_bytes(b"%PDF-1.7\nreferat\n")
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    refused("RKV-FRM-055", lambda: attach_to_answer(sat.ws, response.id, "minutes", picture))
    refused("RKV-FRM-055", lambda: attach_to_answer(sat.ws, response.id, "room", pdf))
    assert list(sat.ws.store.attachments.for_subject(response.id)) == []
    kept = attach_to_answer(sat.ws, response.id, "minutes", pdf)
    assert sat.now(response).answers == {"minutes": [kept.id]}
    assert view_response(sat.ws, response.id).files == {kept.id: "referat.pdf"}
    refused("RKV-FRM-055", lambda: attach_to_answer(sat.ws, response.id, "minutes", pdf))
    assert [hit.case_id for hit in sat.ws.store.search.find("referat.pdf")] == [sat.case_id]


def test_what_was_completed_is_read_on_the_version_it_was_completed_on(sat: Sat) -> None:
    response = sat.completed()
    form_folder(sat.folder, NEWER_MEETING)
    amend_form(sat.ws, response.id, "Ny versjon")
    move_form_version(sat.ws, response.id, plan_move(sat.ws, response.id))
    view = view_response(sat.ws, response.id)
    assert view.form.version == "2026.2"
    assert [(one.number, form.version if form else "") for one, form in view.completed] == [(1, "2026.1")]


def test_a_form_that_is_gone_keeps_its_answers_in_the_list(sat: Sat) -> None:
    response = sat.begun()
    shutil.rmtree(sat.folder / "meeting")
    ws = dataclasses.replace(sat.ws, forms=Forms(sat.folder))
    assert [(one.response.id, one.form) for one in responses_of(ws, sat.case_id)] == [(response.id, None)]
    refused("RKV-FRM-004", lambda: complete_form(ws, response.id))


def test_anonymous_answers_belong_to_nothing_and_only_their_number_is_shown(sat: Sat) -> None:
    refused("RKV-FRM-054", lambda: hand_in_survey(sat.ws, "meeting", {"held": True}))
    refused("RKV-FRM-048", lambda: hand_in_survey(sat.ws, "survey", {}))
    refused("RKV-FRM-010", lambda: hand_in_survey(sat.ws, "survey", {"useful": "yes", "case": sat.case_id}))
    hand_in_survey(sat.ws, "survey", {"useful": "yes", "comment": "Kjempefint"})
    assert {one.form.id: one.surveys for one in offered_forms(sat.ws)} == {"meeting": 0, "self": 0, "survey": 1}
    (survey,) = sat.ws.store.responses.surveys("survey")
    assert (survey.month, survey.answers) == ("2026-01", {"useful": "yes", "comment": "Kjempefint"})
    assert responses_of(sat.ws, sat.case_id) == ()
    assert not sat.ws.store.search.find("kjempefint")


def test_an_evaluation_is_amended_attested_to_anew_and_sent_with_what_was_attested_to_kept(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.completed(desks.request(placement_id))
    ws, before = desks.supervisor, view_request(desks.supervisor, message_id).evaluation
    path = f"aims/{before.aims[0].code}/example"
    refused("RKV-FRM-031", lambda: amend_evaluation(ws, message_id, ""))
    amend_evaluation(ws, message_id, "Husket feil")
    refused("RKV-CAS-011", lambda: send_evaluation(ws, message_id, desks.folder / "early.rkvpakke"))
    give_up_evaluation_amendment(ws, message_id)
    assert view_request(ws, message_id).evaluation == before
    amend_evaluation(ws, message_id, "Husket feil")
    save_answer(ws, before.id, path, "Rettet eksempel")
    complete_evaluation(ws, message_id, "Kari Formann", "")
    now = view_request(ws, message_id).evaluation
    assert (now.state, now.answers[path]) == (EvaluationState.AMENDED, "Rettet eksempel")
    (kept,) = ws.store.evaluations.revisions(before.id)
    assert (kept.answers, ws.store.evaluations.reason(before.id)) == (before.answers, "Husket feil")
    target = desks.folder / "amended.rkvpakke"
    send_evaluation(ws, message_id, target)
    received = receive_packet(desks.adviser, target)
    (evaluation,) = view_case(desks.adviser, received.case_id).evaluations
    assert evaluation.answers[path] == "Rettet eksempel"


def test_an_evaluation_is_left_taken_up_again_and_withdrawn(desks: Desks) -> None:
    _, placement_id = desks.case()
    message_id = desks.opened_request(desks.request(placement_id))
    ws = desks.supervisor
    evaluation = view_request(ws, message_id).evaluation
    stop_evaluation(ws, message_id, "Praksisen ble avbrutt")
    refused("RKV-CAS-010", lambda: save_answer(ws, evaluation.id, f"aims/{evaluation.aims[0].code}/rating", "guided"))
    resume_evaluation(ws, message_id)
    assert view_request(ws, message_id).evaluation == evaluation
    withdraw_evaluation(ws, message_id, "Feil person")
    assert view_request(ws, message_id).evaluation.state is EvaluationState.ENTERED_IN_ERROR
    refused("RKV-CAS-011", lambda: send_evaluation(ws, message_id, desks.folder / "e.rkvpakke"))
