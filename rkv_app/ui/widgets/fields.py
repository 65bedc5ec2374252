# SPDX-License-Identifier: MIT
"""Fields to type in: the label above, help below it, and a problem said in words beside what is wrong."""

import math
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QSpinBox, QVBoxLayout, QWidget

from rkv_app.ui.widgets.basics import restyle, text

SECRET = "secret"  # noqa: S105 (the name of a property, no secret)
"""The property of a field whose content must not outlive it."""
_PARTS_OF_A_DATE = 3
_LONGEST_SECRET = 1000
_LONGEST_PATH = 4000
# More than this is scrolled, so that the questions around stay in sight.
_MOST_LINES = 14


class Field(QWidget):
    """A labelled input."""

    def __init__(self, label: str, control: QWidget, *, hint: str = "", name: str = "") -> None:
        super().__init__()
        self.control = control
        control.setAccessibleName(label)
        control.setAccessibleDescription(hint)
        if name:
            control.setObjectName(name)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        self._label = text(label, "label")
        self._label.setBuddy(control)
        inside.addWidget(self._label)
        if hint:
            inside.addWidget(text(hint, "small"))
        inside.addWidget(control)
        self._problem = text("", "problem")
        self._problem.hide()
        inside.addWidget(self._problem)

    def show_problem(self, words: str) -> None:
        """Says what is wrong with what stands here; nothing is wrong where `words` is empty."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.control.setProperty("wrong", "true" if words else "false")
        restyle(self.control)


def line_edit(value: str = "", *, secret: bool = False, longest: int = 200) -> QLineEdit:
    """One line of text; a secret is hidden at first, and marked as what is never kept, shown or not."""
    made = QLineEdit(value)
    made.setMaxLength(longest)
    if secret:
        made.setProperty(SECRET, True)
        made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def secret_edit() -> QLineEdit:
    """A passphrase or password."""
    return line_edit(secret=True, longest=_LONGEST_SECRET)


def path_edit(value: Path | None = None) -> QLineEdit:
    """The path of a file or folder."""
    return line_edit(str(value or ""), longest=_LONGEST_PATH)


class _TextArea(QPlainTextEdit):
    """See text_edit."""

    def __init__(self, value: str, lines: int) -> None:
        super().__init__()
        self._least = lines + 1
        self.setTabChangesFocus(True)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.setPlainText(value)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines wrap anew, which the document does not tell of."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Larger letters need more room."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.ContentsRectChange):
            self._fit()

    def _fit(self) -> None:
        # The layout of plain text tells its height in lines, not in pixels, and begins each on a whole pixel.
        written = self.document().documentLayout().documentSize().height()
        lines = max(self._least, min(written, max(self._least, _MOST_LINES)))
        inside, margins = QFontMetricsF(self.font()).lineSpacing(), self.contentsMargins()
        # Qt keeps a pixel free below the last line.
        around = margins.top() + margins.bottom() + 2 * self.document().documentMargin() + 1
        self.setFixedHeight(round(math.ceil(inside) * lines + around))


def text_edit(value: str = "", *, lines: int = 3) -> QPlainTextEdit:
    """Several lines of text, as high as what is written in it, within bounds; Tab goes on to the next field."""
    return _TextArea(value, lines)


def percent_box(value: int = 100) -> QSpinBox:
    """A share of full time, 1 to 100 per cent."""
    made = QSpinBox()
    made.setRange(1, 100)
    made.setValue(value)
    made.setSuffix(" %")
    made.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    made.setMaximumWidth(made.fontMetrics().averageCharWidth() * 14)
    return made


def combo_box(options: Sequence[tuple[str, str]]) -> QComboBox:
    """One of several, each a code and its words."""
    made = QComboBox()
    for code, words in options:
        made.addItem(words, code)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(18)
    return made


def read_date(written: str) -> date | None:
    """The date that somebody wrote as 24.12.2026, 24/12 2026 or 2026-12-24; None where it is no date."""
    parts = "".join(sign if sign.isdecimal() else " " for sign in written).split()
    if len(parts) != _PARTS_OF_A_DATE or any(len(part) > 4 for part in parts):
        return None
    first, month, last = parts
    day, year = (last, first) if len(first) == 4 else (first, last)
    if len(year) not in (2, 4) or len(day) > 2:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


class DateEdit(QLineEdit):
    """A date as people write it, in one tab stop.

    Signals:
        dateChanged(object): a date, or None where the field was emptied; not sent while it holds no date.
    """

    dateChanged = Signal(object)

    def __init__(self, value: date | None = None, *, pattern: str = "") -> None:
        super().__init__()
        self.setMaxLength(20)
        self.setPlaceholderText(pattern)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDate)
        self.setMaximumWidth(self.fontMetrics().averageCharWidth() * 24)
        self.set_date(value)
        self.textEdited.connect(self._on_edited)

    def set_date(self, value: date | None) -> None:
        """Shows a date."""
        self.setText(value.strftime("%d.%m.%Y") if value else "")

    def date(self) -> date | None:
        """The date that stands here, or None."""
        return read_date(self.text())

    def holds_no_date(self) -> bool:
        """Whether something stands here that is no date."""
        return bool(self.text().strip()) and self.date() is None

    def _on_edited(self, written: str) -> None:
        value = read_date(written)
        if value is not None or not written.strip():
            self.dateChanged.emit(value)
