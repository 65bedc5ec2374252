# SPDX-License-Identifier: MIT
"""The ways into the open store: add one, take one away, change a passphrase."""

from pathlib import Path

from rkv_app.domain.stores import KeySlot, SlotKind
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace


def change_passphrase(ws: Workspace, old: str, new: str) -> None:
    """Lets `new` open the store instead of `old`.

    Raises:
        UserError: RKV-STO-001 `old` opens nothing; RKV-STO-018 `new` is too weak; RKV-STO-007 the store is read-only.
    """
    ws.store.ways_in.change_passphrase(old, new, ws.clock.now())


def add_recovery(ws: Workspace, typed_back: str) -> KeySlot:
    """Lets the words of a recovery sheet open the store, as they were typed back.

    Raises:
        UserError: RKV-STO-008 a word is wrong; RKV-STO-007 the store is read-only.
    """
    return ws.store.ways_in.add_recovery(typed_back, "", ws.clock.now())


def turn_on_quick_unlock(ws: Workspace) -> KeySlot:
    """Lets the logged-in user of this machine open the store without typing, for 8 hours or until a restart.

    Raises:
        UserError: RKV-STO-009 the machine has no key store that can be trusted; RKV-STO-007 the store is read-only.
    """
    return ws.store.ways_in.add_quick(ws.clock.now())


def turn_off_quick_unlock(ws: Workspace) -> None:
    """Ends it; harmless where it is off.

    Raises:
        UserError: RKV-STO-007 the store is read-only.
    """
    for slot in ws.store.ways_in.all():
        if slot.kind is SlotKind.QUICK:
            remove_way_in(ws, slot.id)


def add_office(ws: Workspace, certificate: Path, label: str) -> KeySlot:
    """Lets whoever has the private key of an office certificate open the store; the file is DER or PEM (RFC 7468).

    Raises:
        UserError: RKV-STO-016 nothing can be sealed to that certificate; RKV-SYS-002, RKV-SYS-004 the file cannot be
            read; RKV-STO-007 the store is read-only.
    """
    return ws.store.ways_in.add_office(_der(read_incoming(certificate)), label, ws.clock.now())


def remove_way_in(ws: Workspace, slot_id: str) -> None:
    """Takes a way in away.

    Raises:
        UserError: RKV-STO-017 it is the last one; RKV-STO-019 there is none with that id; RKV-STO-007 the store is
            read-only.
    """
    ws.store.ways_in.remove(slot_id, ws.clock.now())


def _der(content: bytes) -> bytes:
    # The first window has no use for certificates, and must not wait for their import.
    from rkv_app.crypto.certificates import certificate_in

    try:
        return certificate_in(content)
    except ValueError:
        # It is refused as what it is: no certificate.
        return content
