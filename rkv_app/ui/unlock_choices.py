# SPDX-License-Identifier: MIT
"""What the form that opens a store offers besides the passphrase: other ways in, Caps Lock, the last backup.

It is put into the first window after the first paint, in two parts: above and below the button.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rkv_app.domain.stores import SlotKind, WayIn
from rkv_app.foundation.i18n import Words
from rkv_app.ui.files import FileChooser
from rkv_app.ui.store_care import last_backup
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.look_at_store import ClosedStore

if TYPE_CHECKING:
    from rkv_app.ui.way_in_fields import OfficePart, RecoveryPart


class Mode(Enum):
    """Which way in the form asks for."""

    PASSPHRASE = auto()
    WORDS = auto()
    OFFICE = auto()


class CapsLock(QObject):
    """Tells from the letters that are typed into a field whether Caps Lock is on: Qt cannot be asked.

    Signals:
        changed(bool): whether it is on, after each letter.
    """

    changed = Signal(bool)

    def __init__(self, watched: QLineEdit) -> None:
        super().__init__(watched)
        self._on = False
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            typed = event.text()
            if event.key() == Qt.Key.Key_CapsLock and self._on:
                self._tell(False)
            elif typed.isalpha() and typed.lower() != typed.upper():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self._tell(typed.isupper() is not shifted)
        return False

    def _tell(self, on: bool) -> None:
        self._on = on
        self.changed.emit(on)


class UnlockChoices(QObject):
    """Two parts for the form, and what was chosen in them.

    Signals:
        modeChanged(Mode): the form asks for another way in.
        quickAsked: open the store without typing.
        restoreAsked: go back to a backup.
        refused(UserError): what was chosen cannot be read.
        submitted: Enter was pressed in the last field of another way in.

    Attributes:
        mode: which way in the form asks for.
        above: what stands above the button: the fields of the other ways, and Caps Lock.
        below: quick unlock, the way to the others, and the last backup.
        quick: the button of quick unlock.
    """

    modeChanged = Signal(object)
    quickAsked = Signal()
    restoreAsked = Signal()
    refused = Signal(object)
    submitted = Signal()

    def __init__(self, words: Words, files: FileChooser, passphrase: QLineEdit, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self._files = files
        self.mode = Mode.PASSPHRASE
        self._has_office = False
        self._recovery: RecoveryPart | None = None
        self._office: OfficePart | None = None
        self.above = QWidget()
        self._fields = _column(self.above, 6)
        self._caps = text(words("Caps Lock is on."), "label", "capsLockText")
        self._caps.hide()
        self._fields.addWidget(self._caps)
        CapsLock(passphrase).changed.connect(self._on_caps)
        self.quick = button(words("Open without passphrase"), "quickUnlockButton", "secondary", self.quickAsked.emit)
        self.quick.hide()
        self._lost = button(
            words("I lost the passphrase"), "lostPassphraseButton", "link", lambda: self.ask_for(Mode.WORDS)
        )
        self._use_office = button(
            words("Use the office key"), "useOfficeKeyButton", "link", lambda: self.ask_for(Mode.OFFICE)
        )
        self._use_passphrase = button(
            words("Use the passphrase instead"), "usePassphraseButton", "link", lambda: self.ask_for(Mode.PASSPHRASE)
        )
        restore = button(words("Restore from a backup …"), "restoreButton", "link", self.restoreAsked.emit)
        self.below = QWidget()
        below = _column(self.below, 6)
        links = QWidget()
        line = FlowLayout(links, spacing=8)
        for link in (self._use_passphrase, self._lost, self._use_office, restore):
            line.addWidget(link)
        self._last_backup = text("", "small", "lastBackupText")
        self._last_backup.hide()
        below.addWidget(self.quick)
        below.addWidget(links)
        below.addWidget(self._last_backup)
        self._show_links()

    def show_store(self, store: ClosedStore | None, *, offer_quick: bool = True) -> None:
        """Shows what the store that was chosen has; None where there is nothing to tell of."""
        ways = store.ways if store else frozenset()
        self.quick.setVisible(offer_quick and SlotKind.QUICK in ways)
        self._has_office = SlotKind.OFFICE in ways
        kept = store.last_backup if store else None
        self._last_backup.setVisible(kept is not None)
        if kept is not None:
            self._last_backup.setText(last_backup(self._words, kept))
        self._show_links()

    def ask_for(self, mode: Mode) -> None:
        """Has the form ask for another way in."""
        from rkv_app.ui.way_in_fields import OfficePart, RecoveryPart

        if mode is Mode.WORDS and self._recovery is None:
            self._recovery = RecoveryPart(self._words)
            self._fields.addWidget(self._recovery)
        if mode is Mode.OFFICE and self._office is None:
            self._office = OfficePart(self._words, self._files)
            self._office.refused.connect(self.refused)
            self._office.password.returnPressed.connect(self.submitted)
            self._fields.addWidget(self._office)
        self.mode = mode
        self._caps.hide()
        for part, its in ((self._recovery, Mode.WORDS), (self._office, Mode.OFFICE)):
            if part is not None:
                part.setVisible(mode is its)
                if mode is its:
                    part.focus()
        self._show_links()
        self.modeChanged.emit(mode)

    def way(self) -> WayIn | None:
        """The way in that was typed or chosen, where it is not the passphrase; None where it cannot be one."""
        part = self._recovery if self.mode is Mode.WORDS else self._office
        return part.way() if part is not None else None

    def take_over(self, other: UnlockChoices) -> None:
        """Takes what was typed and chosen in the form in another language."""
        if other._recovery is not None:
            self.ask_for(Mode.WORDS)
            if self._recovery is not None:
                self._recovery.type_again(other._recovery.text())
        if other._office is not None:
            self.ask_for(Mode.OFFICE)
            if self._office is not None:
                self._office.path.setText(other._office.path.text())
                self._office.password.setText(other._office.password.text())
        if self.mode is not other.mode:
            self.ask_for(other.mode)

    def _show_links(self) -> None:
        self._use_passphrase.setVisible(self.mode is not Mode.PASSPHRASE)
        self._lost.setVisible(self.mode is not Mode.WORDS)
        self._use_office.setVisible(self._has_office and self.mode is not Mode.OFFICE)

    def _on_caps(self, on: bool) -> None:
        self._caps.setVisible(on and self.mode is Mode.PASSPHRASE)


def _column(holder: QWidget, spacing: int) -> QVBoxLayout:
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(spacing)
    return inside
