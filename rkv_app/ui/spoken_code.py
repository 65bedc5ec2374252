# SPDX-License-Identifier: MIT
"""A code to read aloud, large and in groups; screen readers say it digit by digit."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout


def digit_groups(code: str, kind: str = "code") -> QWidget:
    """The groups of a code beside one another, below one another where it is narrow."""
    holder = QWidget()
    holder.setAccessibleName(" ".join(code))
    inside = FlowLayout(holder, spacing=20)
    for group in code.split():
        label = QLabel(group)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("kind", kind)
        label.setAccessibleName(" ".join(group))
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside.addWidget(label)
    return holder


class SpokenCodePanel(QFrame):
    """Shows the code of a request that was just made.

    Signals:
        told: the user has told the code and does not need it any more.
    """

    told = Signal()

    def __init__(self, words: Words, code: str, file_name: str) -> None:
        super().__init__()
        self.setObjectName("spokenCodePanel")
        self.setProperty("kind", "card")
        self.code = code
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(8)
        inside.addWidget(text(words("The request is made"), "heading"))
        inside.addWidget(
            text(words("1. Send the file {name} to the supervisor, by e-mail or otherwise.", name=file_name))
        )
        inside.addWidget(text(words("2. Call the supervisor and read this code aloud:")))
        inside.addSpacing(4)
        inside.addWidget(digit_groups(code))
        inside.addSpacing(4)
        inside.addWidget(
            text(words("Never send the code together with the file. It is shown only here and is not kept."), "muted")
        )
        inside.addWidget(button(words("I have told the code"), "codeToldButton", "secondary", self.told.emit))
