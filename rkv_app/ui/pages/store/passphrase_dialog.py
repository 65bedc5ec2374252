# SPDX-License-Identifier: MIT
"""The dialog that changes a passphrase: the old one, and the new one twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import Field, secret_edit
from rkv_app.ui.widgets.new_passphrase import NewPassphrase


class PassphraseDialog(FormDialog):
    """See the module.

    Signals:
        filled(str, str): change the first passphrase into the second.
    """

    filled = Signal(str, str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(
            words, words("Change the passphrase"), words("Change the passphrase"), "passphraseDialog", parent
        )
        self._old = secret_edit()
        self._old_field = Field(words("The passphrase of today"), self._old, name="oldPassphraseEdit")
        self._new = NewPassphrase(words, words("New passphrase"), words("The new passphrase again"))
        self.fields.addWidget(self._old_field)
        self.fields.addWidget(self._new)
        self.fields.addWidget(
            text(
                words("The recovery sheet stays as it is. Backups made before still open with the old passphrase."),
                "muted",
            )
        )
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        missing = not self._old.text()
        self._old_field.show_problem(self.words("This must be filled in.") if missing else "")
        wrong = self._old if missing else self._new.wrong()
        if wrong is not None:
            wrong.setFocus()
        else:
            # The new one is made to cost what a guess costs, which takes its time.
            self.action.setEnabled(False)
            self.filled.emit(self._old.text(), self._new.text())
