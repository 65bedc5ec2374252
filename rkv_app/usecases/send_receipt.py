# SPDX-License-Identifier: MIT
"""Answer an application with a receipt."""

from pathlib import Path

from rkv_app.documents.letters import render_receipt
from rkv_app.domain.exchange import MessageType, Receipt
from rkv_app.domain.people import Role
from rkv_app.packets.build import BuiltPacketFile
from rkv_app.packets.messages import record_json
from rkv_app.usecases.sending import SentPacket, answer_application
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.workspace import Workspace


def send_receipt(ws: Workspace, message_id: str, target: Path) -> SentPacket:
    """Writes a receipt for a queued application to `target`.

    Raises:
        UserError: RKV-CAS-014 no such application; RKV-SYS-001 to -003.
    """
    ws.require(Role.INTAKE)
    queued = view_application(ws, message_id).queued
    receipt = Receipt(
        journal_number=queued.journal_number,
        received_at=queued.received_at,
        application_sha256=queued.manifest_sha256,
        intake=ws.party,
    )

    def and_record(_built: BuiltPacketFile) -> None:
        ws.store.exchange.mark_receipt_sent(message_id)

    return answer_application(
        ws,
        queued,
        target,
        type=MessageType.RECEIPT,
        content=receipt,
        main_document=render_receipt(receipt, words=ws.words, at=ws.clock.now(), record=record_json(receipt)),
        and_record=and_record,
    )
