# SPDX-License-Identifier: MIT
"""Add an organisation's forms and lists, from a signed packet or a folder, once somebody decides it by name.

All of it is added or none.
"""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

from rkv_app.crypto.identity import key_id
from rkv_app.domain.exchange import Trust
from rkv_app.foundation.added_packets import RECORD, AddedFile, AddedKind, Provenance, record_of
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.added_folder import new_folder, note_decision
from rkv_app.usecases.contacts import confirm_contact, pin_card
from rkv_app.usecases.form_bundle import Bundle
from rkv_app.usecases.look_at_forms import Offer, Signer, beside_those_here, why_refused
from rkv_app.usecases.workspace import Workspace

_ID_DIGITS: Final = 16


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
    # Something may have been added since it was looked at.
    offer = beside_those_here(ws, offer)
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
    trust = "" if signer is None else (Trust.VERIFIED_CONTACT if how.strip() and signer.needs_digits else signer.trust)
    return Provenance(
        organisation=offer.owner.organisation,
        org_number=offer.owner.org_number,
        person=offer.owner.name,
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
