# SPDX-License-Identifier: MIT
"""The dialog for a contact that comes with other keys, by a card or in a packet: loud, and decided by a name."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.compared_fields import ComparedFields
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import restyle, rule, text
from rkv_app.usecases.contacts import KeyChange


class KeyChangeDialog(FormDialog):
    """A contact comes with other keys: what that may mean, both sets of digits, and a decision with a name.

    Signals:
        replaced(str, str): this person has compared the new digits in this way, and they are the contact's.
    """

    replaced = Signal(str, str)

    def __init__(self, words: Words, change: KeyChange, by: str, parent: QWidget) -> None:
        super().__init__(
            words,
            words("The keys have changed"),
            words("They read the new digits: replace the keys"),
            "keyChangeDialog",
            parent,
            cancel=words("Keep the keys I know"),
        )
        # To go on with what is known is the safe way, so that is what Enter does.
        self.action.setDefault(False)
        self.action.setProperty("kind", "secondary")
        self.cancel.setProperty("kind", "primary")
        self.cancel.setDefault(True)
        for made in (self.action, self.cancel):
            restyle(made)
        name = change.known.card.party.name
        self.fields.addWidget(self._alarm(name))
        self.fields.addWidget(text(words("It may be harmless: a new machine, a new store, or a new certificate.")))
        self.fields.addWidget(
            text(words("It may be somebody who pretends to be {name}, and would read all you send them.", name=name))
        )
        self.fields.addWidget(rule())
        self.fields.addWidget(text(words("The digits you know"), "subheading"))
        self.fields.addWidget(text(labels.checked(words, change.known), "muted"))
        self.fields.addWidget(digit_groups(change.known.digits, "digits"))
        self.fields.addWidget(text(words("The digits of the new card"), "subheading"))
        self.fields.addWidget(text(labels.party(change.card.party), "muted"))
        self.fields.addWidget(digit_groups(change.digits, "digits"))
        self.fields.addWidget(rule())
        self.fields.addWidget(
            text(
                words(
                    "Call {name} on a number you had before this card came, never on one that came with it. "
                    "Let them read the digits on their own screen.",
                    name=name,
                )
            )
        )
        self._compared = ComparedFields(words, by)
        self.fields.addWidget(self._compared)
        self.fields.addStretch(1)
        self.make_room(680, 860)
        self.cancel.setFocus()

    def submit(self) -> None:
        """See FormDialog."""
        filled = self._compared.filled()
        if filled is not None:
            self.action.setEnabled(False)
            self.replaced.emit(*filled)

    def _alarm(self, name: str) -> QFrame:
        words = self.words
        frame = QFrame()
        frame.setObjectName("keyChangeAlarm")
        frame.setProperty("banner", "error")
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(text(words("{name} comes with other keys than those you know.", name=name), "label"))
        inside.addWidget(text(words("Nothing was changed. Do not use the new card before you have spoken with them.")))
        frame.setAccessibleName(words("{name} comes with other keys than those you know.", name=name))
        return frame
