# SPDX-License-Identifier: MIT
"""What a supervisor is asked, and how far each evaluation has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from rkv_app.domain.evaluations import Evaluation, EvaluationState
from rkv_app.domain.exchange import IncomingRequest
from rkv_app.domain.ports import RequestSummary
from rkv_app.domain.response_states import can_be_written
from rkv_app.forms.answers import progress
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.workspace import Workspace

AT_A_TIME: Final = 20
"""How many requests a part of the list has: each is a card, and its answers are counted."""


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


@dataclass(frozen=True, slots=True)
class ListedRequest:
    """A request in the list, and how far its evaluation has come; fields as in `RequestView`.

    Attributes:
        being_amended: whether what was completed is being written in again.
    """

    summary: RequestSummary
    state: EvaluationState
    being_amended: bool
    is_begun: bool
    answered: int
    total: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class RequestList:
    """A part of the list of requests; `next` and `total` as in `CasePage`."""

    requests: tuple[ListedRequest, ...]
    next: str
    total: int


def list_requests(ws: Workspace, after: str = "") -> RequestList:
    """Returns a part of the requests, newest first; the part after the one whose `next` is given."""
    page = ws.store.exchange.request_page(after=after, limit=AT_A_TIME)
    return RequestList(tuple(_listed(ws, one) for one in page.requests), page.next, page.total)


def every_request(ws: Workspace) -> Iterator[RequestSummary]:
    """All requests, newest first, read as they are asked for."""
    page = ws.store.exchange.request_page()
    yield from page.requests
    while page.next:
        page = ws.store.exchange.request_page(after=page.next)
        yield from page.requests


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
    evaluation, done, total = _evaluation(ws, incoming.evaluation_id)
    return RequestView(incoming, evaluation, done, total, _is_late(ws, incoming.expires))


def _listed(ws: Workspace, one: RequestSummary) -> ListedRequest:
    evaluation, done, total = _evaluation(ws, one.evaluation_id)
    is_open = can_be_written(evaluation.state)
    return ListedRequest(
        summary=one,
        state=evaluation.state,
        being_amended=is_open and bool(ws.store.evaluations.revisions(evaluation.id)),
        is_begun=bool(evaluation.answers),
        answered=done,
        total=total,
        is_late=_is_late(ws, one.expires),
    )


def _evaluation(ws: Workspace, evaluation_id: str) -> tuple[Evaluation, int, int]:
    """An evaluation, and how many of how many aims are rated in it."""
    evaluation = ws.store.evaluations.get(evaluation_id)
    if evaluation is None:
        raise RuntimeError("a request without its evaluation")
    return evaluation, *progress(ws.forms.pinned(evaluation.form), evaluation.answers, evaluation.aims)


def _is_late(ws: Workspace, expires: date | None) -> bool:
    return expires is not None and local_date(ws.clock.now()) > expires
