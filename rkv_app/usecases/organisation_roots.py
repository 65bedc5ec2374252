# SPDX-License-Identifier: MIT
"""The issuers of organisation certificates that a store trusts, and what they say of a sender.

No issuer comes with the program: the certificates of Buypass, Commfides or others, and their revocation lists, are
imported as files. They are kept among the store's settings.
"""

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from rkv_app.crypto import trust_files
from rkv_app.crypto.trust import Anchors, Problem, SignerCheck, check_signer
from rkv_app.crypto.trust_files import IssuerFacts, ListFacts
from rkv_app.domain.exchange import Card
from rkv_app.foundation.i18n import message
from rkv_app.usecases.contacts import contact_of, key_change, other_keys
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace

_ROOTS: Final = "organisation.roots"
_INTERMEDIATES: Final = "organisation.intermediates"
_LISTS: Final = "organisation.lists"


@dataclass(frozen=True, slots=True)
class TrustedIssuers:
    """What was imported; an issuer that is no root counts only where its root is there too."""

    issuers: tuple[IssuerFacts, ...]
    lists: tuple[ListFacts, ...]


@dataclass(frozen=True, slots=True)
class OrganisationTrust:
    """What the sender's certificate says of the organisation behind a packet.

    Attributes:
        confirmed: the certificate holds and is of the organisation that the sender's card states, and the sender is not
            known with other keys. Nothing else may be shown as confirmed.
        check: the certificate by itself.
        problems: all that speaks against it, and RKV-PKT-024 where no fresh revocation list was there.
    """

    confirmed: bool
    check: SignerCheck
    problems: tuple[Problem, ...]


def look_at_trust_file(ws: Workspace, path: Path) -> TrustedIssuers:
    """Says what is in a file, so that a fingerprint can be compared before its issuer is trusted.

    Raises:
        UserError: as `import_trust_file`.
    """
    held = anchors(ws)
    new = trust_files.read_trust_file(read_incoming(path), held)
    return _shown(new, (*held.roots, *held.intermediates))


def import_trust_file(ws: Workspace, path: Path) -> TrustedIssuers:
    """Takes in issuers' certificates, or a revocation list (PEM, DER or PKCS #7); an older list gives way to a newer.

    Whoever holds the key of an imported root can speak for any organisation here: compare its fingerprint first.

    Returns:
        What the store trusts afterwards.

    Raises:
        UserError: RKV-EXC-012 the file holds nothing that can be used; RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 it cannot
            be read; RKV-STO-007 the store is read-only.
    """
    held = anchors(ws)
    new = trust_files.read_trust_file(read_incoming(path), held)
    _keep(
        ws,
        Anchors(
            roots=_joined(held.roots, new.roots),
            intermediates=_joined(held.intermediates, new.intermediates),
            lists=trust_files.newest_lists((*held.lists, *new.lists)),
        ),
    )
    return trusted_issuers(ws)


def trusted_issuers(ws: Workspace) -> TrustedIssuers:
    """Returns what was imported, for showing."""
    return _shown(anchors(ws))


def remove_trusted(ws: Workspace, fingerprint: str) -> None:
    """Takes an issuer or a revocation list away; harmless where it is not there.

    Raises:
        UserError: RKV-STO-007 the store is read-only.
    """
    held = anchors(ws)

    def others(encoded: Sequence[bytes]) -> tuple[bytes, ...]:
        return tuple(each for each in encoded if trust_files.fingerprint(each) != fingerprint)

    _keep(ws, Anchors(others(held.roots), others(held.intermediates), others(held.lists)))


def anchors(ws: Workspace) -> Anchors:
    """Returns what the store trusts, for a check."""
    return Anchors(_held(ws, _ROOTS), _held(ws, _INTERMEDIATES), _held(ws, _LISTS))


def organisation_trust(
    ws: Workspace, sender: Card, *, signed_at: datetime | None, chain: Sequence[bytes] = ()
) -> OrganisationTrust:
    """Says whether a packet comes from the organisation that its sender states.

    Args:
        ws: who receives.
        sender: the card that the packet is signed with.
        signed_at: when the signature says it was made.
        chain: certificates that came along with the signature.
    """
    check = check_signer(sender.signing_certificate, chain, anchors(ws), signed_at=signed_at, now=ws.clock.now())
    if not check.holds:
        return OrganisationTrust(False, check, check.problems)
    if (change := key_change(ws, sender)) is not None:
        changed = other_keys(change.known, change.digits)
        return OrganisationTrust(False, check, (Problem(changed.code, changed.message), *check.problems))
    known = contact_of(ws, sender.signing_certificate)
    stated = {_digits(card.party.org_number) for card in (sender, *([known.card] if known else []))}
    if stated == {check.org_number} and check.org_number:
        return OrganisationTrust(True, check, check.problems)
    return OrganisationTrust(False, check, (_mismatch(check.org_number, sender.party.org_number), *check.problems))


def _shown(what: Anchors, also: Sequence[bytes] = ()) -> TrustedIssuers:
    issuers = (*what.roots, *what.intermediates)
    return TrustedIssuers(
        issuers=tuple(map(trust_files.issuer_facts, issuers)),
        lists=tuple(trust_files.list_facts(one, (*issuers, *also)) for one in what.lists),
    )


def _mismatch(certified: str, stated: str) -> Problem:
    if not certified:
        return Problem("RKV-EXC-010", message("The sender's certificate states no organisation number."))
    if not stated.strip():
        text = message(
            "The certificate is of organisation {certified}, and the sender's contact card states no number.",
            certified=certified,
        )
        return Problem("RKV-EXC-010", text)
    text = message(
        "The certificate is of organisation {certified}, but the sender's contact card states {stated}.",
        certified=certified,
        stated=stated,
    )
    return Problem("RKV-EXC-010", text)


def _digits(number: str) -> str:
    return "".join(number.split())


def _joined(held: tuple[bytes, ...], new: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return tuple(dict.fromkeys((*held, *new)))


def _held(ws: Workspace, name: str) -> tuple[bytes, ...]:
    kept = ws.store.settings.get(name)
    return tuple(base64.b64decode(each) for each in kept) if isinstance(kept, list) else ()


def _keep(ws: Workspace, trusted: Anchors) -> None:
    with ws.store.transaction():
        for name, held in ((_ROOTS, trusted.roots), (_INTERMEDIATES, trusted.intermediates), (_LISTS, trusted.lists)):
            ws.store.settings.put(name, [base64.b64encode(each).decode() for each in held])
