# SPDX-License-Identifier: MIT
"""The dialog that answers a request for more: which documents go along as what, and why they may be shared."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.sharing import SharingEvent, SharingGround
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.fields import DateEdit, Field, combo_box, line_edit, text_edit
from rkv_app.usecases.conversation import AskedForMore
from rkv_app.usecases.documents_along import ChosenDocument
from rkv_app.usecases.send_supplement import NewSupplement

_NOT_SENT = "-"


class SendDocumentsDialog(FormDialog):
    """See the module.

    Signals:
        filled(NewSupplement): the form is filled in.
        attachWanted: a document is to be attached; `show_attached` is told when it is.
    """

    filled = Signal(object)
    attachWanted = Signal()

    def __init__(
        self,
        words: Words,
        asked: AskedForMore,
        legal_bases: Mapping[str, str],
        before: Sequence[SharingEvent],
        *,
        shielded: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(words, words("Send the documents"), words("Make the packet …"), "sendDocumentsDialog", parent)
        self._asked = asked
        self._choices: dict[str, tuple[QComboBox, QComboBox]] = {}
        self.fields.addWidget(text(words("What the county asks for"), "label"))
        for item in asked.request.items:
            self.fields.addWidget(text(f"{item.id}.  {item.text}"))
        self._documents = QVBoxLayout()
        self._documents.setSpacing(12)
        self.fields.addLayout(self._documents)
        self.fields.addWidget(button(words("Attach a document …"), "attachHereButton", "secondary", self._attach))
        self._nothing = text(words("Choose a document, or write a note that says why there is none."), "problem")
        self._nothing.hide()
        self.fields.addWidget(self._nothing)
        self._note = text_edit(lines=2)
        self.fields.addWidget(Field(words("Note (may be left empty)"), self._note, name="noteEdit"))
        # The ground is as a rule the same as it was for the application; the candidate is told anew.
        last = before[-1].ground if before else None
        self._basis = combo_box(list(legal_bases.items()))
        if last is not None:
            self._basis.setCurrentIndex(max(0, self._basis.findData(last.legal_basis)))
        self._purpose = text_edit(last.purpose if last else "", lines=2)
        self._informed = DateEdit(pattern=words("dd.mm.yyyy"))
        self._purpose_field = Field(words("Purpose"), self._purpose, name="purposeEdit")
        self._informed_field = Field(
            words("The candidate was told on"),
            self._informed,
            hint=words("Write it like 24.12.2026."),
            name="informedEdit",
        )
        self.fields.addWidget(Field(words("Legal basis"), self._basis, name="legalBasisCombo"))
        self.fields.addWidget(self._purpose_field)
        self.fields.addWidget(self._informed_field)
        self._shielded, self._cleared = shielded, line_edit()
        self._cleared_field = Field(
            words("Cleared by"),
            self._cleared,
            hint=words("The candidate has address protection. Write who has read this and cleared the sending."),
            name="clearedByEdit",
        )
        self._cleared_field.setVisible(shielded)
        self.fields.addWidget(self._cleared_field)
        self.fields.addStretch(1)

    def show_documents(self, documents: Sequence[Attachment]) -> None:
        """Adds those that are not shown yet, none of them chosen; what is chosen stays chosen."""
        for one in documents:
            if one.id not in self._choices:
                self._documents.addWidget(self._document(one))

    def show_attached(self, documents: Sequence[Attachment]) -> None:
        """Adds those that were just attached here: they are to be sent, for what nothing answers so far."""
        new = [one.id for one in documents if one.id not in self._choices]
        self.show_documents(documents)
        for one in new:
            answered = {str(answers.currentData()) for answers, _ in self._choices.values()}
            open_item = next((item.id for item in self._asked.request.items if item.id not in answered), "")
            answers, _ = self._choices[one]
            answers.setCurrentIndex(answers.findData(open_item))

    def submit(self) -> None:
        """See FormDialog."""
        words = self.words
        chosen, note = self._chosen(), self._note.toPlainText().strip()
        purpose, informed = self._purpose.toPlainText().strip(), self._informed.date()
        cleared_by = self._cleared.text().strip() if self._shielded else ""
        needed = words("This must be filled in.")
        self._nothing.setVisible(not chosen and not note)
        problems = {
            self._purpose_field: "" if purpose else needed,
            self._informed_field: "" if informed else words("Write the date like 24.12.2026."),
            self._cleared_field: needed if self._shielded and not cleared_by else "",
        }
        for field, problem in problems.items():
            field.show_problem(problem)
        wrong = [field for field, problem in problems.items() if problem]
        if not chosen and not note:
            self._note.setFocus()
        elif wrong or informed is None:
            wrong[0].control.setFocus()
        else:
            basis = str(self._basis.currentData())
            ground = SharingGround(legal_basis=basis, purpose=purpose, informed_on=informed)
            self.filled.emit(NewSupplement(documents=chosen, note=note, ground=ground, cleared_by=cleared_by))

    def _document(self, one: Attachment) -> QWidget:
        words = self.words
        frame, inside = card(name=f"document-{one.id}Card")
        inside.addWidget(text(one.name, "subheading"))
        items = [(item.id, f"{item.id}. {item.text}") for item in self._asked.request.items]
        answers = combo_box([(_NOT_SENT, words("Is not sent")), *items, ("", words("Something else"))])
        roles = combo_box([(role.value, labels.document_role(words, role)) for role in DocumentRole])
        self._choices[one.id] = (answers, roles)
        for said, named, control, name in (
            (words("Answers"), words("What {name} answers", name=one.name), answers, "answersCombo"),
            (words("What it is"), words("What {name} is", name=one.name), roles, "roleCombo"),
        ):
            inside.addWidget(Field(said, control, name=name))
            control.setAccessibleName(named)
        return frame

    def _chosen(self) -> list[ChosenDocument]:
        return [
            ChosenDocument(one, DocumentRole(str(roles.currentData())), str(answers.currentData()))
            for one, (answers, roles) in self._choices.items()
            if answers.currentData() != _NOT_SENT
        ]

    def _attach(self) -> None:
        self.attachWanted.emit()
