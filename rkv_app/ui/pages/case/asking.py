# SPDX-License-Identifier: MIT
"""Asking a supervisor about a placement, by a packet or on a form; about a shielded candidate when it is cleared."""

from collections.abc import Collection

from PySide6.QtCore import QObject

from rkv_app.domain.exchange import MessageType
from rkv_app.domain.placements import Placement
from rkv_app.ui.context import PACKET_SUFFIX
from rkv_app.ui.page import Page
from rkv_app.ui.pages.case.form_to_fill import FormToFillDialog
from rkv_app.ui.pages.case.plans import AskAboutDialog
from rkv_app.ui.pages.case.view_model import CaseViewModel, WantedForm
from rkv_app.ui.protection import clear_first
from rkv_app.usecases.view_case import CaseView


class Asking(QObject):
    """See the module. Nothing can be asked before the case is shown."""

    def __init__(self, page: Page, model: CaseViewModel) -> None:
        super().__init__(page)
        self._page = page
        self._model = model
        self._view: CaseView | None = None

    def show_case(self, view: CaseView) -> None:
        """Asks about this case from now on."""
        self._view = view

    def by_packet(self, placement: Placement) -> None:
        """Makes a request; about modules that somebody chooses, where the case rests on several curricula."""
        view = self._view
        if view is None:
            return
        if len(view.plans) <= 1:
            self._clear_packet(view, placement)
            return
        dialog = AskAboutDialog(self._page.words, view.coverage, self._page)
        dialog.filled.connect(lambda codes: self._clear_packet(view, placement, codes))
        dialog.open()

    def on_form(self, placement: Placement) -> None:
        """Makes a form to fill in."""
        view, page, words = self._view, self._page, self._page.words
        if view is None:
            return
        dialog = FormToFillDialog(words, placement.workplace.name, shielded=view.candidate.shielded, parent=page)

        def make(wanted: WantedForm) -> None:
            kind = "papirskjema" if wanted.on_paper else "skjema"
            suggested = f"{kind}-{view.case.reference}.pdf"
            path = page.context.files.save_file(words("Where to write the form"), suggested)
            if path is not None:
                self._model.make_form(placement.id, wanted, path, dialog.show_error)

        dialog.filled.connect(make)
        self._model.formMade.connect(dialog.accept)
        dialog.open()

    def _clear_packet(self, view: CaseView, placement: Placement, aim_codes: Collection[str] | None = None) -> None:
        words = self._page.words

        def write(cleared_by: str) -> bool:
            suggested = f"{MessageType.REQUEST.value}-{view.case.reference}{PACKET_SUFFIX}"
            path = self._page.context.files.save_file(words("Where to write the request"), suggested)
            if path is not None:
                self._model.make_request(placement.id, path, aim_codes, cleared_by)
            return path is not None

        leaving = words(
            "The request tells {workplace} the candidate's name, the period, the tasks and the aims. The address of the"
            " workplace and how to reach the supervisor are left out.",
            workplace=placement.workplace.name,
        )
        title = words("Before the request is made")
        clear_first(self._page, title, leaving, write, shielded=view.candidate.shielded)
