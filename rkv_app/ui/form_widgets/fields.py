# SPDX-License-Identifier: MIT
"""The widget of each type of question. A value goes in and comes out as the JSON value that the store keeps."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.forms.model import (
    ChoiceItem,
    ChoicesItem,
    DateItem,
    LongTextItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import Option
from rkv_app.forms.values import chosen, day
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.ui.widgets.fields import DateEdit, line_edit, text_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout

_YES, _NO = "yes", "no"


class AnswerField(QWidget):
    """A question with its words and whatever takes the answer.

    Signals:
        answered(object): the user gave this answer; None takes it back.
    """

    answered = Signal(object)

    def __init__(self, item: Question, words: Words, about: str) -> None:
        """Makes the field.

        Args:
            item: the question.
            words: the language it is asked in.
            about: what the question is about beyond its own words, said by screen readers; may be empty.
        """
        super().__init__()
        self.words = words
        label = item.label.text(words.language.value)
        self.spoken = f"{label} {about}".strip()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self.column.addWidget(text(label, "label"))
        if item.hint is not None:
            self.column.addWidget(text(item.hint.text(words.language.value), "small"))

    def show_answer(self, value: object) -> None:
        """Shows an answer without telling of it."""
        raise NotImplementedError

    def focus_answer(self) -> None:
        """Puts the caret where the answer goes."""
        raise NotImplementedError

    def lock(self, locked: bool) -> None:
        """Makes the answer one to read only."""
        self.setDisabled(locked)


class LineField(AnswerField):
    """One line of text."""

    def __init__(self, item: TextItem, words: Words, about: str) -> None:
        super().__init__(item, words, about)
        self._edit = line_edit(longest=item.max_length)
        self._edit.setAccessibleName(self.spoken)
        self._edit.textEdited.connect(lambda written: self.answered.emit(printable(written) or None))
        self.column.addWidget(self._edit)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        if self._edit.text() != (value or ""):
            self._edit.setText(str(value or ""))

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._edit.setFocus()


class TextField(AnswerField):
    """Text of several lines."""

    def __init__(self, item: LongTextItem, words: Words, about: str) -> None:
        super().__init__(item, words, about)
        self._most = item.max_length
        self._edit = text_edit(lines=3)
        self._edit.setAccessibleName(self.spoken)
        self._edit.textChanged.connect(self._on_changed)
        self._length = text("", "problem")
        self._length.hide()
        self.column.addWidget(self._edit)
        self.column.addWidget(self._length)

    def show_answer(self, value: object) -> None:
        """See AnswerField. Text under the caret is left alone: what the user types is ahead of what was saved."""
        if not self._edit.hasFocus() and self._edit.toPlainText() != (value or ""):
            self._edit.blockSignals(True)
            self._edit.setPlainText(str(value or ""))
            self._edit.blockSignals(False)

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._edit.setFocus()

    def lock(self, locked: bool) -> None:
        """See AnswerField. Long text must still scroll, so it is not disabled."""
        self._edit.setReadOnly(locked)

    def _on_changed(self) -> None:
        written = printable(self._edit.toPlainText())
        over = len(written.strip()) - self._most
        self._length.setText(self.words.plural("{n} character too many", "{n} characters too many", over))
        self._length.setVisible(over > 0)
        self.answered.emit(written or None)


class OneOfField(AnswerField):
    """One of several options, each a large card. Number keys choose."""

    def __init__(self, item: ChoiceItem | ScaleItem, words: Words, about: str) -> None:
        super().__init__(item, words, about)
        self._add_options(item.options)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        wanted = self._options.get(str(value))
        if wanted is not None:
            wanted.setChecked(True)
        elif (checked := self._group.checkedButton()) is not None:
            self._group.setExclusive(False)
            checked.setChecked(False)
            self._group.setExclusive(True)

    def focus_answer(self) -> None:
        """See AnswerField."""
        checked = self._group.checkedButton()
        (checked or next(iter(self._options.values()))).setFocus()

    def choose(self, number: int) -> bool:
        """Chooses the option with this number, from 1; whether there is one."""
        options = list(self._options.values())
        if not 1 <= number <= len(options) or not self.isEnabled():
            return False
        options[number - 1].setFocus()
        options[number - 1].click()
        return True

    def _add_options(self, options: tuple[Option, ...]) -> None:
        language = self.words.language.value
        self._group = QButtonGroup(self)
        self._options: dict[str, OptionCard] = {}
        holder = QWidget()
        inside = ColumnsLayout(holder, narrowest=170)
        for option in options:
            label = option.label.text(language)
            made = OptionCard(label, option.hint.text(language) if option.hint else "")
            made.setObjectName(f"{option.code}Option")
            made.setAccessibleName(f"{label}. {self.spoken}")
            # Clicked, not toggled: showing an answer is not giving it.
            made.clicked.connect(lambda _checked=False, code=option.code: self.answered.emit(self.value_of(code)))
            self._group.addButton(made)
            self._options[option.code] = made
            inside.addWidget(made)
        self.column.addWidget(holder)

    def value_of(self, code: str) -> object:
        """The JSON value that an option stands for."""
        return code


class YesNoField(OneOfField):
    """Yes or no."""

    def __init__(self, item: YesNoItem, words: Words, about: str) -> None:
        AnswerField.__init__(self, item, words, about)
        labels = {_YES: words("Yes"), _NO: words("No")}
        self._group = QButtonGroup(self)
        self._options = {}
        holder = QWidget()
        inside = FlowLayout(holder)
        for code, label in labels.items():
            made = OptionCard(label, narrowest=90)
            made.setObjectName(f"{code}Option")
            made.setAccessibleName(f"{label}. {self.spoken}")
            made.clicked.connect(lambda _checked=False, code=code: self.answered.emit(self.value_of(code)))
            self._group.addButton(made)
            self._options[code] = made
            inside.addWidget(made)
        self.column.addWidget(holder)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        super().show_answer({True: _YES, False: _NO}.get(value) if isinstance(value, bool) else None)

    def value_of(self, code: str) -> object:
        """See OneOfField."""
        return code == _YES


class SeveralField(AnswerField):
    """Any number of options, each a chip."""

    def __init__(self, item: ChoicesItem, words: Words, about: str) -> None:
        super().__init__(item, words, about)
        self._options: dict[str, OptionChip] = {}
        holder = QWidget()
        inside = FlowLayout(holder)
        for option in item.options:
            label = option.label.text(words.language.value)
            made = OptionChip(label)
            made.setObjectName(f"{option.code}Option")
            made.setAccessibleName(f"{label}. {self.spoken}")
            made.clicked.connect(self._on_clicked)
            self._options[option.code] = made
            inside.addWidget(made)
        self.column.addWidget(holder)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        codes = chosen(value)
        for code, option in self._options.items():
            option.setChecked(code in codes)

    def focus_answer(self) -> None:
        """See AnswerField."""
        next(iter(self._options.values())).setFocus()

    def _on_clicked(self) -> None:
        codes = [code for code, option in self._options.items() if option.isChecked()]
        self.answered.emit(codes or None)


class DayField(AnswerField):
    """A calendar date."""

    def __init__(self, item: DateItem, words: Words, about: str) -> None:
        super().__init__(item, words, about)
        self._edit = DateEdit(pattern=words("dd.mm.yyyy"))
        self._edit.setAccessibleName(self.spoken)
        self._edit.setAccessibleDescription(words("Write the date like 24.12.2026."))
        self._edit.dateChanged.connect(lambda value: self.answered.emit(value.isoformat() if value else None))
        self._edit.editingFinished.connect(self._on_finished)
        self._problem = text(words("Write the date like 24.12.2026."), "problem")
        self._problem.hide()
        self.column.addWidget(self._edit)
        self.column.addWidget(self._problem)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        if not self._edit.hasFocus():
            self._edit.set_date(day(value))

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._edit.setFocus()

    def _on_finished(self) -> None:
        self._problem.setVisible(self._edit.holds_no_date())


def printable(written: str) -> str:
    """What was written without signs that no document can carry; they come with text that is pasted."""
    return "".join(sign for sign in written if sign >= " " or sign in "\n\t")
