# SPDX-License-Identifier: MIT
"""Open a store by one of its ways in."""

from pathlib import Path

from rkv_app.crypto.identity import identity_from_bytes
from rkv_app.domain.store_ports import Vault
from rkv_app.domain.stores import WayIn
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.i18n import Words
from rkv_app.packets.plaintext import remove_leftovers
from rkv_app.usecases.use_certificate import with_own_number
from rkv_app.usecases.workspace import Workspace


def open_workspace(
    vault: Vault,
    path: Path,
    way: WayIn,
    *,
    forms: Forms,
    clock: Clock,
    words: Words,
    read_only: bool = False,
    accept_older: bool = False,
) -> Workspace:
    """Opens the store at `path` and reads who it belongs to; takes away plaintext that a killed process has left.

    Raises:
        UserError: what `Vault.open` raises.
    """
    remove_leftovers()
    store = vault.open(path, way, read_only=read_only, accept_older=accept_older)
    try:
        party = with_own_number(store, store.contacts.own_party())
        identity = identity_from_bytes(store.contacts.own_keys())
    except BaseException:
        store.close()
        raise
    return Workspace(store, party, identity, forms, clock, words)
