# SPDX-License-Identifier: MIT
"""A form on a case for somebody without the app, in a language that they read."""

from PySide6.QtWidgets import QWidget

from rkv_app.forms.model import Form
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.wording import named_languages
from rkv_app.ui.pages.forms.view_model import WantedCopy
from rkv_app.ui.to_fill_dialog import ToFillDialog
from rkv_app.ui.widgets.fields import Field, combo_box


class GiveOutDialog(ToFillDialog):
    """Asks how the form is wanted.

    Signals:
        filled(WantedCopy): see ToFillDialog.
    """

    def __init__(self, words: Words, form: Form, language: str, *, shielded: bool, parent: QWidget) -> None:
        """Asks about `form`; `language` is the one that stands first."""
        self._languages = combo_box(named_languages(words, form, language))
        about = words("The form is blank. What comes back is put beside the answers here, and you confirm it.")
        protected = words(
            "The candidate has address protection, and a form may tell where the candidate is. Hand it over in person."
        )
        super().__init__(
            words,
            words("Give the form out"),
            about,
            "giveOutDialog",
            Field(words("Language of the form"), self._languages, name="giveOutLanguageCombo"),
            shielded=protected if shielded else "",
            parent=parent,
        )

    def wanted(self, *, on_paper: bool, cleared_by: str) -> WantedCopy:
        """See ToFillDialog."""
        return WantedCopy(on_paper, str(self._languages.currentData()), cleared_by)
