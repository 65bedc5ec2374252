# SPDX-License-Identifier: MIT
"""Documents handed over by hand are made from the store and change nothing in it."""

from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_requests import every_request, view_request
from rkv_app.usecases.write_documents import write_attest, write_candidate_copy, write_form
from support import document_samples as samples
from support import form_samples
from support.desks import ADDRESS, Desks
from support.pdf_text import text_of


def test_the_candidates_copy_holds_even_what_protection_keeps_from_others(desks: Desks) -> None:
    case_id = desks.documented_case(shielded=True)
    written = write_candidate_copy(desks.adviser, case_id, desks.folder / "copy.pdf")
    said = text_of(written.read_bytes())
    assert ADDRESS in said
    assert view_case(desks.adviser, case_id).case.reference in said
    assert view_case(desks.adviser, case_id).sharing == []


def test_a_workplace_writes_its_attest_from_the_answers_it_gave(desks: Desks) -> None:
    desks.documented_case()
    (listed,) = every_request(desks.supervisor)
    request = view_request(desks.supervisor, listed.message_id).incoming
    written = write_attest(desks.supervisor, request.message_id, desks.folder / "attest.pdf")
    said = text_of(written.read_bytes())
    assert request.request.candidate_name in said
    assert request.request.placement.workplace.name in said


def test_a_form_without_answers_is_written_with_room_for_them(desks: Desks) -> None:
    form = desks.adviser.forms.newest("practice-evaluation")
    empty = write_form(desks.adviser, form, {}, samples.aims()[:2], form_samples.SHEET, desks.folder / "empty.pdf")
    filled = write_form(
        desks.adviser,
        form,
        {"aims/KM13540/rating": "guided"},
        samples.aims()[:2],
        form_samples.SHEET,
        desks.folder / "filled.pdf",
    )
    not_answered = desks.adviser.words("Not answered")
    assert not_answered not in text_of(empty.read_bytes())
    assert not_answered in text_of(filled.read_bytes())
