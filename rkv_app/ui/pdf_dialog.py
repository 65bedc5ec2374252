# SPDX-License-Identifier: MIT
"""A PDF in a window of its own, see `rkv_app.ui.pdf_view`."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import fit_to_screen
from rkv_app.ui.files import FileChooser
from rkv_app.ui.pdf_view import PdfView
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.overflow import Overflow


class PdfDialog(QDialog):
    """See the module.

    Args:
        title: what the file is called, as it may be shown.
        files: asks for the printer.

    Attributes:
        view: shows the PDF.
        messages: where it is told what went well or wrong.
        above: stands between the title and the buttons; for heirs to fill.
    """

    def __init__(self, words: Words, title: str, content: bytes, files: FileChooser, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pdfDialog")
        self.setWindowTitle(words("Look at a PDF"))
        self.setAccessibleName(words("Look at {name}", name=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = PdfView(words, content, files, window=self)
        self._close = button(words("Close"), "closeButton", "secondary", self.reject)
        self.view.tools.addWidget(self._close)
        self.messages = self.view.messages
        holder = QWidget()
        holder.setObjectName("dialogContent")
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(8)
        inside.addWidget(text(title, "heading"))
        self.above = QVBoxLayout()
        inside.addLayout(self.above)
        inside.addWidget(self.view, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Overflow(holder))
        fit_to_screen(self, 900, 1000)
        self.finished.connect(lambda _: self.view.stop())
        self.view.focus_page()

    @property
    def content(self) -> bytes:
        """The PDF that is shown."""
        return self.view.content

    @property
    def busy(self) -> bool:
        """Whether anything is being drawn or read."""
        return self.view.busy

    def show_pdf(self, content: bytes) -> None:
        """Shows another PDF instead, from its first page."""
        self.view.show_pdf(content)

    def add_tool(self, tool: QWidget) -> None:
        """Adds a button before the way out."""
        self.view.tools.removeWidget(self._close)
        for part in (tool, self._close):
            self.view.tools.addWidget(part)
        self.setTabOrder(tool, self._close)
