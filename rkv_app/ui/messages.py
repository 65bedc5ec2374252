# SPDX-License-Identifier: MIT
"""Messages to the user: a field at the top of the page that blocks nothing and is read aloud by screen readers."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.domain.stores import Notice
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, restyle, text


class Banner(QFrame):
    """One message at a time: good news, or an error with what is safe, what to do, and its code.

    Signals:
        shown: there is something new to read.
        closed: the user has put the message away.
    """

    shown = Signal()
    closed = Signal()

    def __init__(self, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBanner")
        self._words = words
        self._said = text("", "label", "messageText")
        self._hint = text("", "body", "messageHint")
        self._code = text("", "small", "messageCode")
        self._close = button(words("Close the message"), "closeMessageButton", "link", self._on_close)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        for label in (self._said, self._hint, self._code):
            lines.addWidget(label)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(16, 12, 8, 12)
        inside.addLayout(lines, 1)
        inside.addWidget(self._close)
        self.hide()

    def notify(self, said: str, hint: str = "") -> None:
        """Says that something went well."""
        self._show("info", said, hint, "")

    def warn(self, said: str, hint: str = "") -> None:
        """Says that something is still to be done."""
        self._show("warning", said, hint, "")

    def tell(self, notice: Notice) -> None:
        """Says what was noticed and stops no work, what to do about it, and its code."""
        words = self._words
        self._show(
            "warning", words.say(notice.message), words.say(notice.hint), words("Code: {code}", code=notice.code)
        )

    def error(self, problem: UserError) -> None:
        """Says what happened, what is safe, and what to do."""
        words = self._words
        self._show(
            "error", words.say(problem.message), words.say(problem.hint), words("Code: {code}", code=problem.code)
        )

    def said(self) -> str:
        """All that is shown now, or nothing."""
        return "\n".join(label.text() for label in (self._said, self._hint, self._code) if label.text())

    def _on_close(self) -> None:
        self.hide()
        self.closed.emit()

    def _show(self, tone: str, said: str, hint: str, code: str) -> None:
        for label, words in ((self._said, said), (self._hint, hint), (self._code, code)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setProperty("banner", tone)
        restyle(self)
        self.setAccessibleName(said)
        self.show()
        self.shown.emit()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.said()))
