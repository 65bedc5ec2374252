# SPDX-License-Identifier: MIT
"""What a vault hands to every store it opens."""

from dataclasses import dataclass
from pathlib import Path

from rkv_app.crypto.kdf import KdfCost
from rkv_app.foundation.clock import Clock
from rkv_app.store.entry.os_keys import OsKeys


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The machine around a store.

    Attributes:
        state_folder: this user's folder for what the program remembers of stores, made where it is missing.
        os_keys: the machine's own key store.
        cost: what a guess at a new passphrase costs; measured on this machine when None.
    """

    clock: Clock
    state_folder: Path
    os_keys: OsKeys
    cost: KdfCost | None = None
