# SPDX-License-Identifier: MIT
"""Sending an application to the county, on one page: to whom, why, what leaves, and then the files that were made."""

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.domain.coverage import Covered, counts
from rkv_app.domain.exchange import Contact, MessageType
from rkv_app.ui import advice_labels, labels
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route
from rkv_app.ui.ground_fields import GroundFields
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.send.view_model import SendState, SendViewModel
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.choices import OptionCard, OptionChip
from rkv_app.usecases.assemble_application import SentApplication


class SendPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, case_id: str) -> None:
        self._model = SendViewModel(context.session, context.words, case_id)
        words = context.words
        super().__init__(context, self._model, words("Send the application"))
        self._case = Route(PageName.CASE, case_id)
        self._reference = ""
        self._filled = False
        self._state: SendState | None = None
        self.set_back(words("The case"), self._case)
        self._done = QVBoxLayout()
        self.column.addLayout(self._done)
        self._form = QWidget()
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(16)
        self.column.addWidget(self._form)
        self._ground = GroundFields(words, purpose_hint=words("What does the county need it for? One plain sentence."))
        form.addWidget(self._receiver_card())
        form.addWidget(self._readiness_card(Route(PageName.READINESS, case_id)))
        form.addWidget(self._ground_card())
        form.addWidget(self._leaving_card())
        self._send = button(words("Make the packet …"), "sendButton", "primary", self._on_send)
        form.addWidget(self._send)
        self._model.sending.connect(self._on_sending)

    def carried(self) -> object:
        """See Page."""
        return self._model.sent

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, SentApplication):
            self._model.sent = carried

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, SendState):
            return
        self._reference = state.view.case.reference
        self._state = state
        self._form.setVisible(state.sent is None)
        refill(self._done, lambda: self._fill_done(state.sent))
        if not self._filled:
            self._filled = True
            self._fill_receivers(state.contacts)
            self._ground.offer(state.legal_bases)
        self._send.setVisible(bool(state.contacts))
        self._ground.set_shielded(state.view.candidate.shielded)
        self._with_number.setVisible(bool(state.view.candidate.national_number))
        self._show_leaving()
        self._missing.setText("\n".join(self._missing_lines(state)))

    def _receiver_card(self) -> QWidget:
        words = self.words
        frame, inside = card()
        inside.addWidget(text(words("To whom"), "heading"))
        self._receivers = QVBoxLayout()
        self._receivers.setSpacing(8)
        self._options = QButtonGroup(self)
        inside.addLayout(self._receivers)
        return frame

    def _readiness_card(self, whole: Route) -> QWidget:
        words = self.words
        frame, inside = card(name="readinessCard")
        inside.addWidget(text(words("What the county asks for"), "heading"))
        self._missing = text("", "body", "missingText")
        inside.addWidget(self._missing)
        inside.addWidget(
            button(words("See the whole list"), "readinessButton", "secondary", lambda: self.context.go(whole))
        )
        return frame

    def _ground_card(self) -> QWidget:
        words = self.words
        frame, inside = card()
        inside.setSpacing(14)
        inside.addWidget(text(words("On which ground"), "heading"))
        inside.addWidget(self._ground)
        return frame

    def _leaving_card(self) -> QWidget:
        words = self.words
        frame, inside = card()
        inside.addWidget(text(words("What leaves"), "heading"))
        self._leaving = text("", "body", "leavingText")
        inside.addWidget(self._leaving)
        self._with_number = OptionChip(
            words("The national identity number goes along"),
            words("Choose this only if the county asks for the number. It goes to nobody who does not need it."),
        )
        self._with_number.setObjectName("nationalNumberOption")
        self._with_number.toggled.connect(self._show_leaving)
        inside.addWidget(self._with_number)
        inside.addWidget(self._ground.cleared_field)
        inside.addWidget(
            text(words("The packet is signed with your key and can be opened only by the receiver and you."), "muted")
        )
        return frame

    def _fill_receivers(self, contacts: tuple[Contact, ...]) -> None:
        words = self.words
        if not contacts:
            self._receivers.addWidget(
                text(words("You have no contact at a county yet. Ask for their contact card and add it."), "body")
            )
            self._receivers.addWidget(
                button(words("Go to Contacts"), "goToContactsButton", "secondary", self._on_contacts)
            )
        for contact in contacts:
            party = contact.card.party
            name = labels.in_line(party.organisation, party.unit)
            option = OptionCard(name, f"{party.name}. {labels.checked(words, contact)}")
            option.setObjectName(f"contact-{contact.id}Option")
            option.setProperty("contact", contact.id)
            self._options.addButton(option)
            self._receivers.addWidget(option)
        if contacts:
            self._options.buttons()[0].setChecked(True)

    def _show_leaving(self) -> None:
        if self._state is not None:
            self._leaving.setText("\n".join(self._leaving_lines(self._state)))

    def _leaving_lines(self, state: SendState) -> list[str]:
        words, view = self.words, state.view
        number, name = counts(view.coverage), view.candidate.name
        lines = [
            words("Name, date of birth and national identity number of {name}", name=name)
            if self._takes_number()
            else words("Name and date of birth of {name}", name=name),
            words("Wanted final competence: {wanted}", wanted=view.case.wanted.title),
            words.plural(
                "{n} placement, with workplace and supervisor",
                "{n} placements, with workplaces and supervisors",
                len(view.placements),
            ),
            words.plural(
                "{n} evaluation with all its answers", "{n} evaluations with all their answers", len(view.evaluations)
            ),
            words(
                "{aims} aims: {covered} well documented, {partly} partly",
                aims=len(view.coverage),
                covered=number[Covered.COVERED],
                partly=number[Covered.PARTLY],
            ),
        ]
        return [f"•  {line}" for line in lines]

    def _missing_lines(self, state: SendState) -> list[str]:
        words, readiness = self.words, state.readiness
        county = advice_labels.entry(words, readiness.county)
        if not readiness.missing:
            return [words("The list is “{county}”. Nothing on it is missing.", county=county)]
        missing = [one.item.label[words.language.value] for one in readiness.missing]
        head = words("The list is “{county}”. This is missing, but you can send all the same:", county=county)
        return [head, *(f"•  {one}" for one in missing)]

    def _fill_done(self, sent: SentApplication | None) -> None:
        if sent is None:
            return
        words = self.words
        frame, inside = card("next", "sentCard")
        inside.addWidget(text(words("The application is made"), "heading"))
        inside.addWidget(text(words("1. Send the file {name} to the county.", name=sent.path.name)))
        inside.addWidget(text(words("2. The candidate gets a copy: {name}.", name=sent.pdf_path.name)))
        inside.addWidget(text(words("When the receipt comes, receive it in the case."), "muted"))
        inside.addSpacing(8)
        inside.addWidget(
            button(words("Back to the case"), "toCaseButton", "primary", lambda: self.context.go(self._case))
        )
        self._done.addWidget(frame)

    def _takes_number(self) -> bool:
        return not self._with_number.isHidden() and self._with_number.isChecked()

    def _on_contacts(self) -> None:
        self.context.go(Route(PageName.CONTACTS))

    def _on_sending(self, sending: bool) -> None:
        self._send.setDisabled(sending)

    def _on_send(self) -> None:
        ground, option = self._ground.ground(), self._options.checkedButton()
        if ground is None or option is None:
            return
        suggested = f"{MessageType.APPLICATION.value}-{self._reference}{PACKET_SUFFIX}"
        path = self.context.files.save_file(self.words("Where to write the application"), suggested)
        if path is not None:
            contact_id, cleared = str(option.property("contact")), self._ground.cleared_by()
            self._model.send(contact_id, ground, path, cleared, national_number=self._takes_number())
