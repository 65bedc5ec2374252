# SPDX-License-Identifier: MIT
"""Address protection where something leaves: who cleared it, and what to know of a copy that nobody needs to clear."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.page import Page
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import Field, line_edit

STAYS: Final = N_(
    "The candidate has address protection, and this may tell where the candidate is. A copy is for you and the"
    " candidate. Nobody else gets it before a named person has cleared it."
)


class ClearedField(Field):
    """Who cleared that something about a shielded candidate leaves; hidden until the candidate is known to be one."""

    def __init__(self, words: Words, *, shielded: bool = False) -> None:
        self._words, self._name = words, line_edit()
        super().__init__(
            words("Cleared by"),
            self._name,
            hint=words("The candidate has address protection. Write who has read this and cleared the sending."),
            name="clearedByEdit",
        )
        self._shielded = shielded
        # Shown before it has a place, it would be a window of its own.
        if not shielded:
            self.hide()

    def set_shielded(self, shielded: bool) -> None:
        """Says whether the candidate has address protection, so that somebody must clear it."""
        self._shielded = shielded
        self.setVisible(shielded)

    def cleared_by(self) -> str:
        """Who cleared it; nobody where the candidate is not shielded."""
        return self._name.text().strip() if self._shielded else ""

    def is_filled(self) -> bool:
        """Whether it may leave, as far as this goes; where not, it says so beside the field."""
        filled = not self._shielded or bool(self.cleared_by())
        self.show_problem("" if filled else self._words("This must be filled in."))
        return filled


class ClearanceDialog(FormDialog):
    """Asks who cleared something that needs nothing else to be filled in.

    Signals:
        filled(str): this person cleared it.
    """

    filled = Signal(str)

    def __init__(self, words: Words, title: str, leaving: str, parent: QWidget) -> None:
        super().__init__(words, title, words("Write the file …"), "clearanceDialog", parent)
        self.fields.addWidget(text(leaving))
        self._cleared = ClearedField(words, shielded=True)
        self.fields.addWidget(self._cleared)
        self.fields.addStretch(1)
        self.make_room(560, 400)

    def submit(self) -> None:
        """See FormDialog."""
        if self._cleared.is_filled():
            self.filled.emit(self._cleared.cleared_by())
        else:
            self._cleared.control.setFocus()


def clear_first(page: Page, title: str, leaving: str, write: Callable[[str], bool], *, shielded: bool) -> None:
    """Writes something, for a shielded candidate when somebody is named who cleared it.

    Args:
        page: where it is asked for.
        title: of the dialog.
        leaving: what leaves and what does not, in words.
        write: writes it, cleared by whom it is given; False where no file was chosen, and then the dialog stays.
        shielded: whether the candidate has address protection.
    """
    if not shielded:
        write("")
        return
    dialog = ClearanceDialog(page.words, title, leaving, page)

    def go(cleared_by: str) -> None:
        if write(cleared_by):
            dialog.accept()

    dialog.filled.connect(go)
    dialog.open()
