# SPDX-License-Identifier: MIT
"""The dialogs that take a way in away, and that name an office certificate."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.domain.stores import KeySlot, SlotKind
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import Field, line_edit

_LONGEST_LABEL = 60
_LOST: Mapping[SlotKind, str] = {
    SlotKind.PASSPHRASE: N_("This passphrase will no longer open the store."),
    SlotKind.RECOVERY: N_("The words of this sheet will no longer open the store. Destroy the sheet."),
    SlotKind.QUICK: N_("The store will ask for a way in again on this machine."),
    SlotKind.OFFICE: N_("The key of the office will no longer open the store."),
}


class RemoveDialog(FormDialog):
    """Asks before a way in is gone.

    Signals:
        filled: take it away.
    """

    filled = Signal()

    def __init__(self, words: Words, slot: KeySlot, parent: QWidget) -> None:
        super().__init__(words, words("Remove this way in?"), words("Remove it"), "removeDialog", parent)
        self.fields.addWidget(text(labels.way_in(words, slot), "subheading"))
        self.fields.addWidget(text(labels.way_in_since(words, slot), "muted"))
        self.fields.addWidget(text(words(_LOST[slot.kind])))
        self.fields.addWidget(text(words("Backups that were made before still open with it."), "muted"))
        self.fields.addStretch(1)
        self.make_room(560, 480, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        self.action.setEnabled(False)
        self.filled.emit()


class RemoveFormsDialog(FormDialog):
    """Says what it means to take away forms and lists that were added; `origin` says where they came from.

    Signals:
        filled: take it away.
    """

    filled = Signal()

    def __init__(self, words: Words, origin: str, parent: QWidget) -> None:
        super().__init__(words, words("Remove forms and lists"), words("Remove them"), "removeFormsDialog", parent)
        self.fields.addWidget(text(origin, "subheading"))
        self.fields.addWidget(
            text(
                words(
                    "Nobody can begin these forms any more, or choose lines from these lists. "
                    "If somebody has answered one of the forms here, nothing is removed."
                )
            )
        )
        self.fields.addWidget(text(words("You can add them again later."), "muted"))
        self.fields.addStretch(1)
        self.make_room(560, 480, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        self.action.setEnabled(False)
        self.filled.emit()


class OfficeDialog(FormDialog):
    """Names the office certificate that was chosen.

    Signals:
        filled(str): add it under this name.
    """

    filled = Signal(str)

    def __init__(self, words: Words, certificate: Path, parent: QWidget) -> None:
        super().__init__(
            words, words("Add an office certificate"), words("Add the certificate"), "officeDialog", parent
        )
        self.fields.addWidget(text(words("Chosen: {name}", name=certificate.name), "subheading"))
        self.fields.addWidget(
            text(words("Whoever has the private key of this certificate can open the store and read all of it."))
        )
        self._label = line_edit(longest=_LONGEST_LABEL)
        self._field = Field(
            words("What to call it"),
            self._label,
            hint=words("For example the name of the office. It can be read without opening the store."),
            name="officeNameEdit",
        )
        self.fields.addWidget(self._field)
        self.fields.addStretch(1)
        self.make_room(600, 420)

    def submit(self) -> None:
        """See FormDialog."""
        label = self._label.text().strip()
        self._field.show_problem("" if label else self.words("This must be filled in."))
        if label:
            self.action.setEnabled(False)
            self.filled.emit(label)
