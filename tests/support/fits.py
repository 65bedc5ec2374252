# SPDX-License-Identifier: MIT
"""Whether all that a window shows can be read and pressed in it: nothing cut, and nothing to be scrolled sideways."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QCheckBox,
    QPlainTextEdit,
    QRadioButton,
    QScrollArea,
    QWidget,
)

# A page of a PDF is as large as somebody wants it, and rows and words scroll in fields of their own.
_SCROLL_BY_THEMSELVES = (QAbstractItemView, QPlainTextEdit)
_PAPER = "paperArea"
# What Qt calls what is seen of something that scrolls.
_VIEWPORT = "qt_scrollarea_viewport"


def misfits(window: QWidget, width: int, height: int) -> Iterator[str]:
    """Says what does not fit, where the screen has this size in pixels."""
    if window.width() > width or window.height() > height:
        yield f"the window is {window.width()} x {window.height()}"
    for part in window.findChildren(QWidget):
        if not part.isVisible() or part.window() is not window:
            continue
        if isinstance(part, QAbstractButton) and part.text():
            yield from _cut(part)
        if isinstance(part, QScrollArea) and part.objectName() != _PAPER and part.horizontalScrollBar().maximum() > 0:
            yield f"{_name(part)} is scrolled sideways by {part.horizontalScrollBar().maximum()}"
        if not _is_scrolled_inside(part):
            left = part.mapTo(window, QPoint(0, 0)).x()
            if left < 0 or left + part.width() > window.width():
                yield f"{_name(part)} reaches from {left} to {left + part.width()} of {window.width()}"


def _cut(part: QAbstractButton) -> Iterator[str]:
    # Those whose words break need room for the longest, and height for all.
    breaks = isinstance(part, QRadioButton | QCheckBox)
    wide = part.minimumSizeHint().width() if breaks else part.sizeHint().width()
    high = part.heightForWidth(part.width()) if breaks else part.sizeHint().height()
    if part.width() < wide or part.height() < high:
        yield f"{_name(part)} has {part.width()} x {part.height()} and needs {wide} x {high}"
    holder = part.parentWidget()
    while holder is not None and holder.objectName() != _VIEWPORT:
        place = part.mapTo(holder, QPoint(0, 0))
        if place.y() < 0 or place.y() + part.height() > holder.height() + 1:
            yield f"{_name(part)} is cut by {_name(holder)}"
            return
        holder = None if holder.isWindow() else holder.parentWidget()


def _is_scrolled_inside(part: QWidget) -> bool:
    above = part.parentWidget()
    while above is not None:
        if isinstance(above, _SCROLL_BY_THEMSELVES) or above.objectName() == _PAPER:
            return True
        above = above.parentWidget()
    return False


def _name(part: QWidget) -> str:
    said = part.text() if isinstance(part, QAbstractButton) else ""
    return f"{type(part).__name__} {part.objectName()} {said}".strip()
