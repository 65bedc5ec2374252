# SPDX-License-Identifier: MIT
"""The files that came back, page by page, beside the form that they are compared with. Nothing can be changed in them.

A PDF is drawn by a child process, see `rkv_app.ui.pdf_view`; a picture is put on a page first.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QVBoxLayout, QWidget

from rkv_app.domain.stores import Attachment
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.files import FileChooser
from rkv_app.ui.messages import Banner
from rkv_app.ui.pdf_view import PdfView
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import Field, combo_box
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.overflow import Overflow, page_margin


class ReceivedFiles(QFrame):
    """See the module.

    Signals:
        wanted(Attachment): read this file, and `show_pdf` it.
        copyAsked(Attachment): write this file as it came.
        addAsked: one more file came, a further page of the form.
    """

    wanted = Signal(object)
    copyAsked = Signal(object)
    addAsked = Signal()

    def __init__(self, words: Words, files: FileChooser) -> None:
        super().__init__()
        self.setObjectName("receivedFiles")
        self.setAccessibleName(words("What came back"))
        self._words = words
        self._chooser = files
        self._files: Sequence[Attachment] = ()
        self._shown: Attachment | None = None
        self._view: PdfView | None = None
        self.messages = Banner(words)
        self._name = text("", "label", "receivedNameText")
        self._which: QComboBox = combo_box([])
        self._which.currentIndexChanged.connect(self._on_chosen)
        self._choice = Field(words("Which file"), self._which, name="receivedFileCombo")
        self._choice.hide()
        self._copy = button(words("Save a copy …"), "saveReturnedButton", "link", self._on_copy)
        self._add = button(words("Add a page …"), "addReturnedPageButton", "link", self.addAsked.emit)
        below = QWidget()
        line = FlowLayout(below, spacing=12)
        line.addWidget(self._copy)
        line.addWidget(self._add)
        content = QWidget()
        content.setObjectName("pageBody")
        self._inside = QVBoxLayout(content)
        self._inside.setContentsMargins(page_margin(self), 16, 16, 16)
        self._inside.setSpacing(8)
        for part in (self._choice, self._name, below, self.messages):
            self._inside.addWidget(part)
        self._inside.addStretch(0)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Overflow(content))

    def show_files(self, files: Sequence[Attachment], *, newest: bool = False) -> None:
        """Shows these files; the one that is shown stays, unless the `newest` is asked for."""
        if [one.id for one in files] == [one.id for one in self._files]:
            return
        self._files = files
        at = len(files) - 1 if newest else next((n for n, one in enumerate(files) if one == self._shown), 0)
        self._which.blockSignals(True)
        self._which.clear()
        for number, one in enumerate(files, 1):
            self._which.addItem(f"{number}. {shown_name(one.name)}", one.id)
        self._which.setCurrentIndex(at)
        self._which.blockSignals(False)
        self._choice.setVisible(len(files) > 1)
        self._on_chosen(at)

    def show_pdf(self, content: bytes) -> None:
        """Shows the file that was wanted."""
        if self._view is None:
            self._view = PdfView(self._words, content, self._chooser)
            self._inside.addWidget(self._view, 1)
        else:
            self._view.show()
            self._view.show_pdf(content)

    def show_error(self, problem: UserError) -> None:
        """Says why the file cannot be shown; it can still be saved."""
        if self._view is not None:
            self._view.hide()
        self.messages.error(problem)

    def focus_file(self) -> None:
        """Puts the caret in the file."""
        if self._view is not None and self._view.isVisibleTo(self):
            self._view.focus_page()
        else:
            self._copy.setFocus()

    def _on_chosen(self, at: int) -> None:
        if not 0 <= at < len(self._files) or self._files[at] == self._shown:
            return
        words, self._shown = self._words, self._files[at]
        file = self._shown
        came = labels.day(words, local_date(file.added))
        self._name.setText(f"{shown_name(file.name)} · {labels.media_type(words, file.media_type)} · {came}")
        self._copy.setAccessibleName(words("Save a copy of {name}", name=shown_name(file.name)))
        self.messages.hide()
        self.wanted.emit(file)

    def _on_copy(self) -> None:
        if self._shown is not None:
            self.copyAsked.emit(self._shown)
