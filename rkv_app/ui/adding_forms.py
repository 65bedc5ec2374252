# SPDX-License-Identifier: MIT
"""Adding an organisation's forms and lists on a page: choose, see who signed and what it brings, decide."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from rkv_app.foundation.errors import UserError
from rkv_app.ui.add_forms_dialog import AddFormsDialog
from rkv_app.ui.context import FORMS_SUFFIX
from rkv_app.ui.files import file_kinds
from rkv_app.ui.page import Page
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.look_at_forms import Offer, look_at_forms


class AddingForms(QObject):
    """Asks in a dialog over the page, and says on the page what came of it.

    Args:
        added: is called when something was added.
    """

    def __init__(self, page: Page, added: Callable[[], object]) -> None:
        super().__init__(page)
        self._page = page
        self._added = added

    def choose(self) -> None:
        """Asks for the packet."""
        words = self._page.words
        kinds = file_kinds(words, words("Packets of forms and lists"), f"*{FORMS_SUFFIX} *.asice")
        path = self._page.context.files.open_file(words("Choose the packet of forms and lists"), kinds)
        if path is not None:
            self.begin(path)

    def choose_folder(self) -> None:
        """Asks for a folder of forms and lists."""
        path = self._page.context.files.open_folder(self._page.words("Choose the folder of forms and lists"))
        if path is not None:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Looks at a packet, or at a folder, and shows what is in it. Nothing is added before somebody decides."""
        page = self._page
        page.context.session.run(
            lambda ws: look_at_forms(ws, path), done=self._offer, failed=page.messages.error, owner=self
        )

    def _offer(self, offer: Offer) -> None:
        page, words = self._page, self._page.words
        if not offer.brings_something:
            page.messages.notify(words("Everything in it is here already. Nothing was changed."))
            return
        dialog = AddFormsDialog(words, offer, page.context.session.party.name, page)

        def add(by: str, how: str) -> None:
            def done(_: bool) -> None:
                dialog.accept()
                page.messages.notify(
                    words("The forms and lists were added."),
                    words("They stand under “{page}”, with who they came from.", page=words("Store and security")),
                )
                self._added()

            failed: Callable[[UserError], None] = dialog.show_error
            page.context.session.run(lambda ws: add_forms(ws, offer, by, how), done=done, failed=failed, owner=dialog)

        dialog.filled.connect(add)
        dialog.open()
