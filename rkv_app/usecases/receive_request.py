# SPDX-License-Identifier: MIT
"""A request comes to a supervisor: it becomes an evaluation to fill in."""

from datetime import date

from rkv_app.domain.exchange import EvaluationRequest, IncomingRequest, Trust
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.foundation.ids import new_id
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.contacts import pin_card
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Stores the request with an empty evaluation. Who knew the code made the packet, so the sender is pinned.

    Raises:
        UserError: RKV-EXC-013 its last day has been; RKV-FRM-004, RKV-FRM-005: this app does not have the form that
            is asked for.
    """
    request = opened.content
    if not isinstance(request, EvaluationRequest):
        raise TypeError("a request packet without a request")
    if opened.expires is not None and local_date(ws.clock.now()) > opened.expires:
        raise past_last_day(opened.expires, message("Nothing was changed. Ask the adviser for a new request."))
    ws.forms.pinned(request.form)
    evaluation = request.evaluation(new_id())
    ws.store.evaluations.add(evaluation)
    ws.store.exchange.add_request(
        IncomingRequest(
            message_id=opened.message_id,
            conversation_id=opened.conversation_id,
            received_at=ws.clock.now(),
            expires=opened.expires,
            sender=opened.sender,
            reply_token=opened.reply_token,
            request=request,
            evaluation_id=evaluation.id,
        )
    )
    pin_card(ws, opened.sender)
    return "", Trust.PINNED_CONTACT


def past_last_day(last: date, hint: Message) -> UserError:
    """The error for a request that can no longer be answered; `hint` says what the one who meets it can do."""
    return UserError(
        "RKV-EXC-013",
        message("The last day for answering this request was {day}.", day=last.isoformat()),
        hint,
        ExitStatus.NO,
    )
