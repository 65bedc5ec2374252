# SPDX-License-Identifier: MIT
"""An open store with all that working in it takes: who we are, our keys, the forms, the clock, the words."""

from dataclasses import dataclass

from rkv_app.crypto.identity import Identity, key_id, signing_key_ids
from rkv_app.domain.exchange import Card
from rkv_app.domain.people import Party, Role
from rkv_app.domain.store_ports import Store
from rkv_app.forms.registry import Forms
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words, message


@dataclass(frozen=True, slots=True)
class Workspace:
    """One party's open store.

    Attributes:
        words: says things in the language of the documents that are made here.
    """

    store: Store
    party: Party
    identity: Identity
    forms: Forms
    clock: Clock
    words: Words

    @property
    def card(self) -> Card:
        """Our own contact card, for others."""
        return Card(
            party=self.party,
            signing_certificate=self.identity.signing_certificate,
            sealing_certificate=self.identity.sealing_certificate,
        )

    @property
    def language(self) -> str:
        """BCP 47 tag of `words`."""
        return self.words.language.value

    def require(self, *roles: Role) -> None:
        """Refuses what another kind of workspace does.

        Raises:
            UserError: RKV-EXC-005.
        """
        if self.party.role not in roles:
            raise UserError(
                "RKV-EXC-005",
                message("This belongs to another workspace than this one."),
                message("Nothing was changed. Open it in the workspace it was meant for."),
            )

    def is_own(self, certificate: bytes) -> bool:
        """Whether a certificate carries our own signing key, or one we signed with before."""
        return key_id(certificate) in signing_key_ids(self.identity)

    def close(self, *, back_up: bool = True) -> None:
        """Closes the store, see `Store.close`."""
        self.store.close(back_up=back_up)
