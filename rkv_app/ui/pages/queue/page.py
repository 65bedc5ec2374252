# SPDX-License-Identifier: MIT
"""The county's home: the queue of applications."""

from rkv_app.foundation.clock import local_date
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.queue.view_model import QueueState, QueueViewModel
from rkv_app.ui.quarantine import Quarantine
from rkv_app.ui.store_care import StoreCare
from rkv_app.ui.widgets.basics import button
from rkv_app.ui.widgets.table import Table, TableRow


class QueuePage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = QueueViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Queue"), widest=WIDE)
        self.accept_packets()
        self.packetDropped.connect(self._model.receive)
        self.header_actions.addWidget(button(words("Receive a packet …"), "receiveButton", "primary", self._on_receive))
        self._empty = self.empty_state(
            words("The queue is empty"),
            words("Receive a packet, or drop it on this page. It is checked before anything of it is shown."),
        )
        self._table = Table(words("Applications"), "queueTable", stretch=2, wrap=True)
        self._table.opened.connect(self._open)
        care = StoreCare(self)
        self.column.addWidget(care.notices)
        self.column.addWidget(Quarantine(self).card)
        for part in (self._empty, self._table):
            part.hide()
            self.column.addWidget(part)
        self.column.addWidget(care.last_backup)
        self._model.received.connect(self._open)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, QueueState):
            return
        words = self.words
        self._empty.setVisible(not state.applications)
        self._table.setVisible(bool(state.applications))
        rows = [
            TableRow(
                one.message_id,
                (
                    one.journal_number,
                    one.application.candidate.name,
                    one.application.wanted,
                    one.sender.party.organisation,
                    labels.short_day(local_date(one.received_at)),
                    labels.standing(words, state.standings[one.message_id])[0],
                ),
            )
            for one in state.applications
        ]
        headers = (
            words("Journal number"),
            words("Candidate"),
            words("Wanted final competence"),
            words("From"),
            words("Received"),
            words("Status"),
        )
        self._table.fill(headers, rows)

    def _open(self, message_id: str) -> None:
        self.context.go(Route(PageName.APPLICATION, message_id))

    def _on_receive(self) -> None:
        path = self.context.choose_packet()
        if path is not None:
            self._model.receive(path)
