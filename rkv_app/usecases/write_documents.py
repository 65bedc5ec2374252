# SPDX-License-Identifier: MIT
"""Make the documents that are handed over by hand: the candidate's own copy, an attest, an evaluation, any form.

Nothing is sent and nothing is kept: they are made anew from the store each time. `in_language` says for whom.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rkv_app.documents.attest import Attest, render_attest
from rkv_app.documents.candidate_copy import CandidateCopy, FilledForm, render_candidate_copy
from rkv_app.documents.form_document import Sheet, render_empty_form, render_form
from rkv_app.documents.parts import compared_facts, transcribed_facts
from rkv_app.documents.wording import written_day_of, written_period
from rkv_app.domain.evaluations import AimText, Evaluation, EvaluationState
from rkv_app.domain.people import Role
from rkv_app.domain.placements import Placement
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.answers import aim_ratings
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Language, Words, message
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.assemble_application import evidence_of
from rkv_app.usecases.documented import besides_of
from rkv_app.usecases.form_responses import responses_of
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_form_response import view_response
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace

_SHORT_REFERENCE = 8


def in_language(ws: Workspace, language: Language) -> Workspace:
    """The same workspace, whose documents are made in another language."""
    return replace(ws, words=Words(language))


def candidate_copy(ws: Workspace, case_id: str) -> bytes:
    """Makes a PDF of everything the store holds about a candidate's case, for the candidate (GDPR art. 15).

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    copy = CandidateCopy(
        case=view.case,
        candidate=view.candidate,
        plan=", ".join(plan.named for plan in view.plans) or view.case.wanted.curriculum_code,
        placements=view.placements,
        evaluations=view.evaluations,
        coverage=view.coverage,
        evidence=evidence_of((*view.documents, *view.returned.files)),
        sharing=view.sharing,
        exchange=view.exchange,
        transitions=view.transitions,
        outcomes=[told.outcome for told in view.outcomes],
        holder=ws.party,
        forms=[
            FilledForm(one.form, one.response.answers, one.response.aims)
            for one in responses_of(ws, case_id)
            if one.form is not None
        ],
        beside_aims=besides_of(ws, view.evaluations),
    )
    return render_candidate_copy(
        copy,
        measures=measures(ws.language),
        legal_bases=legal_bases(ws.language),
        words=ws.words,
        at=ws.clock.now(),
    )


def attest_of(ws: Workspace, message_id: str) -> bytes:
    """Makes the workplace's attest, as a PDF, for the practice that a request is about.

    Raises:
        UserError: RKV-CAS-012 no such request; RKV-DOC-036 the evaluation is not completed.
    """
    ws.require(Role.SUPERVISOR)
    view = view_request(ws, message_id)
    request, evaluation = view.incoming.request, view.evaluation
    if evaluation.attestation is None:
        raise UserError(
            "RKV-DOC-036",
            message("The attest is made of a completed evaluation, and this one is not completed yet."),
            message("Nothing was changed. Complete the evaluation first."),
            ExitStatus.NO,
        )
    attest = Attest(
        candidate_name=request.candidate_name,
        candidate_birth=None,
        placement=request.placement,
        evaluation=evaluation,
        ratings=aim_ratings(ws.forms.pinned(evaluation.form), evaluation.answers, evaluation.aims),
    )
    return render_attest(attest, words=ws.words, at=ws.clock.now())


def asked_evaluation(ws: Workspace, message_id: str) -> bytes:
    """Makes a PDF of the evaluation that a request asks for: what is answered so far, or else room to write in.

    Raises:
        UserError: RKV-CAS-012 no such request.
    """
    ws.require(Role.SUPERVISOR)
    view = view_request(ws, message_id)
    request = view.incoming.request
    reference = message_id[:_SHORT_REFERENCE]
    return _evaluation(ws, view.evaluation, request.placement, request.candidate_name, reference)


def received_evaluation(ws: Workspace, case_id: str, evaluation_id: str) -> bytes:
    """Makes a PDF of an evaluation that a case has.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-FRM-004, RKV-FRM-005 its form is not here as it was.
    """
    view = view_case(ws, case_id)
    evaluation = next(one for one in view.evaluations if one.id == evaluation_id)
    placement = next(one for one in view.placements if one.id == evaluation.placement_id)
    return _evaluation(ws, evaluation, placement, view.candidate.name, view.case.reference)


def response_form(ws: Workspace, response_id: str) -> bytes:
    """Makes a PDF of a form on a case with the answers as they are now; with none, it has room to write in.

    Raises:
        UserError: RKV-FRM-046 there is none; RKV-FRM-004, RKV-FRM-005 the form is not here as it was.
    """
    view = view_response(ws, response_id)
    response, words = view.response, ws.words
    sheet = Sheet(
        reference=existing_case(ws, response.case_id).reference,
        subtitle=written_day_of(ws.clock.now(), words),
        facts=(
            (words("Candidate"), view.candidate_name),
            (words("State of the answers"), _standing(response, words)),
            (words("Version of the form"), response.form.version),
            *compared_facts(response.answers, words),
        ),
        files=view.files,
    )
    return form_document(ws, view.form, response.answers, response.aims, sheet)


def form_document(
    ws: Workspace, form: Form, answers: Mapping[str, object], aims: Sequence[AimText], sheet: Sheet
) -> bytes:
    """Makes a PDF of a form with its answers; one without answers has room to fill it in by hand."""
    at = ws.clock.now()
    if answers:
        return render_form(form, answers, aims, sheet, words=ws.words, at=at)
    return render_empty_form(form, aims, sheet, words=ws.words, at=at)


def _evaluation(ws: Workspace, evaluation: Evaluation, placement: Placement, candidate: str, reference: str) -> bytes:
    words, attested = ws.words, evaluation.attestation
    facts = [
        (words("Candidate"), candidate),
        (words("Workplace"), placement.workplace.name),
        (words("Period"), written_period(placement.start, placement.end, words)),
    ]
    if attested is None:
        facts.append((words("State of the answers"), words("Being written")))
    else:
        facts += [
            (words("Evaluated by"), f"{attested.name}, {attested.position}"),
            (words("Completed"), written_day_of(attested.at, words)),
            *transcribed_facts(evaluation, words),
        ]
    sheet = Sheet(reference=reference, subtitle=written_day_of(ws.clock.now(), words), facts=facts)
    return form_document(ws, ws.forms.pinned(evaluation.form), evaluation.answers, evaluation.aims, sheet)


def _standing(response: FormResponse, words: Words) -> str:
    """Where answers stand: a page on paper must not be taken for more than it is."""
    if response.is_being_amended:
        return words("Being amended")
    match response.state:
        case EvaluationState.IN_PROGRESS:
            return words("Being written")
        case EvaluationState.COMPLETED:
            return words("Completed")
        case EvaluationState.AMENDED:
            return words("Completed, amended")
        case EvaluationState.ENTERED_IN_ERROR:
            return words("Entered in error")
        case _:
            return words("Left unfinished")
