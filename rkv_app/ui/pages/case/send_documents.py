# SPDX-License-Identifier: MIT
"""The dialog that answers a request for more: which documents go along as what, and why they may be shared."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.sharing import SharingEvent
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.ground_fields import GroundFields
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.fields import Field, combo_box, text_edit
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
        self.fields.addWidget(
            button(words("Attach a document …"), "attachHereButton", "secondary", self.attachWanted.emit)
        )
        self._nothing = text(words("Choose a document, or write a note that says why there is none."), "problem")
        self._nothing.hide()
        self.fields.addWidget(self._nothing)
        self._note = text_edit(lines=2)
        self.fields.addWidget(Field(words("Note (may be left empty)"), self._note, name="noteEdit"))
        self._ground = GroundFields(words)
        # The ground is as a rule the same as it was for the application.
        self._ground.offer(legal_bases, before[-1].ground if before else None)
        self.fields.addWidget(self._ground)
        self.fields.addWidget(self._ground.cleared_field)
        self._ground.set_shielded(shielded)
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
        chosen, note, ground = self._chosen(), self._note.toPlainText().strip(), self._ground.ground()
        self._nothing.setVisible(not chosen and not note)
        if not chosen and not note:
            self._note.setFocus()
        elif ground is not None:
            cleared_by = self._ground.cleared_by()
            self.filled.emit(NewSupplement(documents=chosen, note=note, ground=ground, cleared_by=cleared_by))

    def _document(self, one: Attachment) -> QWidget:
        words, called = self.words, shown_name(one.name)
        frame, inside = card(name=f"document-{one.id}Card")
        inside.addWidget(text(called, "subheading"))
        items = [(item.id, f"{item.id}. {item.text}") for item in self._asked.request.items]
        answers = combo_box([(_NOT_SENT, words("Is not sent")), *items, ("", words("Something else"))])
        roles = combo_box([(role.value, labels.document_role(words, role)) for role in DocumentRole])
        self._choices[one.id] = (answers, roles)
        for said, named, control, name in (
            (words("What it answers"), words("What {name} answers", name=called), answers, "answersCombo"),
            (words("What it is"), words("What {name} is", name=called), roles, "roleCombo"),
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
