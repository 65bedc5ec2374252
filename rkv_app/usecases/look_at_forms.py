# SPDX-License-Identifier: MIT
"""Look at forms and lists of an organisation that are offered: who signed them, and what each would be here.

A version that is here already is never changed, whoever sends it, and one organisation's form is never carried on by
another.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from rkv_app.domain.exchange import Card, Trust
from rkv_app.domain.people import Party
from rkv_app.forms.model import version_order
from rkv_app.forms.registry import Source
from rkv_app.foundation.added_packets import AddedKind, added_lists, folded, is_whole
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import N_, Message, message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.form_packets import FormPacket, NewForm, NewList, read_form_packet
from rkv_app.packets.problems import invalid_message
from rkv_app.packets.reports import Finding
from rkv_app.usecases.contacts import contact_of, digits_of, key_change, other_keys, trust_in_contact
from rkv_app.usecases.folder_of_forms import read_folder
from rkv_app.usecases.form_bundle import Bundle, bundle_in, checked_bundle
from rkv_app.usecases.organisation_roots import organisation_trust
from rkv_app.usecases.packet_files import incoming_packet
from rkv_app.usecases.workspace import Workspace


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
        owner: whose forms and lists they are: the signer's, or of the store's owner for a folder.
        edition: what the sender calls it.
        made: ISO 8601 time of signing; of the look at it, for a folder.
        manifest_sha256: of the signed list; empty for a folder.
        files: what each would be here.
        folder: its name; empty for a packet.
        others: how many other files are in the folder; they are left alone.
    """

    signer: Signer | None
    owner: Party
    edition: str
    made: str
    bundle: Bundle
    manifest_sha256: str
    files: tuple[Offered, ...] = ()
    folder: str = ""
    others: int = 0

    @property
    def brings_something(self) -> bool:
        """Whether anything in it is not here already."""
        return any(one.standing is not Standing.SAME for one in self.files)


def look_at_forms(ws: Workspace, path: Path) -> Offer:
    """Says who signed a packet of forms and what it, or a folder, brings. Nothing is added.

    Raises:
        UserError: what `read_form_packet`, `read_folder` and `checked_bundle` raise; RKV-EXC-011 the signer is known
            with other keys; RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 it cannot be read.
    """
    return beside_those_here(ws, _of_folder(ws, path) if path.is_dir() else _of_packet(ws, path))


def beside_those_here(ws: Workspace, offer: Offer) -> Offer:
    """Says of everything in an offer what it is beside what is here at this moment."""
    forms = (Offered(AddedKind.FORM, one.id, one.version, _of_form(ws, one, offer)) for one in offer.bundle.forms)
    lists = (Offered(AddedKind.LIST, one.id, one.version, _of_list(ws, one, offer)) for one in offer.bundle.lists)
    return replace(offer, files=(*forms, *lists))


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


def _of_folder(ws: Workspace, folder: Path) -> Offer:
    now, found = ws.clock.now(), read_folder(folder)
    return Offer(
        signer=None,
        owner=ws.party,
        edition=local_date(now).isoformat(),
        made=now.isoformat(),
        bundle=bundle_in(found, ws.forms),
        manifest_sha256="",
        folder=folder.name,
        others=found.others,
    )


def _of_packet(ws: Workspace, path: Path) -> Offer:
    with incoming_packet(path) as copy:
        try:
            with copy.open("rb") as file:
                packet = read_form_packet(file)
        except OSError as problem:
            raise explain_os_error(problem, path) from problem
    read = packet.message
    return Offer(
        signer=_signer(ws, packet),
        owner=read.sender.party,
        edition=read.edition,
        made=read.created.isoformat(),
        bundle=_bundle(ws, packet),
        manifest_sha256=packet.manifest_sha256,
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


def _of_form(ws: Workspace, form: NewForm, offer: Offer) -> Standing:
    forms, owner = ws.forms, folded(offer.owner.organisation)
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
    if any(folded(one.provenance.organisation) != owner for one in packets):
        return Standing.ANOTHERS
    if not versions:
        return Standing.NEW
    return Standing.NEWER if version_order(form.version) > version_order(versions[-1]) else Standing.OLDER


def _of_list(ws: Workspace, one: NewList, offer: Offer) -> Standing:
    for packet, file in added_lists(ws.forms.packets_folder, one.id):
        if folded(packet.provenance.organisation) != folded(offer.owner.organisation):
            continue
        if file.sha256 == one.sha256:
            return Standing.SAME if is_whole(packet, file) else Standing.NEW
        return Standing.NEWER if offer.made >= packet.provenance.made else Standing.OLDER
    return Standing.NEW
