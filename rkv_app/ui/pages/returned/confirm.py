# SPDX-License-Identifier: MIT
"""The end of a form that came back: who evaluated, that it was compared with the file, and confirming or discarding."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.documents.fillable_binding import DATE, NAME, POSITION
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.pages.returned.view_model import ReturnedShown
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.fields import DateEdit, Field, line_edit


class ConfirmPanel(QFrame):
    """Asks who evaluated, and confirms.

    Signals:
        said(str, str): who evaluated, by item path: a name, a position, or a date (ISO 8601).
        confirmAsked: make the evaluation; the answers were compared with the file.
    """

    said = Signal(str, str)
    confirmAsked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._filled = False
        self.setObjectName("confirmPanel")
        self.setProperty("kind", "next")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(12)
        self._name, self._position = line_edit(), line_edit()
        self._day = DateEdit(pattern=words("dd.mm.yyyy"))
        self._name_field = Field(words("Who evaluated"), self._name, name="returnedNameEdit")
        self._position_field = Field(words("Position (may be left empty)"), self._position, name="returnedPositionEdit")
        self._day_field = Field(
            words("Date in the form"),
            self._day,
            hint=words("Without a date in the form: the day you got it."),
            name="returnedDateEdit",
        )
        self._name.textEdited.connect(lambda typed: self.said.emit(NAME, typed))
        self._position.textEdited.connect(lambda typed: self.said.emit(POSITION, typed))
        self._day.dateChanged.connect(lambda day: self.said.emit(DATE, day.isoformat() if day else ""))
        self._told = text(
            words(
                "It becomes an evaluation in the case. Everyone who reads it sees that it is not signed "
                "electronically, and that you compared it. Write as it stands in the form."
            )
        )
        self._of_case = False
        self._unconfirmed = text("", "problem", "unconfirmedText")
        self._removed = text("", "body", "removedText")
        self._compared = OptionChip(
            words("I have compared every answer with what came back, and whoever evaluated confirms them there.")
        )
        self._compared.setObjectName("comparedCheck")
        self._compared_problem = text("", "problem")
        self._compared_problem.hide()
        for part in (
            text(words("Confirm the form"), "heading"),
            self._told,
            self._name_field,
            self._position_field,
            self._day_field,
            self._unconfirmed,
            self._removed,
            self._compared,
            self._compared_problem,
            button(words("Confirm"), "confirmReturnedButton", "primary", self._on_confirm),
        ):
            inside.addWidget(part)

    def show_state(self, state: ReturnedShown) -> None:
        """Shows what the form says; what was typed here since stays."""
        words, draft = self._words, state.view.draft
        if draft.response_id and not self._of_case:
            self._take_for_case()
        if not self._filled:
            self._filled = True
            self._fill(state.who)
        told = words("The box with which whoever evaluated confirms the answers is not ticked. Ask about it first.")
        self._unconfirmed.setText(told if draft.confirmed is False else "")
        self._unconfirmed.setVisible(draft.confirmed is False)
        told = words("These answers are not asked for any more and are removed when you confirm:")
        self._removed.setText("\n".join([told, *(f"• {one}" for one in state.removed)]))
        self._removed.setVisible(bool(state.removed))

    def _take_for_case(self) -> None:
        """A form that was given out: who filled it in is said in it, or nowhere."""
        words, self._of_case = self._words, True
        self._told.setText(
            words(
                "The answers go into the form on the case, which you complete there. It stays on record that you "
                "compared them, and when."
            )
        )
        for field in (self._name_field, self._position_field, self._day_field):
            field.hide()
        self._compared.setText(words("I have compared every answer with what came back."))

    def _fill(self, who: Mapping[str, str]) -> None:
        self._name.setText(who.get(NAME, ""))
        self._position.setText(who.get(POSITION, ""))
        try:
            self._day.set_date(date.fromisoformat(who.get(DATE, "")))
        except ValueError:
            self._day.set_date(None)

    def _on_confirm(self) -> None:
        words = self._words
        if self._of_case:
            self._confirm_for_case()
            return
        needed = words("This must be filled in.")
        name, day = self._name.text().strip(), self._day.date()
        self._name_field.show_problem("" if name else needed)
        missing = words("Write the date like 24.12.2026.") if self._day.holds_no_date() else needed
        self._day_field.show_problem("" if day else missing)
        compared = self._is_compared()
        if name and day and compared:
            self.confirmAsked.emit()
            return
        wrong = self._name if not name else self._day if not day else self._compared
        wrong.setFocus()

    def _confirm_for_case(self) -> None:
        if self._is_compared():
            self.confirmAsked.emit()
        else:
            self._compared.setFocus()

    def _is_compared(self) -> bool:
        """Whether it is said that the answers were compared; where not, it says so beside."""
        compared = self._compared.isChecked()
        self._compared_problem.setText(self._words("Compare the answers with what came back, and tick here."))
        self._compared_problem.setVisible(not compared)
        return compared


class DiscardDialog(FormDialog):
    """Asks before what was read and typed is taken away.

    Signals:
        agreed: take it away.
    """

    agreed = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(words, words("Discard the draft"), words("Discard"), "discardReturnedDialog", parent)
        self.make_room(560, 480, snug=True)
        self.fields.addWidget(
            text(
                words(
                    "What was read from the form and what you have typed is taken away. The file that came back stays "
                    "in the case, and you can take it in once more."
                )
            )
        )
        self.fields.addStretch(1)
        self.cancel.setFocus()

    def submit(self) -> None:
        """See FormDialog."""
        self.agreed.emit()
