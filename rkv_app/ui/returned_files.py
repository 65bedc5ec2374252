# SPDX-License-Identifier: MIT
"""Forms that came back, as a section of the case page: every file as it came, to look at and to save unchanged."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from rkv_app.domain.stores import Attachment
from rkv_app.ui.attached import Attached
from rkv_app.ui.page import Page
from rkv_app.usecases.view_returned_form import look_into_returned


class ReturnedFiles(QObject):
    """Adds itself as the next section of the page; it is there as soon as something has come back."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        words = page.words
        inside = page.section(
            words("Forms that came back"),
            intro=words("Kept exactly as they came, whatever has become of them. They are not sent along."),
        )
        self._frame = inside.parentWidget()
        # Nothing is attached by hand here.
        self._lines = Attached(page, "", look_into_returned)
        inside.addLayout(self._lines.lines)
        self.show_files(())

    def show_files(self, files: Sequence[Attachment], *, shielded: bool = False) -> None:
        """Shows these files, oldest first."""
        if self._frame is not None:
            self._frame.setVisible(bool(files))
        if files:
            self._lines.show_documents(files, shielded=shielded)
