# SPDX-License-Identifier: MIT
"""The dialog in which somebody compares the digits of a contact."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.domain.exchange import Contact
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.compared_fields import ComparedFields
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import text
from rkv_app.usecases.comparing import ComparedHow


class CompareDialog(FormDialog):
    """The digits of a contact, to be compared aloud.

    Signals:
        compared(str, str): this person has compared them in this way, and they are the same.
    """

    compared = Signal(str, str)

    def __init__(self, words: Words, contact: Contact, by: str, parent: QWidget) -> None:
        super().__init__(words, words("Compare the digits"), words("The digits are the same"), "compareDialog", parent)
        self.fields.addWidget(text(labels.party(contact.card.party), "subheading"))
        self.fields.addWidget(
            text(words("Call them on a number you know from elsewhere. Let them read their digits, and compare:"))
        )
        self.fields.addWidget(digit_groups(contact.digits, "digits"))
        self._compared = ComparedFields(words, by, ComparedHow.BY_PHONE)
        self.fields.addWidget(self._compared)
        self.fields.addWidget(text(words("Are they not the same? Then cancel, and do not use the card."), "muted"))
        self.fields.addStretch(1)
        self.make_room(640, 720)

    def submit(self) -> None:
        """See FormDialog."""
        filled = self._compared.filled()
        if filled is not None:
            self.compared.emit(*filled)
