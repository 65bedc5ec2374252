# SPDX-License-Identifier: MIT
"""A table for lists of any length: rows come in parts as they are scrolled to, and no row is measured."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from rkv_app.ui.widgets.table import ROW_ID, TableRow, is_enter, make_readable, set_row_height, size_columns

_WORDS = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
# Qt measures the rows that are shown, and this many more.
_ROWS_MEASURED = 0

_WHOLE_ROW = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows

_Index = QModelIndex | QPersistentModelIndex


class RowsModel(QAbstractTableModel):
    """The rows that have come so far.

    Signals:
        moreWanted: the last row is in sight, and there are more.
    """

    moreWanted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._headers: Sequence[str] = ()
        self._rows: list[TableRow] = []
        self._has_more = False
        self._is_waiting = False

    def begin(self, headers: Sequence[str], rows: Sequence[TableRow], *, more: bool) -> None:
        """Shows the first rows of a list instead of what was shown before."""
        self.beginResetModel()
        self._headers = headers
        self._rows = list(rows)
        self._has_more, self._is_waiting = more, False
        self.endResetModel()

    def add(self, rows: Sequence[TableRow], *, more: bool) -> None:
        """Adds the rows that follow; with none and no more, the list ends here."""
        self._has_more, self._is_waiting = more, False
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        """See QAbstractItemModel."""
        return 0 if parent.isValid() else len(self._headers)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """See QAbstractItemModel."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role in _WORDS:
            return row.cells[index.column()]
        return row.id if role == ROW_ID else None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """See QAbstractItemModel."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """See QAbstractItemModel."""
        return not parent.isValid() and self._has_more and not self._is_waiting

    def fetchMore(self, parent: _Index) -> None:
        """See QAbstractItemModel."""
        if self.canFetchMore(parent):
            self._is_waiting = True
            self.moreWanted.emit()


class Rows(QTableView):
    """Rows of plain text to open: the mouse opens with one click, the keyboard with Enter.

    Signals:
        opened(str): the row with this id was clicked, or Enter was pressed on it.
        sortAsked(int): the header of this column was clicked.
    """

    opened = Signal(str)
    sortAsked = Signal(int)

    def __init__(self, label: str, name: str, *, stretch: int, sortable: bool = True) -> None:
        super().__init__()
        self.rows = RowsModel(self)
        self.setModel(self.rows)
        self._stretch = stretch
        make_readable(self, label, name)
        self.setWordWrap(False)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        across = self.horizontalHeader()
        across.setResizeContentsPrecision(_ROWS_MEASURED)
        across.setSectionsClickable(sortable)
        across.setSortIndicatorShown(sortable)
        across.sectionClicked.connect(self.sortAsked)
        self.clicked.connect(lambda index: self.opened.emit(str(index.data(ROW_ID))))

    def begin(self, headers: Sequence[str], rows: Sequence[TableRow], *, more: bool) -> None:
        """Shows the first rows of a list; the caret goes to the first of them."""
        set_row_height(self)
        self.rows.begin(headers, rows, more=more)
        if rows:
            shown = _WHOLE_ROW if self.hasFocus() else QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self.rows.index(0, 0), shown)
        QTimer.singleShot(0, self, self._size_columns)

    def show_sorted(self, column: int | None, direction: Qt.SortOrder) -> None:
        """Marks the column that the rows are sorted by, none where it is None."""
        self.horizontalHeader().setSortIndicator(-1 if column is None else column, direction)

    def current_id(self) -> str:
        """The id of the row the caret is on, or nothing."""
        return str(self.currentIndex().data(ROW_ID) or "")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """See QWidget. Who comes by keyboard must see where the caret is."""
        super().focusInEvent(event)
        self.selectionModel().setCurrentIndex(self.currentIndex(), _WHOLE_ROW)

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
