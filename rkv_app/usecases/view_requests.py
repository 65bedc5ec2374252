# SPDX-License-Identifier: MIT
"""What a supervisor is asked, and how far each evaluation has come."""

from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import Evaluation
from rkv_app.domain.exchange import IncomingRequest
from rkv_app.forms.answers import progress
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class RequestView:
    """A request with its evaluation; `answered` of `total` aims are rated.

    Attributes:
        is_late: whether the last day for an answer has been.
    """

    incoming: IncomingRequest
    evaluation: Evaluation
    answered: int
    total: int
    is_late: bool


def list_requests(ws: Workspace) -> Sequence[RequestView]:
    """Returns all requests, newest first."""
    return [_view(ws, incoming) for incoming in ws.store.exchange.requests()]


def view_request(ws: Workspace, message_id: str) -> RequestView:
    """Returns one request.

    Raises:
        UserError: RKV-CAS-012 there is no such request.
    """
    incoming = ws.store.exchange.request(message_id)
    if incoming is None:
        raise no_such_request()
    return _view(ws, incoming)


def no_such_request() -> UserError:
    """The error for a request, or its evaluation, that the store does not have."""
    return UserError(
        "RKV-CAS-012",
        message("There is no such request in this store."),
        message("Nothing was changed. Go back to the list of requests and choose again."),
    )


def _view(ws: Workspace, incoming: IncomingRequest) -> RequestView:
    evaluation = ws.store.evaluations.get(incoming.evaluation_id)
    if evaluation is None:
        raise RuntimeError("a request without its evaluation")
    form = ws.forms.pinned(evaluation.form)
    done, total = progress(form, evaluation.answers, evaluation.aims)
    is_late = incoming.expires is not None and local_date(ws.clock.now()) > incoming.expires
    return RequestView(incoming, evaluation, done, total, is_late)
