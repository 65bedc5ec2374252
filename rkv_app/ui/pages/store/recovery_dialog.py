# SPDX-License-Identifier: MIT
"""The dialog that makes a recovery sheet: its words are shown once, then typed back, and only then do they count."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.files import FileChooser
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field
from rkv_app.ui.widgets.layouts import ColumnsLayout
from rkv_app.ui.widgets.words_field import OfferedWords, WordsField
from rkv_app.usecases.make_recovery_sheet import is_same_word, split_words, suggestions

# Pixels of body text at zoom 1.
_BODY_TEXT = 15
_SHEET_NAME = "gjenopprettingsark.pdf"


class RecoveryDialog(FormDialog):
    """See the module.

    Signals:
        saveAsked(Path): write the sheet to this file.
        filled(str): the words as they were typed back, all of them right.
    """

    saveAsked = Signal(object)
    filled = Signal(str)

    def __init__(self, words: Words, recovery_words: Sequence[str], files: FileChooser, parent: QWidget) -> None:
        super().__init__(words, words("Recovery sheet"), "", "recoveryDialog", parent)
        self._recovery_words = tuple(recovery_words)
        self._files = files
        self._shown = self._make_shown()
        self._typed = WordsField(suggestions)
        self._typed.textChanged.connect(self._count)
        self._field = Field(
            words("The words, in order"),
            self._typed,
            hint=words(
                "Begin a word: what it can become is shown below, and Enter takes the first. Four letters are enough."
            ),
            name="recoveryWordsEdit",
        )
        self._number = text("", "muted", "recoveryCountText")
        self._typing = column(
            text(
                words("Type the words from your paper. Then you know that they can be read the day you need them."),
                "body",
            ),
            self._field,
            OfferedWords(self._typed, words("Words that begin like this")),
            self._number,
            button(words("Show the words again"), "showWordsButton", "link", lambda: self._go(typing=False)),
            spacing=12,
        )
        self.fields.addWidget(self._shown)
        self.fields.addWidget(self._typing)
        self.fields.addStretch(1)
        # All words at once where the screen has room for them, at any size of text.
        zoom = self.fontInfo().pixelSize() / _BODY_TEXT
        self.resize(QSize(round(720 * zoom), round(620 * zoom)).boundedTo(self.screen().availableSize() * 0.9))
        self._go(typing=False)

    def submit(self) -> None:
        """See FormDialog."""
        if not self._typing.isVisibleTo(self):
            self._go(typing=True)
            self._typed.setFocus()
            return
        problem = self._problem()
        self._field.show_problem(problem)
        if problem:
            self._typed.setFocus()
        else:
            self.action.setEnabled(False)
            self.filled.emit(self._typed.toPlainText())

    def saved(self, path: Path) -> None:
        """Says where the sheet lies."""
        words = self.words
        self.messages.notify(
            words("The sheet was written to {name}.", name=path.name),
            words("Print it, lock the paper up, and delete the file: whoever has it can open the store."),
        )

    def show_error(self, problem: UserError) -> None:
        """See FormDialog."""
        self._field.show_problem("")
        super().show_error(problem)

    def _make_shown(self) -> QWidget:
        words = self.words
        grid = QWidget()
        grid.setObjectName("recoveryWords")
        inside = ColumnsLayout(grid, narrowest=round(self.fontMetrics().averageCharWidth() * 17), spacing=8)
        for number, word in enumerate(self._recovery_words, start=1):
            inside.addWidget(_numbered(number, word))
        return column(
            text(
                words(
                    "These {n} words open the store when the passphrase is forgotten. They are shown only here, and "
                    "only now. Save the sheet and print it, or write them down by hand.",
                    n=len(self._recovery_words),
                )
            ),
            grid,
            button(words("Save the sheet as PDF …"), "saveSheetButton", "secondary", self._on_save),
            text(words("Keep the sheet on paper in a locked place, never beside the machine."), "muted"),
            spacing=12,
        )

    def _go(self, *, typing: bool) -> None:
        words = self.words
        self._shown.setVisible(not typing)
        self._typing.setVisible(typing)
        self.messages.hide()
        self._field.show_problem("")
        self.action.setText(words("Add the recovery sheet") if typing else words("I have them on paper"))
        self._count()

    def _on_save(self) -> None:
        path = self._files.save_file(self.words("Where to write the recovery sheet"), _SHEET_NAME)
        if path is not None:
            self.saveAsked.emit(path)

    def _count(self) -> None:
        given = len(split_words(self._typed.toPlainText()))
        self._number.setText(self.words("{n} of {total} words", n=given, total=len(self._recovery_words)))

    def _problem(self) -> str:
        words, given = self.words, split_words(self._typed.toPlainText())
        for number, (typed, right) in enumerate(zip(given, self._recovery_words, strict=False), start=1):
            if not is_same_word(typed, right):
                return words("Word {n} is not the one on the sheet.", n=number)
        if len(given) < len(self._recovery_words):
            return words("Word {n} is missing.", n=len(given) + 1)
        return words("There are more words than on the sheet.") if len(given) > len(self._recovery_words) else ""


def _numbered(number: int, word: str) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 4, 0, 4)
    line.setSpacing(8)
    count = QLabel(str(number))
    count.setProperty("kind", "small")
    count.setFixedWidth(count.fontMetrics().horizontalAdvance("00") + 4)
    said = text(word, "subheading")
    said.setWordWrap(False)
    said.setMinimumWidth(said.sizeHint().width())
    said.setAccessibleName(f"{number} {word}")
    line.addWidget(count)
    line.addWidget(said, 1)
    return holder
