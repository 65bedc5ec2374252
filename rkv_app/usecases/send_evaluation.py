# SPDX-License-Identifier: MIT
"""Send a completed evaluation back to the adviser: no key ceremony, the request said where it goes."""

from pathlib import Path

from rkv_app.crypto.envelope import CertificateRecipient
from rkv_app.documents.evaluation import render_evaluation
from rkv_app.documents.form_answers import beside_aims
from rkv_app.domain.exchange import MessageType
from rkv_app.domain.people import Role
from rkv_app.domain.response_states import is_completed
from rkv_app.forms.answers import aim_ratings
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.build import Draft
from rkv_app.packets.messages import record_json
from rkv_app.usecases.receive_request import past_last_day
from rkv_app.usecases.sending import SentPacket, send
from rkv_app.usecases.view_requests import view_request
from rkv_app.usecases.workspace import Workspace


def send_evaluation(ws: Workspace, message_id: str, target: Path) -> SentPacket:
    """Writes the reply to a request to `target`.

    Raises:
        UserError: RKV-CAS-011 it is not completed; RKV-CAS-012 no such request; RKV-EXC-013 the last day for an answer
            has been; RKV-SYS-001 to -003.
    """
    ws.require(Role.SUPERVISOR)
    view = view_request(ws, message_id)
    incoming, evaluation = view.incoming, view.evaluation
    if not is_completed(evaluation.state):
        raise UserError(
            "RKV-CAS-011",
            message("The evaluation is not completed yet, so it cannot be sent."),
            message("Your answers are saved. Complete it first."),
        )
    if incoming.expires is not None and view.is_late:
        raise past_last_day(incoming.expires, message("Your answers are kept. Ask the adviser for a new request."))
    form = ws.forms.pinned(evaluation.form)
    ratings = aim_ratings(form, evaluation.answers, evaluation.aims)
    draft = Draft(
        type=MessageType.EVALUATION,
        content=evaluation,
        conversation_id=incoming.conversation_id,
        answers=incoming.message_id,
        sender=ws.card,
        expires=None,
        reply_token=incoming.reply_token,
        main_document=render_evaluation(
            evaluation,
            ratings,
            incoming.request.placement,
            incoming.request.candidate_name,
            words=ws.words,
            at=ws.clock.now(),
            record=record_json(evaluation),
            beside_aims=beside_aims(form, evaluation.answers, evaluation.aims, ws.words, every=True),
        ),
    )
    return send(
        ws,
        draft,
        to=[CertificateRecipient(incoming.sender.sealing_certificate)],
        counterpart=incoming.sender.party.organisation,
        case_id="",
        target=target,
    )
