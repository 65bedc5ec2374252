# SPDX-License-Identifier: MIT
"""Contacts: who we are to others, and who others are to us, with trust said in words."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.domain.exchange import Contact
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.files import file_kinds
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.contacts.view_model import ContactsState, ContactsViewModel
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import button, card, chip, text
from rkv_app.ui.widgets.fields import Field, line_edit

CARD_SUFFIX = ".rkvkort"


class ContactsPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = ContactsViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Contacts"))
        self._own_name = ""
        self.header_actions.addWidget(
            button(words("Add a contact card …"), "addContactButton", "primary", self._on_add)
        )
        own = self.section(words("You, as others know you"))
        self._own = text("", "lead")
        own.addWidget(self._own)
        own.addWidget(text(words("Read these digits aloud when somebody wants to be sure that your card is yours:")))
        self._digits = QVBoxLayout()
        own.addLayout(self._digits)
        own.addWidget(button(words("Save my contact card …"), "saveCardButton", "secondary", self._on_save))
        self._contacts = QVBoxLayout()
        self._contacts.setSpacing(12)
        self.column.addWidget(text(words("Others"), "heading"))
        self.column.addLayout(self._contacts)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ContactsState):
            return
        self._own_name = state.own.name
        self._own.setText(labels.party(state.own))
        refill(self._digits, lambda: self._digits.addWidget(digit_groups(state.digits, "digits")))
        refill(self._contacts, lambda: self._fill_contacts(state.contacts))

    def _fill_contacts(self, contacts: tuple[Contact, ...]) -> None:
        words = self.words
        if not contacts:
            self._contacts.addWidget(
                self.empty_state(
                    words("No contacts yet"),
                    words("Ask the other party for their contact card, a small file, and add it here."),
                )
            )
        for number, contact in enumerate(contacts, start=1):
            self._contacts.addWidget(self._contact_card(number, contact))

    def _contact_card(self, number: int, contact: Contact) -> QWidget:
        words = self.words
        frame, inside = card(name=f"contact{number}Card")
        inside.addWidget(text(labels.party(contact.card.party), "subheading"))
        inside.addWidget(text(labels.role(words, contact.card.party.role), "muted"))
        line = QHBoxLayout()
        line.addWidget(chip(labels.checked(words, contact), "success" if contact.checked_on else "warning"))
        line.addStretch(1)
        inside.addLayout(line)
        if contact.checked_on is None:
            compare = button(
                words("Compare the digits …"), f"compare{number}Button", "secondary", lambda: self._on_compare(contact)
            )
            compare.setAccessibleName(words("Compare the digits of {name}", name=contact.card.party.name))
            inside.addSpacing(4)
            inside.addWidget(compare)
        return frame

    def _on_compare(self, contact: Contact) -> None:
        dialog = CompareDialog(self.words, contact, self._own_name, self)
        dialog.compared.connect(lambda by: self._model.confirm(contact.id, by, dialog.show_error))
        self._model.confirmed.connect(dialog.accept)
        dialog.open()

    def _on_add(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Contact cards"), f"*{CARD_SUFFIX}")
        path = self.context.files.open_file(words("Choose the contact card"), kinds)
        if path is not None:
            self._model.read_card(path)

    def _on_save(self) -> None:
        words = self.words
        path = self.context.files.save_file(words("Where to write your contact card"), f"kontaktkort{CARD_SUFFIX}")
        if path is not None:
            self._model.write_card(path)


class CompareDialog(FormDialog):
    """The digits of a contact, to be compared aloud.

    Signals:
        compared(str): this person has compared them, and they are the same.
    """

    compared = Signal(str)

    def __init__(self, words: Words, contact: Contact, by: str, parent: QWidget) -> None:
        super().__init__(words, words("Compare the digits"), words("The digits are the same"), "compareDialog", parent)
        self.fields.addWidget(text(labels.party(contact.card.party), "subheading"))
        self.fields.addWidget(
            text(words("Call them on a number you know from elsewhere. Let them read their digits, and compare:"))
        )
        self.fields.addWidget(digit_groups(contact.digits, "digits"))
        self._by = line_edit(by)
        self._field = Field(words("Compared by"), self._by, name="comparedByEdit")
        self.fields.addWidget(self._field)
        self.fields.addWidget(text(words("Are they not the same? Then cancel, and do not use the card."), "muted"))
        self.fields.addStretch(1)
        self.make_room(620, 520)

    def submit(self) -> None:
        """See FormDialog."""
        by = self._by.text().strip()
        self._field.show_problem("" if by else self.words("This must be filled in."))
        if by:
            self.compared.emit(by)
