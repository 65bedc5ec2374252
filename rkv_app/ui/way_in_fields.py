# SPDX-License-Identifier: MIT
"""Ways into a store that are typed or chosen: the words of a recovery sheet, an office key, a passphrase or the words.

Brought in when the first of them is asked for.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.stores import OfficeKey, Passphrase, RecoveryWords, WayIn
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.ui.files import FileChooser, file_kinds
from rkv_app.ui.typed_words import TypedWords
from rkv_app.ui.widgets.basics import button, column
from rkv_app.ui.widgets.fields import Field, path_edit, secret_edit
from rkv_app.usecases.type_recovery_words import first_unknown


class RecoveryPart(TypedWords):
    """The words of a recovery sheet as a way in: each told apart from what is on no sheet while it is typed."""

    def __init__(self, words: Words) -> None:
        super().__init__(words, words("The words of the recovery sheet, in order"), "lost")
        self.changed.connect(lambda: self.show_problem(self._unknown(finished=False)))

    def way(self) -> WayIn | None:
        """The way in that was typed; None, and why beside it, where it cannot be one."""
        problem = self._unknown(finished=True) or self.wrong_number()
        self.show_problem(problem)
        if problem:
            self.focus()
            return None
        return RecoveryWords(self.text())

    def _unknown(self, *, finished: bool) -> str:
        number = first_unknown(self.text(), finished=finished)
        return "" if number is None else self._words("Word {n} is not a word of a recovery sheet.", n=number)


class OfficePart(QWidget):
    """The file with the private key of an office, and its password.

    Signals:
        refused(UserError): the file cannot be read.
    """

    refused = Signal(object)

    def __init__(self, words: Words, files: FileChooser) -> None:
        super().__init__()
        self._words = words
        self._files = files
        self.path = path_edit()
        self.password = secret_edit()
        self._path_field = Field(words("Office key file"), self.path, name="officeKeyEdit")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        choose = button(words("Choose the key file …"), "chooseOfficeKeyButton", "link", self._on_choose)
        inside.addWidget(column(self._path_field, choose, spacing=2))
        inside.addWidget(Field(words("Password of the key file"), self.password, name="officePasswordEdit"))

    def focus(self) -> None:
        """Puts the caret where the user goes on."""
        (self.password if self.path.text() else self.path).setFocus()

    def way(self) -> WayIn | None:
        """The way in that was chosen; None, and why beside it, where there is none."""
        from rkv_app.usecases.incoming_files import read_incoming

        named = self.path.text().strip()
        self._path_field.show_problem("" if named else self._words("This must be filled in."))
        if not named:
            self.path.setFocus()
            return None
        try:
            return OfficeKey(read_incoming(Path(named).expanduser()), self.password.text())
        except UserError as problem:
            self.refused.emit(problem)
            return None

    def _on_choose(self) -> None:
        words = self._words
        kinds = file_kinds(words, words("Key files"), "*.p12 *.pfx")
        path = self._files.open_file(words("Choose the key file"), kinds)
        if path is not None:
            self.path.setText(str(path))
            self.password.setFocus()


class WayInField(QWidget):
    """A passphrase, or the words of a recovery sheet in its stead."""

    def __init__(self, words: Words, label: str) -> None:
        super().__init__()
        self._words = words
        self._passphrase = secret_edit()
        self._field = Field(label, self._passphrase, name="wayInEdit")
        self._recovery = RecoveryPart(words)
        self._switch = button("", "otherWayInButton", "link", self._on_switch)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for part in (self._field, self._recovery, self._switch):
            inside.addWidget(part)
        self._show_recovery(False)

    def focus(self) -> None:
        """Puts the caret where the user goes on."""
        if self._recovery.isHidden():
            self._passphrase.setFocus()
            self._passphrase.selectAll()
        else:
            self._recovery.focus()

    def way(self) -> WayIn | None:
        """The way in that was typed; None, and why beside it, where there is none."""
        if not self._recovery.isHidden():
            return self._recovery.way()
        typed = self._passphrase.text()
        self._field.show_problem("" if typed else self._words("This must be filled in."))
        if not typed:
            self._passphrase.setFocus()
        return Passphrase(typed) if typed else None

    def _on_switch(self) -> None:
        self._show_recovery(self._recovery.isHidden())
        self.focus()

    def _show_recovery(self, shown: bool) -> None:
        words = self._words
        self._field.setVisible(not shown)
        self._recovery.setVisible(shown)
        self._switch.setText(words("Use the passphrase instead") if shown else words("Use the recovery sheet instead"))
