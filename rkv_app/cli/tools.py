# SPDX-License-Identifier: MIT
"""What commands work with; put together in `rkv_app.app`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rkv_app.domain.store_ports import Vault
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.i18n import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The adapters.

    Attributes:
        demo_vault: makes stores with the least key derivation that is allowed, for made-up data.
        language: what the user's environment asks for.
        open_window: runs the windows on a store, with its passphrase, in a language.
        open_preview: shows a form file in a window that follows it, in a language.
    """

    vault: Vault
    demo_vault: Vault
    forms: Forms
    clock: Clock
    language: Language
    open_window: Callable[[Path | None, str | None, Language | None], int]
    open_preview: Callable[[Path, Language], int]
