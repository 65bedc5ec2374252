# SPDX-License-Identifier: MIT
"""The choice of language: each in its own words, so that anyone finds theirs."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from rkv_app.foundation.i18n import Language
from rkv_app.ui.widgets.basics import button
from rkv_app.ui.widgets.layouts import FlowLayout

# A language is called what its own readers call it, so these are not translated.
_NAMES: Mapping[Language, str] = {
    Language.BOKMAL: "Bokmål",
    Language.NYNORSK: "Nynorsk",
    Language.ENGLISH: "English",
}


class LanguageSwitch(QWidget):
    """One button a language.

    Signals:
        chosen(Language): the user wants another language.
    """

    chosen = Signal(object)

    def __init__(self, language: Language, label: str) -> None:
        super().__init__()
        self.setObjectName("languageSwitch")
        self.setAccessibleName(label)
        self._language = language
        self._buttons: dict[Language, QPushButton] = {}
        inside = FlowLayout(self, spacing=4)
        for one, name in _NAMES.items():
            made = button(name, f"{one.value}LanguageButton", "segment")
            made.setChecked(one is language)
            inside.addWidget(made)
            # Not an exclusive group: Tab would pass by all but the chosen one.
            made.clicked.connect(lambda _checked=False, one=one: self._on_clicked(one))
            self._buttons[one] = made

    def show_language(self, language: Language) -> None:
        """Shows that this language is chosen now."""
        self._language = language
        for one, made in self._buttons.items():
            made.setChecked(one is language)

    def _on_clicked(self, language: Language) -> None:
        self._buttons[language].setChecked(language is self._language)
        self.chosen.emit(language)
