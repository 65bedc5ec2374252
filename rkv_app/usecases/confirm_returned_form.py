# SPDX-License-Identifier: MIT
"""A person confirms a form that came back: its draft becomes an evaluation on the case, which says where it came from.

It counts as any other, and is told apart from one that its supervisor signed, see `domain.transcribed`.
"""

from collections.abc import Mapping
from dataclasses import replace

from rkv_app.documents.fillable_binding import NAME, POSITION
from rkv_app.domain.evaluations import Attestation, EvaluationState
from rkv_app.domain.exchange import EvaluationRequest
from rkv_app.domain.response_states import can_be_written
from rkv_app.domain.transcribed import TRANSCRIBED, Transcribed, transcribed_value
from rkv_app.forms.completion import completion
from rkv_app.forms.validation import check
from rkv_app.foundation.clock import local_date, on_day
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.usecases.complete_evaluation import statement_of
from rkv_app.usecases.packet_files import request_on_record
from rkv_app.usecases.returned_drafts import (
    ReturnedDraft,
    existing_draft,
    forget_draft,
    said_day,
    sent_request,
)
from rkv_app.usecases.workspace import Workspace


def confirm_returned_form(ws: Workspace, draft_id: str, *, compared: bool) -> str:
    """Makes the evaluation of a draft, uses up the request's reply mark, and takes the draft away: its id.

    The answers of a form that was given out go into those on the case, which stay in progress: the id of those.

    Args:
        ws: the adviser's; its owner is named as having compared.
        draft_id: which draft.
        compared: whether the answers were compared with the file, and whoever evaluated stands for them there.

    Raises:
        UserError: RKV-FRM-062 there is no such draft; RKV-FRM-063 answers are missing or wrong; RKV-FRM-064 it is not
            said who evaluated and when, or nobody has compared; RKV-DOC-025 the request was answered meanwhile; of a
            form that was given out: RKV-DOC-061 nobody has compared; RKV-DOC-062 the answers on the case have changed.
    """
    draft = existing_draft(ws, draft_id)
    if draft.response_id:
        return _into_response(ws, draft, compared)
    asked = _asked(ws, draft)
    form = ws.forms.pinned(draft.form)
    answers = completion(form, draft.answers, draft.aims).kept
    if check(form, answers, draft.aims, today=local_date(ws.clock.now())):
        raise UserError(
            "RKV-FRM-063",
            message("The form cannot be confirmed yet: something in it is missing or wrong."),
            message(
                "The answers are saved. Check the form to see what it is. Ask the supervisor about what is missing."
            ),
            ExitStatus.NO,
        )
    evaluation = replace(
        asked.evaluation(new_id()),
        state=EvaluationState.COMPLETED,
        answers={**answers, **_mark(ws, draft)},
        attestation=_attested(ws, draft, compared, statement_of(form, draft.language)),
    )
    with ws.store.transaction():
        ws.store.evaluations.add(evaluation)
        ws.store.exchange.mark_reply_used(draft.id)
        forget_draft(ws, draft.id)
    return evaluation.id


def is_answered(ws: Workspace, draft: ReturnedDraft) -> bool:
    """Whether the request of a draft was answered in another way since it was begun, or the case's answers changed."""
    if draft.response_id:
        response = ws.store.responses.get(draft.response_id)
        if response is None or not can_be_written(response.state):
            return True
        return (response.form, response.answers) != (draft.form, draft.before)
    ours = sent_request(ws, draft.id)
    return ours is None or ours.reply_used


def _into_response(ws: Workspace, draft: ReturnedDraft, compared: bool) -> str:
    if not compared:
        raise UserError(
            "RKV-DOC-061",
            message("Compare the answers with what came back, and say that you have."),
            message("Nothing was changed, and the answers are saved."),
        )
    if is_answered(ws, draft):
        raise UserError(
            "RKV-DOC-062",
            message("The answers on the case have changed since the form came back."),
            message(
                "Nothing was changed. Discard the draft, and take the file in once more if the case shall have what it "
                "says. The file is kept in the case."
            ),
        )
    now, answers = ws.clock.now(), {**draft.answers, **_mark(ws, draft)}
    with ws.store.transaction():
        for path in {**draft.before, **answers}:
            if answers.get(path) != draft.before.get(path):
                ws.store.responses.save_answer(draft.response_id, path, answers.get(path), now)
        forget_draft(ws, draft.id)
    return draft.response_id


def _asked(ws: Workspace, draft: ReturnedDraft) -> EvaluationRequest:
    if is_answered(ws, draft):
        raise UserError(
            "RKV-DOC-025",
            message("The request that this form belongs to was answered in another way meanwhile."),
            message(
                "Nothing was changed. Compare the form with the evaluation that the case has. If that one counts, "
                "discard the draft; the file that came stays in the case."
            ),
        )
    return request_on_record(ws, draft.id)


def _attested(ws: Workspace, draft: ReturnedDraft, compared: bool, statement: str) -> Attestation:
    name, day = draft.who.get(NAME, "").strip(), said_day(draft)
    if not name or day is None or day > local_date(ws.clock.now()) or not compared:
        raise UserError(
            "RKV-FRM-064",
            message("Say who evaluated and on which day, and that you have compared the answers with the file."),
            message("Nothing was changed, and the answers are saved. The name and the date stand in the form."),
        )
    return Attestation(name=name, position=draft.who.get(POSITION, "").strip(), statement=statement, at=on_day(day))


def _mark(ws: Workspace, draft: ReturnedDraft) -> Mapping[str, object]:
    mark = Transcribed(by=ws.party.name, at=ws.clock.now(), way=draft.way, sha256=draft.sha256)
    return {TRANSCRIBED: transcribed_value(mark)}
