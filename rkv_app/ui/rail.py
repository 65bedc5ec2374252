# SPDX-License-Identifier: MIT
"""The rail at the left of the window: where one can go, who the store belongs to, and the language."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from rkv_app.domain.people import Party
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.context import PageName
from rkv_app.ui.locking.key import LOCK_KEY
from rkv_app.ui.navigation import Destination
from rkv_app.ui.widgets.basics import button, chip, rule, text
from rkv_app.ui.widgets.icons import icon
from rkv_app.ui.widgets.language_switch import LanguageSwitch
from rkv_app.ui.widgets.overflow import Overflow


class Rail(QFrame):
    """Navigation.

    Signals:
        chosen(PageName): the user wants to go there.
        languageChosen(Language): the user wants another language.
        lockAsked: the user wants the store locked.
    """

    chosen = Signal(object)
    languageChosen = Signal(object)
    lockAsked = Signal()

    def __init__(
        self, words: Words, party: Party, destinations: Sequence[Destination], *, read_only: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setProperty("kind", "rail")
        self.setAccessibleName(words("Navigation"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._destinations = destinations
        content = QWidget()
        content.setObjectName("railContent")
        inside = QVBoxLayout(content)
        inside.setContentsMargins(12, 20, 12, 16)
        inside.setSpacing(4)
        inside.addWidget(text(labels.role(words, party.role), "subheading"))
        inside.addWidget(text(labels.in_line(party.unit, party.organisation), "small"))
        if read_only:
            inside.addSpacing(4)
            inside.addWidget(chip(words("Read only"), "warning", "readOnlyChip"))
        inside.addSpacing(16)
        self._buttons: dict[PageName, QPushButton] = {}
        for number, destination in enumerate(destinations, start=1):
            made = self._nav_button(words(destination.label), destination.page.value, f"Ctrl+{number}")
            made.clicked.connect(lambda _checked=False, page=destination.page: self.chosen.emit(page))
            self._buttons[destination.page] = made
            inside.addWidget(made)
        inside.addStretch(1)
        lock = self._nav_button(words("Lock"), "lock", LOCK_KEY)
        # It is a deed, no place: nothing to stay marked.
        lock.setCheckable(False)
        lock.setObjectName("lockButton")
        lock.clicked.connect(lambda _checked=False: self.lockAsked.emit())
        inside.addWidget(lock)
        inside.addWidget(rule())
        inside.addSpacing(8)
        inside.addWidget(text(words("Language"), "small"))
        switch = LanguageSwitch(words.language, words("Language"))
        switch.chosen.connect(self.languageChosen)
        inside.addWidget(switch)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 1, 0)
        outer.addWidget(Overflow(content))
        self._fit()

    def mark(self, page: PageName) -> None:
        """Shows where the user is."""
        for destination in self._destinations:
            self._buttons[destination.page].setChecked(page is destination.page or page in destination.within)

    def _nav_button(self, label: str, name: str, keys: str) -> QPushButton:
        made = button(f" {label}", f"{name}NavButton", "nav")
        made.setShortcut(QKeySequence(keys))
        made.setToolTip(keys)
        made.setIcon(icon(name, self.palette().color(QPalette.ColorRole.Text)))
        side = round(made.fontMetrics().height() * 1.05)
        made.setIconSize(QSize(side, side))
        made.setAccessibleName(label)
        return made

    def _fit(self) -> None:
        # Wide enough for its words at any size of text, and no wider.
        self.setFixedWidth(max(220, round(self.fontMetrics().averageCharWidth() * 27)))
