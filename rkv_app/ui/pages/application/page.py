# SPDX-License-Identifier: MIT
"""An application as the county reads it: who, what, from whom, and every aim with every source."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rkv_app.domain.exchange import MessageType
from rkv_app.ui import labels
from rkv_app.ui.context import PACKET_SUFFIX, PageContext, PageName, Route
from rkv_app.ui.coverage_view import CoverageView
from rkv_app.ui.page import WIDE, Page, refill
from rkv_app.ui.pages.application.view_model import ApplicationState, ApplicationViewModel
from rkv_app.ui.widgets.basics import button, card, chip, clear, text


class ApplicationPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, message_id: str) -> None:
        self._model = ApplicationViewModel(context.session, context.words, message_id)
        words = context.words
        super().__init__(context, self._model, words("Application"), widest=WIDE)
        self._journal_number = ""
        self.set_back(words("Queue"), Route(PageName.QUEUE))
        self.header_actions.addWidget(button(words("Save the PDF …"), "savePdfButton", "secondary", self._on_pdf))
        self._receipt = button(words("Make the receipt …"), "receiptButton", "primary", self._on_receipt)
        self.header_actions.addWidget(self._receipt)
        self._facts = QVBoxLayout()
        self.column.addLayout(self._facts)
        coverage = self.section(
            words("Aim by aim"),
            intro=words("What the sources say. Whether the competence is recognised is for you to decide."),
        )
        self._coverage = CoverageView(words)
        coverage.addWidget(self._coverage)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ApplicationState):
            return
        words, queued = self.words, state.view.queued
        self._journal_number = queued.journal_number
        self.set_title(queued.application.candidate.name)
        clear(self.header_chips)
        self.header_chips.addWidget(chip(words("Journal number {number}", number=queued.journal_number)))
        self.header_chips.addWidget(chip(*labels.trust(words, queued.trust, state.contact), "trustChip"))
        sent = queued.receipt_sent
        said = words("Receipt sent") if sent else words("No receipt sent yet")
        self.header_chips.addWidget(chip(said, "success" if sent else "info", "receiptChip"))
        self._receipt.setVisible(not sent)
        refill(self._facts, lambda: self._fill_facts(state))
        self._coverage.show_coverage(state.view.coverage)

    def _fill_facts(self, state: ApplicationState) -> None:
        frame, inside = card(name="factsCard")
        inside.addWidget(text(self.words("The application"), "heading"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 3)
        for row, (name, said) in enumerate(self._lines(state)):
            grid.addWidget(text(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text(said), row, 1)
        inside.addWidget(holder)
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
        title = f"{application.curriculum_code} {application.curriculum_title}"
        informed = words("The candidate was told on {date}.", date=labels.day(words, ground.informed_on))
        lines += [
            (words("Wanted final competence"), application.wanted),
            (words("Curriculum"), title),
            (words("Sent by"), ", ".join(part for part in (sender.name, sender.unit, sender.organisation) if part)),
            (words("The sender is known as"), labels.trust(words, queued.trust, state.contact)[0]),
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

    def _on_pdf(self) -> None:
        suggested = f"{MessageType.APPLICATION.value}-{self._number_in_a_name()}.pdf"
        path = self.context.files.save_file(self.words("Where to write the PDF"), suggested)
        if path is not None:
            self._model.save_pdf(path)

    def _on_receipt(self) -> None:
        suggested = f"{MessageType.RECEIPT.value}-{self._number_in_a_name()}{PACKET_SUFFIX}"
        path = self.context.files.save_file(self.words("Where to write the receipt"), suggested)
        if path is not None:
            self._model.send_receipt(path)
