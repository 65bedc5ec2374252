# SPDX-License-Identifier: MIT
"""The dialog that makes a recovery sheet: its words are shown once, then typed back, and only then do they count."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.files import KEEPS_A_COPY, FileChooser
from rkv_app.ui.typed_words import TypedWords
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.usecases.make_recovery_sheet import is_same_word

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_SHEET_NAME = "gjenopprettingsark.pdf"


class RecoveryDialog(FormDialog):
    """See the module.

    Signals:
        saveAsked(Path): write the sheet to this file.
        printAsked(QPrinter): put the sheet on paper.
        filled(str): the words as they were typed back, all of them right.
    """

    saveAsked = Signal(object)
    printAsked = Signal(object)
    filled = Signal(str)

    def __init__(self, words: Words, recovery_words: Sequence[str], files: FileChooser, parent: QWidget) -> None:
        super().__init__(words, words("Recovery sheet"), "", "recoveryDialog", parent)
        self._recovery_words = tuple(recovery_words)
        self._files = files
        self._shown = self._make_shown()
        self._typed = TypedWords(words, words("The words, in order"), "recovery")
        self._typing = column(
            text(
                words("Type the words from your paper. Then you know that they can be read the day you need them."),
                "body",
            ),
            self._typed,
            button(words("Show the words again"), "showWordsButton", "link", lambda: self._go(typing=False)),
            spacing=12,
        )
        self.fields.addWidget(self._shown)
        self.fields.addWidget(self._typing)
        self.fields.addStretch(1)
        self.make_room(720, 620)
        self._go(typing=False)

    def submit(self) -> None:
        """See FormDialog."""
        if not self._typing.isVisibleTo(self):
            self._go(typing=True)
            self._typed.focus()
            return
        problem = self._problem()
        self._typed.show_problem(problem)
        if problem:
            self._typed.focus()
        else:
            self.action.setEnabled(False)
            self.filled.emit(self._typed.text())

    def saved(self, path: Path) -> None:
        """Says where the sheet lies."""
        words = self.words
        self.messages.notify(
            words("The sheet was written to {name}.", name=path.name),
            words("Print it, lock the paper up, and delete the file: whoever has it can open the store."),
        )

    def print_sheet(self, content: bytes, printer: QPrinter) -> None:
        """Prints the sheet, and says when the printer has it."""
        # Brought in when somebody prints: the libraries of printing are large.
        from rkv_app.ui.printing import Printing, printed

        Printing(content, printer, self, done=lambda: printed(self.messages, self.words), failed=self.show_error)

    def show_error(self, problem: UserError) -> None:
        """See FormDialog."""
        self._typed.show_problem("")
        super().show_error(problem)

    def _make_shown(self) -> QWidget:
        words = self.words
        ways = QWidget()
        beside = FlowLayout(ways, spacing=8)
        beside.addWidget(button(words("Print the sheet …"), "printSheetButton", "secondary", self._on_print))
        beside.addWidget(button(words("Save the sheet as PDF …"), "saveSheetButton", "secondary", self._on_save))
        grid = QWidget()
        grid.setObjectName("recoveryWords")
        inside = ColumnsLayout(grid, narrowest=round(self.fontMetrics().averageCharWidth() * 17), spacing=8)
        for number, word in enumerate(self._recovery_words, start=1):
            inside.addWidget(_numbered(number, word))
        return column(
            text(
                words(
                    "These {n} words open the store when the passphrase is forgotten. They are shown only here, and "
                    "only now. Print the sheet, or write them down by hand.",
                    n=len(self._recovery_words),
                )
            ),
            grid,
            ways,
            text(words("Keep the sheet on paper in a locked place, never beside the machine."), "muted"),
            text(words(KEEPS_A_COPY), "muted"),
            spacing=12,
        )

    def _go(self, *, typing: bool) -> None:
        words = self.words
        self._shown.setVisible(not typing)
        self._typing.setVisible(typing)
        self.messages.hide()
        self._typed.show_problem("")
        self.action.setText(words("Add the recovery sheet") if typing else words("I have them on paper"))

    def _on_save(self) -> None:
        path = self._files.save_file(self.words("Where to write the recovery sheet"), _SHEET_NAME)
        if path is not None:
            self.saveAsked.emit(path)

    def _on_print(self) -> None:
        printer = self._files.printer(self.words("Recovery sheet"))
        if printer is not None:
            self.printAsked.emit(printer)

    def _problem(self) -> str:
        pairs = zip(self._typed.given(), self._recovery_words, strict=False)
        for number, (typed, right) in enumerate(pairs, start=1):
            if not is_same_word(typed, right):
                return self.words("Word {n} is not the one on the sheet.", n=number)
        return self._typed.wrong_number()


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
