# SPDX-License-Identifier: MIT
"""One application in the queue: what it says, who sent it, its PDF, and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rkv_app.domain.exchange import Contact
from rkv_app.foundation.i18n import Words
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.contacts import contact_of
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.view_queue import ApplicationView, view_application
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """What the page shows.

    Attributes:
        contact: the sender as we know them, or None.
        measures, legal_bases: code to words.
    """

    view: ApplicationView
    contact: Contact | None
    measures: Mapping[str, str]
    legal_bases: Mapping[str, str]


class ApplicationViewModel(ViewModel):
    """See the module."""

    def __init__(self, session: Session, words: Words, message_id: str) -> None:
        super().__init__(session, words)
        self._message_id = message_id

    def load(self) -> None:
        """See ViewModel."""
        self.run(self._read, self.changed.emit)

    def save_pdf(self, target: Path) -> None:
        """Writes the application as the PDF that came in the packet."""
        self.run(lambda ws: _write_pdf(ws, self._message_id, target), self._on_saved)

    def send_receipt(self, target: Path) -> None:
        """Writes the receipt for the sender."""
        self.run(lambda ws: send_receipt(ws, self._message_id, target), self._on_receipt)

    def _read(self, ws: Workspace) -> ApplicationState:
        view = view_application(ws, self._message_id)
        language = self.words.language.value
        known = contact_of(ws, view.queued.sender.signing_certificate)
        return ApplicationState(view, known, measures(language), legal_bases(language))

    def _on_saved(self, path: Path) -> None:
        self.told.emit(self.words("The PDF was written to {name}.", name=path.name))

    def _on_receipt(self, sent: SentPacket) -> None:
        self.told.emit(self.words("The receipt was written to {name}. Send it to the adviser.", name=sent.path.name))
        self.load()


def _write_pdf(ws: Workspace, message_id: str, target: Path) -> Path:
    write_atomically(target, view_application(ws, message_id).queued.pdf)
    return target
