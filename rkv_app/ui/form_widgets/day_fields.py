# SPDX-License-Identifier: MIT
"""The widgets of a date and of a period."""

from collections.abc import Iterable
from datetime import date

from PySide6.QtWidgets import QWidget

from rkv_app.forms.model import DateItem, PeriodItem
from rkv_app.forms.values import day, period
from rkv_app.ui.form_widgets.answer_field import AnswerField, WhyAsked, make_read_only
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import column, text
from rkv_app.ui.widgets.fields import DateEdit
from rkv_app.ui.widgets.layouts import FlowLayout


class _DaysField(AnswerField):
    """One date or two, each typed in one field."""

    _edits: tuple[DateEdit, ...] = ()

    def focus_answer(self) -> None:
        """See AnswerField."""
        self._edits[0].setFocus()

    def inputs(self) -> Iterable[QWidget]:
        """See AnswerField."""
        return self._edits

    def unfinished(self) -> str:
        """See AnswerField."""
        wrong = any(edit.holds_no_date() for edit in self._edits)
        return self.words("Write the date like 24.12.2026.") if wrong else ""

    def lock(self, locked: bool) -> None:
        """See AnswerField."""
        for edit in self._edits:
            make_read_only(edit, locked)
            edit.setPlaceholderText("" if locked else self.words("dd.mm.yyyy"))

    def _edit(self) -> DateEdit:
        made = DateEdit(pattern=self.words("dd.mm.yyyy"))
        self.description = self.description or self.words("Write the date like 24.12.2026.")
        made.setAccessibleDescription(self.description)
        made.textEdited.connect(lambda _: self.update_problem())
        made.editingFinished.connect(lambda: self.update_problem(settled=True))
        return made


class DayField(_DaysField):
    """A calendar date."""

    def __init__(self, item: DateItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        edit = self._edit()
        edit.dateChanged.connect(lambda value: self.answered.emit(value.isoformat() if value else None))
        self._edits = (edit,)
        self.title.setBuddy(edit)
        self.place(edit)
        self.name_controls()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        _show(self._edits[0], day(value))

    def name_controls(self) -> None:
        """See AnswerField."""
        self._edits[0].setAccessibleName(self.spoken)


class PeriodField(_DaysField):
    """A first and a last day, beside one another where there is room."""

    def __init__(self, item: PeriodItem, wording: Wording, about: str = "", why: WhyAsked | None = None) -> None:
        super().__init__(item, wording, about, why)
        if item.open_end and item.hint is None:
            self.place(text(self.words("Leave the last day empty if it still goes on."), "small"))
        self._labels = (self.words("First day"), self.words("Last day"))
        self._edits = (self._edit(), self._edit())
        holder = QWidget()
        beside = FlowLayout(holder, spacing=16)
        for label, edit in zip(self._labels, self._edits, strict=True):
            edit.dateChanged.connect(lambda _: self._on_changed())
            beside.addWidget(column(text(label, "small"), edit, spacing=2))
        self.place(holder)
        self.name_controls()

    def show_answer(self, value: object) -> None:
        """See AnswerField."""
        for edit, shown in zip(self._edits, period(value), strict=True):
            _show(edit, shown)

    def name_controls(self) -> None:
        """See AnswerField."""
        for label, edit in zip(self._labels, self._edits, strict=True):
            edit.setAccessibleName(f"{label}. {self.spoken}")

    def _on_changed(self) -> None:
        days = dict(zip(("from", "to"), (edit.date() for edit in self._edits), strict=True))
        self.answered.emit({key: value.isoformat() for key, value in days.items() if value} or None)


def _show(edit: DateEdit, value: date | None) -> None:
    # What is no date yet is known to nobody else, and would be lost.
    if not edit.hasFocus() and not edit.holds_no_date() and edit.date() != value:
        edit.set_date(value)
