# SPDX-License-Identifier: MIT
"""The county asks for more documentation about an application in its queue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rkv_app.documents.letters import render_supplement_request
from rkv_app.domain.exchange import MessageType, MissingItem, SupplementRequest
from rkv_app.domain.people import Role
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.i18n import message
from rkv_app.packets.messages import record_json
from rkv_app.usecases.documents_along import incomplete
from rkv_app.usecases.sending import SentPacket, answer_application
from rkv_app.usecases.view_queue import view_application
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupplementRequest:
    """What a caseworker types: what is missing, item by item, by when, and a note."""

    items: Sequence[str]
    deadline: date
    note: str = ""


def ask_for_supplement(ws: Workspace, message_id: str, new: NewSupplementRequest, target: Path) -> SentPacket:
    """Writes a request for more documentation, about a queued application, to `target`.

    Raises:
        UserError: RKV-CAS-014 no such application; RKV-EXC-016 nothing is asked for, or by a day that has been;
            RKV-SYS-001 to -003.
    """
    ws.require(Role.INTAKE)
    queued = view_application(ws, message_id).queued
    texts = [text.strip() for text in new.items if text.strip()]
    if not texts:
        raise incomplete(message("what the county needs"))
    if new.deadline < local_date(ws.clock.now()):
        raise incomplete(message("a day to come, by which it is wanted"))
    request = SupplementRequest(
        journal_number=queued.journal_number,
        application_sha256=queued.manifest_sha256,
        items=tuple(MissingItem(id=str(number), text=text) for number, text in enumerate(texts, start=1)),
        deadline=new.deadline,
        note=new.note.strip(),
        intake=ws.party,
    )
    return answer_application(
        ws,
        queued,
        target,
        type=MessageType.SUPPLEMENT_REQUEST,
        content=request,
        main_document=render_supplement_request(
            request, words=ws.words, at=ws.clock.now(), record=record_json(request)
        ),
        expires=new.deadline,
    )
