# SPDX-License-Identifier: MIT
"""A new passphrase: typed twice, with its strength in words while it is typed, and one to take for the asking."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.widgets.basics import button, column
from rkv_app.ui.widgets.fields import Field, secret_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.strength_meter import StrengthMeter
from rkv_app.usecases.choose_passphrase import ENOUGH, rate_passphrase, suggest_passphrase

# Milliseconds: rating takes longer than the time between two keys.
_PAUSE_MS = 150


class NewPassphrase(QWidget):
    """See the module.

    Attributes:
        again: the field in which it is typed the second time.
    """

    def __init__(self, words: Words, label: str, label_again: str) -> None:
        super().__init__()
        self._words = words
        self._new = secret_edit()
        self.again = secret_edit()
        self._new_field = Field(
            label,
            self._new,
            hint=words("Long is better than difficult: several ordinary words that do not belong together."),
            name="newPassphraseEdit",
        )
        self._again_field = Field(label_again, self.again, name="repeatedPassphraseEdit")
        self._meter = StrengthMeter(words("Strength"))
        helpers = QWidget()
        line = FlowLayout(helpers, spacing=8)
        self._peek = button(words("Show what is typed"), "showNewPassphraseButton", "link", self._on_peek)
        line.addWidget(button(words("Suggest six words"), "suggestButton", "link", self._on_suggest))
        line.addWidget(self._peek)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        inside.addWidget(column(self._new_field, self._meter, helpers, spacing=6))
        inside.addWidget(self._again_field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._rate)
        self._new.textChanged.connect(self._pause.start)

    def text(self) -> str:
        """What was typed first."""
        return self._new.text()

    def wrong(self) -> QWidget | None:
        """Says what is wrong beside it; returns the field to mend first, None where all is right."""
        words, typed = self._words, self._new.text()
        rating = rate_passphrase(typed)
        weak = rating.is_short or rating.steps < ENOUGH
        problems = {
            self._new_field: labels.strength(words, rating)[2] if weak else "",
            self._again_field: "" if typed == self.again.text() else words("The two passphrases are not the same."),
        }
        if not typed:
            problems[self._new_field] = words("This must be filled in.")
        for field, problem in problems.items():
            field.show_problem(problem)
        return next((field.control for field, problem in problems.items() if problem), None)

    def _rate(self) -> None:
        typed = self._new.text()
        if typed:
            self._meter.show_strength(*labels.strength(self._words, rate_passphrase(typed)))
        else:
            self._meter.clear()

    def _on_suggest(self) -> None:
        self._new.setText(suggest_passphrase())
        self.again.clear()
        # A passphrase that nobody has read cannot be typed again.
        self._show_typed(True)
        self._rate()
        self.again.setFocus()

    def _on_peek(self) -> None:
        self._show_typed(self._new.echoMode() is QLineEdit.EchoMode.Password)

    def _show_typed(self, shown: bool) -> None:
        for field in (self._new, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        words = self._words
        self._peek.setText(words("Hide what is typed") if shown else words("Show what is typed"))
