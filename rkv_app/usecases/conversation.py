# SPDX-License-Identifier: MIT
"""What was said after the application: what the county asked for, what it was sent, and what it decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from rkv_app.domain.exchange import Card, ExchangeRecord, MessageType, Outcome, Supplement, SupplementRequest
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.workspace import Workspace

Said = TypeVar("Said", SupplementRequest, Supplement, Outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForMore:
    """A request for more documentation, as either party has it.

    Attributes:
        sender: who asks.
        at: when it was sent or received here.
        answered_at: when the first answer was sent or received here; None while there is none.
    """

    message_id: str
    conversation_id: str
    manifest_sha256: str
    request: SupplementRequest
    sender: Card
    at: datetime
    answered_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has answered it."""
        return self.answered_at is None

    def is_late(self, today: date) -> bool:
        """Whether it is open after the day by which the county wanted it."""
        return self.is_open and today > self.request.deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class MoreThatCame:
    """Documentation that was sent after the application."""

    message_id: str
    supplement: Supplement
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A decision of the county; the newest one counts."""

    message_id: str
    outcome: Outcome
    at: datetime


def asked_for_more(ws: Workspace, exchange: Sequence[ExchangeRecord]) -> tuple[AskedForMore, ...]:
    """Returns the requests for more in a conversation, oldest first."""
    answers = [record for record in exchange if record.type is MessageType.SUPPLEMENT]
    return tuple(
        AskedForMore(
            message_id=record.message_id,
            conversation_id=record.conversation_id,
            manifest_sha256=record.manifest_sha256,
            request=request,
            sender=opened.sender,
            at=record.at,
            answered_at=next((one.at for one in answers if one.answers == record.message_id), None),
        )
        for record, opened, request in _read(ws, exchange, MessageType.SUPPLEMENT_REQUEST, SupplementRequest)
    )


def more_that_came(ws: Workspace, exchange: Sequence[ExchangeRecord]) -> tuple[MoreThatCame, ...]:
    """Returns the supplements of a conversation, oldest first."""
    return tuple(
        MoreThatCame(message_id=record.message_id, supplement=supplement, at=record.at)
        for record, _, supplement in _read(ws, exchange, MessageType.SUPPLEMENT, Supplement)
    )


def outcomes(ws: Workspace, exchange: Sequence[ExchangeRecord]) -> tuple[Told, ...]:
    """Returns the decisions in a conversation, oldest first."""
    return tuple(
        Told(message_id=record.message_id, outcome=outcome, at=record.at)
        for record, _, outcome in _read(ws, exchange, MessageType.OUTCOME, Outcome)
    )


def _read(
    ws: Workspace, exchange: Sequence[ExchangeRecord], kind: MessageType, shape: type[Said]
) -> Iterator[tuple[ExchangeRecord, OpenedPacket, Said]]:
    """The packets of one type, opened, with their content; their documents are not read."""
    for record in exchange:
        if record.type is kind:
            opened = read_on_record(ws, record.message_id)
            if not isinstance(opened.content, shape):
                raise TypeError(f"a packet of type {kind.value} without its content")
            yield record, opened, opened.content
