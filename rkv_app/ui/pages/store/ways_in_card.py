# SPDX-License-Identifier: MIT
"""The card of the ways into a store: what they are, and what can be done about each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.domain.stores import KeySlot, SlotKind
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.page import refill
from rkv_app.ui.widgets.basics import button, column, restyle, rule, text
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.layouts import FlowLayout


class WaysInCard(QFrame):
    """See the module.

    Signals:
        sheetAsked, changeAsked, officeAsked: make a recovery sheet, change the passphrase, add an office certificate.
        removeAsked(KeySlot): take this way in away.
        quickAsked(bool): turn quick unlock on or off.
    """

    sheetAsked = Signal()
    changeAsked = Signal()
    officeAsked = Signal()
    removeAsked = Signal(object)
    quickAsked = Signal(bool)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("waysInCard")
        self.setProperty("kind", "card")
        self._words = words
        self._slots = QVBoxLayout()
        self._slots.setSpacing(6)
        self._advice = text(
            words("Without a recovery sheet, a forgotten passphrase loses everything in the store. Nobody can help."),
            "label",
            "noSheetText",
        )
        self._sheet = button(words("Make a recovery sheet …"), "makeSheetButton", "primary", self.sheetAsked.emit)
        actions = QWidget()
        line = FlowLayout(actions, spacing=8)
        line.addWidget(self._sheet)
        line.addWidget(
            button(words("Change the passphrase …"), "changePassphraseButton", "secondary", self.changeAsked.emit)
        )
        line.addWidget(
            button(words("Add an office certificate …"), "addOfficeButton", "secondary", self.officeAsked.emit)
        )
        self._quick = OptionChip(
            words("Quick unlock on this machine"),
            words(
                "Opens the store without typing, for 8 hours or until the machine restarts. "
                "Whoever is logged in as you here can then open it too."
            ),
        )
        self._quick.setObjectName("quickUnlockOption")
        self._quick.clicked.connect(self.quickAsked)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 18)
        inside.setSpacing(10)
        inside.addWidget(text(words("Ways in"), "heading"))
        inside.addWidget(
            text(words("How this store can be opened. Have at least two, so that one may be lost."), "muted")
        )
        inside.addLayout(self._slots)
        inside.addWidget(self._advice)
        inside.addWidget(actions)
        inside.addSpacing(4)
        inside.addWidget(self._quick)

    def show_slots(self, slots: Sequence[KeySlot]) -> bool:
        """Shows the ways in; returns whether a recovery sheet is among them."""
        has_sheet = any(slot.kind is SlotKind.RECOVERY for slot in slots)
        self._advice.setVisible(not has_sheet)
        self._sheet.setProperty("kind", "secondary" if has_sheet else "primary")
        restyle(self._sheet)
        self._quick.setChecked(any(slot.kind is SlotKind.QUICK for slot in slots))
        refill(self._slots, lambda: self._fill(slots))
        return has_sheet

    def _fill(self, slots: Sequence[KeySlot]) -> None:
        for number, slot in enumerate(slots, start=1):
            self._slots.addWidget(rule())
            self._slots.addWidget(self._line(number, slot))
        self._slots.addWidget(rule())

    def _line(self, number: int, slot: KeySlot) -> QWidget:
        words = self._words
        named = labels.way_in(words, slot)
        holder = QWidget()
        line = QHBoxLayout(holder)
        line.setContentsMargins(0, 2, 0, 2)
        line.setSpacing(16)
        said = column(text(named, "label"), text(labels.way_in_since(words, slot), "small"), spacing=0)
        line.addWidget(said, 1)
        if slot.kind is not SlotKind.QUICK:
            # Quick unlock is turned off where it is turned on.
            remove = button(words("Remove …"), f"remove{number}Button", "link", lambda: self.removeAsked.emit(slot))
            remove.setAccessibleName(words("Remove {what}", what=named))
            line.addWidget(remove)
        return holder
