# SPDX-License-Identifier: MIT
"""One aim of an aim matrix: its code, its official text, and the questions about it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.carried import Carried, carried_path, read_carried
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import AimMatrixItem
from rkv_app.forms.reading import Row, item_path
from rkv_app.ui.carried_words import carried_words
from rkv_app.ui.form_widgets.answer_field import AnswerField
from rkv_app.ui.form_widgets.attachment_field import AttachmentField
from rkv_app.ui.form_widgets.fields import OneOfField
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.registry import field_for
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.basics import column as stacked
from rkv_app.ui.widgets.layouts import FlowLayout

# The code line and the official text.
_BEFORE_QUESTIONS = 2


class AimCard(QFrame):
    """A card that opens further questions as they come to be asked. Number keys answer the first of them.

    `note` says which language the aim's text is in, where that is not the reader's and not said above all cards.

    Signals:
        answered(str, object): the answer under this item path was given, or taken back where it is None.
        fileAsked(str): a file is to be added under this item path.
        copyAsked(Bridge): copy the answer for one aim to another.
    """

    answered = Signal(str, object)
    fileAsked = Signal(str)
    copyAsked = Signal(object)

    def __init__(self, matrix: AimMatrixItem, aim: AimText, wording: Wording, note: str = "") -> None:
        super().__init__()
        self.aim = aim
        self._matrix = matrix
        self._wording = wording
        self._fields: dict[str, AnswerField] = {}
        self._answered: tuple[str, ...] = ()
        self._problems: Mapping[str, str] = {}
        words = wording.words
        self.setProperty("kind", "card")
        self.setObjectName(f"aim-{aim.code}Card")
        self.setAccessibleName(f"{aim.code}. {aim.text}")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 14, 20, 18)
        self._inside.setSpacing(12)
        head = QHBoxLayout()
        # As wide as it is: a wide label would begin its Latin letters at the left, in the middle of an Arabic card.
        head.addWidget(text(aim.code, "small"))
        head.addStretch(1)
        self._clear = button(words("Clear the answer"), "clearAimButton", "link", self._on_clear)
        self._clear.setAccessibleName(words("Clear the answer for {code}", code=aim.code))
        kept = self._clear.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._clear.setSizePolicy(kept)
        head.addWidget(self._clear)
        self._inside.addLayout(head)
        said = text(aim.text, "lead")
        self._inside.addWidget(stacked(said, text(note, "small"), spacing=4) if note else said)
        self._offers: Sequence[Bridge] = ()
        self._copies: QWidget | None = None
        self._mark: QLabel | None = None

    def show_row(self, row: Row, content: FormContent) -> None:
        """Shows the questions that are asked now, each with its answer."""
        asked = {cell.item.id for cell in row.cells}
        found: list[str] = []
        for at, column in enumerate(self._matrix.columns):
            path = item_path(self._matrix.id, self.aim.code, column.id)
            value = content.answers.get(path)
            if value is not None:
                found.append(path)
            if column.id in asked:
                # Made when first asked: most cards never open, and each question is many widgets.
                field = self._fields.get(column.id) or self._make(at)
                if isinstance(field, AttachmentField):
                    field.show_files(content.files)
                field.show_answer(value)
                field.show()
                field.lock(content.locked)
            elif column.id in self._fields:
                self._fields[column.id].hide()
        self._answered = tuple(found)
        self._clear.setVisible(bool(found) and not content.locked)
        self._show_mark(read_carried(content.answers.get(carried_path(self.aim.code))))
        self._show_offers([one for one in content.offers if self.aim in (one.source.aim, one.target.aim)])

    def show_problems(self, said: Mapping[str, str]) -> None:
        """Says beside each question what is wrong with its answer, by item path."""
        self._problems = said
        for column, field in self._fields.items():
            field.show_problem(said.get(item_path(self._matrix.id, self.aim.code, column), ""))

    def focus_on(self, column: str = "") -> None:
        """Puts the caret in a question, in the first where none is named."""
        field = self._fields.get(column) or next(iter(self._fields.values()), None)
        if field is not None:
            field.focus_answer()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget. What is typed into a text field never comes here."""
        first = self._fields.get(self._matrix.columns[0].id)
        if isinstance(first, OneOfField) and event.text().isdecimal() and first.choose(int(event.text())):
            event.accept()
            return
        super().keyPressEvent(event)

    def _show_offers(self, offers: Sequence[Bridge]) -> None:
        """Offers to copy an answer from or to another aim with the same text."""
        if list(offers) == list(self._offers):
            return
        self._offers = offers
        if self._copies is not None:
            self._copies.hide()
            self._copies.deleteLater()
            self._copies = None
        if offers:
            self._copies = QWidget()
            line = FlowLayout(self._copies)
            for bridge in offers:
                line.addWidget(self._offer(bridge))
            self._inside.addWidget(self._copies)

    def _offer(self, bridge: Bridge) -> QPushButton:
        words = self._wording.words
        source, target = bridge.source.aim.code, bridge.target.aim.code
        if target == self.aim.code:
            said = words("Copy the answer from {code}, which has the same text", code=source)
        else:
            said = words("Copy this answer to {code}, which has the same text", code=target)
        return button(said, f"copy-{source}-{target}Button", "link", lambda: self.copyAsked.emit(bridge))

    def _show_mark(self, mark: Carried | None) -> None:
        if mark is None:
            if self._mark is not None:
                self._mark.hide()
            return
        if self._mark is None:
            self._mark = text("", "small", f"carried-{self.aim.code}Text")
            # Below the official text, before the first question.
            self._inside.insertWidget(_BEFORE_QUESTIONS, self._mark)
        self._mark.setText(carried_words(self._wording.words, mark, self.aim.text))
        self._mark.show()

    def _on_clear(self) -> None:
        for path in self._answered:
            self.answered.emit(path, None)

    def _make(self, at: int) -> AnswerField:
        column = self._matrix.columns[at]
        field = field_for(column, self._wording, self.aim.code)
        field.setObjectName(f"{self.aim.code}-{column.id}Field")
        path = item_path(self._matrix.id, self.aim.code, column.id)
        field.answered.connect(lambda value: self.answered.emit(path, value))
        if isinstance(field, AttachmentField):
            field.fileAsked.connect(lambda: self.fileAsked.emit(path))
        before = [one.id for one in self._matrix.columns[:at] if one.id in self._fields]
        self._fields[column.id] = field
        # After the code line, the text, the mark, and the questions that stand before it.
        first = _BEFORE_QUESTIONS + (self._mark is not None)
        self._inside.insertWidget(first + len(before), field)
        field.show_problem(self._problems.get(path, ""))
        return field
