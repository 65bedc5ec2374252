# SPDX-License-Identifier: MIT
"""The form of the first window that makes a store: who it is for, where to keep it, and its passphrase."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from rkv_app.domain.people import Party, Role
from rkv_app.foundation.i18n import Words
from rkv_app.ui.files import STORE_SUFFIX, FileChooser
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.fields import Field, line_edit, path_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout
from rkv_app.ui.widgets.new_passphrase import NewPassphrase


class CreateForm(QFrame):
    """Who the store is for, where to keep it, and its passphrase.

    Signals:
        asked(Path, str, Party): make a store for this party.
    """

    asked = Signal(Path, str, object)

    def __init__(self, words: Words, files: FileChooser) -> None:
        super().__init__()
        self.words = words
        self.files = files
        self.setObjectName("createForm")
        self.setProperty("kind", "card")
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(20, 16, 20, 18)
        self.inside.setSpacing(14)
        self._place_is_ours = True
        self._add_roles()
        self._name = line_edit()
        self._organisation = line_edit()
        self._unit = line_edit()
        self._path = path_edit()
        self._passphrase = NewPassphrase(words, words("Passphrase"), words("The passphrase again"))
        self._name_field = Field(words("Your name"), self._name, name="nameEdit")
        self._organisation_field = Field(words("Where you work"), self._organisation, name="organisationEdit")
        unit_field = Field(words("Unit (may be left empty)"), self._unit, name="unitEdit")
        self._path_field = Field(words("Where to keep the store"), self._path, name="newStorePathEdit")
        choose = button(words("Choose the place …"), "choosePlaceButton", "link", self._on_choose)
        self._button = button(words("Make the store"), "createButton", "primary", self._on_asked)
        for part in (
            self._name_field,
            self._organisation_field,
            unit_field,
            column(self._path_field, choose, spacing=2),
            self._passphrase,
            self._button,
        ):
            self.inside.addWidget(part)
        self._passphrase.again.returnPressed.connect(self._on_asked)
        self._path.textEdited.connect(self._on_place_edited)
        self._suggest_place()

    def focus(self) -> None:
        """Puts the caret where the user goes on."""
        self._name.setFocus()

    def set_working(self, working: bool) -> None:
        """Shows that the store is being made."""
        self._button.setText(self.words("Making the store …") if working else self.words("Make the store"))
        self._button.setDisabled(working)

    def take_over(self, other: "CreateForm") -> None:
        """Takes what was typed and chosen in the form in another language."""
        self._place_is_ours = other._place_is_ours
        for role, option in self._roles.items():
            option.setChecked(other._roles[role].isChecked())
        typed = {field.objectName(): field.text() for field in other.findChildren(QLineEdit)}
        for field in self.findChildren(QLineEdit):
            field.setText(typed.get(field.objectName(), ""))

    def _add_roles(self) -> None:
        words = self.words
        self._roles = {
            Role.ADVISER: OptionCard(words("Adviser at Nav"), words("I prepare applications.")),
            Role.SUPERVISOR: OptionCard(words("Supervisor"), words("I evaluate practice at a workplace.")),
            Role.INTAKE: OptionCard(words("County intake"), words("I receive applications.")),
        }
        self.inside.addWidget(text(words("Who are you?"), "label"))
        holder = QWidget()
        beside = ColumnsLayout(holder, narrowest=165)
        for role, option in self._roles.items():
            option.setObjectName(f"{role.value}RoleOption")
            beside.addWidget(option)
        self._roles[Role.ADVISER].setChecked(True)
        for option in self._roles.values():
            option.toggled.connect(self._suggest_place)
        self.inside.addWidget(holder)

    def _role(self) -> Role:
        return next(role for role, option in self._roles.items() if option.isChecked())

    def _suggest_place(self) -> None:
        if self._place_is_ours:
            self._path.setText(str(Path.home() / f"rkv-{self._role().value}{STORE_SUFFIX}"))

    def _on_place_edited(self) -> None:
        self._place_is_ours = False

    def _on_choose(self) -> None:
        suggested = Path(self._path.text()).name or f"rkv{STORE_SUFFIX}"
        path = self.files.save_file(self.words("Where to keep the store"), suggested)
        if path is not None:
            self._place_is_ours = False
            self._path.setText(str(path))

    def _on_asked(self) -> None:
        words = self.words
        needed = words("This must be filled in.")
        problems = {
            self._name_field: "" if self._name.text().strip() else needed,
            self._organisation_field: "" if self._organisation.text().strip() else needed,
            self._path_field: "" if self._path.text().strip() else needed,
        }
        for field, problem in problems.items():
            field.show_problem(problem)
        wrong = [field.control for field, problem in problems.items() if problem]
        if (passphrase := self._passphrase.wrong()) is not None:
            wrong.append(passphrase)
        if wrong:
            wrong[0].setFocus()
        elif self._button.isEnabled():
            party = Party(
                role=self._role(),
                name=self._name.text().strip(),
                organisation=self._organisation.text().strip(),
                unit=self._unit.text().strip(),
            )
            self.asked.emit(Path(self._path.text().strip()).expanduser(), self._passphrase.text(), party)
