# SPDX-License-Identifier: MIT
"""A new passphrase at once for whoever had to open the store without the old one."""

from PySide6.QtWidgets import QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.session import Session
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.new_passphrase import NewPassphrase
from rkv_app.usecases.replace_lost_passphrase import replace_lost_passphrase


class LostPassphraseDialog(FormDialog):
    """See the module."""

    def __init__(self, words: Words, session: Session, parent: QWidget) -> None:
        super().__init__(
            words,
            words("Choose a new passphrase"),
            words("Use this passphrase"),
            "lostPassphraseDialog",
            parent,
        )
        self._session = session
        self._new = NewPassphrase(words, words("New passphrase"), words("The new passphrase again"))
        self.fields.addWidget(
            text(
                words(
                    "You opened the store without its passphrase. Choose one that you will remember. "
                    "The lost one then no longer opens the store; all other ways in stay."
                )
            )
        )
        self.fields.addWidget(self._new)
        self.fields.addStretch(1)
        self.make_room(640, 560)

    def submit(self) -> None:
        """See FormDialog."""
        wrong = self._new.wrong()
        if wrong is not None:
            wrong.setFocus()
            return
        self.action.setEnabled(False)
        new = self._new.text()
        self._session.run(
            lambda ws: replace_lost_passphrase(ws, new),
            done=lambda _: self.accept(),
            failed=self.show_error,
            owner=self,
        )
