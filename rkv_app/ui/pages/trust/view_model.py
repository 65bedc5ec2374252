# SPDX-License-Identifier: MIT
"""The store's own keys, those an office shares, and the issuers whose certificates prove an organisation."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.crypto.key_files import OwnKeys
from rkv_app.crypto.trust_files import IssuerFacts, ListFacts
from rkv_app.domain.people import Party
from rkv_app.foundation.errors import UserError
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.organisation_roots import (
    TrustedIssuers,
    import_trust_file,
    look_at_trust_file,
    remove_trusted,
    trusted_issuers,
)
from rkv_app.usecases.use_certificate import (
    Use,
    export_office_key,
    import_office_key,
    look_at_certificate,
    look_at_office_key,
    own_keys,
    use_certificate,
)
from rkv_app.usecases.workspace import Workspace

Failed = Callable[[UserError], None]


@dataclass(frozen=True, slots=True)
class TrustState:
    """What the page shows; `now` is when it was read."""

    own: Party
    keys: OwnKeys
    trusted: TrustedIssuers
    now: datetime
    read_only: bool

    def list_of(self, issuer: IssuerFacts) -> ListFacts | None:
        """The revocation list of an issuer that runs out last; None where there is none."""
        mine = [one for one in self.trusted.lists if issuer.fingerprint in one.signed_by]
        return max(mine, key=lambda one: one.until or one.made, default=None)


class TrustViewModel(ViewModel):
    """See the module.

    Signals:
        looked(KeyFileFacts): what a dialog asked about a key file.
        done: what a dialog asked for is done.
        officeKeyWritten(str, str): the name of the file, and the passphrase that nothing else keeps.
        issuersFound(Path, TrustedIssuers): a file names issuers that somebody must decide about first.
    """

    looked = Signal(object)
    done = Signal()
    officeKeyWritten = Signal(str, str)
    issuersFound = Signal(object, object)

    def load(self) -> None:
        """See ViewModel."""
        self.run(_state, self.changed.emit)

    def look(self, path: Path, password: str, failed: Failed, *, office: bool) -> None:
        """Says what is in a key file."""
        look = look_at_office_key if office else look_at_certificate
        self.run(lambda ws: look(ws, path, password), self.looked.emit, failed)

    def take(self, path: Path, password: str, use: Use, failed: Failed) -> None:
        """Works with a certificate from now on."""
        self.run(lambda ws: use_certificate(ws, path, password, use), self._on_taken, failed)

    def take_office_key(self, path: Path, passphrase: str, failed: Failed) -> None:
        """Shares the key of the office from now on."""
        self.run(lambda ws: import_office_key(ws, path, passphrase), self._on_taken, failed)

    def write_office_key(self, target: Path) -> None:
        """Writes the key that the office shares, for a colleague."""
        self.run(
            lambda ws: export_office_key(ws, target),
            lambda passphrase: self.officeKeyWritten.emit(target.name, passphrase),
        )

    def look_at_issuers(self, path: Path) -> None:
        """Reads a file of issuers or revocation lists; lists of issuers that are known already are taken in at once."""
        self.run(lambda ws: look_at_trust_file(ws, path), lambda found: self._on_found(path, found))

    def trust(self, path: Path, failed: Failed | None = None) -> None:
        """Takes in what is in the file."""
        self.run(lambda ws: import_trust_file(ws, path), lambda _: self._on_trusted(), failed)

    def remove(self, fingerprint: str, name: str) -> None:
        """Takes an issuer or a list away."""
        self.run(lambda ws: remove_trusted(ws, fingerprint), lambda _: self._on_removed(name))

    def _on_taken(self, workspace: Workspace) -> None:
        self.session.use_keys(workspace)
        self.done.emit()
        self.told.emit(
            self.words("The keys are in use. Save your contact card anew, and give it to those who have the old one.")
        )
        self.load()

    def _on_found(self, path: Path, found: TrustedIssuers) -> None:
        if found.issuers:
            self.issuersFound.emit(path, found)
        else:
            self.trust(path)

    def _on_trusted(self) -> None:
        self.done.emit()
        self.told.emit(self.words("The file was taken in."))
        self.load()

    def _on_removed(self, name: str) -> None:
        self.told.emit(self.words("{name} was removed. Import the file once more to have it back.", name=name))
        self.load()


def _state(ws: Workspace) -> TrustState:
    return TrustState(ws.party, own_keys(ws), trusted_issuers(ws), ws.clock.now(), ws.store.read_only)
