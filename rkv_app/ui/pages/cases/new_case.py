# SPDX-License-Identifier: MIT
"""The dialog that begins a case."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.domain.aims import OfficialText
from rkv_app.domain.ports import CurriculumSummary
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.fields import DateEdit, Field, combo_box, line_edit
from rkv_app.usecases.create_case import NewCase


class NewCaseDialog(FormDialog):
    """Who the candidate is, and what the candidate wants.

    Signals:
        filled(NewCase): the form is filled in.
    """

    filled = Signal(object)

    def __init__(self, words: Words, curricula: Sequence[CurriculumSummary], parent: QWidget) -> None:
        super().__init__(words, words("New case"), words("Begin the case"), "newCaseDialog", parent)
        self._given = line_edit()
        self._family = line_edit()
        self._birth = DateEdit(pattern=words("dd.mm.yyyy"))
        self._number = line_edit(longest=20)
        self._shielded = OptionChip(
            words("The candidate has address protection"),
            words("Then nothing that tells where the candidate is may leave the store."),
        )
        self._shielded.setObjectName("shieldedOption")
        self._wanted = line_edit()
        self._curriculum = combo_box([(one.code, _named(one, words)) for one in curricula])
        self._given_field = Field(words("Given name"), self._given, name="givenNameEdit")
        self._family_field = Field(words("Family name"), self._family, name="familyNameEdit")
        self._birth_field = Field(
            words("Date of birth"),
            self._birth,
            hint=words("Write it like 24.12.1990. May be left empty."),
            name="birthDateEdit",
        )
        self._number_field = Field(
            words("National identity number"),
            self._number,
            hint=words("May be left empty. The screen shows only a part of it afterwards."),
            name="nationalNumberEdit",
        )
        self._wanted_field = Field(
            words("Wanted final competence"),
            self._wanted,
            hint=words("For example a trade certificate, in the words the candidate uses."),
            name="wantedEdit",
        )
        curriculum = Field(words("Curriculum"), self._curriculum, name="curriculumCombo")
        for part in (
            self._given_field,
            self._family_field,
            self._birth_field,
            self._number_field,
            self._shielded,
            self._wanted_field,
            curriculum,
        ):
            self.fields.addWidget(part)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        words = self.words
        needed = words("This must be filled in.")
        problems = {
            self._given_field: "" if self._given.text().strip() else needed,
            self._family_field: "" if self._family.text().strip() else needed,
            self._birth_field: words("Write the date like 24.12.1990.") if self._birth.holds_no_date() else "",
            self._wanted_field: "" if self._wanted.text().strip() else needed,
        }
        for field, problem in problems.items():
            field.show_problem(problem)
        wrong = [field for field, problem in problems.items() if problem]
        if wrong:
            wrong[0].control.setFocus()
            return
        self.filled.emit(
            NewCase(
                given_name=self._given.text(),
                family_name=self._family.text(),
                birth_date=self._birth.date(),
                national_number=self._number.text(),
                shielded=self._shielded.isChecked(),
                wanted=self._wanted.text(),
                curriculum_code=str(self._curriculum.currentData()),
            )
        )


def _named(curriculum: CurriculumSummary, words: Words) -> str:
    return f"{curriculum.code} {OfficialText(curriculum.title).text(words.language.value)}".strip()
