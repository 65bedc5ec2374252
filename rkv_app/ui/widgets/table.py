# SPDX-License-Identifier: MIT
"""A table to read and to open rows from: the mouse opens with one click, the keyboard with Enter."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QTableWidget, QTableWidgetItem

ROW_ID = Qt.ItemDataRole.UserRole
"""The role under which a cell has the id of its row."""
# How high a row is whose text does not wrap, in lines of text.
_ROW = 2.4
# Rows that are measured to find how wide a column is; measuring all would take seconds in a long list.
_ROWS_MEASURED = 50
# Letters that the stretching column holds at least, and the others at most.
_NARROWEST = 20
_WIDEST = 34
# Lines of text that a cell keeps free: the padding of the style sheet, which grows with the text, and Qt's own margin.
_BESIDE = 1.5
_ABOVE_AND_BELOW = 1.0
_TALL = 10_000


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: what it opens, and its cells.

    Attributes:
        is_heading: it stands above the rows that belong to it.
    """

    id: str
    cells: tuple[str, ...]
    is_heading: bool = False


class Table(QTableWidget):
    """Rows of plain text.

    Signals:
        opened(str): the row with this id was clicked, or Enter was pressed on it.
        caretMoved(str): the caret came to the row with this id.
    """

    opened = Signal(str)
    caretMoved = Signal(str)

    def __init__(self, label: str, name: str, *, stretch: int, wrap: bool = False) -> None:
        super().__init__()
        self._stretch = stretch
        self._wrap = wrap
        make_readable(self, label, name)
        self.setWordWrap(wrap)
        self.setTextElideMode(Qt.TextElideMode.ElideNone if wrap else Qt.TextElideMode.ElideRight)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setResizeContentsPrecision(_ROWS_MEASURED)
        self.cellClicked.connect(lambda row, _column: self.opened.emit(self.row_id(row)))
        self.currentCellChanged.connect(self._on_moved)
        if wrap:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def fill(self, headers: Sequence[str], rows: Sequence[TableRow]) -> None:
        """Shows these rows instead of those before."""
        self.blockSignals(True)
        self.clear()
        self.setColumnCount(len(headers))
        self.setHorizontalHeaderLabels(list(headers))
        self.setRowCount(len(rows))
        for at, row in enumerate(rows):
            for column, words in enumerate(row.cells):
                item = QTableWidgetItem(words)
                item.setData(ROW_ID, row.id)
                if row.is_heading:
                    # The size stays the style sheet's.
                    font = self.font()
                    font.setBold(True)
                    item.setFont(font)
                self.setItem(at, column, item)
        self.blockSignals(False)
        if not self._wrap:
            set_row_height(self)
        QTimer.singleShot(0, self, self._size_columns)

    def current_id(self) -> str:
        """The id of the row the caret is on, or nothing."""
        return self.row_id(self.currentRow())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """See QWidget."""
        if is_enter(event) and self.current_id():
            self.opened.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            QTimer.singleShot(0, self, self._size_columns)

    def _size_columns(self) -> None:
        size_columns(self, self._stretch)
        if self._wrap:
            self._narrow_columns()
            self._fit_height()

    def _narrow_columns(self) -> None:
        """Breaks more lines where the columns are too wide for the table: the widest give way, down to a word."""
        columns = range(self.columnCount())
        over = sum(map(self.columnWidth, columns)) - self.viewport().width()
        if over <= 0:
            return
        spare = {column: max(0, self.columnWidth(column) - self._narrowest(column)) for column in columns}
        share = min(1.0, over / max(1, sum(spare.values())))
        for column, room in spare.items():
            self.setColumnWidth(column, self.columnWidth(column) - math.ceil(room * share))

    def _narrowest(self, column: int) -> int:
        items = (self.item(row, column) for row in range(min(self.rowCount(), _ROWS_MEASURED)))
        words = (word for item in items if item is not None for word in item.text().split())
        longest = max(map(self._bold().horizontalAdvance, words), default=0)
        beside = round(self.fontMetrics().height() * _BESIDE)
        return max(longest + beside, self.horizontalHeader().sectionSizeHint(column))

    def _bold(self) -> QFontMetrics:
        # Headings are bold, and so wider.
        font = self.font()
        font.setBold(True)
        return QFontMetrics(font)

    def _fit_height(self) -> None:
        self._fit_rows()
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        height = self.verticalHeader().length() + self.horizontalHeader().height() + below + 8
        if height != self.height():
            self.setFixedHeight(height)

    def _fit_rows(self) -> None:
        # Qt's own measure forgets the padding of the style sheet and cuts long texts, which must stand to the letter.
        metrics, wrap = self.fontMetrics(), Qt.TextFlag.TextWordWrap
        line = metrics.height()
        for row in range(self.rowCount()):
            tallest = line
            for column in range(self.columnCount()):
                item = self.item(row, column)
                room = max(40, self.columnWidth(column) - round(line * _BESIDE))
                words = item.text() if item is not None else ""
                # A heading is bold, and so wider.
                bold = item.data(Qt.ItemDataRole.FontRole) if item is not None else None
                measure = QFontMetrics(bold) if bold is not None else metrics
                tallest = max(tallest, measure.boundingRect(0, 0, room, _TALL, int(wrap), words).height())
            self.setRowHeight(row, tallest + round(line * _ABOVE_AND_BELOW))

    def _on_moved(self, row: int, _column: int, before: int, _column_before: int) -> None:
        if row != before and row >= 0:
            self.caretMoved.emit(self.row_id(row))

    def row_id(self, row: int) -> str:
        """The id of a row, or nothing."""
        item = self.item(row, 0)
        return str(item.data(ROW_ID)) if item is not None else ""


def make_readable(table: QTableView, label: str, name: str) -> None:
    """Makes a table one to read whole rows in, never to write, with headers that say what stands below them."""
    table.setObjectName(name)
    table.setAccessibleName(label)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


def set_row_height(table: QTableView) -> None:
    """Gives all rows the height of one line of text, at the size that the text has now."""
    table.verticalHeader().setDefaultSectionSize(round(table.fontMetrics().height() * _ROW))


def size_columns(table: QTableView, stretch: int) -> None:
    """Gives every column the room that its words need, and the column `stretch` what is left."""
    letter, header = table.fontMetrics().averageCharWidth(), table.horizontalHeader()
    taken = 0
    for column in range(table.model().columnCount()):
        if column != stretch:
            wanted = max(table.sizeHintForColumn(column), header.sectionSizeHint(column))
            width = min(wanted, letter * _WIDEST)
            table.setColumnWidth(column, width)
            taken += width
    # Where it is too narrow for reading, the table scrolls sideways instead.
    narrowest = max(letter * _NARROWEST, header.sectionSizeHint(stretch))
    table.setColumnWidth(stretch, max(table.viewport().width() - taken, narrowest))


def is_enter(event: QKeyEvent) -> bool:
    """Whether one of the two Enter keys was pressed."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
