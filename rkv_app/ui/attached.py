# SPDX-License-Identifier: MIT
"""The documents of a case or an application, for a page to put where they belong.

Nothing attached is opened by another program before its dangers were told. It is examined, saved as something come from
outside, and a PDF can be looked at in a window of its own, drawn by a process that can do nothing else.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from rkv_app.domain.media_types import PDF
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.packets.attachment_safety import Safety, shown_name
from rkv_app.ui import labels
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pdf_lending import look_at_received
from rkv_app.ui.protection import STAYS
from rkv_app.ui.widgets.basics import button, column, put, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.attach_document import attach_document, attached_to, look_into, save_document
from rkv_app.usecases.documents_along import content_of
from rkv_app.usecases.workspace import Workspace


class Attached(QObject):
    """See the module.

    Signals:
        added(object): all documents, after some were attached.

    Attributes:
        lines: a line for each document.
    """

    added = Signal(object)

    def __init__(
        self, page: Page, subject: str, look_into: Callable[[Workspace, Attachment], Safety] = look_into
    ) -> None:
        super().__init__(page)
        self._look_into = look_into
        self._page = page
        self._subject = subject
        self.lines = QVBoxLayout()

    def show_documents(self, documents: Sequence[Attachment], *, shielded: bool = False) -> None:
        """Shows these documents instead of those before; of a shielded candidate with what to know of a copy."""

        def fill() -> None:
            if shielded and documents:
                self.lines.addWidget(text(self._page.words(STAYS), "problem", "staysText"))
            self._fill(documents)

        refill(self.lines, fill)

    def attach(self, failed: Callable[[UserError], None] | None = None) -> None:
        """Asks for files and attaches them; a refusal goes to `failed`, or to the page."""
        words, subject, model = self._page.words, self._subject, self._page.view_model
        paths = self._page.context.files.open_files(words("Choose the documents"), words("All files") + " (*)")

        def attach(ws: Workspace) -> Sequence[Attachment]:
            # A refusal says that nothing was changed, so one file that is refused keeps out the others.
            with ws.store.transaction():
                for path in paths:
                    attach_document(ws, subject, path)
            return attached_to(ws, subject)

        def attached(documents: Sequence[Attachment]) -> None:
            self.added.emit(documents)
            model.load()

        if paths:
            model.run(attach, attached, failed)

    def _fill(self, documents: Sequence[Attachment]) -> None:
        words = self._page.words
        if not documents:
            self.lines.addWidget(text(words("No document is attached yet."), "muted"))
        for number, one in enumerate(documents, start=1):
            warning = QWidget()
            warning.hide()
            # A name may be as long as its file system allows, and stands whole.
            self.lines.addWidget(column(text(shown_name(one.name)), warning, self._below(number, one), spacing=0))
            self._warn(one, warning)

    def _below(self, number: int, one: Attachment) -> QWidget:
        words, below, name = self._page.words, QWidget(), shown_name(one.name)
        parts = FlowLayout(below, spacing=12)
        added = labels.day(words, local_date(one.added))
        facts = text(f"{labels.media_type(words, one.media_type)} · {labels.size(words, one.size)} · {added}", "muted")
        facts.setWordWrap(False)
        parts.addWidget(facts)
        if one.media_type == PDF:
            looking = button(words("Look at it …"), f"lookAtDocument{number}Button", "link", partial(self._look, one))
            looking.setAccessibleName(words("Look at {name}", name=name))
            parts.addWidget(looking)
        saving = button(words("Save a copy …"), f"saveDocument{number}Button", "link", partial(self._save, one))
        saving.setAccessibleName(words("Save a copy of {name}", name=name))
        parts.addWidget(saving)
        return below

    def _warn(self, document: Attachment, warning: QWidget) -> None:
        """Shows what calls for care; each content is examined once a session, and one after the other."""
        words, examined = self._page.words, self._page.context.session.examined

        def show(safety: Safety) -> None:
            examined[document.sha256] = safety
            if safety.warnings and isValid(warning):
                inside = QVBoxLayout(warning)
                inside.setContentsMargins(0, 0, 0, 0)
                inside.setSpacing(0)
                inside.addWidget(text(words("Open this with care."), "problem"))
                put(inside, [text(words.say(one)) for one in safety.warnings])
                warning.show()

        known = examined.get(document.sha256)
        if known is None:
            self._page.view_model.run(lambda ws: self._look_into(ws, document), show)
        else:
            show(known)

    def _look(self, document: Attachment) -> None:
        page, name = self._page, shown_name(document.name)
        page.view_model.run(
            lambda ws: content_of(ws, document),
            lambda content: look_at_received(page, name, content),
        )

    def _save(self, document: Attachment) -> None:
        page = self._page
        target = page.context.files.save_file(page.words("Where to write the copy"), document.name)
        if target is not None:
            page.view_model.run(lambda ws: save_document(ws, document, target), self._on_saved)

    def _on_saved(self, path: Path) -> None:
        self._page.view_model.told.emit(self._page.words("A copy was written to {name}.", name=path.name))
