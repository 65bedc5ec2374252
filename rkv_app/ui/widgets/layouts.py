# SPDX-License-Identifier: MIT
"""Two layouts that Qt lacks: one that flows like words, and one of equal columns, fewer where it is narrow."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QStyle, QWidget
from shiboken6 import delete


class Arranged(QLayout):
    """Keeps the items; the heirs say where each of them goes."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        items = self._items
        self.destroyed.connect(lambda: let_go(items))
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def places(self, width: int) -> Sequence[QRect]:
        """Where each shown item goes in a layout of this width, from the point 0, 0."""
        raise NotImplementedError

    def shown(self) -> list[QLayoutItem]:
        """Items that take room."""
        return [item for item in self._items if not item.isEmpty()]

    def addItem(self, item: QLayoutItem) -> None:
        """See QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """See QLayout."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """See QLayout."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QLayout."""
        return max((place.bottom() + 1 for place in self.places(width)), default=0)

    def setGeometry(self, rect: QRect) -> None:
        """See QLayout."""
        super().setGeometry(rect)
        holder = self.parentWidget()
        direction = holder.layoutDirection() if holder is not None else Qt.LayoutDirection.LeftToRight
        for item, place in zip(self.shown(), self.places(rect.width()), strict=True):
            item.setGeometry(QStyle.visualRect(direction, rect, place.translated(rect.topLeft())))

    def sizeHint(self) -> QSize:
        """See QLayout."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """See QLayout."""
        size = QSize()
        for item in self.shown():
            size = size.expandedTo(item.minimumSize())
        return size


def let_go(items: Iterable[QLayoutItem]) -> None:
    """Deletes items that are in no layout any more; Qt leaves that to whoever took them out, and the binding does not.

    A layout inside a layout is its own item, and Python lets go of it.
    """
    for item in items:
        if item.layout() is None:
            delete(item)


class FlowLayout(Arranged):
    """Items after one another, each in the middle of its line, on a new line where the line is full."""

    def line_width(self) -> int:
        """How wide they are on one line."""
        widths = [item.sizeHint().width() for item in self.shown()]
        return sum(widths) + self.spacing() * max(0, len(widths) - 1)

    def places(self, width: int) -> Sequence[QRect]:
        """See the base class."""
        return flowing(self.shown(), width, self.spacing())


def flowing(items: Sequence[QLayoutItem], width: int, spacing: int) -> list[QRect]:
    """Where items go that flow like words, from the point 0, 0."""
    places: list[QRect] = []
    x = y = 0
    line: list[QRect] = []
    for item in items:
        wide = min(item.sizeHint().width(), max(width, 1))
        size = QSize(wide, height_of(item, wide))
        if x and x + size.width() > width:
            places += _in_the_middle(line)
            x, y, line = 0, y + _height(line) + spacing, []
        line.append(QRect(x, y, size.width(), size.height()))
        x += size.width() + spacing
    return [*places, *_in_the_middle(line)]


def height_of(item: QLayoutItem, width: int) -> int:
    """The height that an item wants at a width."""
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


def _height(line: Sequence[QRect]) -> int:
    return max((place.height() for place in line), default=0)


def _in_the_middle(line: Sequence[QRect]) -> list[QRect]:
    return [place.translated(0, (_height(line) - place.height()) // 2) for place in line]


class ColumnsLayout(Arranged):
    """Items in equal columns: as many as fit with `narrowest` pixels each, all rows as full as one another."""

    def __init__(self, parent: QWidget | None = None, *, narrowest: int = 200, spacing: int = 8) -> None:
        super().__init__(parent, spacing)
        self._narrowest = narrowest

    def places(self, width: int) -> Sequence[QRect]:
        """See the base class."""
        items = self.shown()
        if not items:
            return []
        narrowest = max([self._narrowest, *(item.minimumSize().width() for item in items)])
        fit = max(1, (width + self.spacing()) // (narrowest + self.spacing()))
        rows = -(-len(items) // min(fit, len(items)))
        columns = -(-len(items) // rows)
        each = (width - self.spacing() * (columns - 1)) // columns
        places: list[QRect] = []
        y = 0
        for start in range(0, len(items), columns):
            row = items[start : start + columns]
            height = max(height_of(item, each) for item in row)
            places.extend(QRect(at * (each + self.spacing()), y, each, height) for at in range(len(row)))
            y += height + self.spacing()
        return places
