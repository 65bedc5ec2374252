# SPDX-License-Identifier: MIT
"""What was said after the application: what the county asked for, what it was sent, and what it decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from rkv_app.domain.exchange import Card, ExchangeRecord, MessageType, Outcome, Supplement, SupplementRequest
from rkv_app.packets.opening import OpenedPacket, open_packet
from rkv_app.usecases.workspace import Workspace


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
    found = []
    for record in exchange:
        if record.type is not MessageType.SUPPLEMENT_REQUEST:
            continue
        opened = _opened(ws, record)
        if not isinstance(opened.content, SupplementRequest):
            raise TypeError("a request for more without its content")
        found.append(
            AskedForMore(
                message_id=record.message_id,
                conversation_id=record.conversation_id,
                manifest_sha256=record.manifest_sha256,
                request=opened.content,
                sender=opened.sender,
                at=record.at,
                answered_at=next((one.at for one in answers if one.answers == record.message_id), None),
            )
        )
    return tuple(found)


def more_that_came(ws: Workspace, exchange: Sequence[ExchangeRecord]) -> tuple[MoreThatCame, ...]:
    """Returns the supplements of a conversation, oldest first."""
    found = []
    for record in exchange:
        if record.type is MessageType.SUPPLEMENT:
            content = _opened(ws, record).content
            if not isinstance(content, Supplement):
                raise TypeError("a supplement without its content")
            found.append(MoreThatCame(message_id=record.message_id, supplement=content, at=record.at))
    return tuple(found)


def outcomes(ws: Workspace, exchange: Sequence[ExchangeRecord]) -> tuple[Told, ...]:
    """Returns the decisions in a conversation, oldest first."""
    found = []
    for record in exchange:
        if record.type is MessageType.OUTCOME:
            content = _opened(ws, record).content
            if not isinstance(content, Outcome):
                raise TypeError("an outcome without its content")
            found.append(Told(message_id=record.message_id, outcome=content, at=record.at))
    return tuple(found)


def _opened(ws: Workspace, record: ExchangeRecord) -> OpenedPacket:
    # What we sent is sealed to ourselves as well.
    return open_packet(record.packet, ws.identity)
