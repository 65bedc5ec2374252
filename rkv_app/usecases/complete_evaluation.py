# SPDX-License-Identifier: MIT
"""Complete an evaluation: the supervisor attests that the answers are true."""

from rkv_app.domain.evaluations import Attestation
from rkv_app.domain.people import Role
from rkv_app.domain.response_states import ResponseStep, after, completed_as
from rkv_app.forms.completion import completion
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.check_evaluation import problems_of
from rkv_app.usecases.save_answer import open_evaluation
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace

_STATEMENT = "attestation_statement"


def complete_evaluation(ws: Workspace, message_id: str, name: str, position: str) -> None:
    """Completes the evaluation of a request; answers to questions that are no longer asked are dropped.

    Raises:
        UserError: RKV-CAS-002 no name; RKV-CAS-005 something is missing or wrong; RKV-CAS-010, RKV-CAS-012.
    """
    ws.require(Role.SUPERVISOR)
    evaluation = open_evaluation(ws, view_request(ws, message_id).evaluation.id)
    if not name.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Write your own name, to stand behind the answers."),
        )
    if problems_of(ws, evaluation):
        raise UserError(
            "RKV-CAS-005",
            message("The evaluation cannot be completed yet."),
            message("Your answers are saved. Check the form to see what is missing, and go to each place from there."),
            ExitStatus.NO,
        )
    after(evaluation.state, ResponseStep.COMPLETE)
    before = ws.store.evaluations.revisions(evaluation.id)
    reason = ws.store.evaluations.reason(evaluation.id) if before else ""
    form = ws.forms.pinned(evaluation.form)
    now = ws.clock.now()
    attestation = Attestation(
        name=name.strip(), position=position.strip(), statement=statement_of(form, ws.language), at=now
    )
    with ws.store.transaction():
        for item in completion(form, evaluation.answers, evaluation.aims).dropped:
            ws.store.evaluations.save_answer(evaluation.id, item, None, now)
        ws.store.evaluations.set_state(evaluation.id, completed_as(len(before) + 1), attestation, now, reason)


def statement_of(form: Form, language: str) -> str:
    """What somebody stands for who completes the form; empty where it says nothing of it."""
    item = form.find(_STATEMENT)
    return item.label.text(language) if item is not None else ""
