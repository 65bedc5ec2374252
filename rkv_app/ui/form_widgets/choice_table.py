# SPDX-License-Identifier: MIT
"""Questions with the same options as a table: a row a question, a column an option, its words once at the top.

Where there is no room for the columns, as in a narrow window or with large text, each row is the question that it would
be outside a table. What can be ticked is the same button either way, and says its option and its question.
"""

from collections.abc import Container, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from rkv_app.ui.form_widgets.fields import OptionsField
from rkv_app.ui.widgets.basics import card, column, put, rule, text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.ui.widgets.layouts import Arranged, flowing, height_of

# Widths in heights of a line of the words above the columns, so that they grow with them.
_LEAST_ASKED = 10.5
_LEAST_COLUMN = 2.4
_MOST_COLUMN = 7.5
_BETWEEN = 0.6
# Above and below the words of a question, and the whole of it where there are no columns.
_AROUND, _APART = 5, 10
_Button = OptionCard | OptionChip


class Columns:
    """How wide the columns of one table are, the same in each row."""

    def __init__(self, heads: Sequence[QWidget]) -> None:
        self._heads = [head.findChildren(QLabel) for head in heads]

    @property
    def between(self) -> int:
        """How far columns are apart, in pixels."""
        return round(_BETWEEN * self._line)

    @property
    def _line(self) -> int:
        return self._heads[0][0].fontMetrics().height()

    def widths(self, width: int) -> Sequence[int]:
        """The widths of the columns in a row of this width, in pixels; none where there is no room for columns.

        They are as wide as each other where the words above them allow it.
        """
        line, between = self._line, self.between
        least = [max(_longest_word(labels), round(_LEAST_COLUMN * line)) for labels in self._heads]
        room = width - round(_LEAST_ASKED * line) - between * (len(least) + 1)
        if sum(least) > room:
            return ()
        equal = room // len(least)
        if equal < max(least):
            return [one + between for one in least]
        whole = max(one.fontMetrics().horizontalAdvance(one.text()) for labels in self._heads for one in labels)
        wanted = max(*least, min(whole, round(_MOST_COLUMN * line)))
        return [min(equal, wanted) + between] * len(least)


def _longest_word(labels: Sequence[QLabel]) -> int:
    words = [(label.fontMetrics(), word) for label in labels for word in label.text().split()]
    return max(metrics.horizontalAdvance(word) for metrics, word in words)


def _beside(widths: Sequence[int], width: int, height: int) -> list[QRect]:
    """The places of columns of these widths at the end of a row."""
    x = width - sum(widths)
    places = []
    for one in widths:
        places.append(QRect(x, 0, one, height))
        x += one
    return places


class _Heads(Arranged):
    """The words above the columns, and a line below them; nothing where there are no columns."""

    def __init__(self, parent: QWidget, columns: Columns) -> None:
        super().__init__(parent)
        self._columns = columns

    def places(self, width: int) -> Sequence[QRect]:
        """See the base class."""
        widths = self._columns.widths(width)
        if not widths:
            return [QRect(0, 0, 0, 0)] * len(self.shown())
        *heads, _ = self.shown()
        heights = [height_of(item, one) for item, one in zip(heads, widths, strict=True)]
        lowest = max(heights)
        above = [
            QRect(place.x(), lowest - height, place.width(), height)
            for place, height in zip(_beside(widths, width, lowest), heights, strict=True)
        ]
        return [*above, QRect(0, lowest + _AROUND, width, 1)]

    def minimumSize(self) -> QSize:
        """See QLayout."""
        return QSize(0, 0)


class _Line(Arranged):
    """The words of a question, and beside or below them its options."""

    def __init__(self, parent: QWidget, columns: Columns) -> None:
        super().__init__(parent)
        self._columns = columns

    def places(self, width: int) -> Sequence[QRect]:
        """See the base class."""
        asked, *options = self.shown()
        widths = self._columns.widths(width)
        if not widths:
            height = height_of(asked, width)
            below = _APART + height + self.spacing()
            return [
                QRect(0, _APART, width, height),
                *(place.translated(0, below) for place in flowing(options, width, self.spacing())),
            ]
        wide = width - sum(widths) - self._columns.between
        words = height_of(asked, wide)
        height = max(words + 2 * _AROUND, *(button.bare_size().height() for button in self._buttons()))
        return [QRect(0, (height - words) // 2, wide, words), *_beside(widths, width, height)]

    def heightForWidth(self, width: int) -> int:
        """See QLayout."""
        return super().heightForWidth(width) + (0 if self._columns.widths(width) else _APART)

    def setGeometry(self, rect: QRect) -> None:
        """See QLayout."""
        for button in self._buttons():
            button.set_bare(bool(self._columns.widths(rect.width())))
        super().setGeometry(rect)

    def _buttons(self) -> list[_Button]:
        widgets = [item.widget() for item in self.shown()]
        return [widget for widget in widgets if isinstance(widget, OptionCard | OptionChip)]


class _OneStop(QObject):
    """Tab stops once in a row; the arrow keys go between its answers, and choose where only one can be chosen."""

    def __init__(self, row: OptionsField) -> None:
        super().__init__(row)
        self._buttons = row.buttons
        for button in self._buttons:
            button.installEventFilter(self)
            if isinstance(button, OptionCard):
                button.toggled.connect(partial(self._on_toggled, button))
        self._stop_at(self._buttons[0])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        at = next((at for at, button in enumerate(self._buttons) if button is watched), None)
        if at is not None and event.type() is QEvent.Type.FocusIn:
            self._stop_at(self._buttons[at])
        elif at is not None and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            to = self._reached(at, event)
            if to is not None:
                self._go_to(self._buttons[to])
                return True
        return False

    def _reached(self, at: int, event: QKeyEvent) -> int | None:
        last = len(self._buttons) - 1
        mirrored = self._buttons[0].layoutDirection() is Qt.LayoutDirection.RightToLeft
        after, before = (Qt.Key.Key_Left, Qt.Key.Key_Right) if mirrored else (Qt.Key.Key_Right, Qt.Key.Key_Left)
        reached: Mapping[int, int] = {
            after: min(at + 1, last),
            Qt.Key.Key_Down: min(at + 1, last),
            before: max(at - 1, 0),
            Qt.Key.Key_Up: max(at - 1, 0),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return reached.get(event.key())

    def _on_toggled(self, button: _Button, checked: bool) -> None:
        if checked:
            self._stop_at(button)

    def _go_to(self, button: _Button) -> None:
        button.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(button, OptionCard) and not button.isChecked():
            button.click()

    def _stop_at(self, wanted: _Button) -> None:
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if button is wanted else Qt.FocusPolicy.ClickFocus)


class ChoiceTable(QWidget):
    """See the module.

    Attributes:
        parts: what is hidden where a question is not asked, by item id.
    """

    def __init__(self, fields: Mapping[str, OptionsField]) -> None:
        """Makes the table of fields that all have the same options."""
        super().__init__()
        heads = [_head(button) for button in next(iter(fields.values())).buttons]
        columns = Columns(heads)
        frame, inside = card()
        inside.setSpacing(0)
        top = QWidget()
        put(_Heads(top, columns), (*heads, rule()))
        inside.addWidget(top)
        self._rules = {item_id: rule() for item_id in fields}
        self.parts = {item_id: _row(self._rules[item_id], field, columns) for item_id, field in fields.items()}
        put(inside, self.parts.values())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(frame)

    def show_rows(self, shown: Container[str]) -> None:
        """Shows the rows with these ids, and nothing at all where there are none."""
        rows = [item_id for item_id in self.parts if item_id in shown]
        for item_id, part in self.parts.items():
            part.setVisible(item_id in rows)
            self._rules[item_id].setVisible(item_id not in rows[:1])
        self.setVisible(bool(rows))


def _head(button: _Button) -> QWidget:
    labels = [text(button.text(), "columnHead"), *([text(button.hint, "small")] if button.hint else [])]
    for label in labels:
        label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom)
    return column(*labels, spacing=2)


def _row(line_above: QFrame, field: OptionsField, columns: Columns) -> QWidget:
    line = QWidget()
    put(_Line(line, columns), (field.words_apart(), *field.buttons))
    field.stand_in(line)
    _OneStop(field)
    return column(line_above, field, spacing=0)
