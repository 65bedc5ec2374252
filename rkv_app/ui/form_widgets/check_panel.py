# SPDX-License-Identifier: MIT
"""The check of a form: what is still to be put right, each line a way to its question."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout

from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.filling import ToPutRight
from rkv_app.ui.widgets.basics import button, clear, text
from rkv_app.ui.widgets.line_button import LineButton


class CheckPanel(QFrame):
    """Stands at the end of a form. Once it was asked for, the list follows the answers.

    Signals:
        checkAsked: the user wants to know what is missing.
        chosen(str): the user wants to go to this item path.
    """

    checkAsked = Signal()
    chosen = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._shown: Sequence[ToPutRight] | None = None
        self.setObjectName("checkPanel")
        self.setProperty("kind", "next")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(8)
        self._button = button(words("Check the form"), "checkFormButton", "primary", self.checkAsked.emit)
        self._said = text("", "subheading", "checkFoundText")
        self._hint = text(words("Choose one to go there. The list grows shorter as you put things right."), "muted")
        self._list = QVBoxLayout()
        self._list.setSpacing(6)
        inside.addWidget(self._said)
        inside.addWidget(self._hint)
        inside.addLayout(self._list)
        inside.addWidget(self._button)
        self._said.hide()
        self._hint.hide()

    def show_problems(self, problems: Sequence[ToPutRight] | None) -> None:
        """Shows what a check found; None where nobody has asked for it. Screen readers are told of a new number."""
        if problems == self._shown:
            return
        before, self._shown = self._shown, problems
        clear(self._list)
        for number, problem in enumerate(problems or (), 1):
            made = LineButton(problem.said, f"problem{number}Button")
            made.clicked.connect(lambda _checked=False, path=problem.path: self.chosen.emit(path))
            self._list.addWidget(made)
        found = len(problems or ())
        said = self._words.plural("{n} problem", "{n} problems", found)
        self._said.setText(said if found else self._words("Nothing is missing, and nothing is wrong."))
        self._said.setVisible(problems is not None)
        self._hint.setVisible(bool(found))
        if problems is not None and (before is None or len(before) != found):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._said.text()))
