# SPDX-License-Identifier: MIT
"""The dialog that registers a placement."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.domain.placements import Supervisor, Workplace
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.fields import DateEdit, Field, combo_box, line_edit, percent_box, text_edit
from rkv_app.usecases.add_placement import NewPlacement


class NewPlacementDialog(FormDialog):
    """Where the candidate works, for how long, under whom, and with what.

    Signals:
        filled(NewPlacement): the form is filled in.
    """

    filled = Signal(object)

    def __init__(self, words: Words, measures: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(words, words("New placement"), words("Add the placement"), "newPlacementDialog", parent)
        self._workplace, self._address = line_edit(), line_edit()
        self._supervisor, self._position, self._phone = line_edit(), line_edit(), line_edit(longest=30)
        self._measure = combo_box(list(measures.items()))
        pattern = words("dd.mm.yyyy")
        self._start, self._end = DateEdit(pattern=pattern), DateEdit(pattern=pattern)
        self._percent = percent_box()
        self._tasks = text_edit()
        dates = words("Write it like 24.12.2026.")
        self._workplace_field = Field(words("Workplace"), self._workplace, name="workplaceEdit")
        self._supervisor_field = Field(words("Supervisor's name"), self._supervisor, name="supervisorEdit")
        self._start_field = Field(words("First day"), self._start, hint=dates, name="startEdit")
        self._end_field = Field(
            words("Last day"), self._end, hint=words("Leave it empty while the placement goes on."), name="endEdit"
        )
        for part in (
            self._workplace_field,
            Field(words("Address of the workplace (may be left empty)"), self._address, name="addressEdit"),
            self._supervisor_field,
            Field(words("Supervisor's position (may be left empty)"), self._position, name="positionEdit"),
            Field(words("Supervisor's phone (may be left empty)"), self._phone, name="phoneEdit"),
            Field(words("Measure"), self._measure, name="measureCombo"),
            self._start_field,
            self._end_field,
            Field(words("Share of full time"), self._percent, name="percentSpin"),
            Field(
                words("Tasks"),
                self._tasks,
                hint=words("What does the candidate do there? A few lines in plain words."),
                name="tasksEdit",
            ),
            text(words("Do not write about health here."), "small"),
        ):
            self.fields.addWidget(part)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        start, end = self._start.date(), self._end.date()
        for field, problem in (problems := self._problems()).items():
            field.show_problem(problem)
        wrong = [field for field, problem in problems.items() if problem]
        if wrong or start is None:
            wrong[0].control.setFocus()
            return
        self.filled.emit(
            NewPlacement(
                workplace=Workplace(name=self._workplace.text().strip(), address=self._address.text().strip()),
                supervisor=Supervisor(
                    name=self._supervisor.text().strip(),
                    position=self._position.text().strip(),
                    phone=self._phone.text().strip(),
                ),
                measure=str(self._measure.currentData()),
                start=start,
                end=end,
                percent=self._percent.value(),
                tasks=self._tasks.toPlainText(),
            )
        )

    def _problems(self) -> dict[Field, str]:
        words = self.words
        needed = words("This must be filled in.")
        start, end = self._start.date(), self._end.date()
        ends = ""
        if self._end.holds_no_date():
            ends = words("Write the date like 24.12.2026.")
        elif start is not None and end is not None and end < start:
            ends = words("The last day is before the first.")
        return {
            self._workplace_field: "" if self._workplace.text().strip() else needed,
            self._supervisor_field: "" if self._supervisor.text().strip() else needed,
            self._start_field: "" if start is not None else words("Write the date like 24.12.2026."),
            self._end_field: ends,
        }
