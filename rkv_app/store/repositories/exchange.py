# SPDX-License-Identifier: MIT
"""Packets that were sent and received, requests in a supervisor's store, and the county's queue."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Final

import sqlalchemy as sa

from rkv_app.domain.exchange import (
    Direction,
    ExchangeRecord,
    IncomingRequest,
    MessageType,
    QueuedApplication,
    Trust,
)
from rkv_app.domain.ports import QueuedSummary, QueuePage, RequestPage, RequestSummary
from rkv_app.store.database import schema
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.port import Database
from rkv_app.store.database.trail import Entry, dump_json
from rkv_app.store.repositories.contents import copy_content, keep_content, pieces_of, size_of
from rkv_app.store.repositories.keysets import beyond, token, values_in
from rkv_app.store.repositories.rows import PARTY_FIELDS, card_from, card_values, change_one, party_from

_LARGE: Final = 2**21
# What lists are ordered by, and what they show: no snapshot and no certificate is read for a row.
_ARRIVAL: Final = ("received_at", "seq")
_LISTED_REQUESTS: Final = sa.select(
    *(schema.incoming_request.c["sender_" + name] for name in PARTY_FIELDS),
    *(
        schema.incoming_request.c[name]
        for name in (*_ARRIVAL, "message_id", "expires", "candidate_name", "wanted", "evaluation_id")
    ),
)
_LISTED_APPLICATIONS: Final = sa.select(
    *(
        schema.queued_application.c[name]
        for name in (*_ARRIVAL, "message_id", "journal_number", "candidate_name", "wanted", "sender_organisation")
    ),
    schema.queued_application.c.receipt_sent,
)


class SqlExchange:
    """Implements `domain.ports.ExchangeRepository`. Marking what is not there is a LookupError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, record: ExchangeRecord, packet: BinaryIO) -> None:
        """See ExchangeRepository."""
        with self._database.streaming(), self._database.transaction() as connection:
            kept = keep_content(self._database, pieces_of(packet))
            connection.execute(schema.packet.insert().values(content_id=kept.id, **_packet_row(record)))
            self._database.note(
                Entry.PACKET, record.message_id, value=dump_json(record.manifest_sha256), at=moment_text(record.at)
            )

    def find(self, message_id: str) -> ExchangeRecord | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.packet, message_id)
        return None if row is None else _packet(row)

    def copy_packet_to(self, message_id: str, target: BinaryIO) -> None:
        """See ExchangeRepository."""
        self._copy(schema.packet.c.content_id, message_id, target)

    def for_case(self, case_id: str) -> Sequence[ExchangeRecord]:
        """See ExchangeRepository."""
        table = schema.packet
        query = sa.select(table).where(table.c.case_id == case_id).order_by(table.c.at, table.c.seq)
        with self._database.reading() as connection:
            return [_packet(row) for row in connection.execute(query)]

    def open_requests(self, limit: int) -> Sequence[ExchangeRecord]:
        """See ExchangeRepository."""
        table = schema.packet
        waiting = sa.and_(
            table.c.type == MessageType.REQUEST.value,
            table.c.direction == Direction.SENT.value,
            table.c.reply_used.is_(False),
        )
        query = sa.select(table).where(waiting).order_by(table.c.at.desc(), table.c.seq.desc()).limit(limit)
        with self._database.reading() as connection:
            return [_packet(row) for row in connection.execute(query)]

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

    def request_page(self, *, after: str = "", limit: int = 50) -> RequestPage:
        """See ExchangeRepository.

        Raises:
            ValueError: `after` is not what a page of requests said.
        """
        with self._database.reading() as connection:
            shown, following = _page(connection, _LISTED_REQUESTS, after, limit, newest_first=True)
            return RequestPage(
                requests=tuple(_request_summary(row) for row in shown),
                next=following,
                total=_count(connection, schema.incoming_request),
            )

    def request(self, message_id: str) -> IncomingRequest | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.incoming_request, message_id)
        return None if row is None else _request(row)

    def enqueue(self, application: QueuedApplication, pdf: BinaryIO) -> None:
        """See ExchangeRepository."""
        with self._database.streaming(), self._database.transaction() as connection:
            kept = keep_content(self._database, pieces_of(pdf))
            row = {"pdf_content_id": kept.id, **_queued_row(application)}
            connection.execute(schema.queued_application.insert().values(row))
            self._database.note(
                Entry.QUEUED,
                application.message_id,
                value=dump_json(application.manifest_sha256),
                at=moment_text(application.received_at),
            )

    def queue_page(self, *, after: str = "", limit: int = 200) -> QueuePage:
        """See ExchangeRepository.

        Raises:
            ValueError: `after` is not what a page of the queue said.
        """
        with self._database.reading() as connection:
            shown, following = _page(connection, _LISTED_APPLICATIONS, after, limit)
            types = _types(connection, [row.message_id for row in shown])
            return QueuePage(
                applications=tuple(_queued_summary(row, types.get(row.message_id, ())) for row in shown),
                next=following,
                total=_count(connection, schema.queued_application),
            )

    def queue_length(self) -> int:
        """See ExchangeRepository."""
        with self._database.reading() as connection:
            return _count(connection, schema.queued_application)

    def queued(self, message_id: str) -> QueuedApplication | None:
        """See ExchangeRepository."""
        row = self._by_message(schema.queued_application, message_id)
        return None if row is None else _queued(row)

    def copy_pdf_to(self, message_id: str, target: BinaryIO) -> None:
        """See ExchangeRepository."""
        self._copy(schema.queued_application.c.pdf_content_id, message_id, target)

    def mark_receipt_sent(self, message_id: str) -> None:
        """See ExchangeRepository."""
        table = schema.queued_application
        with self._database.transaction() as connection:
            change_one(connection, table.update().where(table.c.message_id == message_id).values(receipt_sent=True))
            self._database.note(Entry.RECEIPT_SENT, message_id)

    def _copy(self, column: sa.Column[int], message_id: str, target: BinaryIO) -> None:
        message = column.table.c.message_id
        with contextlib.ExitStack() as until, self._database.reading() as connection:
            content_id = connection.scalar(sa.select(column).where(message == message_id))
            if content_id is None:
                raise LookupError("there is no such packet")
            # Most are small, and reading one of them is no reason to give up the pages that are in memory.
            if size_of(connection, content_id) > _LARGE:
                until.enter_context(self._database.streaming())
            copy_content(connection, content_id, target)

    def _by_message(self, table: sa.Table, message_id: str) -> sa.Row[Any] | None:
        with self._database.reading() as connection:
            return connection.execute(sa.select(table).where(table.c.message_id == message_id)).one_or_none()


def _page(
    connection: sa.Connection, listed: sa.Select[Any], after: str, limit: int, *, newest_first: bool = False
) -> tuple[Sequence[sa.Row[Any]], str]:
    """A part of a list in the order of arrival, and what names its end where there is more."""
    (table,) = listed.get_final_froms()
    columns = [table.c[name] for name in _ARRIVAL]
    query = listed.order_by(*(column.desc() if newest_first else column for column in columns)).limit(limit + 1)
    if after:
        query = query.where(beyond(columns, values_in(_ARRIVAL, after), newest_first=newest_first))  # type: ignore[arg-type]
    rows = connection.execute(query).all()
    shown = rows[:limit]
    return shown, token(_ARRIVAL, shown[-1]) if shown and len(rows) > limit else ""


def _count(connection: sa.Connection, table: sa.Table) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0


def _types(connection: sa.Connection, case_ids: Sequence[str]) -> Mapping[str, Sequence[MessageType]]:
    """The types of packets by their case, oldest first."""
    table = schema.packet
    query = sa.select(table.c.case_id, table.c.type).where(table.c.case_id.in_(case_ids))
    types: dict[str, list[MessageType]] = {}
    for case_id, kind in connection.execute(query.order_by(table.c.at, table.c.seq)):
        types.setdefault(case_id, []).append(MessageType(kind))
    return types


def _request_summary(row: sa.Row[Any]) -> RequestSummary:
    return RequestSummary(
        message_id=row.message_id,
        received_at=row.received_at,
        expires=row.expires,
        candidate_name=row.candidate_name,
        wanted=row.wanted,
        sender=party_from(row, "sender_"),
        evaluation_id=row.evaluation_id,
    )


def _queued_summary(row: sa.Row[Any], types: Sequence[MessageType]) -> QueuedSummary:
    return QueuedSummary(
        message_id=row.message_id,
        journal_number=row.journal_number,
        received_at=row.received_at,
        candidate_name=row.candidate_name,
        wanted=row.wanted,
        organisation=row.sender_organisation,
        receipt_sent=row.receipt_sent,
        types=tuple(types),
    )


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
        "candidate_name": request.request.candidate_name,
        "wanted": request.request.wanted,
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
        "candidate_name": application.application.candidate.name,
        "wanted": application.application.wanted,
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
        receipt_sent=row.receipt_sent,
    )
