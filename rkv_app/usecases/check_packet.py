# SPDX-License-Identifier: MIT
"""How far the sender of a packet is known to this store, without taking the packet in."""

from collections.abc import Mapping
from dataclasses import dataclass

from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import Direction, Trust
from rkv_app.foundation.i18n import N_, Message
from rkv_app.packets.reports import Finding, PacketHeader, VerifyReport
from rkv_app.usecases.contacts import contact_with_key, list_contacts, trust_in_contact
from rkv_app.usecases.organisation_roots import OrganisationTrust, organisation_trust
from rkv_app.usecases.packet_files import read_on_record
from rkv_app.usecases.workspace import Workspace

_WORDS: Mapping[Trust, str] = {
    Trust.ORGANISATION: N_("Organisation confirmed by its certificate"),
    Trust.VERIFIED_CONTACT: N_("Known contact, digits compared"),
    Trust.REPLY: N_("Answer to our own request"),
    Trust.PINNED_CONTACT: N_("Known contact, digits not compared yet"),
    Trust.UNKNOWN: N_("Unknown sender"),
}


@dataclass(frozen=True, slots=True)
class SenderTrust:
    """How far a signer is known, and what to know about that."""

    level: Trust
    notes: tuple[Finding, ...] = ()


def known_signers(ws: Workspace) -> list[str]:
    """Returns the key ids of everybody whose keys this store has pinned."""
    return [key_id(contact.card.signing_certificate) for contact in list_contacts(ws)]


def trust_in(ws: Workspace, report: VerifyReport) -> SenderTrust:
    """Says how far the signer of a packet is known, strongest first.

    Args:
        ws: the store that is asked.
        report: of a packet whose signature holds.
    """
    header = report.header
    notes: tuple[Finding, ...] = ()
    if header is not None:
        proved = organisation_trust(ws, header.sender, signed_at=report.signed_at, chain=report.signer_chain)
        notes = _notes(proved)
        if proved.confirmed:
            return SenderTrust(Trust.ORGANISATION, notes)
    contact = contact_with_key(ws, report.signer)
    if contact is not None:
        return SenderTrust(trust_in_contact(contact), notes)
    return SenderTrust(Trust.REPLY if header is not None and _is_reply(ws, header) else Trust.UNKNOWN, notes)


def certificate_notes(ws: Workspace, message_id: str) -> tuple[Finding, ...]:
    """Says what is to be known today of the certificate that a packet on record was signed with.

    It is checked anew from the packet: a revocation list may have come, or run out, since the packet was received.

    Raises:
        LookupError: there is no such packet.
        UserError: as `open_packet_file`; RKV-STO-036 it is damaged.
    """
    opened = read_on_record(ws, message_id)
    return _notes(organisation_trust(ws, opened.sender, signed_at=opened.signed_at, chain=opened.signer_chain))


def trust_words(trust: Trust) -> Message:
    """What people are told of it."""
    return Message(_WORDS[trust])


def _notes(proved: OrganisationTrust) -> tuple[Finding, ...]:
    # Where the certificate claims no organisation, there is nothing to say about one.
    if not proved.check.org_number:
        return ()
    return tuple(Finding(problem.code, problem.message) for problem in proved.problems)


def _is_reply(ws: Workspace, header: PacketHeader) -> bool:
    """Whether it brings back the secret of a request that was sent from here: its maker has opened that request."""
    asked = ws.store.exchange.find(header.answers) if header.answers else None
    return (
        asked is not None
        and asked.direction is Direction.SENT
        and bool(asked.reply_token)
        and asked.reply_token == header.reply_token
    )
