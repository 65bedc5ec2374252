# SPDX-License-Identifier: MIT
"""Contacts: who we are to others, and who others are to us, with trust said in words."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.exchange import Contact
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.files import file_kinds
from rkv_app.ui.key_change_dialog import KeyChangeDialog
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.contacts.dialogs import CompareDialog
from rkv_app.ui.pages.contacts.view_model import ContactsState, ContactsViewModel, KnownContact
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import button, card, chip, text
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.contacts import KeyChange

CARD_SUFFIX = ".rkvkontakt"
# What the window called them before the format had a name for it.
_FORMER_SUFFIX = ".rkvkort"


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
        actions = QWidget()
        beside = FlowLayout(actions, spacing=8)
        beside.addWidget(button(words("Save my contact card …"), "saveCardButton", "secondary", self._on_save))
        beside.addWidget(
            button(words("Keys and issuers …"), "trustButton", "secondary", lambda: context.go(Route(PageName.TRUST)))
        )
        own.addWidget(actions)
        self._contacts = QVBoxLayout()
        self._contacts.setSpacing(12)
        self.column.addWidget(text(words("Others"), "heading"))
        self.column.addLayout(self._contacts)
        self._model.keysChanged.connect(self._on_keys_changed)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ContactsState):
            return
        self._own_name = state.own.name
        self._own.setText(labels.party(state.own))
        refill(self._digits, lambda: self._digits.addWidget(digit_groups(state.digits, "digits")))
        refill(self._contacts, lambda: self._fill_contacts(state.contacts))

    def _fill_contacts(self, contacts: tuple[KnownContact, ...]) -> None:
        words = self.words
        if not contacts:
            self._contacts.addWidget(
                self.empty_state(
                    words("No contacts yet"),
                    words("Ask the other party for their contact card, a small file, and add it here."),
                )
            )
        for number, known in enumerate(contacts, start=1):
            self._contacts.addWidget(self._contact_card(number, known))

    def _contact_card(self, number: int, known: KnownContact) -> QWidget:
        words, contact = self.words, known.contact
        party = contact.card.party
        frame, inside = card(name=f"contact{number}Card")
        inside.addWidget(text(labels.party(party), "subheading"))
        inside.addWidget(text(labels.in_line(labels.role(words, party.role), labels.org_number(words, party)), "muted"))
        chips = QWidget()
        line = FlowLayout(chips, spacing=8)
        is_checked = contact.checked_on is not None
        line.addWidget(chip(labels.checked(words, contact), "success" if is_checked else "warning"))
        inside.addWidget(chips)
        for former in known.former:
            day = labels.day(words, former.replaced_on)
            said = words("Other keys since {date}, compared by {name}.", date=day, name=former.replaced_by)
            before = words("Digits before: {digits}", digits=former.contact.digits)
            inside.addWidget(text(f"{said} {before}", "muted"))
        again = words("See the digits, or compare again …") if is_checked else words("Compare the digits …")
        compare = button(
            again, f"compare{number}Button", "link" if is_checked else "secondary", lambda: self._on_compare(contact)
        )
        if is_checked:
            compare.setAccessibleName(words("See the digits of {name}, or compare again", name=party.name))
        else:
            compare.setAccessibleName(words("Compare the digits of {name}", name=party.name))
        inside.addSpacing(4)
        inside.addWidget(compare)
        return frame

    def _on_compare(self, contact: Contact) -> None:
        dialog = CompareDialog(self.words, contact, self._own_name, self)
        dialog.compared.connect(lambda by, how: self._model.confirm(contact.id, by, how, dialog.show_error))
        self._model.confirmed.connect(dialog.accept)
        dialog.open()

    def _on_keys_changed(self, change: KeyChange) -> None:
        words = self.words
        dialog = KeyChangeDialog(words, change, self._own_name, self)
        dialog.replaced.connect(lambda by, how: self._model.replace_keys(change, by, how, dialog.show_error))
        dialog.rejected.connect(
            lambda: self.messages.warn(
                words("The new card was not used."),
                words(
                    "You still have the keys you know. Tell {name} about the card.", name=change.known.card.party.name
                ),
            )
        )
        self._model.confirmed.connect(dialog.accept)
        dialog.open()

    def _on_add(self) -> None:
        words = self.words
        kinds = file_kinds(words, words("Contact cards"), f"*{CARD_SUFFIX} *{_FORMER_SUFFIX}")
        path = self.context.files.open_file(words("Choose the contact card"), kinds)
        if path is not None:
            self._model.read_card(path)

    def _on_save(self) -> None:
        words = self.words
        path = self.context.files.save_file(words("Where to write your contact card"), f"kontaktkort{CARD_SUFFIX}")
        if path is not None:
            self._model.write_card(path)
