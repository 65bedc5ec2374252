# SPDX-License-Identifier: MIT
"""Keep many answers to a form on a case at once, all of them or none."""

from collections.abc import Iterator, Mapping

from rkv_app.domain.responses import FormResponse
from rkv_app.forms.answers import question_at
from rkv_app.forms.model import AttachmentItem, Form
from rkv_app.forms.problems import Problem
from rkv_app.forms.validation import check_value, check_writable
from rkv_app.forms.values import chosen
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.form_responses import open_response
from rkv_app.usecases.workspace import Workspace


def answer_form(ws: Workspace, response_id: str, answers: Mapping[str, object]) -> tuple[Problem, ...]:
    """Stores answers by item path; None takes one away. Returns what cannot be stored, and then stores nothing.

    What is only missing is no problem here; `check_response` finds that.

    Raises:
        UserError: RKV-FRM-046 there is no such response; RKV-FRM-047 it is not being written; RKV-FRM-004, RKV-FRM-005
            the form is not here as it was.
    """
    response = open_response(ws, response_id)
    form = ws.forms.pinned(response.form)
    kept = {one.id for one in ws.store.attachments.for_subject(response_id)}
    problems = tuple(_problems(form, response, answers, kept))
    if problems:
        return problems
    now = ws.clock.now()
    with ws.store.transaction():
        for path, value in answers.items():
            ws.store.responses.save_answer(response_id, path, value, now)
    return ()


def _problems(form: Form, response: FormResponse, answers: Mapping[str, object], kept: set[str]) -> Iterator[Problem]:
    for path, value in answers.items():
        try:
            check_writable(form, path, response.aims)
            check_value(form, path, value, response.aims)
        except UserError as problem:
            yield Problem(problem.code, path, problem.message)
            continue
        files = isinstance(question_at(form, path, response.aims), AttachmentItem)
        if files and not kept.issuperset(chosen(value)):
            yield Problem("RKV-FRM-011", path, message("A file that is named here is not attached to these answers."))
