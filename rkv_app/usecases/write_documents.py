# SPDX-License-Identifier: MIT
"""Write documents that are handed over by hand: the candidate's own copy, a workplace's attest, any form on paper."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from rkv_app.documents.attest import Attest, render_attest
from rkv_app.documents.candidate_copy import CandidateCopy, FilledForm, render_candidate_copy
from rkv_app.documents.form_document import Sheet, render_empty_form, render_form
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.people import Role
from rkv_app.forms.answers import aim_ratings
from rkv_app.forms.model import Form
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.assemble_application import evidence_of
from rkv_app.usecases.form_responses import responses_of
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.view_case import view_case
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace


def write_candidate_copy(ws: Workspace, case_id: str, target: Path) -> Path:
    """Writes everything the store holds about a candidate's case, for the candidate. Nothing is sent.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-SYS-001 to -003.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    code = view.case.wanted.curriculum_code
    plan = ws.store.curricula.get(code)
    copy = CandidateCopy(
        case=view.case,
        candidate=view.candidate,
        plan=f"{plan.title.text(ws.language)} ({code})" if plan else code,
        placements=view.placements,
        evaluations=view.evaluations,
        coverage=view.coverage,
        evidence=evidence_of(view),
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
    )
    pdf = render_candidate_copy(
        copy,
        measures=measures(ws.language),
        legal_bases=legal_bases(ws.language),
        words=ws.words,
        at=ws.clock.now(),
    )
    write_atomically(target, pdf)
    return target


def write_attest(ws: Workspace, message_id: str, target: Path) -> Path:
    """Writes the workplace's attest for the practice that a request is about. Nothing is sent.

    Raises:
        UserError: RKV-CAS-012 no such request; RKV-SYS-001 to -003.
    """
    ws.require(Role.SUPERVISOR)
    view = view_request(ws, message_id)
    request, evaluation = view.incoming.request, view.evaluation
    attest = Attest(
        candidate_name=request.candidate_name,
        candidate_birth=None,
        placement=request.placement,
        evaluation=evaluation,
        ratings=aim_ratings(ws.forms.pinned(evaluation.form), evaluation.answers, evaluation.aims),
    )
    write_atomically(target, render_attest(attest, words=ws.words, at=ws.clock.now()))
    return target


def write_form(
    ws: Workspace, form: Form, answers: Mapping[str, object], aims: Sequence[AimText], sheet: Sheet, target: Path
) -> Path:
    """Writes a form with its answers; one without answers is written with room to fill it in by hand.

    Raises:
        UserError: RKV-SYS-001 to -003.
    """
    at = ws.clock.now()
    if answers:
        pdf = render_form(form, answers, aims, sheet, words=ws.words, at=at)
    else:
        pdf = render_empty_form(form, aims, sheet, words=ws.words, at=at)
    write_atomically(target, pdf)
    return target
