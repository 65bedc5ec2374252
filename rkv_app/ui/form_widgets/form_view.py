# SPDX-License-Identifier: MIT
"""A whole form on screen, made from its definition: sections, notes, questions, and one card an aim.

Cards are made a few at a time while nothing else is to do, so that the first ones can be answered at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import asked_columns, shown_items
from rkv_app.forms.model import QUESTIONS, AimMatrixItem, Form, Item, Note, Section
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.aim_card import AimCard
from rkv_app.ui.form_widgets.fields import AnswerField
from rkv_app.ui.form_widgets.registry import field_for
from rkv_app.ui.widgets.basics import card, text

_AT_ONCE = 6
_A_SLICE = 3


@dataclass(frozen=True, slots=True)
class FormContent:
    """A form, the aims it is about, the answers so far, and which of them may be copied to another aim."""

    form: Form
    aims: tuple[AimText, ...]
    answers: Mapping[str, object]
    locked: bool = False
    offers: tuple[Bridge, ...] = ()


class FormView(QWidget):
    """Shows a form and tells what is answered.

    Signals:
        answered(str, object): the answer under this item path was given, or taken back where it is None.
        cleared(str): all answers about the aim with this code are taken back.
        copyAsked(Bridge): copy the answer for one aim to another.
        complete: every card has been made.
    """

    answered = Signal(str, object)
    cleared = Signal(str)
    copyAsked = Signal(object)
    complete = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._content: FormContent | None = None
        self._parts: dict[str, QWidget] = {}
        self._fields: dict[str, AnswerField] = {}
        self._cards: dict[tuple[str, str], AimCard] = {}
        self._waiting: list[tuple[AimMatrixItem, AimText, QVBoxLayout]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self._slices = QTimer(self)
        self._slices.timeout.connect(self._make_slice)

    def show_content(self, content: FormContent) -> None:
        """Shows these answers; the widgets are made the first time."""
        first = self._content is None
        self._content = content
        if first:
            self._add(content.form.items, self._column, 0)
            self._make_cards(_AT_ONCE)
            self._slices.start(0)
        self._refresh()

    def reveal(self, path: str) -> QWidget | None:
        """Puts the caret in the question under an item path; returns what must be scrolled to."""
        head, *rest = path.split("/")
        if rest:
            while (head, rest[0]) not in self._cards and self._waiting:
                self._make_cards(1)
            found = self._cards.get((head, rest[0]))
            if found is not None:
                found.focus_on(rest[1] if len(rest) > 1 else "")
            return found
        if head in self._fields:
            self._fields[head].focus_answer()
        elif self._cards:
            next(iter(self._cards.values())).focus_on()
        return self._parts.get(head)

    def is_complete(self) -> bool:
        """Whether every card has been made."""
        return self._content is not None and not self._waiting

    def _add(self, items: Sequence[Item], column: QVBoxLayout, depth: int) -> None:
        for item in items:
            part = self._part(item, depth)
            part.setObjectName(f"{item.id}Part")
            self._parts[item.id] = part
            column.addWidget(part)

    def _part(self, item: Item, depth: int) -> QWidget:
        language = self._words.language.value
        if isinstance(item, Note):
            return text(item.label.text(language))
        if isinstance(item, Section):
            holder, inside = _plain_column()
            inside.addWidget(text(item.label.text(language), "subheading" if depth else "heading"))
            if item.hint is not None:
                inside.addWidget(text(item.hint.text(language), "muted"))
            self._add(item.items, inside, depth + 1)
            return holder
        if isinstance(item, AimMatrixItem):
            return self._matrix(item)
        assert isinstance(item, QUESTIONS)
        field = field_for(item, self._words)
        field.answered.connect(lambda value, path=item.id: self.answered.emit(path, value))
        frame, inside = card()
        inside.addWidget(field)
        self._fields[item.id] = field
        return frame

    def _matrix(self, matrix: AimMatrixItem) -> QWidget:
        holder, inside = _plain_column()
        inside.addWidget(text(self._words("The number keys choose an answer for the aim you are in."), "small"))
        title = ""
        for aim in self._content.aims if self._content else ():
            if aim.set_title != title:
                title = aim.set_title
                inside.addWidget(text(title, "subheading"))
            place, column = _plain_column()
            inside.addWidget(place)
            self._waiting.append((matrix, aim, column))
        return holder

    def _make_slice(self) -> None:
        self._make_cards(_A_SLICE)

    def _make_cards(self, number: int) -> None:
        for matrix, aim, column in self._waiting[:number]:
            made = AimCard(matrix, aim, self._words)
            made.answered.connect(self.answered)
            made.cleared.connect(self.cleared)
            made.copyAsked.connect(self.copyAsked)
            column.addWidget(made)
            self._cards[matrix.id, aim.code] = made
            self._show_card(matrix, made)
        del self._waiting[:number]
        if not self._waiting:
            self._slices.stop()
            self.complete.emit()

    def _show_card(self, matrix: AimMatrixItem, made: AimCard) -> None:
        if self._content is not None:
            asked = asked_columns(matrix, made.aim.code, self._content.answers)
            made.show_answers(asked, self._content.answers, locked=self._content.locked)
            made.show_offers([one for one in self._content.offers if made.aim in (one.source.aim, one.target.aim)])

    def _refresh(self) -> None:
        content = self._content
        if content is None:
            return
        shown = shown_items(content.form, content.answers, content.aims)
        for item_id, part in self._parts.items():
            part.setVisible(item_id in shown)
        for item_id, field in self._fields.items():
            field.show_answer(content.answers.get(item_id))
            field.lock(content.locked)
        for matrix in content.form.matrices():
            for (matrix_id, _), made in self._cards.items():
                if matrix_id == matrix.id:
                    self._show_card(matrix, made)


def _plain_column() -> tuple[QWidget, QVBoxLayout]:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(12)
    return holder, inside
