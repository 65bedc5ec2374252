# SPDX-License-Identifier: MIT
"""The adviser sends the county the documents that it asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto.envelope import CertificateRecipient
from rkv_app.documents.letters import render_supplement
from rkv_app.domain.cases import CaseState, cleared, may_follow
from rkv_app.domain.exchange import MessageType, Supplement
from rkv_app.domain.people import Role
from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.i18n import message
from rkv_app.packets.build import BuiltPacketFile, Draft
from rkv_app.packets.messages import record_json
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.clearance import candidate_of, require_clearance
from rkv_app.usecases.conversation import AskedForMore, asked_for_more
from rkv_app.usecases.documents_along import ChosenDocument, Enclosed, enclose, incomplete
from rkv_app.usecases.reference import legal_bases
from rkv_app.usecases.sending import SentPacket, send, sharing_of
from rkv_app.usecases.transitions import move_case, not_from_here
from rkv_app.usecases.workspace import Workspace

_WHILE = frozenset({CaseState.SUPPLEMENT_REQUESTED, CaseState.SUPPLEMENTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSupplement:
    """What the adviser chose and typed.

    Attributes:
        cleared_by: who cleared the sending of a shielded candidate's papers.
    """

    documents: Sequence[ChosenDocument]
    note: str
    ground: SharingGround
    cleared_by: str = ""


def send_supplement(ws: Workspace, case_id: str, request_id: str, new: NewSupplement, target: Path) -> SentPacket:
    """Writes the answer to a request for more to `target`, and puts the sharing on record.

    Args:
        ws: the adviser's.
        case_id: the case.
        request_id: message id of the county's request.
        new: what goes along.
        target: file to write.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-007 nothing is asked for now; RKV-CAS-008 shielded and not cleared;
            RKV-EXC-016 nothing is sent, or there is no such request; RKV-SYS-001 to -003.
    """
    ws.require(Role.ADVISER)
    case = existing_case(ws, case_id)
    asked = _asked(ws, case_id, request_id)
    if case.state not in _WHILE:
        raise not_from_here()
    require_clearance(candidate_of(ws, case), new.cleared_by)
    if not new.documents and not new.note.strip():
        raise incomplete(message("a document, or a note that says why there is none"))
    enclosed = enclose(ws, case_id, new.documents)
    draft = _draft(ws, asked, new, enclosed)
    still_open = [one for one in asked_for_more(ws, ws.store.exchange.for_case(case_id)) if one.is_open]

    def and_record(built: BuiltPacketFile) -> None:
        receiver = asked.sender.party.organisation
        ws.store.sharing.append(sharing_of(built, receiver, new.ground, case_id, ws.clock.now(), new.cleared_by))
        # Where the county has asked twice, the case waits until both are answered.
        if all(one.message_id == request_id for one in still_open) and may_follow(case.state, CaseState.SUPPLEMENTED):
            move_case(ws, case, CaseState.SUPPLEMENTED, cleared("supplement_sent", new.cleared_by))

    return send(
        ws,
        draft,
        to=[CertificateRecipient(asked.sender.sealing_certificate)],
        counterpart=asked.sender.party.organisation,
        case_id=case_id,
        target=target,
        and_record=and_record,
    )


def _asked(ws: Workspace, case_id: str, request_id: str) -> AskedForMore:
    for one in asked_for_more(ws, ws.store.exchange.for_case(case_id)):
        if one.message_id == request_id:
            return one
    raise incomplete(message("the county's request that this answers"))


def _draft(ws: Workspace, asked: AskedForMore, new: NewSupplement, enclosed: Enclosed) -> Draft:
    supplement = Supplement(
        request_sha256=asked.manifest_sha256,
        documents=enclosed.listed,
        note=new.note.strip(),
        ground=new.ground,
        adviser=ws.party,
    )
    return Draft(
        type=MessageType.SUPPLEMENT,
        content=supplement,
        conversation_id=asked.conversation_id,
        answers=asked.message_id,
        sender=ws.card,
        expires=None,
        reply_token="",
        main_document=render_supplement(
            supplement,
            asked.request,
            legal_bases=legal_bases(ws.language),
            words=ws.words,
            at=ws.clock.now(),
            record=record_json(supplement),
        ),
        attachments=enclosed.files,
    )
