# SPDX-License-Identifier: MIT
"""A workplace without the app gets a form to fill in, though nothing was sent to it, and its answer is known."""

from pathlib import Path

import pytest
from PIL import Image

from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import ExchangeRecord
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.usecases.ask_on_form import ask_on_form
from rkv_app.usecases.fillable_form import check_returned_form
from rkv_app.usecases.look_at_returned_form import look_at_returned_form
from rkv_app.usecases.open_requests import open_requests
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.returned_drafts import find_draft, returned_files
from rkv_app.usecases.take_in_chosen import NOT_OURS, begin_as_answer_to
from rkv_app.usecases.take_in_returned_form import Taken
from rkv_app.usecases.write_documents import in_language
from support import document_samples as samples
from support import form_filling
from support.desks import Desks, snapshot


def exchanged(desks: Desks, case_id: str) -> list[ExchangeRecord]:
    return list(desks.adviser.store.exchange.for_case(case_id))


def picture(folder: Path) -> Path:
    Image.new("L", (400, 300), 200).save(folder / "bilde.png")
    return folder / "bilde.png"


def test_a_form_needs_no_packet_and_no_contact_and_puts_a_request_on_record(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    before = {path.name for path in desks.folder.iterdir()}
    made = ask_on_form(desks.adviser, placement_id, desks.folder / "skjema.pdf")
    assert {path.name for path in desks.folder.iterdir()} - before == {"skjema.pdf"}
    (record,) = exchanged(desks, case_id)
    assert record.message_id == made.message_id
    assert desks.state_of(case_id) is CaseState.COLLECTING
    assert check_returned_form(desks.adviser, made.path).verdict is Verdict.EMPTY


def test_where_the_file_cannot_be_written_nothing_is_on_record(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    (desks.folder / "skjema.pdf").write_bytes(b"noe annet")
    before = snapshot(desks.adviser, case_id)
    with pytest.raises(UserError) as refused:
        ask_on_form(desks.adviser, placement_id, desks.folder / "skjema.pdf")
    assert refused.value.code == "RKV-SYS-003"
    assert snapshot(desks.adviser, case_id) == before


def test_a_form_for_a_request_that_waits_belongs_to_that_request(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    request = desks.request(placement_id)
    form = ask_on_form(desks.adviser, placement_id, desks.folder / "skjema.pdf")
    paper = ask_on_form(desks.adviser, placement_id, desks.folder / "papir.pdf", on_paper=True)
    assert {form.message_id, paper.message_id} == {request.message_id}
    assert len(exchanged(desks, case_id)) == 1


def test_after_the_answer_and_for_another_placement_a_form_asks_anew(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    request = desks.request(placement_id)
    other = ask_on_form(desks.adviser, desks.placement(case_id), desks.folder / "annet.pdf")
    receive_packet(desks.adviser, desks.reply(request))
    again = ask_on_form(desks.adviser, placement_id, desks.folder / "igjen.pdf")
    assert len({request.message_id, other.message_id, again.message_id}) == 3


def test_the_form_speaks_the_language_it_is_asked_for_in(desks: Desks) -> None:
    _, placement_id = desks.case()
    ws = in_language(desks.adviser, Language.NYNORSK)
    asked = check_returned_form(desks.adviser, ask_on_form(ws, placement_id, desks.folder / "skjema.pdf").path).asked
    assert asked is not None
    assert asked.language == "nn"


def test_a_form_that_came_back_tells_whom_it_concerns_and_what_is_missing(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    blank = ask_on_form(desks.adviser, placement_id, desks.folder / "skjema.pdf").path
    asked = check_returned_form(desks.adviser, blank).asked
    assert asked is not None
    file = desks.folder / "tilbake.pdf"
    file.write_bytes(form_filling.mupdf(blank.read_bytes(), {f"aims/{asked.aims[0].code}/rating": "independent"}))
    before = snapshot(desks.adviser, case_id)
    view = look_at_returned_form(desks.adviser, file)
    assert view.found.verdict is Verdict.HALF_FILLED
    assert view.concerned is not None
    assert (view.concerned.case_id, view.concerned.candidate_name) == (case_id, "Amina Eksempel")
    assert view.concerned.placement.id == placement_id
    assert view.form is not None
    assert view.found.problems
    assert snapshot(desks.adviser, case_id) == before


def test_a_form_of_another_store_tells_nothing_of_anybody(desks: Desks) -> None:
    desks.case()
    foreign = desks.folder / "fremmed.pdf"
    foreign.write_bytes(samples.rendered("fillable", Language.NYNORSK))
    view = look_at_returned_form(desks.adviser, foreign)
    assert (view.found.verdict, view.concerned, view.form) == (Verdict.OTHER_REQUEST, None, None)


def test_only_requests_that_wait_are_offered_newest_first(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    answered = desks.request(placement_id)
    other_case, other_placement = desks.case()
    waiting = ask_on_form(desks.adviser, other_placement, desks.folder / "skjema.pdf").message_id
    assert [one.message_id for one in open_requests(desks.adviser)] == [waiting, answered.message_id]
    receive_packet(desks.adviser, desks.reply(answered))
    assert [one.message_id for one in open_requests(desks.adviser)] == [waiting]
    assert open_requests(desks.adviser, case_id) == ()
    (offered,) = open_requests(desks.adviser, other_case)
    assert offered.candidate_name == "Amina Eksempel"


def test_a_picture_without_a_code_is_typed_in_for_the_request_that_a_person_chose(desks: Desks) -> None:
    _, placement_id = desks.case()
    asked = ask_on_form(desks.adviser, placement_id, desks.folder / "papir.pdf", on_paper=True).message_id
    file = picture(desks.folder)
    with pytest.raises(UserError) as refused:
        look_at_returned_form(desks.adviser, file)
    assert refused.value.code == NOT_OURS
    taken = begin_as_answer_to(desks.adviser, asked, file)
    assert (taken.taken, taken.draft_id) == (Taken.BEGUN, asked)
    draft = find_draft(desks.adviser, asked)
    assert draft is not None
    assert not draft.answers
    assert [one.name for one in returned_files(desks.adviser, asked)] == ["bilde.png"]
    assert begin_as_answer_to(desks.adviser, asked, file).taken is Taken.OPEN_ALREADY


def test_a_form_that_says_itself_where_it_belongs_is_not_put_elsewhere(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    paper = ask_on_form(desks.adviser, placement_id, desks.folder / "papir.pdf", on_paper=True)
    other = ask_on_form(desks.adviser, desks.placement(case_id), desks.folder / "annet.pdf").message_id
    assert begin_as_answer_to(desks.adviser, other, paper.path).draft_id == paper.message_id
    assert not returned_files(desks.adviser, other)


def test_a_request_that_is_answered_cannot_be_chosen(desks: Desks) -> None:
    _, placement_id = desks.case()
    request = desks.request(placement_id)
    receive_packet(desks.adviser, desks.reply(request))
    with pytest.raises(UserError) as refused:
        begin_as_answer_to(desks.adviser, request.message_id, picture(desks.folder))
    assert refused.value.code == "RKV-CAS-012"
    assert not returned_files(desks.adviser, request.message_id)
