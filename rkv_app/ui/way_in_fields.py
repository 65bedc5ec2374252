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
from rkv_app.ui.files import FileChooser
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.words_field import OfferedWords, WordsField
from rkv_app.usecases.type_recovery_words import WORDS, first_unknown, split_words, suggestions

_LONGEST = 1000
_LONGEST_PATH = 4000


class RecoveryPart(QWidget):
    """The words of a recovery sheet: completed while they are typed, counted, and told apart from what is none."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._typed = WordsField(suggestions)
        self._typed.textChanged.connect(self._on_typed)
        self._field = Field(
            words("The words of the recovery sheet, in order"),
            self._typed,
            hint=words(
                "Begin a word: what it can become is shown below, and Enter takes the first. Four letters are enough."
            ),
            name="lostWordsEdit",
        )
        self._count = text("", "muted", "lostWordsCountText")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._field)
        inside.addWidget(OfferedWords(self._typed, words("Words that begin like this")))
        inside.addWidget(self._count)
        self._on_typed()

    def typed(self) -> str:
        """What stands there."""
        return self._typed.toPlainText()

    def type_again(self, typed: str) -> None:
        """Puts back what stood in the form in another language."""
        self._typed.setPlainText(typed)

    def focus(self) -> None:
        """Puts the caret where the user goes on."""
        self._typed.setFocus()

    def way(self) -> WayIn | None:
        """The way in that was typed; None, and why beside it, where it cannot be one."""
        words, given = self._words, split_words(self.typed())
        unknown = first_unknown(self.typed(), finished=True)
        if unknown is not None:
            problem = self._unknown(unknown)
        elif len(given) < WORDS:
            problem = words("Word {n} is missing.", n=len(given) + 1)
        else:
            problem = words("There are more words than on the sheet.") if len(given) > WORDS else ""
        self._field.show_problem(problem)
        if problem:
            self._typed.setFocus()
            return None
        return RecoveryWords(self.typed())

    def _on_typed(self) -> None:
        self._count.setText(self._words("{n} of {total} words", n=len(split_words(self.typed())), total=WORDS))
        unknown = first_unknown(self.typed(), finished=False)
        self._field.show_problem("" if unknown is None else self._unknown(unknown))

    def _unknown(self, number: int) -> str:
        return self._words("Word {n} is not a word of a recovery sheet.", n=number)


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
        self.path = line_edit(longest=_LONGEST_PATH)
        self.password = line_edit(secret=True, longest=_LONGEST)
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
        kinds = words("Key files") + " (*.p12 *.pfx);;" + words("All files") + " (*)"
        path = self._files.open_file(words("Choose the key file"), kinds)
        if path is not None:
            self.path.setText(str(path))
            self.password.setFocus()


class WayInField(QWidget):
    """A passphrase, or the words of a recovery sheet in its stead."""

    def __init__(self, words: Words, label: str) -> None:
        super().__init__()
        self._words = words
        self._passphrase = line_edit(secret=True, longest=_LONGEST)
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
