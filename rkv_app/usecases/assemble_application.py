# SPDX-License-Identifier: MIT
"""Assemble the application: one packet for the county, and the same PDF beside it for the county's portal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto.envelope import CertificateRecipient
from rkv_app.documents.application import render_application
from rkv_app.documents.sections import Evidence
from rkv_app.domain.cases import CaseState, cleared
from rkv_app.domain.exchange import Application, MessageType
from rkv_app.domain.minimised import minimised
from rkv_app.domain.people import Role
from rkv_app.domain.sharing import SharingGround
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.clock import archive_time
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id
from rkv_app.packets.build import BuiltPacketFile, Draft
from rkv_app.packets.messages import record_json
from rkv_app.usecases.clearance import require_clearance
from rkv_app.usecases.contacts import existing_contact
from rkv_app.usecases.documented import besides_of
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.sending import send, sharing_of
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SentApplication:
    """An application that lies ready to be handed over."""

    path: Path
    pdf_path: Path
    message_id: str


def assemble_application(
    ws: Workspace,
    case_id: str,
    contact_id: str,
    ground: SharingGround,
    target: Path,
    *,
    cleared_by: str = "",
    national_number: bool = False,
) -> SentApplication:
    """Writes the packet to `target` and its PDF beside it, and puts the sharing on record.

    Args:
        ws: the adviser's.
        case_id: the case.
        contact_id: the county.
        ground: why it may be shared.
        target: file to write; the PDF gets the same name with `.pdf`.
        cleared_by: who cleared the sending of a shielded candidate's papers.
        national_number: whether the county asks for the candidate's national identity number.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-006 nothing to send; RKV-CAS-007 sent before;
            RKV-CAS-008 shielded and not cleared; RKV-CAS-013 no such contact; RKV-SYS-001 to -003.
    """
    ws.require(Role.ADVISER)
    view = view_case(ws, case_id)
    contact = existing_contact(ws, contact_id)
    _check_ready(view, cleared_by)
    application = minimised(_application(ws, view, ground), national_number=national_number)
    draft, pdf = _draft(ws, view, application)
    pdf_path = target.with_suffix(".pdf")

    def and_record(built: BuiltPacketFile) -> None:
        receiver = contact.card.party.organisation
        ws.store.sharing.append(sharing_of(built, receiver, ground, case_id, ws.clock.now(), cleared_by))
        move_case(ws, view.case, CaseState.SENT, cleared("application_sent", cleared_by))

    sent = send(
        ws,
        draft,
        to=[CertificateRecipient(contact.card.sealing_certificate)],
        counterpart=contact.card.party.organisation,
        case_id=case_id,
        target=target,
        beside={pdf_path: pdf},
        and_record=and_record,
    )
    return SentApplication(sent.path, pdf_path, sent.message_id)


def _check_ready(view: CaseView, cleared_by: str) -> None:
    if not view.evaluations:
        raise UserError(
            "RKV-CAS-006",
            message("There is nothing to send yet: no evaluation has come in."),
            message("Nothing was sent. Ask a supervisor for an evaluation, and receive the reply first."),
        )
    require_clearance(view.candidate, cleared_by)


def _application(ws: Workspace, view: CaseView, ground: SharingGround) -> Application:
    if len(view.plans) != len(view.case.plans):
        raise RuntimeError("a case without its curricula")
    plan = view.plans[0]
    return Application(
        reference=view.case.reference,
        candidate=view.candidate,
        wanted=view.case.wanted.title,
        curriculum_code=plan.code,
        curriculum_changed=plan.changed,
        curriculum_title=plan.title,
        aims=tuple(covered.aim for covered in view.coverage),
        placements=tuple(view.placements),
        evaluations=tuple(view.evaluations),
        ground=ground,
        adviser=ws.party,
    )


def evidence_of(documents: Iterable[Attachment]) -> Sequence[Evidence]:
    """Documents of a case as they are listed in what is made of it."""
    return [Evidence(one.name, archive_time(one.added).date(), one.sha256) for one in documents]


def _draft(ws: Workspace, view: CaseView, application: Application) -> tuple[Draft, bytes]:
    pdf = render_application(
        application,
        view.coverage,
        measures=measures(ws.language),
        legal_bases=legal_bases(ws.language),
        words=ws.words,
        record=record_json(application),
        at=ws.clock.now(),
        evidence=evidence_of(view.documents),
        beside_aims=besides_of(ws, application.evaluations),
    )
    draft = Draft(
        type=MessageType.APPLICATION,
        content=application,
        conversation_id=new_id(),
        answers="",
        sender=ws.card,
        expires=None,
        reply_token="",
        main_document=pdf,
    )
    return draft, pdf
