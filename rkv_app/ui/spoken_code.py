# SPDX-License-Identifier: MIT
"""A code to read aloud, large: six words or groups of digits; screen readers say digits one by one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from rkv_app.crypto.codes import code_words
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout


def digit_groups(code: str, kind: str = "code") -> QWidget:
    """The groups of a code beside one another, below one another where it is narrow."""
    return _beside(" ".join(code), [(group, " ".join(group)) for group in code.split()], kind)


def word_groups(spoken: Sequence[str], kind: str = "code") -> QWidget:
    """Words with their numbers, so that two people on the phone know which of them they are at."""
    numbered = [f"{number} {word}" for number, word in enumerate(spoken, start=1)]
    return _beside(", ".join(numbered), [(said, said) for said in numbered], kind)


def _beside(name: str, parts: Sequence[tuple[str, str]], kind: str) -> QWidget:
    holder = QWidget()
    holder.setAccessibleName(name)
    inside = FlowLayout(holder, spacing=20)
    for shown, said in parts:
        label = QLabel(shown)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("kind", kind)
        label.setAccessibleName(said)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(label)
    return holder


class SpokenCodePanel(QFrame):
    """Shows the code of a request that was just made, as words or as digits.

    Signals:
        told: the user has told the code and does not need it any more.
    """

    told = Signal()

    def __init__(self, words: Words, code: str, file_name: str) -> None:
        super().__init__()
        self.setObjectName("spokenCodePanel")
        self.setProperty("kind", "card")
        self.code = code
        spoken = code_words(code)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(8)
        inside.addWidget(text(words("The request is made"), "heading"))
        inside.addWidget(
            text(words("1. Send the file {name} to the supervisor, by e-mail or otherwise.", name=file_name))
        )
        inside.addWidget(text(words("2. Call the supervisor and read this code aloud:")))
        inside.addSpacing(4)
        self._words, self._digits = word_groups(spoken), digit_groups(code)
        inside.addWidget(self._words)
        inside.addWidget(self._digits)
        choice = QWidget()
        choice.setAccessibleName(words("How the code is shown"))
        beside = FlowLayout(choice, spacing=4)
        self._as_words = button(words("As six words"), "codeAsWordsButton", "segment")
        self._as_digits = button(words("As 20 digits"), "codeAsDigitsButton", "segment")
        for made, in_words in ((self._as_words, True), (self._as_digits, False)):
            beside.addWidget(made)
            made.clicked.connect(lambda _checked=False, in_words=in_words: self._show(in_words=in_words))
        choice.setVisible(bool(spoken))
        inside.addSpacing(4)
        inside.addWidget(choice)
        inside.addWidget(text(words("It is the same code either way, and the supervisor may type either."), "muted"))
        inside.addSpacing(4)
        inside.addWidget(
            text(words("Never send the code together with the file. It is shown only here and is not kept."), "muted")
        )
        inside.addWidget(button(words("I have told the code"), "codeToldButton", "secondary", self.told.emit))
        self._show(in_words=bool(spoken))

    def _show(self, *, in_words: bool) -> None:
        self._words.setVisible(in_words)
        self._digits.setVisible(not in_words)
        self._as_words.setChecked(in_words)
        self._as_digits.setChecked(not in_words)
