# SPDX-License-Identifier: MIT
"""Add an organisation's forms and lists, from a signed packet or a folder: look at it first, then decide by name.

All of it is added or none. A version that is here already is never changed, whoever sends it, and one organisation's
form is never carried on by another.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import Card, Trust
from rkv_app.forms.model import version_order
from rkv_app.forms.registry import Source
from rkv_app.foundation.added_packets import (
    RECORD,
    AddedFile,
    AddedKind,
    Provenance,
    added_lists,
    folded,
    is_whole,
    record_of,
)
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import N_, Message, message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.form_packets import FormPacket, NewForm, NewList, read_form_packet
from rkv_app.packets.problems import invalid_message
from rkv_app.packets.reports import Finding
from rkv_app.usecases.added_folder import new_folder, note_decision
from rkv_app.usecases.contacts import (
    confirm_contact,
    contact_of,
    digits_of,
    key_change,
    other_keys,
    pin_card,
    trust_in_contact,
)
from rkv_app.usecases.form_bundle import Bundle, bundle_in, checked_bundle
from rkv_app.usecases.organisation_roots import organisation_trust
from rkv_app.usecases.packet_files import incoming_packet
from rkv_app.usecases.workspace import Workspace

_ID_DIGITS = 16


class Standing(StrEnum):
    """What a form or list that is offered is beside those that are here."""

    NEW = "new"
    NEWER = "newer"
    OLDER = "older"
    SAME = "same"
    CHANGED = "changed"
    """It has the number of a version that is here, and is another one: refused."""
    ANOTHERS = "anothers"
    """The form here is another organisation's: refused."""
    OURS = "ours"
    """It has the id of a form that comes with the app: refused."""


_REFUSALS: Mapping[Standing, str] = {
    Standing.CHANGED: N_("The form {form} is not the one that is here already."),
    Standing.ANOTHERS: N_("The form {form} is another organisation's, and is here already."),
    Standing.OURS: N_("The form {form} comes with the app and cannot be replaced."),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One file that is offered. `version` of a list is the day on which it was checked."""

    kind: AddedKind
    id: str
    version: str
    standing: Standing


@dataclass(frozen=True, slots=True, repr=False)
class Signer:
    """Who signed, and how far they are known.

    Attributes:
        trust: as for other packets.
        is_own: signed in this very store.
        notes: what to know about the certificate.
    """

    card: Card
    digits: str
    trust: Trust
    is_own: bool
    notes: tuple[Finding, ...] = ()

    @property
    def needs_digits(self) -> bool:
        """Whether somebody has to compare the digits before anything is added."""
        return not self.is_own and self.trust not in (Trust.ORGANISATION, Trust.VERIFIED_CONTACT)


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What a packet or a folder brings; nothing of it is added yet.

    Attributes:
        signer: None for a folder, which nobody signed.
        edition: what the sender calls it.
        made: ISO 8601 time of signing; of the look at it, for a folder.
        manifest_sha256: of the signed list; empty for a folder.
    """

    signer: Signer | None
    edition: str
    made: str
    files: tuple[Offered, ...]
    bundle: Bundle
    manifest_sha256: str

    @property
    def brings_something(self) -> bool:
        """Whether anything in it is not here already."""
        return any(one.standing is not Standing.SAME for one in self.files)


def look_at_forms(ws: Workspace, path: Path) -> Offer:
    """Says who signed a packet of forms and what it, or a folder, brings. Nothing is added.

    Raises:
        UserError: what `read_form_packet` and `checked_bundle` raise; RKV-EXC-011 the signer is known with other keys;
            RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 it cannot be read.
    """
    if path.is_dir():
        bundle = bundle_in(path, ws.forms)
        now = ws.clock.now()
        standings = tuple(_standings(ws, bundle, ws.party.organisation, now.isoformat()))
        return Offer(None, local_date(now).isoformat(), now.isoformat(), standings, bundle, "")
    with incoming_packet(path) as copy:
        try:
            with copy.open("rb") as file:
                packet = read_form_packet(file)
        except OSError as problem:
            raise explain_os_error(problem, path) from problem
    signer = _signer(ws, packet)
    read = packet.message
    made = read.created.isoformat()
    bundle = _bundle(ws, packet)
    return Offer(
        signer=signer,
        edition=read.edition,
        made=made,
        files=tuple(_standings(ws, bundle, read.sender.party.organisation, made)),
        bundle=bundle,
        manifest_sha256=packet.manifest_sha256,
    )


def add_forms(ws: Workspace, offer: Offer, by: str, how: str = "") -> bool:
    """Adds what a packet or a folder brings, as it was looked at: all of it or nothing.

    Args:
        ws: who decides, and whose contacts are asked.
        offer: what `look_at_forms` returned.
        by: who decides.
        how: how they compared the signer's digits, which pins the signer as a contact; empty where nobody did.

    Returns:
        Whether anything was done; nothing is, where everything is here already.

    Raises:
        UserError: RKV-CAS-002 no name; RKV-PKT-068 the signer's digits were not compared; RKV-PKT-069 it would change
            what is here; RKV-STO-007 the store is read-only; RKV-SYS-001, RKV-SYS-002 it cannot be written.
    """
    if not by.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Write who decides this."),
        )
    signer = offer.signer
    owner = signer.card.party if signer is not None else ws.party
    # Something may have been added since it was looked at.
    offer = replace(offer, files=tuple(_standings(ws, offer.bundle, owner.organisation, offer.made)))
    if (refusal := why_refused(offer)) is not None:
        raise refusal
    if signer is not None and signer.needs_digits and not how.strip():
        raise _not_compared(signer)
    root = ws.forms.packets_folder
    if not offer.brings_something or root is None:
        return False
    files = dict(_files(offer.bundle))
    listed = tuple(files)
    contents = {one.name: data for one, data in files.items()}
    name = (offer.manifest_sha256 or _digest_of(listed))[:_ID_DIGITS]
    contents[RECORD] = record_of(_provenance(ws, offer, by, how), listed)
    with new_folder(root / name, contents), ws.store.transaction():
        if signer is not None and signer.needs_digits:
            confirm_contact(ws, pin_card(ws, signer.card).id, by, how)
        note_decision(ws, name, "added", by, [f"{one.kind} {one.id} {one.version} {one.sha256}" for one in listed])
    return True


def why_refused(offer: Offer) -> UserError | None:
    """RKV-PKT-069, where something in an offer would change or take over what is here; else None."""
    against = next((one for one in offer.files if one.standing in _REFUSALS), None)
    if against is None:
        return None
    return UserError(
        "RKV-PKT-069",
        Message(_REFUSALS[against.standing], {"form": f"{against.id} {against.version}"}),
        message(
            "Nothing was added, not the rest of it either. A version never changes once it is out: "
            "ask for the form under a new version or another id."
        ),
    )


def _signer(ws: Workspace, packet: FormPacket) -> Signer:
    card = packet.message.sender
    if ws.is_own(card.signing_certificate):
        return Signer(card, digits_of(card), Trust.VERIFIED_CONTACT, is_own=True)
    if (change := key_change(ws, card)) is not None:
        raise other_keys(change.known, change.digits)
    proved = organisation_trust(ws, card, signed_at=packet.signed_at, chain=packet.signer_chain)
    notes = tuple(Finding(one.code, one.message) for one in proved.problems if proved.check.org_number)
    contact = contact_of(ws, card.signing_certificate)
    known = trust_in_contact(contact) if contact is not None else Trust.UNKNOWN
    return Signer(card, digits_of(card), Trust.ORGANISATION if proved.confirmed else known, is_own=False, notes=notes)


def _bundle(ws: Workspace, packet: FormPacket) -> Bundle:
    read = packet.message
    bundle = checked_bundle(
        {one.name: packet.contents[one.name] for one in read.forms},
        {one.id: packet.contents[one.name] for one in read.lists},
        ws.forms,
    )
    told = {(one.id, one.version, one.sha256) for one in read.files}
    if told != {(one.id, one.version, one.sha256) for one in bundle.files}:
        raise invalid_message(message("its list of files is not the files in the packet"))
    return bundle


def _standings(ws: Workspace, bundle: Bundle, organisation: str, made: str) -> Iterator[Offered]:
    for form in bundle.forms:
        yield Offered(AddedKind.FORM, form.id, form.version, _of_form(ws, form, organisation))
    for one in bundle.lists:
        yield Offered(AddedKind.LIST, one.id, one.version, _of_list(ws, one, organisation, made))


def _of_form(ws: Workspace, form: NewForm, organisation: str) -> Standing:
    forms = ws.forms
    if forms.source_of(form.id) is Source.SHIPPED:
        return Standing.OURS
    versions = forms.versions(form.id)
    here = forms.digest_here(form.id, form.version)
    if here and here != form.sha256:
        return Standing.CHANGED
    if here:
        # What came before and was damaged since is put right.
        return Standing.SAME if form.version in versions else Standing.NEW
    packets = [packet for version in versions if (packet := forms.came_in(form.id, version)) is not None]
    if any(folded(one.provenance.organisation) != folded(organisation) for one in packets):
        return Standing.ANOTHERS
    if not versions:
        return Standing.NEW
    return Standing.NEWER if version_order(form.version) > version_order(versions[-1]) else Standing.OLDER


def _of_list(ws: Workspace, one: NewList, organisation: str, made: str) -> Standing:
    for packet, file in added_lists(ws.forms.packets_folder, one.id):
        if folded(packet.provenance.organisation) != folded(organisation):
            continue
        if file.sha256 == one.sha256:
            return Standing.SAME if is_whole(packet, file) else Standing.NEW
        return Standing.NEWER if made >= packet.provenance.made else Standing.OLDER
    return Standing.NEW


def _files(bundle: Bundle) -> Iterator[tuple[AddedFile, bytes]]:
    for form in bundle.forms:
        name = f"skjema-{form.id}-{form.version}.yaml"
        yield AddedFile(AddedKind.FORM, name, form.id, form.version, form.sha256), form.data
    for one in bundle.lists:
        yield AddedFile(AddedKind.LIST, f"{one.id}.yaml", one.id, one.version, one.sha256), one.data


def _digest_of(files: Sequence[AddedFile]) -> str:
    return hashlib.sha256("".join(one.sha256 for one in files).encode()).hexdigest()


def _provenance(ws: Workspace, offer: Offer, by: str, how: str) -> Provenance:
    signer = offer.signer
    party = signer.card.party if signer is not None else ws.party
    trust = "" if signer is None else (Trust.VERIFIED_CONTACT if how.strip() and signer.needs_digits else signer.trust)
    return Provenance(
        organisation=party.organisation,
        org_number=party.org_number,
        person=party.name,
        signer=key_id(signer.card.signing_certificate) if signer is not None else "",
        digits=signer.digits if signer is not None else "",
        trust=str(trust),
        edition=offer.edition,
        made=offer.made,
        added=ws.clock.now().isoformat(),
        added_by=by.strip(),
        manifest_sha256=offer.manifest_sha256,
    )


def _not_compared(signer: Signer) -> UserError:
    return UserError(
        "RKV-PKT-068",
        message(
            "Nobody has compared the digits of {organisation} in this store: {digits}.",
            organisation=signer.card.party.organisation,
            digits=signer.digits,
        ),
        message("Nothing was added. Call them on a number you had before and compare the digits, then add the packet."),
        ExitStatus.NO,
    )
