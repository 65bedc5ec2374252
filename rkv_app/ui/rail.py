# SPDX-License-Identifier: MIT
"""The rail at the left of the window: where one can go, who the store belongs to, and the language."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence, QPalette
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QVBoxLayout

from rkv_app.domain.people import Party
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.context import PageName
from rkv_app.ui.navigation import Destination
from rkv_app.ui.widgets.basics import button, rule, text
from rkv_app.ui.widgets.icons import icon
from rkv_app.ui.widgets.language_switch import LanguageSwitch


class Rail(QFrame):
    """Navigation.

    Signals:
        chosen(PageName): the user wants to go there.
        languageChosen(Language): the user wants another language.
    """

    chosen = Signal(object)
    languageChosen = Signal(object)

    def __init__(self, words: Words, party: Party, destinations: Sequence[Destination]) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setProperty("kind", "rail")
        self.setAccessibleName(words("Navigation"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._destinations = destinations
        inside = QVBoxLayout(self)
        inside.setContentsMargins(12, 20, 12, 16)
        inside.setSpacing(4)
        inside.addWidget(text(labels.role(words, party.role), "subheading"))
        inside.addWidget(text(", ".join(part for part in (party.unit, party.organisation) if part), "small"))
        inside.addSpacing(16)
        self._buttons: dict[PageName, QPushButton] = {}
        for number, destination in enumerate(destinations, start=1):
            made = button(f" {words(destination.label)}", f"{destination.page.value}NavButton", "nav")
            made.setShortcut(QKeySequence(f"Ctrl+{number}"))
            made.setToolTip(f"Ctrl+{number}")
            made.setIcon(icon(destination.page.value, self.palette().color(QPalette.ColorRole.Text)))
            side = round(made.fontMetrics().height() * 1.05)
            made.setIconSize(QSize(side, side))
            made.setAccessibleName(words(destination.label))
            made.clicked.connect(lambda _checked=False, page=destination.page: self.chosen.emit(page))
            self._buttons[destination.page] = made
            inside.addWidget(made)
        inside.addStretch(1)
        inside.addWidget(rule())
        inside.addSpacing(8)
        inside.addWidget(text(words("Language"), "small"))
        switch = LanguageSwitch(words.language, words("Language"))
        switch.chosen.connect(self.languageChosen)
        inside.addWidget(switch)
        self._fit()

    def mark(self, page: PageName) -> None:
        """Shows where the user is."""
        for destination in self._destinations:
            self._buttons[destination.page].setChecked(page is destination.page or page in destination.within)

    def _fit(self) -> None:
        # Wide enough for its words at any size of text, and no wider.
        self.setFixedWidth(max(220, round(self.fontMetrics().averageCharWidth() * 27)))
