# SPDX-License-Identifier: MIT
"""A form on a case whose curriculum has changed: it says so, and is begun anew once a person has seen the report."""

import dataclasses
from pathlib import Path

import pytest

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.registry import Forms
from rkv_app.foundation.errors import UserError
from rkv_app.usecases.case_plans import add_plan_to_case
from rkv_app.usecases.curriculum_news import cases_on_older
from rkv_app.usecases.form_responses import response_of
from rkv_app.usecases.newer_aims import NewerAims, begin_on_newer_aims, newer_aims
from rkv_app.usecases.save_form_answer import save_form_answer
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.view_form_response import view_response
from rkv_app.usecases.workspace import Workspace
from support.case_forms import SELF_ASSESSMENT, form_folder
from support.curricula import ADDED, REWORDED, WITHDRAWN, newer, practice
from support.desks import Desks

PLAN = "XXP03-01"
SAME = "KM990101"


@pytest.fixture
def ws(desks: Desks, tmp_path: Path) -> Workspace:
    form = SELF_ASSESSMENT + "  - {id: more, type: text, label: {nb: Mer, nn: Meir, en: More}}\n"
    return dataclasses.replace(desks.adviser, forms=Forms(form_folder(tmp_path / "forms", form)))


@pytest.fixture
def begun(ws: Workspace, desks: Desks) -> FormResponse:
    """A self-assessment with an answer of each kind."""
    case_id, _ = desks.case()
    response = start_form(ws, case_id, "self")
    for code in (SAME, REWORDED, WITHDRAWN):
        save_form_answer(ws, response.id, f"aims/{code}/rating", "well")
    save_form_answer(ws, response.id, "more", "Radio")
    return response_of(ws, response.id)


def _published(ws: Workspace) -> None:
    ws.store.curricula.put([newer(practice(PLAN))])


def _found(ws: Workspace, begun: FormResponse) -> NewerAims:
    found = view_response(ws, begun.id).newer_aims
    assert found is not None
    return found


def test_nothing_is_said_while_nothing_has_changed(ws: Workspace, begun: FormResponse) -> None:
    assert view_response(ws, begun.id).newer_aims is None
    assert cases_on_older(ws, [PLAN]) == ()


def test_a_form_that_is_being_written_says_what_changed_and_what_beginning_anew_would_do(
    ws: Workspace, begun: FormResponse
) -> None:
    _published(ws)
    found = _found(ws, begun)
    assert [one.aim.code for changes in found.changes for one in changes.added] == [ADDED]
    assert [pair.new.aim.code for pair in found.kept] == [SAME]
    assert [pair.new.aim.code for pair in found.changed] == [REWORDED]
    assert [one.aim.code for one in found.lost] == [WITHDRAWN]
    assert [one.case.id for one in cases_on_older(ws, [PLAN])] == [begun.case_id]
    assert response_of(ws, begun.id) == begun


def test_only_what_was_said_about_the_same_text_goes_along_and_the_older_form_stays_whole(
    ws: Workspace, begun: FormResponse
) -> None:
    _published(ws)
    anew = response_of(ws, begin_on_newer_aims(ws, begun.id, _found(ws, begun)).id)
    assert anew.answers == {f"aims/{SAME}/rating": "well", "more": "Radio"}
    assert {ADDED, REWORDED} <= {aim.code for aim in anew.aims}
    assert view_response(ws, anew.id).newer_aims is None
    older = response_of(ws, begun.id)
    assert (older.state, older.answers, older.aims) == (EvaluationState.STOPPED, begun.answers, begun.aims)
    assert older.reason
    assert newer_aims(ws, older) is None


def test_what_was_not_shown_is_not_done(ws: Workspace, begun: FormResponse) -> None:
    _published(ws)
    agreed = _found(ws, begun)
    save_form_answer(ws, begun.id, f"aims/{SAME}/rating", None)
    before = ws.store.responses.for_case(begun.case_id)
    with pytest.raises(UserError) as refused:
        begin_on_newer_aims(ws, begun.id, agreed)
    assert refused.value.code == "RKV-FRM-067"
    assert ws.store.responses.for_case(begun.case_id) == before


def test_answers_about_a_curriculum_that_has_not_changed_go_along(ws: Workspace, desks: Desks) -> None:
    other = practice("XXP05-01")
    ws.store.curricula.put([other])
    case_id, _ = desks.case()
    add_plan_to_case(ws, case_id, other.code)
    response = start_form(ws, case_id, "self")
    unchanged = next(other.aims()).code
    for code in (SAME, unchanged):
        save_form_answer(ws, response.id, f"aims/{code}/rating", "well")
    _published(ws)
    begun = response_of(ws, response.id)
    anew = begin_on_newer_aims(ws, begun.id, _found(ws, begun))
    assert anew.answers == {f"aims/{code}/rating": "well" for code in (SAME, unchanged)}
    assert {aim.code for aim in anew.aims} >= {ADDED, SAME, unchanged}
