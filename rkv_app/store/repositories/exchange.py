# SPDX-License-Identifier: MIT
"""Packets that were sent and received, requests in a supervisor's store, and the county's queue."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from rkv_app.domain.exchange import (
    Direction,
    ExchangeRecord,
    IncomingRequest,
    MessageType,
    QueuedApplication,
    Trust,
)
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.rows import card_from, card_values, change_one


class SqlExchange:
    """Implements `domain.ports.ExchangeRepository`. Marking what is not there is a LookupError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, record: ExchangeRecord) -> None:
        """See ExchangeRepository."""
        with self._database.transaction() as connection:
            connection.execute(schema.packet.insert().values(_packet_row(record)))
            self._database.note(
                Entry.PACKET, record.message_id, value=dump_json(record.manifest_sha256), at=moment_text(record.at)
            )

    def find(self, message_id: str) -> ExchangeRecord | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.packet, message_id)
        return None if row is None else _packet(row)

    def for_case(self, case_id: str) -> Sequence[ExchangeRecord]:
        """See ExchangeRepository."""
        table = schema.packet
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.at, table.c.seq)
        with self._database.reading() as connection:
            return [_packet(row) for row in connection.execute(query)]

    def types_by_case(self) -> Mapping[str, Sequence[MessageType]]:
        """See ExchangeRepository."""
        table = schema.packet
        types: dict[str, list[MessageType]] = {}
        with self._database.reading() as connection:
            for case_id, kind in connection.execute(
                sa.select(table.c.case_id, table.c.type).order_by(table.c.at, table.c.seq)
            ):
                types.setdefault(case_id, []).append(MessageType(kind))
        return types

    def mark_reply_used(self, message_id: str) -> None:
        """See ExchangeRepository."""
        table = schema.packet
        with self._database.transaction() as connection:
            change_one(connection, table.update().where(table.c.message_id == message_id).values(reply_used=True))
            self._database.note(Entry.REPLY_USED, message_id)

    def add_request(self, request: IncomingRequest) -> None:
        """See ExchangeRepository."""
        with self._database.transaction() as connection:
            connection.execute(schema.incoming_request.insert().values(_request_row(request)))
            self._database.note(Entry.REQUEST, request.message_id, at=moment_text(request.received_at))

    def requests(self) -> Sequence[IncomingRequest]:
        """See ExchangeRepository."""
        table = schema.incoming_request
        query = sa.select(table).order_by(table.c.received_at.desc(), table.c.seq.desc())
        with self._database.reading() as connection:
            return [_request(row) for row in connection.execute(query)]

    def request(self, message_id: str) -> IncomingRequest | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.incoming_request, message_id)
        return None if row is None else _request(row)

    def enqueue(self, application: QueuedApplication) -> None:
        """See ExchangeRepository."""
        with self._database.transaction() as connection:
            connection.execute(schema.queued_application.insert().values(_queued_row(application)))
            self._database.note(
                Entry.QUEUED,
                application.message_id,
                value=dump_json(application.manifest_sha256),
                at=moment_text(application.received_at),
            )

    def queue(self) -> Sequence[QueuedApplication]:
        """See ExchangeRepository."""
        table = schema.queued_application
        query = sa.select(table).order_by(table.c.received_at, table.c.seq)
        with self._database.reading() as connection:
            return [_queued(row) for row in connection.execute(query)]

    def queued(self, message_id: str) -> QueuedApplication | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.queued_application, message_id)
        return None if row is None else _queued(row)

    def mark_receipt_sent(self, message_id: str) -> None:
        """See ExchangeRepository."""
        table = schema.queued_application
        with self._database.transaction() as connection:
            change_one(connection, table.update().where(table.c.message_id == message_id).values(receipt_sent=True))
            self._database.note(Entry.RECEIPT_SENT, message_id)

    def _by_message(self, table: sa.Table, message_id: str) -> sa.Row[Any] | None:
        with self._database.reading() as connection:
            return connection.execute(sa.select(table).where(table.c.message_id == message_id)).one_or_none()


def _packet_row(record: ExchangeRecord) -> dict[str, object]:
    return {
        "message_id": record.message_id,
        "conversation_id": record.conversation_id,
        "answers": record.answers,
        "type": record.type.value,
        "direction": record.direction.value,
        "case_id": record.case_id,
        "counterpart": record.counterpart,
        "at": record.at,
        "manifest_sha256": record.manifest_sha256,
        "packet": record.packet,
        "reply_token": record.reply_token,
        "reply_used": record.reply_used,
    }


def _packet(row: sa.Row[Any]) -> ExchangeRecord:
    return ExchangeRecord(
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        answers=row.answers,
        type=MessageType(row.type),
        direction=Direction(row.direction),
        case_id=row.case_id,
        counterpart=row.counterpart,
        at=row.at,
        manifest_sha256=row.manifest_sha256,
        packet=row.packet,
        reply_token=row.reply_token,
        reply_used=row.reply_used,
    )


def _request_row(request: IncomingRequest) -> dict[str, object]:
    return {
        "message_id": request.message_id,
        "conversation_id": request.conversation_id,
        "received_at": request.received_at,
        "expires": request.expires,
        "evaluation_id": request.evaluation_id,
        "reply_token": request.reply_token,
        "request": request.request,
        **card_values(request.sender, "sender_"),
    }


def _request(row: sa.Row[Any]) -> IncomingRequest:
    return IncomingRequest(
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        received_at=row.received_at,
        expires=row.expires,
        sender=card_from(row, "sender_"),
        reply_token=row.reply_token,
        request=row.request,
        evaluation_id=row.evaluation_id,
    )


def _queued_row(application: QueuedApplication) -> dict[str, object]:
    return {
        "message_id": application.message_id,
        "conversation_id": application.conversation_id,
        "journal_number": application.journal_number,
        "received_at": application.received_at,
        "trust": application.trust.value,
        "manifest_sha256": application.manifest_sha256,
        "receipt_sent": application.receipt_sent,
        "application": application.application,
        "pdf": application.pdf,
        **card_values(application.sender, "sender_"),
    }


def _queued(row: sa.Row[Any]) -> QueuedApplication:
    return QueuedApplication(
        message_id=row.message_id,
        conversation_id=row.conversation_id,
        journal_number=row.journal_number,
        received_at=row.received_at,
        sender=card_from(row, "sender_"),
        trust=Trust(row.trust),
        manifest_sha256=row.manifest_sha256,
        application=row.application,
        pdf=row.pdf,
        receipt_sent=row.receipt_sent,
    )
