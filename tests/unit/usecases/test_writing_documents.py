# SPDX-License-Identifier: MIT
"""Documents handed over by hand are made from the store and change nothing in it."""

import pytest

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.packets.opening import open_packet
from rkv_app.usecases.complete_evaluation import complete_evaluation
from rkv_app.usecases.form_responses import offered_forms
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.save_answer import save_answer
from rkv_app.usecases.send_evaluation import send_evaluation
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.stop_form import withdraw_form
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_requests import every_request, view_request
from rkv_app.usecases.write_documents import (
    asked_evaluation,
    attest_of,
    candidate_copy,
    form_document,
    in_language,
    received_evaluation,
    response_form,
)
from support import document_samples as samples
from support import form_samples
from support.desks import ADDRESS, SUPERVISOR, Desks
from support.pdf_text import text_of


def test_the_candidates_copy_holds_even_what_protection_keeps_from_others(desks: Desks) -> None:
    case_id = desks.documented_case(shielded=True)
    said = text_of(candidate_copy(desks.adviser, case_id))
    assert ADDRESS in said
    assert view_case(desks.adviser, case_id).case.reference in said
    assert view_case(desks.adviser, case_id).sharing == []


def test_a_workplace_makes_its_attest_and_a_copy_of_its_evaluation_from_the_answers_it_gave(desks: Desks) -> None:
    desks.documented_case()
    (listed,) = every_request(desks.supervisor)
    request = view_request(desks.supervisor, listed.message_id).incoming
    for made in (attest_of, asked_evaluation):
        said = text_of(made(desks.supervisor, request.message_id))
        assert request.request.candidate_name in said
        assert request.request.placement.workplace.name in said


def test_what_a_workplace_says_besides_the_aims_is_in_every_document_that_tells_what_it_said(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    message_id = desks.opened_request(desks.request(placement_id))
    evaluation = view_request(desks.supervisor, message_id).evaluation
    save_answer(desks.supervisor, evaluation.id, "conduct_safety", "always")
    save_answer(desks.supervisor, evaluation.id, "conduct_strengths", "Ser vinden før andre.")
    complete_evaluation(desks.supervisor, message_id, SUPERVISOR.name, "Arbeidsleder")
    sent = send_evaluation(desks.supervisor, message_id, desks.folder / "svar.rkvpakke")
    receive_packet(desks.adviser, sent.path)
    desks.county()
    as_sent = text_of(open_packet(sent.path.read_bytes(), desks.adviser.identity).main_document)
    copy, application = candidate_copy(desks.adviser, case_id), desks.apply(case_id).pdf_path.read_bytes()
    for said in (as_sent, text_of(copy), text_of(application)):
        assert "Ser vinden før andre." in said
        assert "Alltid" in said
    assert "Ikke svart" in as_sent


def test_no_attest_is_made_of_an_evaluation_that_nobody_has_stood_for(desks: Desks) -> None:
    case_id, _ = desks.case()
    message_id = desks.opened_request(desks.request(desks.placement(case_id)))
    with pytest.raises(UserError) as refused:
        attest_of(desks.supervisor, message_id)
    assert refused.value.code == "RKV-DOC-036"


def test_an_evaluation_is_made_in_the_language_of_whoever_gets_it(desks: Desks) -> None:
    case_id = desks.documented_case()
    (evaluation,) = view_case(desks.adviser, case_id).evaluations
    said = {
        language: text_of(received_evaluation(in_language(desks.adviser, language), case_id, evaluation.id))
        for language in Language
    }
    assert "Evaluated by" in said[Language.ENGLISH]
    assert "Vurdert av" in said[Language.BOKMAL]
    assert evaluation.attestation is not None
    assert all(evaluation.attestation.name in one for one in said.values())


def test_a_form_on_paper_says_that_it_was_entered_in_error(desks: Desks) -> None:
    case_id, _ = desks.case()
    english = in_language(desks.adviser, Language.ENGLISH)
    form_id = next(one.form.id for one in offered_forms(english) if not one.form.anonymous)
    response = start_form(english, case_id, form_id)
    assert "Being written" in text_of(response_form(english, response.id))
    withdraw_form(english, response.id, "Feil sak")
    assert "Entered in error" in text_of(response_form(english, response.id))


def test_a_form_without_answers_is_written_with_room_for_them(desks: Desks) -> None:
    form = desks.adviser.forms.newest("practice-evaluation")
    empty = form_document(desks.adviser, form, {}, samples.aims()[:2], form_samples.SHEET)
    filled = form_document(
        desks.adviser, form, {"aims/KM13540/rating": "guided"}, samples.aims()[:2], form_samples.SHEET
    )
    not_answered = desks.adviser.words("Not answered")
    assert not_answered not in text_of(empty)
    assert not_answered in text_of(filled)
