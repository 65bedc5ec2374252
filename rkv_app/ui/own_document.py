# SPDX-License-Identifier: MIT
"""A document that is made here: looked at first, in the language of whoever gets it, then saved, printed or opened."""

from collections.abc import Callable

from rkv_app.foundation.i18n import Language
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.ui.page import Page
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_lending import Lending
from rkv_app.ui.protection import STAYS
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.language_switch import LanguageSwitch
from rkv_app.usecases.workspace import Workspace
from rkv_app.usecases.write_documents import in_language

Make = Callable[[Workspace], bytes]


def look_at_own(page: Page, title: str, suggested: str, make: Make, *, shielded: bool = False) -> None:
    """Makes a document and shows it.

    Args:
        page: where it is asked for.
        title: what it is called on the screen.
        suggested: name for a file, without an ending; carries no name of a person.
        make: makes the PDF in the language of the workspace it is given.
        shielded: whether it is about a candidate with address protection, which is said above it.
    """
    language = page.words.language
    page.view_model.run(
        lambda ws: make(in_language(ws, language)),
        lambda content: OwnDocumentDialog(page, title, suggested, make, content, shielded=shielded).open(),
    )


class OwnDocumentDialog(PdfDialog):
    """See the module."""

    def __init__(
        self, page: Page, title: str, suggested: str, make: Make, content: bytes, *, shielded: bool = False
    ) -> None:
        super().__init__(page.words, title, content, page.context.files, page)
        words = page.words
        self._page = page
        self._suggested = suggested
        self._make = make
        self.add_tool(button(words("Save a copy …"), "saveDocumentButton", "secondary", self._on_save))
        Lending(self, page.context.session, words, received=False)
        self._switch = LanguageSwitch(words.language, words("Language of the document"))
        self._switch.chosen.connect(self._on_language)
        self.above.addWidget(self._switch)
        if shielded:
            self.above.addWidget(text(words(STAYS), "problem", "staysText"))

    def _on_language(self, language: Language) -> None:
        make = self._make

        def made(content: bytes) -> None:
            self._switch.show_language(language)
            self.show_pdf(content)

        self._page.view_model.run(lambda ws: make(in_language(ws, language)), made, self.messages.error)

    def _on_save(self) -> None:
        words, content = self._page.words, self.content
        target = self._page.context.files.save_file(words("Where to write the copy"), f"{self._suggested}.pdf")
        if target is None:
            return

        def written(_: object) -> None:
            self.messages.notify(words("A copy was written to {name}.", name=target.name))

        self._page.view_model.run(lambda _: write_atomically(target, content), written, self.messages.error)
