# SPDX-License-Identifier: MIT
"""Asks how a form is wanted that somebody without the app fills in: on a computer or on paper, and in which language.

A page makes its own of it: which languages there are, and what is wanted in the end.
"""

from abc import abstractmethod

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.protection import ClearedField
from rkv_app.ui.widgets.basics import column, text
from rkv_app.ui.widgets.choices import OptionCard


class ToFillDialog(FormDialog):
    """See the module.

    Signals:
        filled(object): what `wanted` returns; close the dialog with `accept` when it is written.
    """

    filled = Signal(object)

    def __init__(
        self, words: Words, title: str, about: str, name: str, language: QWidget, *, shielded: str, parent: QWidget
    ) -> None:
        """Asks.

        Args:
            words: of the window.
            title: of the dialog.
            about: what will be asked, and of whom.
            name: object name.
            language: where the language is chosen.
            shielded: what to know where the candidate has address protection; empty where there is none.
            parent: the page.
        """
        super().__init__(words, title, words("Save the form …"), name, parent)
        self.fields.addWidget(text(about))
        self._on_screen = OptionCard(
            words("To fill in on a computer"), words("A PDF with fields. The answers are read when it comes back.")
        )
        self._on_paper = OptionCard(
            words("To fill in on paper"), words("A PDF to print. You type the answers in when the paper comes back.")
        )
        self._options = QButtonGroup(self)
        for option in (self._on_screen, self._on_paper):
            self._options.addButton(option)
        self._on_screen.setChecked(True)
        self.fields.addWidget(column(self._on_screen, self._on_paper))
        self.fields.addWidget(language)
        self.fields.addWidget(
            text(
                words(
                    "The file is not locked, and it names the candidate. Hand it over in person or in a channel that "
                    "is locked, never by ordinary e-mail."
                )
            )
        )
        self._cleared = ClearedField(words, shielded=bool(shielded))
        if shielded:
            self.fields.addWidget(text(shielded, "problem"))
            self.fields.addWidget(self._cleared)
        self.fields.addStretch(1)
        self.make_room(620, 760, snug=True)

    @abstractmethod
    def wanted(self, *, on_paper: bool, cleared_by: str) -> object:
        """What is wanted, as the page understands it."""

    def submit(self) -> None:
        """See FormDialog."""
        if self._cleared.is_filled():
            on_paper, cleared_by = self._on_paper.isChecked(), self._cleared.cleared_by()
            self.filled.emit(self.wanted(on_paper=on_paper, cleared_by=cleared_by))
        else:
            self._cleared.control.setFocus()
