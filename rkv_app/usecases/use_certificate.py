# SPDX-License-Identifier: MIT
"""Work with other keys than those made for the store: an organisation's certificate, or the key that an office shares.

The keys used before are kept, so that what was sealed to them stays readable. Contacts know the old ones: they need a
new card, and compare its digits.
"""

from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Final

from rkv_app.crypto import key_files
from rkv_app.crypto.identity import Identity
from rkv_app.crypto.key_files import KeyFileFacts, OwnKeys
from rkv_app.crypto.strength import suggest_passphrase
from rkv_app.domain.people import Party
from rkv_app.domain.store_ports import Store
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace

_OWN_NUMBER: Final = "own.org_number"


class Use(StrEnum):
    """What a key is taken for."""

    SIGNING = "signing"
    SEALING = "sealing"
    BOTH = "both"


def look_at_certificate(ws: Workspace, path: Path, password: str) -> KeyFileFacts:
    """Says who a PKCS #12 file is of and what it is good for, and takes nothing.

    Raises:
        UserError: RKV-PKT-003 wrong password; RKV-PKT-006 no usable key; RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 the
            file cannot be read.
    """
    return key_files.key_file_facts(key_files.read_key_file(read_incoming(path), password), ws.clock.now())


def look_at_office_key(ws: Workspace, path: Path, passphrase: str) -> KeyFileFacts:
    """Says the same of a key that an office shares.

    Raises:
        UserError: as `look_at_certificate`.
    """
    return look_at_certificate(ws, path, _as_told(passphrase))


def own_keys(ws: Workspace) -> OwnKeys:
    """Returns what the store signs with and is sealed to now."""
    return key_files.own_keys(ws.identity)


def use_certificate(ws: Workspace, path: Path, password: str, use: Use) -> Workspace:
    """Takes the key of a PKCS #12 file as the store's own.

    Args:
        ws: whose store it is.
        path: the file; it is left as it is.
        password: as it was told with the file.
        use: what the key is for; its certificate must allow it.

    Returns:
        The workspace to go on with; the old one knows the old keys only.

    Raises:
        UserError: RKV-PKT-003 wrong password; RKV-PKT-006 no usable key; RKV-PKT-021, RKV-PKT-022 the certificate is
            weak, not valid now, or not made for this; RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 the file cannot be read;
            RKV-STO-007 the store is read-only.
    """
    file = key_files.read_key_file(read_incoming(path), password)
    identity, now = ws.identity, ws.clock.now()
    if use is not Use.SEALING:
        key_files.require_signing(file, now)
        identity = replace(
            identity, signing_key=file.key, signing_certificate=file.certificate, signing_chain=file.chain
        )
    if use is not Use.SIGNING:
        key_files.require_sealing(file, now)
        identity = replace(identity, sealing_key=file.key, sealing_certificate=file.certificate)
    if _same(identity, ws.identity):
        return ws
    identity = identity.succeeds(ws.identity)
    facts = key_files.key_file_facts(file, now)
    with ws.store.transaction():
        ws.store.contacts.put_own_keys(identity.to_bytes())
        if use is not Use.SEALING and facts.org_number and not ws.party.org_number:
            # A receiver holds the number of the certificate against that of the card.
            ws.store.settings.put(_OWN_NUMBER, facts.org_number)
    return replace(ws, identity=identity, party=with_own_number(ws.store, ws.party))


def with_own_number(store: Store, party: Party) -> Party:
    """The store's owner with the organisation number of the certificate that was taken, where there was none before."""
    number = store.settings.get(_OWN_NUMBER)
    return replace(party, org_number=number) if isinstance(number, str) and not party.org_number else party


def export_office_key(ws: Workspace, target: Path) -> str:
    """Writes the sealing key for another store of the same office to `target`, and returns the passphrase to tell them.

    Whoever has both can read what is sealed to this store. The signing key stays here: it is personal.

    Raises:
        UserError: RKV-SYS-001 to -003 the file cannot be written, or is there already.
    """
    passphrase = suggest_passphrase()
    write_atomically(target, key_files.write_office_key(ws.identity, passphrase))
    return passphrase


def import_office_key(ws: Workspace, path: Path, passphrase: str) -> Workspace:
    """Takes the sealing key that another store of the office wrote; spaces and capitals in the words do not matter.

    Returns:
        The workspace to go on with.

    Raises:
        UserError: as `use_certificate`.
    """
    return use_certificate(ws, path, _as_told(passphrase), Use.SEALING)


def _as_told(passphrase: str) -> str:
    return " ".join(passphrase.lower().split())


def _same(one: Identity, other: Identity) -> bool:
    return (one.signing_certificate, one.sealing_certificate) == (other.signing_certificate, other.sealing_certificate)
