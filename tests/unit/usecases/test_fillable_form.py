# SPDX-License-Identifier: MIT
"""A supervisor without the app: the adviser makes a form of a sent request, and sees what came back of it."""

from pathlib import Path

import pytest

from rkv_app.documents.fillable import render_blank
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Language
from rkv_app.usecases.fillable_form import check_returned_form, make_fillable_form
from rkv_app.usecases.look_at_returned_form import look_at_returned_form
from rkv_app.usecases.receive_packet import receive_packet
from rkv_app.usecases.request_evaluation import SentRequest
from rkv_app.usecases.take_in_returned_form import Taken, begin_returned_form
from support import document_samples as samples
from support import fillable_samples, form_filling
from support.desks import Desks, snapshot

BELOW = {"rkv_confirmed": True, "rkv_name": "Kari Formann"}


def asked(desks: Desks) -> SentRequest:
    return desks.request(desks.case()[1])


def returned(desks: Desks, form: Path, aim: str) -> Path:
    values: form_filling.Values = {f"aims/{aim}/rating": "not_tried", **BELOW}
    file = desks.folder / "tilbake.pdf"
    file.write_bytes(form_filling.mupdf(form.read_bytes(), values))
    return file


def test_a_form_comes_back_to_the_store_that_asked_and_nothing_is_taken_in(desks: Desks) -> None:
    case_id, placement_id = desks.case()
    request = desks.request(placement_id)
    form = make_fillable_form(desks.adviser, request.message_id, desks.folder / "skjema.pdf")
    aims = check_returned_form(desks.adviser, form).asked
    assert aims is not None
    file = returned(desks, form, aims.aims[0].code)
    before = snapshot(desks.adviser, case_id)
    found = check_returned_form(desks.adviser, file)
    assert (found.verdict, found.request_id) == (Verdict.COMPLETE, request.message_id)
    assert found.answers == {f"aims/{aims.aims[0].code}/rating": "not_tried"}
    assert snapshot(desks.adviser, case_id) == before


def test_a_form_from_another_store_gives_no_answers(desks: Desks) -> None:
    blank = desks.folder / "fremmed.pdf"
    blank.write_bytes(samples.rendered("fillable", Language.NYNORSK))
    found = check_returned_form(desks.adviser, returned(desks, blank, "KM13540"))
    assert (found.verdict, dict(found.answers)) == (Verdict.OTHER_REQUEST, {})
    assert found.request_id == fillable_samples.BOUND.request_id


def test_a_form_for_a_request_that_is_answered_says_so(desks: Desks) -> None:
    request = asked(desks)
    form = make_fillable_form(desks.adviser, request.message_id, desks.folder / "skjema.pdf")
    receive_packet(desks.adviser, desks.reply(request))
    assert check_returned_form(desks.adviser, form).verdict is Verdict.FILLED_TWICE


def test_a_paper_form_has_no_fields_and_is_known_by_its_code(desks: Desks) -> None:
    request = asked(desks)
    paper = make_fillable_form(desks.adviser, request.message_id, desks.folder / "papir.pdf", on_paper=True)
    assert b"/AcroForm" not in paper.read_bytes()
    found = check_returned_form(desks.adviser, paper)
    assert (found.verdict, found.request_id) == (Verdict.PRINTED, request.message_id)


def test_the_same_request_gives_the_same_form_and_never_writes_over_one(desks: Desks) -> None:
    request = asked(desks)
    first = make_fillable_form(desks.adviser, request.message_id, desks.folder / "en.pdf")
    second = make_fillable_form(desks.adviser, request.message_id, desks.folder / "to.pdf")
    assert first.read_bytes() == second.read_bytes()
    with pytest.raises(UserError) as refused:
        make_fillable_form(desks.adviser, request.message_id, first)
    assert refused.value.code == "RKV-SYS-003"


def test_a_form_needs_a_request_that_was_sent(desks: Desks) -> None:
    with pytest.raises(UserError) as refused:
        make_fillable_form(desks.adviser, "0190f6c2-7d3a-7c11-9a5e-0123456789ab", desks.folder / "skjema.pdf")
    assert refused.value.code == "RKV-CAS-012"


def test_a_form_that_was_made_for_anybody_belongs_to_no_case(desks: Desks) -> None:
    form = fillable_samples.forms().newest("rkv-readiness")
    blank = render_blank(
        form, fillable_samples.forms().pin_of(form), fillable=True, words=desks.adviser.words, at=samples.AT
    )
    file = desks.folder / "blank.pdf"
    file.write_bytes(form_filling.mupdf(blank, {"completed": "yes"}))
    found = check_returned_form(desks.adviser, file)
    assert (found.verdict, dict(found.answers)) == (Verdict.NO_CASE, {})
    assert look_at_returned_form(desks.adviser, file).concerned is None
    assert begin_returned_form(desks.adviser, file).taken is Taken.LEFT
