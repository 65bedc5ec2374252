# SPDX-License-Identifier: MIT
"""What all questions on screen share: words, help on demand, and what is wrong, said beside the answer."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from rkv_app.forms.model import Item, Question
from rkv_app.forms.parts import EnableWhen, Label
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import button, column, put, restyle, text

WhyAsked = Callable[[], str]


class Help(QWidget):
    """Longer help and why an item is asked, unfolded by a button; found only when it is."""

    def __init__(self, words: Words, about: str, guidance: str, why: WhyAsked | None) -> None:
        super().__init__()
        self._words = words
        self._guidance = guidance
        self._why = why
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        self._button = button("", "helpButton", "disclosure", self._on_pressed)
        self._shown = text("", "help", "helpText")
        self._shown.hide()
        inside.addWidget(self._button)
        inside.addWidget(self._shown)
        self.say_about(about)
        self._name()

    def say_about(self, about: str) -> None:
        """Says to screen readers what the help is about."""
        words = self._words
        more = words("More about: {question}", question=about)
        only_why = words("Why it is asked: {question}", question=about)
        self._button.setAccessibleName(more if self._guidance else only_why)

    def _on_pressed(self) -> None:
        opened = self._shown.isHidden()
        if opened:
            told = [self._guidance, self._why() if self._why else ""]
            self._shown.setText("\n\n".join(part for part in told if part))
        self._shown.setVisible(opened)
        self._button.setAccessibleDescription(self._shown.text() if opened else "")
        self._name()

    def _name(self) -> None:
        words = self._words
        said = words("More about this") if self._guidance else words("Why is this asked?")
        self._button.setText(("▸  " if self._shown.isHidden() else "▾  ") + said)


def words_below(item: Item, wording: Wording, about: str, why: WhyAsked | None) -> Iterable[QWidget]:
    """What stands below the label of any item: a language mark, the hint, and help on demand."""
    if mark := wording.mark(item.label, item.hint, item.guidance):
        yield text(mark, "mark")
    if item.hint is not None:
        yield text(wording.text(item.hint), "small")
    if item.guidance is not None or why is not None:
        yield Help(wording.words, about, _said(item.guidance, wording), why)


def make_read_only(edit: QLineEdit | QPlainTextEdit, locked: bool) -> None:
    """Lets words be read and not changed; they still scroll and can be copied, so the field is not disabled."""
    if edit.isReadOnly() != locked:
        edit.setReadOnly(locked)
        restyle(edit)


def why_of(when: EnableWhen | None, why: WhyAsked) -> WhyAsked | None:
    """`why` where there is a reason to give."""
    return why if when is not None else None


def _said(label: Label | None, wording: Wording) -> str:
    return wording.text(label) if label is not None else ""


class AnswerField(QWidget):
    """A question with its words and whatever takes the answer.

    Signals:
        answered(object): the user gave this answer; None takes it back.
    """

    answered = Signal(object)

    def __init__(self, item: Question, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        """Makes the field.

        Args:
            item: the question.
            wording: how it is said.
            about: what the question is about beyond its own words, said by screen readers; may be empty.
            why: tells why it is asked; None where it always is.
        """
        super().__init__()
        self.wording, self.words = wording, wording.words
        self.label = wording.text(item.label)
        self.spoken = f"{self.label} {about}".strip()
        self.description = wording.text(item.hint) if item.hint is not None else ""
        self._found = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.title = text(self.label, "label")
        self._asked = (self.title, *words_below(item, wording, self.spoken, why))
        put(self._column, self._asked)
        self._problem = text("", "problem", "problemText")
        self._problem.hide()
        self._column.addWidget(self._problem)

    def place(self, part: QWidget) -> None:
        """Adds what takes the answer, above what is said to be wrong."""
        self._column.insertWidget(self._column.count() - 1, part)

    def words_apart(self) -> QWidget:
        """The words of the question in a widget of their own, for where the answer stands beside them."""
        return column(*self._asked, spacing=2)

    def show_answer(self, value: object) -> None:
        """Shows an answer without telling of it."""
        raise NotImplementedError

    def focus_answer(self) -> None:
        """Puts the caret where the answer goes."""
        raise NotImplementedError

    def name_controls(self) -> None:
        """Gives everything that takes the answer its name, from `spoken`."""
        raise NotImplementedError

    def inputs(self) -> Iterable[QWidget]:
        """What is framed as wrong, and says to screen readers what is."""
        return ()

    def unfinished(self) -> str:
        """What is wrong with words that are no answer yet, and so are known to nobody else; empty where nothing is."""
        return ""

    def lock(self, locked: bool) -> None:
        """Makes the answer one to read only."""
        self.setDisabled(locked)

    def say_about(self, about: str) -> None:
        """Says to screen readers what the question is about now."""
        self.spoken = f"{self.label} {about}".strip()
        self.name_controls()
        for help_ in self.findChildren(Help):
            help_.say_about(self.spoken)

    def show_problem(self, said: str) -> None:
        """Says what is wrong with the answer, nothing where `said` is empty; not in the middle of a word."""
        if said != self._found:
            self._found = said
            self.update_problem()

    def update_problem(self, *, settled: bool = False) -> None:
        """Says what is wrong now; what was not said yet waits until the field is left, or the words are `settled`."""
        said = self.unfinished() or self._found
        if said == self._problem.text():
            return
        if said and self._problem.isHidden() and not settled and self._is_typed_in():
            return
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        for control in self.inputs():
            control.setProperty("wrong", "true" if said else "false")
            restyle(control)
            control.setAccessibleDescription(said or self.description)

    def _is_typed_in(self) -> bool:
        return any(control.hasFocus() for control in self.inputs())


class TypedField(AnswerField):
    """A question whose answer is words in one control."""

    def place_edit(self, edit: QLineEdit | QPlainTextEdit, holder: QWidget | None = None) -> None:
        """Adds the control, in `holder` where something stands beside it."""
        self._control = edit
        edit.setAccessibleDescription(self.description)
        self.title.setBuddy(edit)
        self.place(holder or edit)
        self.name_controls()

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._control.setFocus()

    def name_controls(self) -> None:
        """See AnswerField."""
        self._control.setAccessibleName(self.spoken)

    def inputs(self) -> Iterable[QWidget]:
        """See AnswerField."""
        return (self._control,)

    def lock(self, locked: bool) -> None:
        """See AnswerField."""
        make_read_only(self._control, locked)
