# SPDX-License-Identifier: MIT
"""An application comes to the county's intake."""

from rkv_app.domain.exchange import Application, QueuedApplication, Trust
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.build import MAIN_NAME
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.contacts import contact_of, require_known_keys, trust_in_contact
from rkv_app.usecases.organisation_roots import organisation_trust
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Puts the application in the queue, with a journal number of its own. What follows is kept under its id.

    Raises:
        UserError: RKV-EXC-002 nobody is pinned with the key that signed it; RKV-EXC-011 see `trust_of`.
    """
    application = opened.content
    if not isinstance(application, Application):
        raise TypeError("an application packet without an application")
    trust = trust_of(ws, opened)
    now = ws.clock.now()
    queued = QueuedApplication(
        message_id=opened.message_id,
        conversation_id=opened.conversation_id,
        journal_number=f"{now.year}-{ws.store.exchange.queue_length() + 1:05d}",
        received_at=now,
        sender=opened.sender,
        trust=trust,
        manifest_sha256=opened.manifest_sha256,
        application=application,
    )
    with opened.documents.open(MAIN_NAME) as pdf:
        ws.store.exchange.enqueue(queued, pdf)
    return opened.message_id, trust


def trust_of(ws: Workspace, opened: OpenedPacket) -> Trust:
    """Says how far the sender of a packet is known.

    Raises:
        UserError: RKV-EXC-002 not at all; RKV-EXC-011 it is known with other keys.
    """
    by_certificate = organisation_trust(ws, opened.sender, signed_at=opened.signed_at, chain=opened.signer_chain)
    if by_certificate.confirmed:
        return Trust.ORGANISATION
    require_known_keys(ws, opened.sender)
    contact = contact_of(ws, opened.signer_certificate)
    if contact is None:
        raise UserError(
            "RKV-EXC-002",
            message("The sender is not known here: no contact has the key that signed this packet."),
            message(
                "Nothing was imported; the packet is kept in quarantine, where it can be read. Get the sender's "
                "contact card, compare its digits by phone, and receive it again, or let a named person release it."
            ),
            ExitStatus.NO,
        )
    return trust_in_contact(contact)
