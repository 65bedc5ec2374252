# SPDX-License-Identifier: MIT
"""A whole form on screen, made from its definition: sections, notes, questions, cards of aims and of rows.

Whoever shows a form gives it to `show_content`, answers along; keeps what `answerChanged` tells, and shows again. What
is wrong, and when it is told, is said with `show_problems`; `filling.Filling` finds it out.
Cards of aims are made a few at a time while nothing else is to do, so that the first ones can be answered at once.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from rkv_app.forms.explaining import why
from rkv_app.forms.model import QUESTIONS, AimMatrixItem, Item, Note, Question, RepeatItem, Section, TableRow
from rkv_app.forms.problems import Problem
from rkv_app.forms.reading import Cell, Repeated, Rows, read
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.answer_field import AnswerField, WhyAsked, why_of, words_below
from rkv_app.ui.form_widgets.attachment_field import AttachmentField
from rkv_app.ui.form_widgets.choice_table import ChoiceTable
from rkv_app.ui.form_widgets.fields import OptionsField
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.matrix_cards import MatrixCards
from rkv_app.ui.form_widgets.registry import field_for
from rkv_app.ui.form_widgets.repeat_rows import RepeatRows
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import card, column, put, text

_AT_ONCE = 6
_A_SLICE = 3
_ABOVE = 40


class FormView(QWidget):
    """Shows a form and tells what is answered.

    Signals:
        answerChanged(str, object): the answer under this item path was given, or taken back where it is None.
        fileAsked(str): the user wants to add a file under this item path. Its id joins the list that is the answer
            there, and its name comes with the content.
        copyAsked(Bridge): copy the answer for one aim to another.
        complete: every card has been made.
    """

    answerChanged = Signal(str, object)
    fileAsked = Signal(str)
    copyAsked = Signal(object)
    complete = Signal()

    def __init__(self, words: Words, language: str = "") -> None:
        """Makes the view.

        Args:
            words: the words around the form.
            language: the language (BCP 47) that the form is read in; that of `words` where it is empty.
        """
        super().__init__()
        self._wording = Wording(words, language or words.language.value)
        self._content: FormContent | None = None
        self._parts: dict[str, QWidget] = {}
        self._fields: dict[str, AnswerField] = {}
        self._groups: dict[str, MatrixCards | RepeatRows] = {}
        self._tables: list[ChoiceTable] = []
        self.setLayoutDirection(self._wording.direction)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._slices = QTimer(self)
        self._slices.timeout.connect(lambda: self._make_cards(_A_SLICE))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def show_content(self, content: FormContent) -> None:
        """Shows these answers; the widgets are made the first time. Another form needs another view."""
        first = self._content is None
        self._content = content
        if first:
            for part in self._head(content):
                self._column.addWidget(part)
            self._add(content.form.items, self._column, 0)
        self._refresh(content)
        if first:
            self._make_cards(_AT_ONCE)
            self._slices.start(0)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Says beside each question what is wrong with its answer, and no more where nothing is."""
        said: dict[str, str] = {}
        for problem in problems:
            told = self._wording.problem(problem)
            said[problem.item] = f"{said[problem.item]}\n{told}" if problem.item in said else told
        for path, field in self._fields.items():
            field.show_problem(said.get(path, ""))
        for group in self._groups.values():
            group.show_problems(said)

    def jump_to(self, path: str) -> QWidget | None:
        """Puts the caret in the question under an item path; returns what must be scrolled to.

        The path may be that of a section, an aim or a row too; the caret then goes to the first question in it.
        """
        head, *rest = path.split("/")
        part = self._parts.get(head)
        if head in self._groups:
            return self._groups[head].focus_on(*rest[:2]) or part
        if head in self._fields:
            self._fields[head].focus_answer()
            return part
        inside = [one for one in self._within(head) if one in self._fields or one in self._groups]
        if inside:
            found = self.jump_to(inside[0])
            # The heading comes into sight with the first question, where it is that which was asked for.
            return found if inside[0] in self._groups else part
        return part

    def go_to(self, path: str, area: QScrollArea) -> None:
        """Puts the caret in the question under an item path, and scrolls it into sight."""
        target = self.jump_to(path)
        if target is not None:
            # The card may have been made a moment ago and has no place yet.
            QTimer.singleShot(0, target, lambda: area.ensureWidgetVisible(target, 0, _ABOVE))

    def is_complete(self) -> bool:
        """Whether every card has been made."""
        return self._content is not None and not any(one.waiting() for one in self._matrices())

    def _within(self, item_id: str) -> Iterable[str]:
        if self._content is None:
            return ()
        return (
            placed.item.id
            for placed in self._content.form.placed()
            if any(section.id == item_id for section in placed.sections) and not self._parts[placed.item.id].isHidden()
        )

    def _head(self, content: FormContent) -> Iterable[QWidget]:
        wording, form = self._wording, content.form
        if form.description is not None:
            yield text(wording.marked(form.description), "muted", "formDescription")
        if wording.language in form.machine_translated:
            told = wording.words("These words were translated by a machine, and nobody has read through them.")
            yield text(told, "help", "machineTranslatedText")

    def _add(self, items: Sequence[Item], into: QVBoxLayout, depth: int) -> None:
        for item in items:
            part = self._part(item, depth)
            part.setObjectName(f"{item.id}Part")
            self._parts[item.id] = part
            into.addWidget(part)

    def _part(self, item: Item, depth: int) -> QWidget:
        wording = self._wording
        label, told = wording.text(item.label), why_of(item.enable_when, self._why(item.id))
        if isinstance(item, Note):
            return column(text(label), *words_below(item, wording, label, told))
        if isinstance(item, Section):
            holder = column(
                text(label, "subheading" if depth else "heading"), *words_below(item, wording, label, told), spacing=12
            )
            inside = holder.layout()
            assert isinstance(inside, QVBoxLayout)
            if item.is_table:
                put(inside, self._table(item))
            else:
                self._add(item.items, inside, depth + 1)
            return holder
        if isinstance(item, AimMatrixItem | RepeatItem):
            return self._group(item, told)
        assert isinstance(item, QUESTIONS)
        frame, inside = card()
        inside.addWidget(self._field(item))
        return frame

    def _field(self, item: Question) -> AnswerField:
        field = field_for(item, self._wording, "", why_of(item.enable_when, self._why(item.id)))
        field.answered.connect(lambda value, path=item.id: self.answerChanged.emit(path, value))
        if isinstance(field, AttachmentField):
            field.fileAsked.connect(lambda path=item.id: self.fileAsked.emit(path))
        self._fields[item.id] = field
        return field

    def _table(self, section: Section) -> Iterable[QWidget]:
        if not self._tables:
            words = self._wording.words
            keys = words("The arrow keys move between the answers to a question, and Tab moves to the next question.")
            yield text(keys, "small")
        rows: dict[str, OptionsField] = {}
        for item in section.items:
            assert isinstance(item, TableRow)
            row = self._field(item)
            assert isinstance(row, OptionsField)
            rows[item.id] = row
        made = ChoiceTable(rows)
        for item_id, part in made.parts.items():
            part.setObjectName(f"{item_id}Part")
        self._parts |= made.parts
        self._tables.append(made)
        yield made

    def _group(self, item: AimMatrixItem | RepeatItem, told: WhyAsked | None) -> QWidget:
        assert self._content is not None
        made: MatrixCards | RepeatRows
        if isinstance(item, AimMatrixItem):
            made = MatrixCards(item, self._content, self._wording, told)
            made.copyAsked.connect(self.copyAsked)
        else:
            made = RepeatRows(item, self._wording, told, lambda path: self._why(path)())
        made.answered.connect(self.answerChanged)
        made.fileAsked.connect(self.fileAsked)
        self._groups[item.id] = made
        return made

    def _why(self, path: str) -> WhyAsked:
        def told() -> str:
            content = self._content
            reasons = why(content.form, path, content.answers, content.aims) if content else ()
            # The sections around it have their own reasons, and tell them themselves.
            said = reasons[-1].message if reasons else None
            return self._wording.words.say(said) if said is not None else ""

        return told

    def _matrices(self) -> Iterable[MatrixCards]:
        return (group for group in self._groups.values() if isinstance(group, MatrixCards))

    def _make_cards(self, number: int) -> None:
        for matrix in self._matrices():
            if matrix.waiting():
                matrix.make(number)
                break
        if self.is_complete():
            self._slices.stop()
            self.complete.emit()

    def _refresh(self, content: FormContent) -> None:
        reading = read(content.form, content.answers, content.aims)
        for item_id, part in self._parts.items():
            part.setVisible(item_id in reading.shown)
        for table in self._tables:
            table.show_rows(reading.shown)
        for item_id, field in self._fields.items():
            cell = reading.parts.get(item_id)
            if isinstance(field, AttachmentField):
                field.show_files(content.files)
            field.show_answer(cell.value if isinstance(cell, Cell) else content.answers.get(item_id))
            field.lock(content.locked)
        for item_id, group in self._groups.items():
            found = reading.parts.get(item_id)
            if isinstance(found, Rows | Repeated):
                group.show_rows(found.rows, content)

    def _on_focus_changed(self, before: QWidget | None, _now: QWidget | None) -> None:
        """What is wrong with what was typed is said once its field is left."""
        at = before
        while at is not None and at is not self:
            if isinstance(at, AnswerField):
                QTimer.singleShot(0, at, partial(_settle, at))
                return
            at = at.parentWidget()


def _settle(left: AnswerField) -> None:
    focused = QApplication.focusWidget()
    left.update_problem(settled=focused is None or not left.isAncestorOf(focused))
