# SPDX-License-Identifier: MIT
"""The words of a recovery sheet being typed: completed, counted, and told where there are too few or too many."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import Field
from rkv_app.ui.widgets.words_field import OfferedWords, WordsField
from rkv_app.usecases.type_recovery_words import WORDS, split_words, suggestions


class TypedWords(QWidget):
    """See the module.

    Signals:
        changed: something else stands there.
    """

    changed = Signal()

    def __init__(self, words: Words, label: str, name: str) -> None:
        super().__init__()
        self._words = words
        self._edit = WordsField(suggestions)
        self._field = Field(
            label,
            self._edit,
            hint=words(
                "Begin a word: what it can become is shown below, and Enter takes the first. Four letters are enough."
            ),
            name=f"{name}WordsEdit",
        )
        self._count = text("", "muted", f"{name}CountText")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._field)
        inside.addWidget(OfferedWords(self._edit, words("Words that begin like this")))
        inside.addWidget(self._count)
        self._show_count()
        self._edit.textChanged.connect(self._show_count)
        self._edit.textChanged.connect(self.changed)

    def text(self) -> str:
        """What stands there."""
        return self._edit.toPlainText()

    def given(self) -> list[str]:
        """The words that stand there."""
        return split_words(self.text())

    def type_again(self, typed: str) -> None:
        """Puts back what stood in the form in another language."""
        self._edit.setPlainText(typed)

    def focus(self) -> None:
        """Puts the caret where the user goes on."""
        self._edit.setFocus()

    def wrong_number(self) -> str:
        """What is wrong with the number of words; nothing where there are as many as on a sheet."""
        given = len(self.given())
        if given < WORDS:
            return self._words("Word {n} is missing.", n=given + 1)
        return self._words("There are more words than on the sheet.") if given > WORDS else ""

    def show_problem(self, problem: str) -> None:
        """Says what is wrong with what stands here; nothing is wrong where `problem` is empty."""
        self._field.show_problem(problem)

    def _show_count(self) -> None:
        self._count.setText(self._words("{n} of {total} words", n=len(self.given()), total=WORDS))
