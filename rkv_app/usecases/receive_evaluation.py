# SPDX-License-Identifier: MIT
"""An evaluation comes back to the adviser who asked for it."""

import hmac

from rkv_app.domain.carried import given, marks
from rkv_app.domain.evaluations import Evaluation, EvaluationState
from rkv_app.domain.exchange import EvaluationRequest, ExchangeRecord, MessageType, Trust
from rkv_app.forms.validation import check, check_value
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.answering import answered
from rkv_app.usecases.contacts import pin_card, require_known_keys
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.receive_request import past_last_day
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Stores the evaluation in its case and uses up the reply token.

    The token shows that the reply comes from somebody who opened our request, so the sender's key is pinned.

    Raises:
        UserError: RKV-EXC-003, RKV-EXC-004, RKV-EXC-009, RKV-EXC-011, RKV-EXC-013.
    """
    evaluation = opened.content
    if not isinstance(evaluation, Evaluation):
        raise TypeError("an evaluation packet without an evaluation")
    asked = _our_request(ws, opened)
    _check_answers(ws, asked, evaluation)
    require_known_keys(ws, opened.sender)
    ws.store.evaluations.add(evaluation)
    ws.store.exchange.mark_reply_used(asked.message_id)
    pin_card(ws, opened.sender)
    return asked.case_id, Trust.REPLY


def _our_request(ws: Workspace, opened: OpenedPacket) -> ExchangeRecord:
    ours = answered(ws, opened, MessageType.REQUEST)
    right = hmac.compare_digest(ours.reply_token, opened.reply_token)
    if not right or ours.reply_used or ours.conversation_id != opened.conversation_id:
        raise UserError(
            "RKV-EXC-004",
            message("This reply does not belong to an open request: its reply mark is wrong, or was used before."),
            message("Nothing was changed. Send the supervisor a new request if a new evaluation is wanted."),
        )
    return ours


def _check_answers(ws: Workspace, ours: ExchangeRecord, evaluation: Evaluation) -> None:
    sent = read_on_record(ws, ours.message_id)
    asked, today = sent.content, local_date(ws.clock.now())
    if not isinstance(asked, EvaluationRequest):
        raise TypeError("a request packet without a request")
    if sent.expires is not None and today > sent.expires:
        raise past_last_day(
            sent.expires, message("Nothing was changed. Send the supervisor a new request if it is still wanted.")
        )
    same = (
        evaluation.placement_id == asked.placement.id
        and evaluation.form == asked.form
        and evaluation.curriculum_code == asked.curriculum_code
        and evaluation.curriculum_changed == asked.curriculum_changed
        and evaluation.aims == asked.aims
        and evaluation.state in (EvaluationState.COMPLETED, EvaluationState.AMENDED)
        and evaluation.attestation is not None
    )
    # The sender chose the id: it must not be one that is taken here.
    if not same or ws.store.evaluations.get(evaluation.id) is not None:
        raise _does_not_fit()
    form = ws.forms.pinned(evaluation.form)
    answers, carried = given(evaluation.answers), marks(evaluation.answers)
    if len(answers) + len(carried) != len(evaluation.answers) or not carried.keys() <= {one.code for one in asked.aims}:
        raise _does_not_fit()
    try:
        for item, value in answers.items():
            check_value(form, item, value, evaluation.aims)
    except UserError as problem:
        raise _does_not_fit() from problem
    if check(form, answers, evaluation.aims, today=today):
        raise _does_not_fit()


def _does_not_fit() -> UserError:
    return UserError(
        "RKV-EXC-009",
        message("The answers in this packet do not fit what was asked."),
        message("Nothing was changed. Ask the supervisor to answer the request again in the app."),
        ExitStatus.DAMAGED,
    )
