# SPDX-License-Identifier: MIT
"""“Open in the PDF reader”: another program gets a copy, once somebody has read what that means."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words, message
from rkv_app.packets.attachment_safety import Safety
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.page import Page
from rkv_app.ui.pdf_dialog import PdfDialog
from rkv_app.ui.pdf_opening import open_pdf
from rkv_app.ui.session import Session
from rkv_app.ui.widgets.basics import button, text
from rkv_app.usecases.lend_document import lend_pdf, look_before_lending


def look_at_received(page: Page, title: str, content: bytes) -> None:
    """Shows a PDF that came from others, over the page.

    Args:
        page: where it is asked for.
        title: what the file is called, as it may be shown.
        content: the PDF.
    """
    dialog = PdfDialog(page.words, title, content, page.context.files, page)
    Lending(dialog, page.context.session, page.words, received=True)
    dialog.open()


class Lending(QObject):
    """Adds the button to a dialog and does what it says.

    Args:
        received: whether the document came from others. What was found in it is then told each time.
    """

    def __init__(self, dialog: PdfDialog, session: Session, words: Words, *, received: bool) -> None:
        super().__init__(dialog)
        self._dialog = dialog
        self._session = session
        self._words = words
        self._received = received
        dialog.add_tool(button(words("Open in the PDF reader …"), "pdfReaderButton", "secondary", self._on_asked))

    def _on_asked(self) -> None:
        content = self._dialog.content
        if self._received:
            self._session.tasks.run(
                lambda: look_before_lending(content), done=self._ask, failed=self._dialog.messages.error, owner=self
            )
        elif self._session.told_of_copies:
            self._lend()
        else:
            self._ask(None)

    def _ask(self, safety: Safety | None) -> None:
        if self._dialog.isVisible():
            asking = LendDialog(self._words, safety, self._dialog)
            asking.accepted.connect(self._on_agreed)
            asking.open()

    def _on_agreed(self) -> None:
        self._session.told_of_copies = True
        self._lend()

    def _lend(self) -> None:
        copies, content, received = self._session.copies, self._dialog.content, self._received
        self._session.tasks.run(
            lambda: lend_pdf(copies, content, received=received),
            done=self._open,
            failed=self._dialog.messages.error,
            owner=self,
        )

    def _open(self, path: Path) -> None:
        words, messages = self._words, self._dialog.messages
        # The store may have been locked meanwhile, and then nothing of it is to appear.
        if not self._dialog.isVisible():
            self._session.copies.take_back(path)
            return
        messages.notify(words("It is being handed to the PDF reader …"))
        open_pdf(path, partial(self._on_opened, path), self)

    def _on_opened(self, path: Path, opened: bool) -> None:
        words, messages = self._words, self._dialog.messages
        if opened:
            messages.notify(
                words("It was handed to the PDF reader."),
                words("Close it there when you are done. The copy is deleted when the store is locked or closed."),
            )
        else:
            self._session.copies.take_back(path)
            messages.error(_no_reader())


class LendDialog(FormDialog):
    """Says what it means that another program opens a document.

    Args:
        safety: what was found in a document that came from others; None for one of our own.
    """

    def __init__(self, words: Words, safety: Safety | None, parent: QWidget) -> None:
        super().__init__(words, words("Open in the PDF reader"), words("Open it"), "lendDialog", parent)
        if safety is not None:
            self.fields.addWidget(text(words("This document comes from others."), "subheading"))
            if safety.warnings:
                self.fields.addWidget(text(words("Open this with care."), "problem"))
            else:
                self.fields.addWidget(text(words("Nothing that acts by itself was found in it. That is no promise.")))
            for warning in safety.warnings:
                self.fields.addWidget(text(words.say(warning)))
        for said in (
            words(
                "The PDF reader gets a copy that is not encrypted. Only you can read it on this machine, and it is "
                "deleted when the store is locked or closed."
            ),
            words("What you change in the copy is not kept. Save it elsewhere under another name if you need it."),
            words(
                "The PDF reader may keep copies of its own, and a list of what was opened. Do not do this on a machine "
                "that others use."
            ),
        ):
            self.fields.addWidget(text(said))
        self.fields.addStretch(1)
        self.make_room(560, 600, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        self.accept()


def _no_reader() -> UserError:
    return UserError(
        "RKV-DOC-038",
        message("No program on this machine could open the PDF."),
        message("The copy is deleted again. Look at the document here, print it, or save a copy."),
    )
