# SPDX-License-Identifier: MIT
"""What stands in the fields of a page or dialog, where its caret is, and how to put both back when it is made anew.

A widget is found again by its place: the object names above it, its class, and its number among those that share them.
Places hold in every language and from one run to the next.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from rkv_app.ui.form_widgets.answer_field import AnswerField
from rkv_app.ui.widgets.fields import SECRET, DateEdit
from rkv_app.ui.widgets.number_edit import NumberEdit

Value = str | int | bool
_FIELDS = (QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QCheckBox, QRadioButton)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where somebody was working.

    Attributes:
        focus: place of the widget with the caret; empty where there is none.
        anchor: where the selection in it begins.
        caret: where it ends, the caret itself.
        scrolled: how far the widget itself is scrolled.
        rows: by the place of each list, its current row.
    """

    focus: str = ""
    anchor: int = 0
    caret: int = 0
    scrolled: int = 0
    rows: Mapping[str, int] = field(default_factory=dict)


def typed(root: QWidget) -> dict[str, Value]:
    """What stands in the fields of a window that nothing else keeps, by their places; no passphrase is among them."""
    return {place: _value(widget) for place, widget in _places(root, _FIELDS) if _is_kept(widget, root)}


def type_again(root: QWidget, values: Mapping[str, Value]) -> None:
    """Puts values back where they differ from what stands there."""
    if not values:
        return
    for place, widget in _places(root, _FIELDS):
        value = values.get(place)
        if value is not None and value != _value(widget):
            _set_value(widget, value)


def spot(root: QWidget, focused: QWidget | None) -> Spot:
    """Where somebody is working in a window; `focused` is its widget with the caret."""
    rows = {
        place: view.currentIndex().row()
        for place, view in _places(root, (QAbstractItemView,))
        if isinstance(view, QAbstractItemView) and view.currentIndex().isValid() and view.isVisibleTo(root)
    }
    place = _place_of(root, focused)
    if isinstance(focused, QPlainTextEdit):
        cursor = focused.textCursor()
        scrolled = focused.verticalScrollBar().value()
        return Spot(place, cursor.anchor(), cursor.position(), scrolled, rows)
    if isinstance(focused, QLineEdit):
        caret = focused.cursorPosition()
        begins, ends = focused.selectionStart(), focused.selectionEnd()
        anchor = caret if begins < 0 else begins if caret == ends else ends
        return Spot(place, anchor, caret, 0, rows)
    return Spot(place, rows=rows)


def return_to(root: QWidget, spot: Spot) -> bool:
    """Puts caret, selection and current rows back; whether the widget that had the caret was found."""
    for place, view in _places(root, (QAbstractItemView,)) if spot.rows else ():
        if isinstance(view, QAbstractItemView) and (row := spot.rows.get(place)) is not None:
            view.setCurrentIndex(view.model().index(row, 0))
    kind = spot.focus.partition(":")[2].partition("#")[0]
    found = [widget for place, widget in _places(root, (QWidget,), kind) if place == spot.focus] if kind else []
    if not found:
        return False
    widget = found[0]
    widget.setFocus()
    if isinstance(widget, QPlainTextEdit):
        cursor = widget.textCursor()
        longest = len(widget.toPlainText())
        cursor.setPosition(min(spot.anchor, longest))
        cursor.setPosition(min(spot.caret, longest), QTextCursor.MoveMode.KeepAnchor)
        widget.setTextCursor(cursor)
        widget.verticalScrollBar().setValue(spot.scrolled)
    elif isinstance(widget, QLineEdit):
        # From the anchor to the caret, whichever comes first; without a selection it only moves the caret.
        widget.setCursorPosition(spot.anchor)
        widget.cursorForward(True, spot.caret - spot.anchor)
    return True


def _place_of(root: QWidget, wanted: QWidget | None) -> str:
    if wanted is None or not root.isAncestorOf(wanted):
        return ""
    kind = wanted.metaObject().className()
    return next((place for place, widget in _places(root, (QWidget,), kind) if widget is wanted), "")


def _places(root: QWidget, kinds: tuple[type[QWidget], ...], only: str = "") -> Iterator[tuple[str, QWidget]]:
    window = root.window()
    met: Counter[str] = Counter()
    for kind in kinds:
        for widget in root.findChildren(kind):
            name = widget.metaObject().className()
            # A dialog over the page is its child, and is a window of its own.
            if (only and name != only) or widget.window() is not window:
                continue
            place = f"{_names_above(widget, root)}:{name}"
            met[place] += 1
            yield (place if met[place] == 1 else f"{place}#{met[place]}"), widget


def _names_above(widget: QWidget, root: QWidget) -> str:
    names: list[str] = []
    at: QWidget | None = widget
    while at is not None and at is not root:
        if name := at.objectName():
            names.append(name)
        at = at.parentWidget()
    return "/".join(reversed(names))


def _is_kept(widget: QWidget, root: QWidget) -> bool:
    if not widget.isVisibleTo(root) or not widget.isEnabledTo(root) or widget.property(SECRET):
        return False
    if isinstance(widget, QLineEdit):
        if widget.echoMode() is not QLineEdit.EchoMode.Normal or widget.isReadOnly():
            return False
        if isinstance(widget.parentWidget(), QAbstractSpinBox):
            return False
    # An answer is saved by itself as it is given, and only half a date or number is not yet one.
    return not _is_answer(widget, root) or _is_half(widget)


def _is_half(widget: QWidget) -> bool:
    if isinstance(widget, DateEdit):
        return widget.holds_no_date()
    return isinstance(widget, NumberEdit) and widget.holds_no_number()


def _is_answer(widget: QWidget, root: QWidget) -> bool:
    at = widget.parentWidget()
    while at is not None and at is not root:
        if isinstance(at, AnswerField):
            return True
        at = at.parentWidget()
    return False


def _value(widget: QWidget) -> Value:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QComboBox):
        return str(widget.currentData() or "")
    if isinstance(widget, QSpinBox):
        return widget.value()
    return isinstance(widget, QCheckBox | QRadioButton) and widget.isChecked()


def _set_value(widget: QWidget, value: Value) -> None:
    if isinstance(widget, QLineEdit):
        widget.setText(str(value))
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(str(value))
    elif isinstance(widget, QComboBox):
        if (at := widget.findData(value)) >= 0:
            widget.setCurrentIndex(at)
    elif isinstance(widget, QSpinBox):
        widget.setValue(int(value))
    elif isinstance(widget, QCheckBox | QRadioButton):
        widget.setChecked(bool(value))
