# SPDX-License-Identifier: MIT
"""A form on a case is given out, comes back beside the answers there, and goes into them when a person says so."""

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from rkv_app.documents.fillable import Around, render_to_fill
from rkv_app.documents.fillable_binding import Asked
from rkv_app.documents.returned.verdicts import Verdict
from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.transcribed import TRANSCRIBED, Way, transcribed
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.complete_form import complete_form
from rkv_app.usecases.confirm_returned_form import confirm_returned_form
from rkv_app.usecases.fillable_form import check_returned_form
from rkv_app.usecases.form_responses import check_response, response_of
from rkv_app.usecases.give_out_form import give_out_form
from rkv_app.usecases.given_out import given_out_for
from rkv_app.usecases.look_at_returned_form import look_at_returned_form
from rkv_app.usecases.returned_drafts import discard_returned_form, save_returned_answer
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.stop_form import stop_form
from rkv_app.usecases.take_in_returned_form import Taken, TakenIn, begin_returned_form
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_form_response import view_response
from rkv_app.usecases.view_returned_form import view_returned
from rkv_app.usecases.write_documents import response_form
from support import form_filling
from support.desks import CLEARED_BY, Desks
from support.parties import ADVISER
from support.pdf_text import text_of

READINESS = "rkv-readiness"


def begun(desks: Desks, form_id: str = READINESS, language: str = "") -> str:
    case_id, _ = desks.case()
    return start_form(desks.adviser, case_id, form_id, language).id


def came_back(desks: Desks, response_id: str, values: Mapping[str, str | bool], name: str = "skjema.pdf") -> Path:
    blank = give_out_form(desks.adviser, response_id, desks.folder / name)
    file = desks.folder / f"tilbake-{name}"
    file.write_bytes(form_filling.mupdf(blank.read_bytes(), values))
    return file


def taken_in(desks: Desks, response_id: str, values: Mapping[str, str | bool], name: str = "skjema.pdf") -> TakenIn:
    return begin_returned_form(desks.adviser, came_back(desks, response_id, values, name))


def test_what_comes_back_counts_only_when_it_is_confirmed_and_it_stays_on_record_by_whom(desks: Desks) -> None:
    response_id = begun(desks)
    taken = taken_in(desks, response_id, {"completed": "yes", "trade_known": "yes"})
    before = response_of(desks.adviser, response_id).answers
    assert (taken.taken, "completed" in before) == (Taken.BEGUN, False)
    assert view_response(desks.adviser, response_id).awaiting == taken.draft_id
    with pytest.raises(UserError) as refused:
        confirm_returned_form(desks.adviser, taken.draft_id, compared=False)
    assert refused.value.code == "RKV-DOC-061"
    assert response_of(desks.adviser, response_id).answers == before
    assert confirm_returned_form(desks.adviser, taken.draft_id, compared=True) == response_id
    answers = response_of(desks.adviser, response_id).answers
    assert (answers["completed"], answers["trade_known"]) == (True, True)
    mark = transcribed(answers)
    assert mark is not None
    assert (mark.by, mark.way) == (ADVISER.name, Way.FIELDS)
    assert response_of(desks.adviser, response_id).state is EvaluationState.IN_PROGRESS
    assert not view_response(desks.adviser, response_id).awaiting
    assert not any(one.item == TRANSCRIBED for one in check_response(desks.adviser, response_id))
    assert f"{ADVISER.name} sammenlignet" in " ".join(text_of(response_form(desks.adviser, response_id)).split())


def test_what_was_answered_before_stays_and_what_would_be_another_answer_is_told(desks: Desks) -> None:
    response_id = begun(desks)
    for path, value in {"completed": False, "next_step": "Ringe Nav"}.items():
        save_form_answer(desks.adviser, response_id, path, value)
    taken = taken_in(desks, response_id, {"completed": "yes", "trade_known": "yes"})
    view = view_returned(desks.adviser, taken.draft_id)
    assert dict(view.replaced) == {"completed": False}
    assert view.draft.answers["next_step"] == "Ringe Nav"
    save_returned_answer(desks.adviser, taken.draft_id, "completed", False)
    assert not view_returned(desks.adviser, taken.draft_id).replaced
    confirm_returned_form(desks.adviser, taken.draft_id, compared=True)
    answers = response_of(desks.adviser, response_id).answers
    assert (answers["completed"], answers["trade_known"], answers["next_step"]) == (False, True, "Ringe Nav")


def test_rows_that_come_back_follow_those_there_were(desks: Desks) -> None:
    response_id = begun(desks, "competence-mapping")
    for path, value in {"jobs": ["r1"], "jobs/r1/title": "Smed"}.items():
        save_form_answer(desks.adviser, response_id, path, value)
    taken = taken_in(desks, response_id, {"jobs/r1/title": "Kokk", "jobs/r3/title": "Vakt"})
    confirm_returned_form(desks.adviser, taken.draft_id, compared=True)
    answers = response_of(desks.adviser, response_id).answers
    order = answers["jobs"]
    assert isinstance(order, list)
    assert [answers[f"jobs/{row}/title"] for row in order] == ["Smed", "Kokk", "Vakt"]


def test_answers_that_changed_on_the_case_meanwhile_are_not_written_over(desks: Desks) -> None:
    response_id = begun(desks)
    taken = taken_in(desks, response_id, {"completed": "yes"})
    save_form_answer(desks.adviser, response_id, "completed", False)
    assert view_returned(desks.adviser, taken.draft_id).is_answered
    with pytest.raises(UserError) as refused:
        confirm_returned_form(desks.adviser, taken.draft_id, compared=True)
    assert refused.value.code == "RKV-DOC-062"
    assert response_of(desks.adviser, response_id).answers["completed"] is False
    discard_returned_form(desks.adviser, taken.draft_id)
    assert taken_in(desks, response_id, {"completed": "yes"}, "en-gang-til.pdf").taken is Taken.BEGUN


def test_it_is_in_the_language_of_the_reader_and_tells_the_aims_of_the_case(desks: Desks) -> None:
    response_id = begun(desks, "self-assessment", "uk")
    file = give_out_form(desks.adviser, response_id, desks.folder / "uk.pdf")
    aims = response_of(desks.adviser, response_id).aims
    said = text_of(file.read_bytes())
    assert aims
    assert all(aim.code in said for aim in aims)
    assert "Самооцінка" in said
    arabic = give_out_form(desks.adviser, response_id, desks.folder / "ar.pdf", language="ar")
    assert check_returned_form(desks.adviser, arabic).asked is not None


def test_a_photo_of_the_paper_form_begins_an_empty_draft_beside_what_there_is(desks: Desks) -> None:
    response_id = begun(desks)
    save_form_answer(desks.adviser, response_id, "completed", True)
    paper = give_out_form(desks.adviser, response_id, desks.folder / "papir.pdf", on_paper=True)
    photo = desks.folder / "bilde.jpg"
    pypdfium2.PdfDocument(paper.read_bytes())[0].render(scale=2.2).to_pil().convert("RGB").save(photo)
    concerned = look_at_returned_form(desks.adviser, photo).concerned
    assert concerned is not None
    assert concerned.placement is None
    taken = begin_returned_form(desks.adviser, photo)
    view = view_returned(desks.adviser, taken.draft_id)
    assert (view.draft.verdict, view.draft.answers["completed"]) == (Verdict.SCANNED, True)
    case = view_case(desks.adviser, view.draft.case_id)
    assert [one.name for one in case.returned.files] == ["bilde.jpg"]
    assert [one.id for one in case.returned.drafts] == [taken.draft_id]


def test_a_form_of_another_store_or_a_forged_one_gives_no_answers(desks: Desks) -> None:
    response_id = begun(desks)
    file = came_back(desks, response_id, {"completed": "yes"})
    changed = file.read_bytes().replace(b"trade_known", b"trade_knowm")
    assert changed != file.read_bytes()
    forged = desks.folder / "endret.pdf"
    forged.write_bytes(changed)
    assert check_returned_form(desks.adviser, forged).verdict is Verdict.ALTERED
    assert begin_returned_form(desks.adviser, forged).taken is Taken.KEPT


def test_digests_that_somebody_else_made_anew_are_not_believed(desks: Desks) -> None:
    response_id = begun(desks)
    give_out_form(desks.adviser, response_id, desks.folder / "skjema.pdf")
    given, response = given_out_for(desks.adviser, response_id), response_of(desks.adviser, response_id)
    assert given is not None
    form = desks.adviser.forms.pinned(response.form)
    asked = Asked(request_id=given.id, language="nb", form=response.form, aims=response.aims, attested=False)
    around = Around(title=form.title.said("nb"), reference="x")
    for key, verdict in ((b"not ours", Verdict.ALTERED), (given.key, Verdict.EMPTY)):
        made = render_to_fill(
            form, asked, around, key=key, fillable=True, words=desks.adviser.words, at=desks.adviser.clock.now()
        )
        file = desks.folder / f"{verdict}.pdf"
        file.write_bytes(made)
        assert check_returned_form(desks.adviser, file).verdict is verdict


def test_once_it_is_completed_what_comes_back_is_only_kept(desks: Desks) -> None:
    response_id = begun(desks, "competence-mapping")
    file = came_back(desks, response_id, {"mapped_on": "1.1.2026"})
    complete_form(desks.adviser, response_id)
    assert check_returned_form(desks.adviser, file).verdict is Verdict.FILLED_TWICE
    assert begin_returned_form(desks.adviser, file).taken is Taken.KEPT
    with pytest.raises(UserError) as refused:
        give_out_form(desks.adviser, response_id, desks.folder / "enda-en.pdf")
    assert refused.value.code == "RKV-FRM-047"


def test_nothing_about_a_shielded_candidate_is_given_out_before_somebody_has_cleared_it(desks: Desks) -> None:
    case_id, _ = desks.case(shielded=True)
    response_id = start_form(desks.adviser, case_id, READINESS).id
    target = desks.folder / "skjema.pdf"
    with pytest.raises(UserError) as refused:
        give_out_form(desks.adviser, response_id, target)
    assert (refused.value.code, target.exists()) == ("RKV-CAS-008", False)
    give_out_form(desks.adviser, response_id, target, cleared_by=CLEARED_BY)
    assert any(CLEARED_BY in one.why for one in desks.adviser.store.cases.transitions(case_id))


def test_a_file_that_cannot_be_written_leaves_the_answers_and_no_half_of_a_form(desks: Desks) -> None:
    response_id = begun(desks)
    first = give_out_form(desks.adviser, response_id, desks.folder / "en.pdf")
    octets = first.read_bytes()
    with pytest.raises(UserError) as refused:
        give_out_form(desks.adviser, response_id, first)
    assert (refused.value.code, first.read_bytes()) == ("RKV-SYS-003", octets)
    second = give_out_form(desks.adviser, response_id, desks.folder / "to.pdf")
    known = {check_returned_form(desks.adviser, one).request_id for one in (first, second)}
    assert len(known) == 1


def test_answers_that_were_left_take_nothing_in(desks: Desks) -> None:
    response_id = begun(desks)
    taken = taken_in(desks, response_id, {"completed": "yes"})
    stop_form(desks.adviser, response_id, "Flyttet")
    with pytest.raises(UserError) as refused:
        confirm_returned_form(desks.adviser, taken.draft_id, compared=True)
    assert refused.value.code == "RKV-DOC-062"
