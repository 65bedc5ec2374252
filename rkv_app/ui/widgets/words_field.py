# SPDX-License-Identifier: MIT
"""A field for many words out of a list: what a word may become is shown while it is typed, and Enter takes it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from rkv_app.ui.widgets.basics import button
from rkv_app.ui.widgets.fields import SECRET
from rkv_app.ui.widgets.layouts import FlowLayout

_MOST = 8


class WordsField(QPlainTextEdit):
    """Completes the word at the caret.

    Args:
        suggest: gives the words that begin with what is typed of one.

    Signals:
        offered(tuple): what the word at the caret may become, the likeliest first; empty where there is nothing to say.
    """

    offered = Signal(object)

    def __init__(self, suggest: Callable[[str], Sequence[str]], *, lines: int = 4) -> None:
        super().__init__()
        self._suggest = suggest
        self._offer: Sequence[str] = ()
        self.setProperty(SECRET, True)
        self.setTabChangesFocus(True)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)
        # Neither dictionary nor memory of the input method may take what is written here.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.textChanged.connect(self._on_changed)
        self.cursorPositionChanged.connect(self._on_changed)

    def take(self, word: str) -> None:
        """Puts a word in the place of its beginning."""
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(self._begun()))
        cursor.insertText(word + " ")
        self.setTextCursor(cursor)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._offer:
            self.take(self._offer[0])
        else:
            super().keyPressEvent(event)

    def _on_changed(self) -> None:
        begun = self._begun()
        found = tuple(self._suggest(begun))[:_MOST] if begun else ()
        offer = () if found == (begun,) else found
        if offer != self._offer:
            self._offer = offer
            self.offered.emit(offer)

    def _begun(self) -> str:
        cursor = self.textCursor()
        line, at = cursor.block().text(), cursor.positionInBlock()
        # Only at the end of a word: in the middle of one, completing would be in the way.
        return "" if line[at : at + 1].strip() else line[:at].rpartition(" ")[2]


class OfferedWords(QWidget):
    """What the word at the caret of a `WordsField` may become, to take with the mouse or by Tab."""

    def __init__(self, field: WordsField, label: str) -> None:
        super().__init__()
        self.setObjectName("offeredWords")
        self._label = label
        self._buttons = [button("", f"offered{number}Button", "segment") for number in range(1, _MOST + 1)]
        line = FlowLayout(self, spacing=6)
        for made in self._buttons:
            made.setCheckable(False)
            made.clicked.connect(lambda _checked=False, made=made: field.take(made.text()))
            line.addWidget(made)
        # The room is kept, so that nothing moves while one types.
        self.setMinimumHeight(self._buttons[0].sizeHint().height())
        self._show(())
        field.offered.connect(self._show)

    def _show(self, offer: Sequence[str]) -> None:
        self.setAccessibleName(f"{self._label}: {', '.join(offer)}")
        for number, made in enumerate(self._buttons):
            made.setVisible(number < len(offer))
            made.setText(offer[number] if number < len(offer) else "")
