# SPDX-License-Identifier: MIT
"""Sending an application: to whom, on which ground, what leaves, and the packet itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from rkv_app.domain.exchange import Contact
from rkv_app.domain.people import Role
from rkv_app.domain.readiness import Readiness
from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.session import Session
from rkv_app.ui.view_model import ViewModel
from rkv_app.usecases.assemble_application import SentApplication, assemble_application
from rkv_app.usecases.check_readiness import view_readiness
from rkv_app.usecases.contacts import list_contacts
from rkv_app.usecases.reference import offered_legal_bases
from rkv_app.usecases.view_case import CaseView, view_case


@dataclass(frozen=True, slots=True)
class SendState:
    """What the page shows.

    Attributes:
        readiness: the case against the list of its county.
        contacts: the county's, those one can send to.
        legal_bases: those that can be chosen today, code to words.
        sent: the application that was just made.
    """

    view: CaseView
    readiness: Readiness
    contacts: tuple[Contact, ...]
    legal_bases: Mapping[str, str]
    sent: SentApplication | None = None


class SendViewModel(ViewModel):
    """See the module.

    Signals:
        sending(bool): a packet is being made.
    """

    sending = Signal(bool)

    def __init__(self, session: Session, words: Words, case_id: str) -> None:
        super().__init__(session, words)
        self._case_id = case_id
        self.sent: SentApplication | None = None

    def load(self) -> None:
        """See ViewModel."""
        language, case_id = self.words.language.value, self._case_id
        self.run(
            lambda ws: SendState(
                view_case(ws, case_id),
                view_readiness(ws, case_id).readiness,
                tuple(one for one in list_contacts(ws) if one.card.party.role is Role.INTAKE),
                offered_legal_bases(language, local_date(ws.clock.now())),
                self.sent,
            ),
            self.changed.emit,
        )

    def send(
        self, contact_id: str, ground: SharingGround, target: Path, cleared_by: str, *, national_number: bool
    ) -> None:
        """Makes the application packet and the PDF beside it; `cleared_by` counts for a shielded candidate alone."""
        case_id = self._case_id
        self.sending.emit(True)
        self.run(
            lambda ws: assemble_application(
                ws, case_id, contact_id, ground, target, cleared_by=cleared_by, national_number=national_number
            ),
            self._on_sent,
            self._on_failed,
        )

    def _on_failed(self, problem: UserError) -> None:
        self.sending.emit(False)
        self.failed.emit(problem)

    def _on_sent(self, sent: SentApplication) -> None:
        self.sent = sent
        self.sending.emit(False)
        self.load()
