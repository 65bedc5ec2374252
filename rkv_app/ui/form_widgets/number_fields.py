# SPDX-License-Identifier: MIT
"""The widgets of numbers: those that are typed, and those that the program finds."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from rkv_app.forms.model import CalculatedItem, HoursItem, IntegerItem
from rkv_app.forms.values import number
from rkv_app.ui.form_widgets.answer_field import TypedField, WhyAsked
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import line_edit
from rkv_app.ui.widgets.number_edit import NumberEdit

_WIDTH = 16


class NumberField(TypedField):
    """A number, with what it counts behind it."""

    def __init__(
        self, item: HoursItem | IntegerItem, wording: Wording, about: str = "", why: WhyAsked | None = None
    ) -> None:
        super().__init__(item, wording, about, why)
        self._whole = isinstance(item, IntegerItem)
        self._unit = wording.unit(item.unit) if item.unit is not None else ""
        self._edit = NumberEdit(whole=self._whole)
        self._edit.setMaximumWidth(self._edit.fontMetrics().averageCharWidth() * _WIDTH)
        self._edit.numberChanged.connect(self.answered)
        self._edit.textEdited.connect(lambda _: self.update_problem())
        self._edit.editingFinished.connect(lambda: self.update_problem(settled=True))
        self.place_edit(self._edit, _with_unit(self._edit, self._unit))

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        shown = number(value)
        if not self._edit.hasFocus() and not self._edit.holds_no_number() and self._edit.number() != shown:
            self._edit.setText("" if shown is None else self.wording.number(shown))

    def name_controls(self) -> None:
        """See AnswerField."""
        self._edit.setAccessibleName(_named(self.spoken, self._unit))

    def unfinished(self) -> str:
        """See AnswerField."""
        if not self._edit.holds_no_number():
            return ""
        return self.words("Write a whole number, like 12.") if self._whole else self.words("Write a number, like 7.5.")


class CalculatedField(TypedField):
    """A number that the program finds. It can be reached and read, and not written."""

    def __init__(self, item: CalculatedItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        self._unit = wording.unit(item.unit) if item.unit is not None else ""
        self._shown = line_edit()
        self._shown.setReadOnly(True)
        self.description = self.description or self.words("Found from the other answers.")
        self._shown.setMaximumWidth(self._shown.fontMetrics().averageCharWidth() * _WIDTH)
        self.place_edit(self._shown, _with_unit(self._shown, self._unit))
        if item.hint is None:
            self.place(text(self.description, "small"))

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        shown = number(value)
        self._shown.setText("–" if shown is None else self.wording.number(shown))

    def name_controls(self) -> None:
        """See AnswerField."""
        self._shown.setAccessibleName(_named(self.spoken, self._unit))

    def lock(self, locked: bool) -> None:
        """See AnswerField. It is never written in anyway."""


def _named(spoken: str, unit: str) -> str:
    # Many questions say themselves what they count.
    return spoken if unit in spoken.lower() else f"{spoken}, {unit}"


def _with_unit(edit: QWidget, unit: str) -> QWidget:
    holder = QWidget()
    beside = QHBoxLayout(holder)
    beside.setContentsMargins(0, 0, 0, 0)
    beside.setSpacing(8)
    beside.addWidget(edit)
    if unit:
        beside.addWidget(text(unit), 1)
    beside.addStretch(1 if not unit else 0)
    return holder
