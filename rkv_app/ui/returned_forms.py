# SPDX-License-Identifier: MIT
"""A form that came back, for a page to take in: chosen or dropped, looked at first, and put where it belongs."""

from pathlib import Path

from PySide6.QtCore import QObject

from rkv_app.foundation.errors import UserError
from rkv_app.ui.context import PageName, Route
from rkv_app.ui.page import Page
from rkv_app.ui.returned_form_dialog import ChooseRequestDialog, Next, ReturnedFormDialog
from rkv_app.usecases.look_at_returned_form import JudgedForm, look_at_returned_form
from rkv_app.usecases.open_requests import OpenRequest, open_requests
from rkv_app.usecases.take_in_chosen import NOT_OURS, begin_as_answer_to
from rkv_app.usecases.take_in_returned_form import Taken, TakenIn, begin_returned_form


class ReturnedForms(QObject):
    """See the module; a form that is dropped on the page is looked at."""

    def __init__(self, page: Page, case_id: str = "") -> None:
        """Serves a page about one case, or about all of them."""
        super().__init__(page)
        self._page = page
        self._case_id = case_id
        page.accept_returned_forms()
        page.formDropped.connect(self.look)

    def choose(self) -> None:
        """Asks for the file that came back."""
        path = self._page.context.choose_form()
        if path is not None:
            self.look(path)

    def look(self, path: Path) -> None:
        """Shows what a file that came back is; nothing is taken in."""
        model = self._page.view_model

        def refused(problem: UserError) -> None:
            if problem.code == NOT_OURS:
                model.run(lambda ws: open_requests(ws, self._case_id), lambda found: self._offer(path, problem, found))
            else:
                model.failed.emit(problem)

        model.run(lambda ws: look_at_returned_form(ws, path), lambda view: self._show(path, view), refused)

    def _show(self, path: Path, view: JudgedForm) -> None:
        dialog = ReturnedFormDialog(self._page.words, path.name, view, self._case_id, self._page)

        def go_on(step: Next) -> None:
            if step in (Next.TAKE_IN, Next.KEEP):
                self._page.view_model.run(
                    lambda ws: begin_returned_form(ws, path),
                    lambda taken: self._taken(dialog, taken),
                    dialog.show_error,
                )
            elif view.concerned is not None:
                dialog.accept()
                self._page.context.go(Route(PageName.CASE, view.concerned.case_id))

        dialog.taken.connect(go_on)
        dialog.open()

    def _offer(self, path: Path, problem: UserError, found: tuple[OpenRequest, ...]) -> None:
        dialog = ChooseRequestDialog(self._page.words, path.name, problem, found, self._page)

        def chosen(message_id: str) -> None:
            self._page.view_model.run(
                lambda ws: begin_as_answer_to(ws, message_id, path),
                lambda taken: self._taken(dialog, taken),
                dialog.show_error,
            )

        dialog.chosen.connect(chosen)
        dialog.open()

    def _taken(self, dialog: ReturnedFormDialog | ChooseRequestDialog, taken: TakenIn) -> None:
        dialog.accept()
        if taken.taken is Taken.KEPT:
            model, words = self._page.view_model, self._page.words
            model.told.emit(words("The file was kept with the case as it came. Nothing in it counts."))
            model.load()
            return
        # Somebody may have answered the request in the meantime.
        route = Route(PageName.RETURNED, taken.draft_id) if taken.draft_id else Route(PageName.CASE, taken.case_id)
        self._page.context.go(route)
