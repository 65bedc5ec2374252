# SPDX-License-Identifier: MIT
"""A request comes to a supervisor: it becomes an evaluation to fill in."""

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import EvaluationRequest, IncomingRequest, Trust
from rkv_app.foundation.ids import new_id
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.contacts import pin_card
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Stores the request with an empty evaluation. Who knew the code made the packet, so the sender is pinned.

    Raises:
        UserError: RKV-FRM-004, RKV-FRM-005: this app does not have the form that is asked for.
    """
    request = opened.content
    if not isinstance(request, EvaluationRequest):
        raise TypeError("a request packet without a request")
    ws.forms.pinned(request.form)
    evaluation = Evaluation(
        id=new_id(),
        placement_id=request.placement.id,
        form=request.form,
        curriculum_code=request.curriculum_code,
        curriculum_changed=request.curriculum_changed,
        curriculum_title=request.curriculum_title,
        aims=request.aims,
    )
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
