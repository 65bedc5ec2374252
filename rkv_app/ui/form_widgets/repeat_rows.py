# SPDX-License-Identifier: MIT
"""A repeat on screen: a card a row, which can be added, moved, taken away and brought back, with the keyboard too."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.forms.model import RepeatItem
from rkv_app.forms.reading import Row
from rkv_app.foundation.ids import new_id
from rkv_app.ui.form_widgets.answer_field import WhyAsked, words_below
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.row_card import RowCard
from rkv_app.ui.form_widgets.undo_line import UndoLine
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import button, card, text


class RepeatRows(QWidget):
    """See the module. The order of the rows is an answer like all others, under the item's own path.

    Signals:
        answered(str, object): the answer under this item path was given, or taken back where it is None.
        fileAsked(str): a file is to be added under this item path.
    """

    answered = Signal(str, object)
    fileAsked = Signal(str)

    def __init__(
        self, repeat: RepeatItem, wording: Wording, why: WhyAsked | None, why_column: Callable[[str], str]
    ) -> None:
        """Makes the list.

        Args:
            repeat: the item.
            wording: how it is said.
            why: tells why the repeat is asked; None where it always is.
            why_column: tells why the question under an item path is asked.
        """
        super().__init__()
        self._repeat = repeat
        self._wording = wording
        self._why_column = why_column
        self._cards: dict[str, RowCard] = {}
        self._order: tuple[str, ...] = ()
        self._locked = False
        words, label = wording.words, wording.text(repeat.label)
        self._row_label = wording.text(repeat.row_label) if repeat.row_label is not None else label
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        frame, inside = card()
        inside.setSpacing(12)
        outer.addWidget(frame)
        inside.addWidget(text(label, "subheading"))
        for part in words_below(repeat, wording, label, why):
            inside.addWidget(part)
        self._none = text(words("Nothing is written here yet."), "muted")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(12)
        self._undo = UndoLine(words, "undoRowLine")
        self._problem = text("", "problem")
        self._problem.hide()
        self._add = button(words("Add: {what}", what=self._row_label), "addRowButton", "secondary", self._on_add)
        self._add.setAccessibleName(f"{self._add.text()}. {label}")
        self._full = text(words("There is no room for more than {most}.", most=repeat.max), "small")
        inside.addWidget(self._none)
        inside.addLayout(self._rows)
        for below in (self._undo, self._problem, self._full, self._add):
            inside.addWidget(below)

    def show_rows(self, rows: tuple[Row, ...], content: FormContent) -> None:
        """Shows the rows in their order, each with its answers."""
        self._locked = content.locked
        order = tuple(row.id for row in rows)
        if order != self._order or set(order) != self._cards.keys():
            self._arrange(order)
        for number, row in enumerate(rows, 1):
            self._cards[row.id].show_row(row, number, len(rows), content)
        self._none.setVisible(not rows)
        self._add.setVisible(not content.locked)
        self._add.setEnabled(len(rows) < self._repeat.max)
        self._full.setVisible(len(rows) >= self._repeat.max and not content.locked)
        if content.locked:
            self._undo.withdraw()

    def show_problems(self, said: Mapping[str, str]) -> None:
        """Says beside each question what is wrong, by item path."""
        self._problem.setText(said.get(self._repeat.id, ""))
        self._problem.setVisible(bool(self._problem.text()))
        for made in self._cards.values():
            made.show_problems(said)

    def focus_on(self, row_id: str = "", column_id: str = "") -> QWidget | None:
        """Puts the caret in a question of a row, of the first where none is named, or on the button that adds one."""
        found = self._cards.get(row_id or (self._order[0] if self._order else ""))
        if found is None:
            self._add.setFocus()
            return self
        found.focus_on(column_id)
        return found

    def _arrange(self, order: tuple[str, ...]) -> None:
        self._order = order
        for gone in self._cards.keys() - set(order):
            made = self._cards.pop(gone)
            self._rows.removeWidget(made)
            made.hide()
            made.deleteLater()
        for at, row_id in enumerate(order):
            made = self._cards.get(row_id) or self._make(row_id)
            if self._rows.indexOf(made) != at:
                self._rows.removeWidget(made)
                self._rows.insertWidget(at, made)
        # Tab goes from row to row as they stand, and not in the order in which they were made.
        stops = [stop for row_id in order for stop in self._cards[row_id].tab_stops()]
        for before, after in zip(stops, [*stops[1:], self._add], strict=True):
            QWidget.setTabOrder(before, after)

    def _make(self, row_id: str) -> RowCard:
        made = RowCard(self._repeat, row_id, self._row_label, self._wording, self._why_column)
        made.answered.connect(self.answered)
        made.fileAsked.connect(self.fileAsked)
        made.removeAsked.connect(lambda: self._on_remove(row_id))
        made.moveAsked.connect(lambda by: self._on_move(row_id, by))
        self._cards[row_id] = made
        return made

    def _on_add(self) -> None:
        row_id = new_id()
        self._tell([*self._order, row_id])
        self.focus_on(row_id)

    def _on_remove(self, row_id: str) -> None:
        at = self._order.index(row_id)
        what = self._cards[row_id].called
        self._tell([one for one in self._order if one != row_id])
        self._undo.offer(what, lambda: self._bring_back(row_id, at))

    def _bring_back(self, row_id: str, at: int) -> None:
        # Its answers never went away: they are removed when the form is completed, and not before.
        if row_id not in self._order:
            self._tell([*self._order[:at], row_id, *self._order[at:]])
        self.focus_on(row_id)

    def _on_move(self, row_id: str, by: int) -> None:
        order = [one for one in self._order if one != row_id]
        order.insert(self._order.index(row_id) + by, row_id)
        self._tell(order)
        self._cards[row_id].focus_move(by)

    def _tell(self, order: list[str]) -> None:
        self.answered.emit(self._repeat.id, order or None)
