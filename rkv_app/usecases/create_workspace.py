# SPDX-License-Identifier: MIT
"""Make a store for one party, with fresh keys of its own."""

from pathlib import Path

from rkv_app.crypto.identity import make_identity
from rkv_app.crypto.strength import require_strong
from rkv_app.domain.people import Party
from rkv_app.domain.store_ports import Store, Vault
from rkv_app.domain.stores import Passphrase
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words, message
from rkv_app.usecases.workspace import Workspace

SHORTEST_PASSPHRASE = 12
_EXISTS = "RKV-STO-003"
_BELONGS_TO_NOBODY = "RKV-STO-015"


def create_workspace(
    vault: Vault, path: Path, passphrase: str, party: Party, *, forms: Forms, clock: Clock, words: Words
) -> Workspace:
    """Makes an encrypted store at `path` for `party` and opens it.

    A store there that was made with the same passphrase and never got an owner, because that was interrupted, is taken.

    Raises:
        UserError: RKV-STO-005, RKV-STO-018 the passphrase is too short, or too easy to guess; RKV-CAS-002 the name or
            organisation is missing; else what `Vault.create` raises.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UserError(
            "RKV-STO-005",
            message("The passphrase is too short: it needs at least {n} characters.", n=SHORTEST_PASSPHRASE),
            message("Nothing was made. Four or five ordinary words in a row make a good passphrase."),
        )
    require_strong(passphrase, (party.name, party.organisation))
    if not party.name.strip() or not party.organisation.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name is missing."),
            message("Nothing was changed. Fill in the name and the organisation, and try again."),
        )
    identity = make_identity(clock.now())
    try:
        store = vault.create(path, passphrase)
    except UserError as problem:
        unfinished = _unfinished(vault, path, passphrase) if problem.code == _EXISTS else None
        if unfinished is None:
            raise
        store = unfinished
    try:
        store.contacts.found(party, identity.to_bytes())
    except BaseException:
        store.close()
        raise
    return Workspace(store, party, identity, forms, clock, words)


def _unfinished(vault: Vault, path: Path, passphrase: str) -> Store | None:
    """The store at `path` where the passphrase opens it and it belongs to nobody yet."""
    try:
        store = vault.open(path, Passphrase(passphrase))
    except UserError:
        return None
    try:
        store.contacts.own_party()
    except UserError as problem:
        if problem.code == _BELONGS_TO_NOBODY:
            return store
    store.close()
    return None
