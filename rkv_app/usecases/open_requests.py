# SPDX-License-Identifier: MIT
"""Which requests for an evaluation wait for their answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType
from rkv_app.domain.people import Role
from rkv_app.usecases.workspace import Workspace

AT_A_TIME: Final = 20
"""How many are offered to choose from: those sent last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """A request without an answer: whom it concerns, and which workplace was asked when."""

    message_id: str
    case_id: str
    candidate_name: str
    workplace: str
    at: datetime


def is_sent_request(record: ExchangeRecord) -> bool:
    """Whether it is a request that was sent from here."""
    return record.type is MessageType.REQUEST and record.direction is Direction.SENT


def is_open(record: ExchangeRecord) -> bool:
    """Whether it is a request of ours that nothing has answered."""
    return is_sent_request(record) and not record.reply_used


def open_requests(ws: Workspace, case_id: str = "") -> tuple[OpenRequest, ...]:
    """The requests that wait for an answer, newest first: those of a case, or the last ones of all cases."""
    ws.require(Role.ADVISER)
    records = _of_case(ws, case_id) if case_id else ws.store.exchange.open_requests(AT_A_TIME)
    return tuple(
        OpenRequest(
            message_id=record.message_id,
            case_id=record.case_id,
            candidate_name=_candidate_name(ws, record.case_id),
            workplace=record.counterpart,
            at=record.at,
        )
        for record in records
    )


def _of_case(ws: Workspace, case_id: str) -> Sequence[ExchangeRecord]:
    return [record for record in reversed(ws.store.exchange.for_case(case_id)) if is_open(record)]


def _candidate_name(ws: Workspace, case_id: str) -> str:
    case = ws.store.cases.get(case_id)
    candidate = ws.store.cases.candidate(case.candidate_id) if case else None
    return candidate.name if candidate else ""
