# SPDX-License-Identifier: MIT
"""The widgets of texts and choices. A value goes in and comes out as the JSON value that the store keeps."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QButtonGroup, QComboBox, QWidget

from rkv_app.forms.model import (
    NOT_OBSERVED,
    ChoiceItem,
    ChoicesItem,
    LongTextItem,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.values import chosen
from rkv_app.ui.form_widgets.answer_field import AnswerField, TypedField, WhyAsked
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.ui.widgets.fields import combo_box, line_edit, text_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout

_YES, _NO = "yes", "no"
_YES_NO_VALUES: Mapping[str, object] = {_YES: True, _NO: False, NOT_OBSERVED: NOT_OBSERVED}
# More cards than this are a wall; a list that unfolds is found through faster.
_MOST_CARDS = 12
_NARROWEST_YES = 90


class LineField(TypedField):
    """One line of text."""

    def __init__(self, item: TextItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        self._edit = line_edit(longest=item.max_length)
        self._edit.textEdited.connect(lambda written: self.answered.emit(printable(written) or None))
        self.place_edit(self._edit)

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        if self._edit.text() != (value or ""):
            self._edit.setText(str(value or ""))
            if not self._edit.hasFocus():
                # Of what is longer than the field the beginning is read first.
                self._edit.setCursorPosition(0)


class TextField(TypedField):
    """Text of several lines."""

    def __init__(self, item: LongTextItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        self._most = item.max_length
        self._edit = text_edit(lines=3)
        self._edit.textChanged.connect(self._on_changed)
        self._length = text("", "problem")
        self._length.hide()
        self.place_edit(self._edit)
        self.place(self._length)

    def show_answer(self, value: object) -> None:
        """See AnswerField. Text under the caret is left alone: what the user types is ahead of what was saved."""
        if not self._edit.hasFocus() and self._edit.toPlainText() != (value or ""):
            self._edit.blockSignals(True)
            self._edit.setPlainText(str(value or ""))
            self._edit.blockSignals(False)

    def show_problem(self, said: str) -> None:
        """See AnswerField. That it is too long is said here already, while it is being written."""
        super().show_problem("" if self._over() > 0 else said)

    def _over(self) -> int:
        return len(printable(self._edit.toPlainText()).strip()) - self._most

    def _on_changed(self) -> None:
        over = self._over()
        self._length.setText(self.words.plural("{n} character too many", "{n} characters too many", over))
        self._length.setVisible(over > 0)
        self.answered.emit(printable(self._edit.toPlainText()) or None)


class OptionsField(AnswerField):
    """A question whose options are buttons that all can be seen."""

    _options: Mapping[str, OptionCard | OptionChip]
    _holder: QWidget

    @property
    def buttons(self) -> Sequence[OptionCard | OptionChip]:
        """The options, in order."""
        return tuple(self._options.values())

    def stand_in(self, line: QWidget) -> None:
        """Stands in `line` from now on, which has taken `words_apart` and `buttons`; what is wrong is said below."""
        self._holder.hide()
        self._holder.deleteLater()
        self.place(line)

    def focus_answer(self) -> None:
        """See AnswerField."""
        self.buttons[0].setFocus()

    def name_controls(self) -> None:
        """See AnswerField."""
        for option in self.buttons:
            option.setAccessibleName(f"{option.text()}. {self.spoken}")


class OneOfField(OptionsField):
    """One of several options, each a large card. Number keys choose."""

    def __init__(
        self, item: ChoiceItem | ScaleItem, wording: Wording, about: str = "", why: WhyAsked | None = None
    ) -> None:
        super().__init__(item, wording, about, why)
        self._holder = QWidget()
        self._add_options(
            ColumnsLayout(self._holder, narrowest=170),
            [
                (
                    option.code,
                    OptionCard(wording.marked(option.label), wording.marked(option.hint)),
                )
                for option in item.options
            ],
        )
        self.place(self._holder)
        self.name_controls()

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
        (self._group.checkedButton() or self.buttons[0]).setFocus()

    def choose(self, number: int) -> bool:
        """Chooses the option with this number, from 1; whether there is one."""
        options = self.buttons
        if not 1 <= number <= len(options) or not self.isEnabled():
            return False
        options[number - 1].setFocus()
        options[number - 1].click()
        return True

    def value_of(self, code: str) -> object:
        """The JSON value that an option stands for."""
        return code

    def _add_options(self, inside: ColumnsLayout | FlowLayout, options: Sequence[tuple[str, OptionCard]]) -> None:
        self._group = QButtonGroup(self)
        self._options = dict(options)
        for code, made in options:
            made.setObjectName(f"{code}Option")
            # Clicked, not toggled: showing an answer is not giving it.
            made.clicked.connect(lambda _checked=False, code=code: self.answered.emit(self.value_of(code)))
            self._group.addButton(made)
            inside.addWidget(made)


class YesNoField(OneOfField):
    """Yes or no, and "not observed" where the form asks for it."""

    def __init__(self, item: YesNoItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        AnswerField.__init__(self, item, wording, about, why)
        words = self.words
        labels = {_YES: words("Yes"), _NO: words("No")}
        if item.not_observed:
            labels[NOT_OBSERVED] = words("Not observed")
        self._holder = QWidget()
        cards = [(code, OptionCard(label, narrowest=_NARROWEST_YES)) for code, label in labels.items()]
        self._add_options(FlowLayout(self._holder), cards)
        self.place(self._holder)
        self.name_controls()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        code = {True: _YES, False: _NO}.get(value) if isinstance(value, bool) else value
        super().show_answer(code)

    def value_of(self, code: str) -> object:
        """See OneOfField."""
        return _YES_NO_VALUES[code]


class ListField(AnswerField):
    """One of many options, in a list that unfolds."""

    def __init__(
        self, item: ChoiceItem | ScaleItem, wording: Wording, about: str = "", why: WhyAsked | None = None
    ) -> None:
        super().__init__(item, wording, about, why)
        nothing = ("", self.words("Choose …"))
        self._combo: QComboBox = combo_box(
            [nothing, *((option.code, wording.marked(option.label)) for option in item.options)]
        )
        self._combo.activated.connect(lambda _: self.answered.emit(self._combo.currentData() or None))
        self.title.setBuddy(self._combo)
        self.place(self._combo)
        self.name_controls()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        self._combo.setCurrentIndex(max(0, self._combo.findData(value or "")))

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._combo.setFocus()

    def name_controls(self) -> None:
        """See AnswerField."""
        self._combo.setAccessibleName(self.spoken)


class SeveralField(OptionsField):
    """Any number of options, each a chip."""

    def __init__(self, item: ChoicesItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        self._holder = QWidget()
        inside = FlowLayout(self._holder)
        self._options = {
            option.code: OptionChip(wording.marked(option.label), wording.marked(option.hint))
            for option in item.options
        }
        for code, made in self._options.items():
            made.setObjectName(f"{code}Option")
            made.clicked.connect(self._on_clicked)
            inside.addWidget(made)
        self.place(self._holder)
        self.name_controls()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        codes = chosen(value)
        for code, option in self._options.items():
            option.setChecked(code in codes)

    def _on_clicked(self) -> None:
        codes = [code for code, option in self._options.items() if option.isChecked()]
        self.answered.emit(codes or None)


def one_of_field(
    item: ChoiceItem | ScaleItem, wording: Wording, about: str = "", why: WhyAsked | None = None
) -> AnswerField:
    """The widget of a choice: cards while they can be taken in at a glance, else a list that unfolds."""
    made = OneOfField if len(item.options) <= _MOST_CARDS else ListField
    return made(item, wording, about, why)


def printable(written: str) -> str:
    """What was written without signs that no document can carry; they come with text that is pasted."""
    return "".join(sign for sign in written if sign >= " " or sign in "\n\t")
