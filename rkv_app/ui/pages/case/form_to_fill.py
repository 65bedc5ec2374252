# SPDX-License-Identifier: MIT
"""A form for a workplace without the app: of which kind and in which language, and what to do with it then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.pages.case.view_model import WantedForm
from rkv_app.ui.protection import ClearedField
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.language_switch import LanguageSwitch
from rkv_app.usecases.ask_on_form import FormToFill


class FormToFillDialog(FormDialog):
    """Asks what kind of form is wanted.

    Signals:
        filled(WantedForm): make it; close the dialog with `accept` when it is written.
    """

    filled = Signal(object)

    def __init__(self, words: Words, workplace: str, *, shielded: bool, parent: QWidget) -> None:
        title = words("A form for a workplace without the app")
        super().__init__(words, title, words("Save the form …"), "formToFillDialog", parent)
        self._language = words.language
        self.fields.addWidget(text(words("{workplace} is asked the same as in the app.", workplace=workplace)))
        self._on_screen = OptionCard(
            words("To fill in on a computer"), words("A PDF with fields. The answers are read when it comes back.")
        )
        self._on_paper = OptionCard(
            words("To fill in on paper"), words("A PDF to print. You type the answers in when the paper comes back.")
        )
        self._options = QButtonGroup(self)
        for option in (self._on_screen, self._on_paper):
            self._options.addButton(option)
        self._on_screen.setChecked(True)
        self.fields.addWidget(column(self._on_screen, self._on_paper))
        self._switch = LanguageSwitch(words.language, words("Language of the form"))
        self._switch.chosen.connect(self._on_language)
        self.fields.addWidget(column(text(words("Language of the form"), "label"), self._switch, spacing=4))
        self.fields.addWidget(
            text(
                words(
                    "The file is not locked, and it names the candidate. Hand it over in person or in a channel that "
                    "is locked, never by ordinary e-mail."
                )
            )
        )
        self._cleared = ClearedField(words, shielded=shielded)
        if shielded:
            self.fields.addWidget(
                text(
                    words(
                        "The candidate has address protection, and the form tells where the candidate works. Hand it "
                        "over in person."
                    ),
                    "problem",
                )
            )
            self.fields.addWidget(self._cleared)
        self.fields.addStretch(1)
        self.make_room(620, 760, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        if self._cleared.is_filled():
            self.filled.emit(WantedForm(self._on_paper.isChecked(), self._language, self._cleared.cleared_by()))
        else:
            self._cleared.control.setFocus()

    def _on_language(self, language: Language) -> None:
        self._language = language
        self._switch.show_language(language)


class FormMadePanel(QFrame):
    """Says what to do with a form that was just made.

    Signals:
        told: the user knows, and does not need it any more.
    """

    told = Signal()

    def __init__(self, words: Words, made: FormToFill) -> None:
        super().__init__()
        self.setObjectName("formMadePanel")
        self.setProperty("kind", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(8)
        inside.addWidget(text(words("The form is made"), "heading"))
        for line in self._steps(words, made):
            inside.addWidget(text(line))
        inside.addWidget(
            text(words("The file names the candidate. Delete it from your computer when it is handed over."), "muted")
        )
        inside.addSpacing(4)
        inside.addWidget(button(words("I know what to do"), "formToldButton", "secondary", self.told.emit))

    @staticmethod
    def _steps(words: Words, made: FormToFill) -> tuple[str, ...]:
        name = made.path.name
        if made.on_paper:
            return (
                words("1. Print {name}, and give the supervisor all pages.", name=name),
                words("2. The supervisor fills it in with a dark pen, and gives all pages back."),
                words(
                    "3. Scan the pages, or take a photo of each. The square code on the first page must be whole. "
                    "Drop the file on this page, or choose “A form came back …”."
                ),
            )
        return (
            words(
                "1. Give the supervisor the file {name} in person or in a channel that is locked, never by ordinary "
                "e-mail.",
                name=name,
            ),
            words("2. The supervisor fills it in in a PDF reader, saves it, and gives it back in the same way."),
            words("3. When it comes back, drop the file on this page, or choose “A form came back …”."),
        )
