# SPDX-License-Identifier: MIT
"""One application in the queue: what it says, who sent it, its PDF, and the receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import Contact, QueuedApplication, Trust
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.packets.reports import Finding
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest, ask_for_supplement
from rkv_app.usecases.check_packet import certificate_notes
from rkv_app.usecases.contacts import contact_of
from rkv_app.usecases.reference import legal_bases, measures
from rkv_app.usecases.send_outcome import NewOutcome, send_outcome
from rkv_app.usecases.send_receipt import send_receipt
from rkv_app.usecases.sending import SentPacket
from rkv_app.usecases.view_queue import ApplicationView, main_document, view_application
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ApplicationState:
    """What the page shows.

    Attributes:
        contact: the sender as we know them, or None.
        notes: what is to be known of the certificate that confirms the sender, such as that nothing says whether it
            was revoked.
        measures, legal_bases: code to words.
        today: the day it is.
    """

    view: ApplicationView
    contact: Contact | None
    notes: tuple[Finding, ...]
    measures: Mapping[str, str]
    legal_bases: Mapping[str, str]
    today: date


class ApplicationViewModel(ViewModel):
    """See the module.

    Signals:
        asked: the request for more is made.
        decided: the outcome is made.
    """

    asked = Signal()
    decided = Signal()

    def __init__(self, session: Session, words: Words, message_id: str) -> None:
        super().__init__(session, words)
        self._message_id = message_id
        self._notes: tuple[Finding, ...] | None = None

    def load(self) -> None:
        """See ViewModel."""
        self.run(self._read, self.changed.emit)

    def send_receipt(self, target: Path) -> None:
        """Writes the receipt for the sender."""
        self.run(lambda ws: send_receipt(ws, self._message_id, target), self._on_receipt)

    def ask(self, new: NewSupplementRequest, target: Path, failed: Callable[[UserError], None]) -> None:
        """Writes a request for more documents for the sender."""
        self.run(lambda ws: ask_for_supplement(ws, self._message_id, new, target), self._on_asked, failed)

    def decide(self, new: NewOutcome, target: Path, failed: Callable[[UserError], None]) -> None:
        """Writes the outcome for the sender."""
        self.run(lambda ws: send_outcome(ws, self._message_id, new, target), self._on_decided, failed)

    def look(self, shown: Callable[[bytes], None]) -> None:
        """Hands over the application as a PDF, to be looked at."""
        self.run(lambda ws: main_document(ws, self._message_id), shown)

    def _read(self, ws: Workspace) -> ApplicationState:
        view = view_application(ws, self._message_id)
        language = self.words.language.value
        known = contact_of(ws, view.queued.sender.signing_certificate)
        return ApplicationState(
            view,
            known,
            self._certificate(ws, view.queued),
            measures(language),
            legal_bases(language),
            local_date(ws.clock.now()),
        )

    def _certificate(self, ws: Workspace, queued: QueuedApplication) -> tuple[Finding, ...]:
        if self._notes is None:
            # The whole packet is read for it, so once a visit, and only where a certificate is what it stands on.
            confirmed = queued.trust is Trust.ORGANISATION
            self._notes = certificate_notes(ws, self._message_id) if confirmed else ()
        return self._notes

    def _on_asked(self, sent: SentPacket) -> None:
        self.told.emit(self.words("The request was written to {name}. Send it to the adviser.", name=sent.path.name))
        self.asked.emit()
        self.load()

    def _on_decided(self, sent: SentPacket) -> None:
        self.told.emit(self.words("The outcome was written to {name}. Send it to the adviser.", name=sent.path.name))
        self.decided.emit()
        self.load()

    def _on_receipt(self, sent: SentPacket) -> None:
        self.told.emit(self.words("The receipt was written to {name}. Send it to the adviser.", name=sent.path.name))
        self.load()
