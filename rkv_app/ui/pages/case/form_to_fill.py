# SPDX-License-Identifier: MIT
"""A form for a workplace without the app: of which kind and in which language, and what to do with it then."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Language, Words
from rkv_app.ui.pages.case.view_model import WantedForm
from rkv_app.ui.to_fill_dialog import ToFillDialog
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.language_switch import LanguageSwitch
from rkv_app.usecases.ask_on_form import FormToFill


class FormToFillDialog(ToFillDialog):
    """Asks what kind of form is wanted.

    Signals:
        filled(WantedForm): see ToFillDialog.
    """

    def __init__(self, words: Words, workplace: str, *, shielded: bool, parent: QWidget) -> None:
        self._language = words.language
        self._switch = LanguageSwitch(words.language, words("Language of the form"))
        self._switch.chosen.connect(self._on_language)
        protected = words(
            "The candidate has address protection, and the form tells where the candidate works. Hand it over in "
            "person."
        )
        super().__init__(
            words,
            words("A form for a workplace without the app"),
            words("{workplace} is asked the same as in the app.", workplace=workplace),
            "formToFillDialog",
            column(text(words("Language of the form"), "label"), self._switch, spacing=4),
            shielded=protected if shielded else "",
            parent=parent,
        )

    def wanted(self, *, on_paper: bool, cleared_by: str) -> WantedForm:
        """See ToFillDialog."""
        return WantedForm(on_paper, self._language, cleared_by)

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
