# SPDX-License-Identifier: MIT
"""The county's queue, and one application in it, aim by aim."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.exchange import ExchangeRecord, MessageType, QueuedApplication, Standing
from rkv_app.domain.ports import QueuedSummary, QueuePage
from rkv_app.domain.sharing import SharingEvent
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.conversation import AskedForMore, MoreThatCame, Told, asked_for_more, more_that_came, outcomes
from rkv_app.usecases.documented import documented
from rkv_app.usecases.workspace import Workspace

_AFTER: Mapping[MessageType, Standing] = {
    MessageType.SUPPLEMENT_REQUEST: Standing.ASKED_FOR_MORE,
    MessageType.SUPPLEMENT: Standing.MORE_CAME,
    MessageType.OUTCOME: Standing.DECIDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationView:
    """An application with every source of every aim side by side, and what was said about it since.

    Attributes:
        asked: what we asked for, oldest first.
        more: what was sent for that.
        outcomes: what we decided; the last one counts.
        documents: what is attached to it: what came, and what is to be sent.
        exchange: the packets themselves, oldest first.
        sharing: in which other shapes it was handed over, and why.
    """

    queued: QueuedApplication
    coverage: tuple[AimCoverage, ...]
    standing: Standing
    asked: tuple[AskedForMore, ...]
    more: tuple[MoreThatCame, ...]
    outcomes: tuple[Told, ...]
    documents: Sequence[Attachment]
    exchange: Sequence[ExchangeRecord]
    sharing: Sequence[SharingEvent]


def list_queue(ws: Workspace, after: str = "") -> QueuePage:
    """Returns a part of the queue, oldest first; the part after the one whose `next` is given."""
    return ws.store.exchange.queue_page(after=after)


def main_document(ws: Workspace, message_id: str) -> bytes:
    """Returns the PDF of an application in the queue, to be looked at; an application's own PDF is small."""
    content = io.BytesIO()
    ws.store.exchange.copy_pdf_to(message_id, content)
    return content.getvalue()


def standing_of(one: QueuedSummary) -> Standing:
    """Says where an application in the list stands."""
    return _standing(one.receipt_sent, one.types)


def _standing(receipt_sent: bool, types: Iterable[MessageType]) -> Standing:
    """The furthest of what was sent and received; a receipt that was sent late takes nothing back."""
    told = [_AFTER[kind] for kind in types if kind in _AFTER]
    if Standing.DECIDED in told:
        return Standing.DECIDED
    if told:
        return told[-1]
    return Standing.RECEIPT_SENT if receipt_sent else Standing.NEW


def view_application(ws: Workspace, message_id: str) -> ApplicationView:
    """Returns one application.

    Raises:
        UserError: RKV-CAS-014 it is not in the queue.
    """
    queued = ws.store.exchange.queued(message_id)
    if queued is None:
        raise UserError(
            "RKV-CAS-014",
            message("There is no such application in the queue."),
            message("Nothing was changed. Go back to the queue and choose again."),
        )
    application = queued.application
    covered = documented(ws.forms, application.aims, application.placements, application.evaluations)
    exchange = ws.store.exchange.for_case(message_id)
    return ApplicationView(
        queued=queued,
        coverage=covered,
        standing=_standing(queued.receipt_sent, [record.type for record in exchange]),
        asked=asked_for_more(ws, exchange),
        more=more_that_came(ws, exchange),
        outcomes=outcomes(ws, exchange),
        documents=ws.store.attachments.for_subject(message_id),
        exchange=exchange,
        sharing=ws.store.sharing.for_case(message_id),
    )
