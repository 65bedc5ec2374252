# SPDX-License-Identifier: MIT
"""An application as the county reads it: who, what, from whom, and every aim with every source."""

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.exchange import ExchangeRecord, MessageType
from rkv_app.ui import labels, said_since
from rkv_app.ui.attached import Attached
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route
from rkv_app.ui.coverage_view import CoverageView
from rkv_app.ui.exchanged import Exchanged
from rkv_app.ui.page import WIDE, Page, refill
from rkv_app.ui.pages.application.dialogs import AskDialog, OutcomeDialog
from rkv_app.ui.pages.application.view_model import ApplicationState, ApplicationViewModel
from rkv_app.ui.pdf_lending import look_at_received
from rkv_app.ui.shared_with import fill_shared
from rkv_app.ui.widgets.basics import button, card, chip, clear, text
from rkv_app.ui.widgets.facts import facts_form
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.ask_for_supplement import NewSupplementRequest
from rkv_app.usecases.send_outcome import NewOutcome


class ApplicationPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, message_id: str) -> None:
        self._model = ApplicationViewModel(context.session, context.words, message_id)
        words = context.words
        super().__init__(context, self._model, words("Application"), widest=WIDE)
        self._journal_number = ""
        self.set_back(words("Queue"), Route(PageName.QUEUE))
        self.header_actions.addWidget(button(words("Look at the PDF …"), "lookAtPdfButton", "secondary", self._on_pdf))
        self._receipt = button(words("Make the receipt …"), "receiptButton", "primary", self._on_receipt)
        self.header_actions.addWidget(self._receipt)
        self._state: ApplicationState | None = None
        self._facts = QVBoxLayout()
        self.column.addLayout(self._facts)
        since = self.section(words("After the application"))
        self._said = QVBoxLayout()
        self._said.setSpacing(12)
        since.addLayout(self._said)
        since.addWidget(text(words("Documents"), "subheading"))
        self._documents = Attached(self, message_id)
        since.addLayout(self._documents.lines)
        since.addWidget(self._actions())
        coverage = self.section(
            words("Aim by aim"),
            intro=words("What the sources say. Whether the competence is recognised is for you to decide."),
        )
        self._coverage = CoverageView(words)
        coverage.addWidget(self._coverage)
        self._exchange = Exchanged(self, self._named)
        self._shared = QVBoxLayout()
        self.column.addLayout(self._shared)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ApplicationState):
            return
        words, queued = self.words, state.view.queued
        self._state = state
        self._journal_number = queued.journal_number
        self.set_title(queued.application.candidate.name)
        clear(self.header_chips)
        self.header_chips.addWidget(chip(words("Journal number {number}", number=queued.journal_number)))
        self.header_chips.addWidget(chip(*labels.trust(words, queued.trust, state.contact), "trustChip"))
        self.header_chips.addWidget(chip(*labels.standing(words, state.view.standing), "standingChip"))
        self._receipt.setVisible(not queued.receipt_sent)
        refill(self._facts, lambda: self._fill_facts(state))
        refill(self._said, lambda: self._fill_said(state))
        self._documents.show_documents(state.view.documents)
        self._exchange.show_records(state.view.exchange)
        self._coverage.show_coverage(state.view.coverage)
        refill(self._shared, lambda: fill_shared(self._shared, words, state.view.sharing, state.legal_bases))

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "askDialog":
            self._on_ask()
        elif dialog == "outcomeDialog":
            self._on_outcome()
        elif dialog == "exportDialog":
            self._exchange.hand_over()

    def _actions(self) -> QWidget:
        words, holder = self.words, QWidget()
        line = FlowLayout(holder, spacing=8)
        for said, name, pressed in (
            (words("Attach a document …"), "attachButton", self._documents.attach),
            (words("Ask for more documents …"), "askButton", self._on_ask),
            (words("Send the outcome …"), "outcomeButton", self._on_outcome),
        ):
            line.addWidget(button(said, name, "secondary", pressed))
        return holder

    def _fill_said(self, state: ApplicationState) -> None:
        words, view = self.words, state.view
        said_since.fill_asked(self._said, words, view.asked, state.today)
        said_since.fill_more(self._said, words, view.more)
        said_since.fill_outcome(self._said, words, view.outcomes)

    def _fill_facts(self, state: ApplicationState) -> None:
        frame, inside = card(name="factsCard")
        inside.addWidget(text(self.words("The application"), "heading"))
        inside.addWidget(facts_form(self._lines(state)))
        self._facts.addWidget(frame)

    def _lines(self, state: ApplicationState) -> list[tuple[str, str]]:
        words, queued = self.words, state.view.queued
        application, sender = queued.application, queued.sender.party
        candidate, ground = application.candidate, application.ground
        lines = [(words("Candidate"), candidate.name)]
        if candidate.birth_date is not None:
            lines.append((words("Date of birth"), labels.day(words, candidate.birth_date)))
        if candidate.national_number:
            lines.append((words("National identity number"), labels.masked(candidate.national_number)))
        if candidate.shielded:
            lines.append((words("Address protection"), words("Yes. Handle with care.")))
        informed = words("The candidate was told on {date}.", date=labels.day(words, ground.informed_on))
        known_as = labels.trust(words, queued.trust, state.contact)[0]
        lines += [
            (words("Wanted final competence"), application.wanted),
            *((words("Curriculum"), f"{plan.code} {plan.title}") for plan in application.plans),
            (words("Sent by"), labels.party(sender)),
            (words("The sender is known as"), "\n".join((known_as, *(words.say(one.message) for one in state.notes)))),
            (words("Received"), labels.moment(words, queued.received_at)),
            (words("Legal basis"), state.legal_bases.get(ground.legal_basis, ground.legal_basis)),
            (words("Purpose"), f"{ground.purpose}\n{informed}"),
        ]
        for placement in application.placements:
            measure = state.measures.get(placement.measure, placement.measure)
            period = labels.period(words, placement.start, placement.end)
            share = words("{n} % of full time", n=placement.percent)
            said = f"{placement.workplace.name}, {placement.supervisor.name}\n{measure} · {period} · {share}"
            lines.append((words("Placement"), f"{said}\n{placement.tasks}".strip()))
        return lines

    def _number_in_a_name(self) -> str:
        return "".join(sign if sign.isalnum() else "-" for sign in self._journal_number)

    def _on_ask(self) -> None:
        dialog = AskDialog(self.words, self)

        def ask(new: NewSupplementRequest) -> None:
            path = self._target(MessageType.SUPPLEMENT_REQUEST, self.words("Where to write the request"))
            if path is not None:
                self._model.ask(new, path, dialog.show_error)

        dialog.filled.connect(ask)
        self._model.asked.connect(dialog.accept)
        dialog.open()

    def _on_outcome(self) -> None:
        if self._state is None:
            return
        view = self._state.view
        dialog = OutcomeDialog(self.words, view.queued.application, view.documents, self._state.today, self)

        def decide(new: NewOutcome) -> None:
            path = self._target(MessageType.OUTCOME, self.words("Where to write the outcome"))
            if path is not None:
                self._model.decide(new, path, dialog.show_error)

        dialog.filled.connect(decide)
        self._model.decided.connect(dialog.accept)
        dialog.open()

    def _named(self, record: ExchangeRecord) -> str:
        return self._packet_name(record.type)

    def _packet_name(self, kind: MessageType) -> str:
        return f"{kind.value}-{self._number_in_a_name()}{PACKET_SUFFIX}"

    def _target(self, kind: MessageType, title: str) -> Path | None:
        return self.context.files.save_file(title, self._packet_name(kind))

    def _on_pdf(self) -> None:
        if self._state is not None:
            name = self._state.view.queued.application.candidate.name
            self._model.look(lambda content: look_at_received(self, name, content))

    def _on_receipt(self) -> None:
        path = self._target(MessageType.RECEIPT, self.words("Where to write the receipt"))
        if path is not None:
            self._model.send_receipt(path)
