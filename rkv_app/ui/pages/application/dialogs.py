# SPDX-License-Identifier: MIT
"""The two dialogs of an application: asking for more documents, and telling the outcome."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.domain.exchange import Application, DocumentRole
from rkv_app.domain.plans import in_sets
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.ui.widgets.fields import DateEdit, Field, text_edit
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.send_outcome import NewOutcome


class AskDialog(FormDialog):
    """What is missing, and by when.

    Signals:
        filled(NewSupplementRequest): the form is filled in.
    """

    filled = Signal(object)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(words, words("Ask for more documents"), words("Make the request …"), "askDialog", parent)
        self._items, self._note = text_edit(lines=4), text_edit(lines=2)
        self._deadline = DateEdit(pattern=words("dd.mm.yyyy"))
        self._items_field = Field(
            words("What is missing"),
            self._items,
            hint=words("One thing on each line, in plain words."),
            name="itemsEdit",
        )
        self._deadline_field = Field(
            words("Wanted by"), self._deadline, hint=words("Write it like 24.12.2026."), name="deadlineEdit"
        )
        self.fields.addWidget(self._items_field)
        self.fields.addWidget(self._deadline_field)
        self.fields.addWidget(Field(words("Note (may be left empty)"), self._note, name="noteEdit"))
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        words = self.words
        items = [line.strip() for line in self._items.toPlainText().splitlines() if line.strip()]
        deadline = self._deadline.date()
        self._items_field.show_problem("" if items else words("This must be filled in."))
        self._deadline_field.show_problem("" if deadline else words("Write the date like 24.12.2026."))
        if not items:
            self._items.setFocus()
        elif deadline is None:
            self._deadline.setFocus()
        else:
            note = self._note.toPlainText()
            self.filled.emit(NewSupplementRequest(items=items, deadline=deadline, note=note))


class OutcomeDialog(FormDialog):
    """What the county has decided: on the whole, or aim by aim.

    Signals:
        filled(NewOutcome): the form is filled in.
    """

    filled = Signal(object)

    def __init__(
        self, words: Words, application: Application, documents: Sequence[Attachment], today: date, parent: QWidget
    ) -> None:
        super().__init__(words, words("Send the outcome"), words("Make the outcome …"), "outcomeDialog", parent)
        self._plans = [plan.code for plan in application.plans]
        several = len(self._plans) > 1
        self._whole = OptionCard(
            words("All the curricula are recognised") if several else words("The whole curriculum is recognised")
        )
        self._nothing = OptionCard(
            words("None of the curricula is recognised") if several else words("The curriculum is not recognised")
        )
        self._each = OptionCard(
            words("Curriculum by curriculum"), words("Tick the curricula that are recognised. The others are not.")
        )
        self._part = OptionCard(words("Aim by aim"), words("Tick the aims that are recognised. The others are not."))
        self._group = QButtonGroup(self)
        self.fields.addWidget(text(words("What was decided"), "label"))
        offered = (("whole", self._whole), ("nothing", self._nothing), ("each", self._each), ("part", self._part))
        for name, option in offered:
            option.setObjectName(f"{name}Option")
            self._group.addButton(option)
            self.fields.addWidget(option)
        self._each.setVisible(several)
        self._unsaid = text("", "problem")
        self._unsaid.hide()
        self.fields.addWidget(self._unsaid)
        self._plan_chips = {plan.code: OptionChip(f"{plan.code}  {plan.title}") for plan in application.plans}
        plans = self._hidden(self._plan_chips)
        # Below what they belong to.
        self.fields.removeWidget(plans)
        self.fields.insertWidget(self.fields.indexOf(self._each) + 1, plans)
        self._each.toggled.connect(plans.setVisible)
        self._aims = self._aim_chips(application)
        self._part.toggled.connect(self._aims.setVisible)
        self._decided_on, self._appeal_by = (
            DateEdit(today, pattern=words("dd.mm.yyyy")),
            DateEdit(pattern=words("dd.mm.yyyy")),
        )
        self._reasons, self._appeal = text_edit(lines=2), text_edit(lines=2)
        self._decided_field = Field(
            words("Decided on"), self._decided_on, hint=words("Write it like 24.12.2026."), name="decidedOnEdit"
        )
        self._appeal_field = Field(
            words("Last day for an appeal (may be left empty)"), self._appeal_by, name="appealByEdit"
        )
        self.fields.addWidget(self._decided_field)
        self.fields.addWidget(Field(words("Reasons (may be left empty)"), self._reasons, name="reasonsEdit"))
        self.fields.addWidget(
            Field(
                words("How to appeal (may be left empty)"),
                self._appeal,
                hint=words("To whom, and how. In plain words: the candidate reads it."),
                name="appealEdit",
            )
        )
        self.fields.addWidget(self._appeal_field)
        self._documents = self._document_chips(documents)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        words, decided_on = self.words, self._decided_on.date()
        recognised = self._recognised()
        self._unsaid.setText("" if recognised else words("Choose what was decided."))
        self._unsaid.setVisible(not recognised)
        wrong = words("Write the date like 24.12.2026.")
        self._decided_field.show_problem("" if decided_on else wrong)
        self._appeal_field.show_problem(wrong if self._appeal_by.holds_no_date() else "")
        if not recognised:
            self._whole.setFocus()
        elif decided_on is None:
            self._decided_on.setFocus()
        elif self._appeal_by.holds_no_date():
            self._appeal_by.setFocus()
        else:
            chosen = [code for code, chip in self._documents.items() if chip.isChecked()]
            self.filled.emit(
                NewOutcome(
                    decided_on=decided_on,
                    recognised=recognised,
                    reasons=self._reasons.toPlainText(),
                    appeal=self._appeal.toPlainText(),
                    appeal_by=self._appeal_by.date(),
                    documents=[ChosenDocument(one, DocumentRole.DECISION) for one in chosen],
                )
            )

    def _recognised(self) -> Mapping[str, bool]:
        if self._part.isChecked():
            return {code: chip.isChecked() for code, chip in self._chips.items()}
        if self._each.isChecked():
            return {code: chip.isChecked() for code, chip in self._plan_chips.items()}
        if self._whole.isChecked() or self._nothing.isChecked():
            return dict.fromkeys(self._plans, self._whole.isChecked())
        return {}

    def _hidden(self, chips: Mapping[str, OptionChip]) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for code, chip in chips.items():
            chip.setObjectName(f"{code}Chip")
            inside.addWidget(chip)
        holder.hide()
        self.fields.addWidget(holder)
        return holder

    def _aim_chips(self, application: Application) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        self._chips: dict[str, OptionChip] = {}
        for part in in_sets(application.aims, lambda aim: aim):
            if part.begins is not None:
                inside.addWidget(text(part.begins.named, "subheading"))
            if len(self._plans) > 1 and part.title:
                inside.addWidget(text(part.title, "label"))
            for aim in part.of_set:
                if aim.code not in self._chips:
                    self._chips[aim.code] = chip = OptionChip(f"{aim.code}  {aim.text}")
                    chip.setObjectName(f"{aim.code}Chip")
                    inside.addWidget(chip)
        holder.hide()
        self.fields.addWidget(holder)
        return holder

    def _document_chips(self, documents: Sequence[Attachment]) -> dict[str, OptionChip]:
        words, chips = self.words, {}
        self.fields.addWidget(text(words("Documents that go along"), "label"))
        if not documents:
            said = words("None. Attach the decision letter on the page before, if it is to go along.")
            self.fields.addWidget(text(said, "muted"))
        for one in documents:
            chips[one.id] = chip = OptionChip(shown_name(one.name))
            chip.setObjectName(f"document-{one.id}Chip")
            self.fields.addWidget(chip)
        return chips
