# SPDX-License-Identifier: MIT
"""Which of our own messages a packet answers, and whether its sender may answer it."""

from rkv_app.domain.cases import Case, CaseState
from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType, Trust
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.contacts import contact_of
from rkv_app.usecases.receive_application import trust_of
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace


def answered(ws: Workspace, opened: OpenedPacket, expected: MessageType) -> ExchangeRecord:
    """Returns our own message that a packet answers.

    Raises:
        UserError: RKV-EXC-003 it answers nothing that we sent.
    """
    ours = ws.store.exchange.find(opened.answers) if opened.answers else None
    if ours is None or ours.direction is not Direction.SENT or ours.type is not expected:
        raise UserError(
            "RKV-EXC-003",
            message("This packet does not answer anything that was sent from this store."),
            message("Nothing was changed. Ask the sender which request it belongs to.")
            if opened.type is MessageType.EVALUATION
            else message(
                "Nothing was taken in; the packet is kept in quarantine. If the application was sent from another "
                "store, receive it there. Otherwise ask the sender what it answers."
            ),
        )
    return ours


def about_our_application(ws: Workspace, opened: OpenedPacket, sha256: str) -> ExchangeRecord:
    """Returns our application that a packet from the county is about.

    Raises:
        UserError: RKV-EXC-003 we sent no such application; RKV-EXC-008 it is about another one than was sent.
    """
    return _same(answered(ws, opened, MessageType.APPLICATION), sha256)


def about_our_request(ws: Workspace, opened: OpenedPacket, sha256: str) -> ExchangeRecord:
    """Returns our request for more documentation that a supplement answers.

    Raises:
        UserError: RKV-EXC-003 we sent no such request; RKV-EXC-008 it answers another one than was sent.
    """
    return _same(answered(ws, opened, MessageType.SUPPLEMENT_REQUEST), sha256)


def trusted_county(ws: Workspace, opened: OpenedPacket) -> Trust:
    """Says how far the county that sent a packet is known: to ask and to decide belongs to it alone.

    Raises:
        UserError: RKV-EXC-002 the sender is not known; RKV-EXC-018 it is known as somebody else than a county.
    """
    trust = trust_of(ws, opened)
    contact = contact_of(ws, opened.signer_certificate)
    if contact is not None and contact.card.party.role is not Role.INTAKE:
        raise UserError(
            "RKV-EXC-018",
            message("Only the county may send this, and the sender is known here as somebody else."),
            message("Nothing was changed. Call the county, on a number you know, and ask whether they sent it."),
            ExitStatus.NO,
        )
    return trust


def arrived(ws: Workspace, case_id: str) -> Case:
    """Returns the case whose application the county has: whatever it answers shows that, also without a receipt."""
    case = existing_case(ws, case_id)
    if case.state is CaseState.SENT:
        move_case(ws, case, CaseState.RECEIVED, "county_answered")
    return existing_case(ws, case_id)


def _same(ours: ExchangeRecord, sha256: str) -> ExchangeRecord:
    if sha256 != ours.manifest_sha256:
        raise UserError(
            "RKV-EXC-008",
            message("This packet is about something else than what was sent from here."),
            message("Nothing was changed. Call the sender and ask what they received."),
            ExitStatus.DAMAGED,
        )
    return ours
