# SPDX-License-Identifier: MIT
"""A form and its answers go through FHIR R4B and R5 and come back as they were, and FHIR's own model takes them."""

import json
from typing import Any

import pytest
from fhir.resources.questionnaire import Questionnaire as QuestionnaireR5
from fhir.resources.questionnaireresponse import QuestionnaireResponse as ResponseR5
from fhir.resources.R4B.questionnaire import Questionnaire as QuestionnaireR4B
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse as ResponseR4B
from hypothesis import given, settings

from rkv_app.domain.carried import Carried, Reason, carried_path, carried_value
from rkv_app.domain.evaluations import EvaluationState
from rkv_app.forms.answers import relevant_answers
from rkv_app.forms.exchange.fhir import questionnaire
from rkv_app.forms.exchange.fhir_names import Release
from rkv_app.forms.exchange.fhir_reading import read_json, read_questionnaire
from rkv_app.forms.exchange.fhir_responses import Response, questionnaire_response, read_response
from rkv_app.forms.model import Form, Section
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from support.form_values import GIVEN
from support.shipped_answers import Given, every_answer, every_form
from support.table_forms import table_form
from support.whole_form import AIMS, ANSWERS, whole_form

MODELS: dict[Release, Any] = {Release.R4B: QuestionnaireR4B, Release.R5: QuestionnaireR5}
FORM = whole_form()


def sent(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


@pytest.mark.parametrize("release", Release)
@pytest.mark.parametrize("aims", [(), AIMS], ids=["without-aims", "with-aims"])
@pytest.mark.parametrize("form", every_form(), ids=lambda form: f"{form.id}-{form.version}")
def test_every_form_comes_back_as_it_was(form: Form, aims: Any, release: Release) -> None:
    data = sent(questionnaire(form, aims, release))
    MODELS[release].model_validate_json(data)
    back = read_questionnaire(read_json(data))
    assert back.form == form
    assert back.aims == (aims if form.matrices() else ())


@pytest.mark.parametrize("golden", every_answer(), ids=lambda golden: golden.name)
def test_every_golden_answer_comes_back_as_it_counts(golden: Given) -> None:
    before = Response(state=EvaluationState.AMENDED, answers=golden.answers, aims=golden.aims)
    data = sent(questionnaire_response(golden.form, before))
    ResponseR4B.model_validate_json(data)
    ResponseR5.model_validate_json(data)
    back = read_response(golden.form, read_json(data))
    assert back.answers == relevant_answers(golden.form, golden.answers, golden.aims)
    assert (back.state, back.aims) == (EvaluationState.AMENDED, golden.aims)


@settings(max_examples=80)
@given(GIVEN)
def test_whatever_counts_among_any_answers_comes_back(answers: dict[str, object]) -> None:
    response = Response(state=EvaluationState.STOPPED, answers=answers, aims=AIMS)
    back = read_response(FORM, read_json(sent(questionnaire_response(FORM, response))))
    assert back.answers == relevant_answers(FORM, answers, AIMS)


def test_an_answer_that_was_carried_over_says_so_on_the_other_side() -> None:
    mark = Carried(
        aim="KM7",
        text="knyte",
        plan="A",
        version="1",
        evaluation="",
        reason=Reason.SAME_TEXT,
        by="Vera",
        at=SystemClock().now(),
    )
    answers = {**ANSWERS, carried_path("KM2"): carried_value(mark)}
    document = questionnaire_response(FORM, Response(state=EvaluationState.COMPLETED, answers=answers, aims=AIMS))
    ResponseR4B.model_validate(document)
    assert read_response(FORM, document).answers[carried_path("KM2")] == carried_value(mark)


def test_an_aim_is_found_by_its_address_and_its_text_is_exact() -> None:
    form = next(form for form in every_form() if form.matrices() and form.id != "whole")
    (aim, *_) = AIMS
    text = sent(questionnaire(form, AIMS)).decode()
    assert json.dumps({"system": "urn:rkv:ovelse:", "code": aim.code, "display": aim.text})[1:-1] in text


def test_steps_of_a_scale_have_an_order_that_others_can_count_with() -> None:
    item = next(one for one in questionnaire(FORM, (), Release.R4B)["item"] if one["linkId"] == "level")  # type: ignore[attr-defined]
    weights = [
        extension["valueDecimal"]
        for option in item["answerOption"]
        for extension in option["extension"]
        if extension["url"] == "http://hl7.org/fhir/StructureDefinition/ordinalValue"
    ]
    assert weights == [1, 2]


@pytest.mark.parametrize("release", Release)
def test_a_table_is_one_for_other_programs_too(release: Release) -> None:
    document = questionnaire(table_form(), (), release)
    controls = [
        (one["linkId"], extension["valueCodeableConcept"]["coding"])
        for one in document["item"]  # type: ignore[attr-defined]
        for extension in one["extension"]
        if extension["url"] == "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
    ]
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "htable"}
    assert controls == [("several", [coding]), ("one", [coding]), ("sure", [coding])]


def test_a_strangers_table_of_questions_that_differ_is_read_as_questions() -> None:
    coding = {"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "htable"}
    control = {
        "url": "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl",
        "valueCodeableConcept": {"coding": [coding]},
    }
    document = questionnaire(table_form())
    (group, *_) = document["item"]  # type: ignore[misc]
    group["extension"] = [control]
    assert read_questionnaire(document).form == table_form()
    group["item"][2]["answerOption"].pop()
    section = read_questionnaire(document).form.find("several")
    assert isinstance(section, Section)
    assert not section.is_table
    assert len(section.items) == 3


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        b'{"resourceType": "Patient"}',
        b'{"resourceType": "Questionnaire"}',
        b'{"resourceType": "Questionnaire", "url": 1, "version": [], "title": {}, "item": [1, {"item": [null]}]}',
        b" " * (8 * 1024 * 1024 + 1),
    ],
)
def test_what_is_no_questionnaire_is_refused(data: bytes) -> None:
    with pytest.raises(UserError) as refused:
        read_questionnaire(read_json(data))
    assert refused.value.code == "RKV-FRM-056"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"resourceType": "Questionnaire"}, "RKV-FRM-057"),
        ({"questionnaire": "urn:rkv:form:whole|2026.1"}, "RKV-FRM-057"),
        ({"status": "done"}, "RKV-FRM-057"),
        ({"item": [{"linkId": "jobs"}]}, "RKV-FRM-057"),
        ({"item": [{"linkId": "ghost", "answer": [{"valueString": "x"}]}]}, "RKV-FRM-010"),
        ({"item": [{"linkId": "aims", "item": [{"linkId": "aims/KM9", "item": [{"linkId": "x"}]}]}]}, "RKV-FRM-010"),
        ({"item": [{"linkId": "born", "answer": [{"valueDate": "2026-02-30"}]}]}, "RKV-FRM-011"),
        ({"item": [{"linkId": "trade", "answer": [{"valueCoding": {"code": "king"}}]}]}, "RKV-FRM-011"),
    ],
)
def test_answers_that_the_form_does_not_have_are_refused(change: dict[str, Any], code: str) -> None:
    document = questionnaire_response(FORM, Response(state=EvaluationState.COMPLETED, answers=ANSWERS, aims=AIMS))
    with pytest.raises(UserError) as refused:
        read_response(FORM, {**document, **change})
    assert refused.value.code == code
