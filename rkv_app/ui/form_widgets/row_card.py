# SPDX-License-Identifier: MIT
"""One row of a repeat: its questions, and the buttons that move it and take it away."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QVBoxLayout, QWidget

from rkv_app.forms.model import RepeatItem
from rkv_app.forms.reading import Row, item_path
from rkv_app.ui.form_widgets.answer_field import AnswerField, why_of
from rkv_app.ui.form_widgets.attachment_field import AttachmentField
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.registry import field_for
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout

_UP, _DOWN = -1, 1


class RowCard(QFrame):
    """See the module.

    Signals:
        answered(str, object): the answer under this item path was given, or taken back where it is None.
        fileAsked(str): a file is to be added under this item path.
        removeAsked: take the row away.
        moveAsked(int): move the row by so many places.
    """

    answered = Signal(str, object)
    fileAsked = Signal(str)
    removeAsked = Signal()
    moveAsked = Signal(int)

    def __init__(
        self, repeat: RepeatItem, row_id: str, label: str, wording: Wording, why: Callable[[str], str]
    ) -> None:
        super().__init__()
        self.called = label
        self._label = label
        self._words = words = wording.words
        self.setProperty("kind", "row")
        self.setObjectName(f"row-{row_id}Card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(14)
        self._title = text("", "label")
        self._up = button(words("Move up"), "moveUpButton", "link", lambda: self.moveAsked.emit(_UP))
        self._down = button(words("Move down"), "moveDownButton", "link", lambda: self.moveAsked.emit(_DOWN))
        self._remove = button(words("Remove"), "removeRowButton", "link", self.removeAsked.emit)
        holder = QWidget()
        head = FlowLayout(holder, spacing=4)
        for part in (self._up, self._down, self._remove):
            head.addWidget(part)
        inside.addWidget(self._title)
        self._fields: dict[str, AnswerField] = {}
        for column in repeat.columns:
            path = item_path(repeat.id, row_id, column.id)
            told = why_of(column.enable_when, partial(why, path))
            field = field_for(column, wording, "", told)
            field.setObjectName(f"{row_id}-{column.id}Field")
            field.answered.connect(lambda value, path=path: self.answered.emit(path, value))
            if isinstance(field, AttachmentField):
                field.fileAsked.connect(lambda path=path: self.fileAsked.emit(path))
            self._fields[path] = field
            inside.addWidget(field)
        inside.addWidget(holder)

    def show_row(self, row: Row, number: int, of: int, content: FormContent) -> None:
        """Shows the row as the one with this number, with what is asked in it now."""
        called = f"{self._label} {number}"
        if called != self.called:
            self._call(called)
        asked = {cell.path for cell in row.cells}
        for path, field in self._fields.items():
            if isinstance(field, AttachmentField):
                field.show_files(content.files)
            field.show_answer(content.answers.get(path))
            field.lock(content.locked)
            field.setVisible(path in asked)
        for control in (self._up, self._down, self._remove):
            control.setVisible(not content.locked)
        self._up.setEnabled(number > 1)
        self._down.setEnabled(number < of)

    def show_problems(self, said: Mapping[str, str]) -> None:
        """Says beside each question what is wrong, by item path."""
        for path, field in self._fields.items():
            field.show_problem(said.get(path, ""))

    def focus_on(self, column_id: str = "") -> None:
        """Puts the caret in a question, in the first where none is named."""
        named = [field for path, field in self._fields.items() if path.endswith(f"/{column_id}")]
        (named or list(self._fields.values()))[0].focus_answer()

    def focus_move(self, by: int) -> None:
        """Puts the caret back on the button that moved the row, or on its opposite where it goes no further."""
        wanted, other = (self._up, self._down) if by == _UP else (self._down, self._up)
        (wanted if wanted.isEnabled() else other).setFocus()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.called))

    def tab_stops(self) -> Iterator[QWidget]:
        """What Tab goes through, in reading order."""
        for field in self._fields.values():
            yield from (one for one in field.findChildren(QWidget) if _is_stop(one))
        yield from (self._up, self._down, self._remove)

    def _call(self, called: str) -> None:
        self.called = called
        self._title.setText(called)
        self.setAccessibleName(called)
        self._up.setAccessibleName(self._words("Move up: {what}", what=called))
        self._down.setAccessibleName(self._words("Move down: {what}", what=called))
        self._remove.setAccessibleName(self._words("Remove {what}", what=called))
        for field in self._fields.values():
            field.say_about(called)


def _is_stop(widget: QWidget) -> bool:
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return tab and (isinstance(widget, QAbstractButton) or not isinstance(widget, QLabel))
