# SPDX-License-Identifier: MIT
"""The county's home: the queue of applications, however long."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.ports import QueuedSummary
from rkv_app.domain.ports import QueuePage as QueuePart
from rkv_app.foundation.clock import local_date
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.queue.view_model import QueueViewModel
from rkv_app.ui.quarantine import Quarantine
from rkv_app.ui.store_care import StoreCare
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.rows import Rows
from rkv_app.ui.widgets.table import TableRow
from rkv_app.usecases.view_queue import standing_of


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
        self._number = text("", "muted", "numberText")
        self._table = Rows(words("Applications"), "queueTable", stretch=2, sortable=False)
        self._table.setMinimumHeight(320)
        self._table.opened.connect(self._open)
        self._table.rows.moreWanted.connect(self._model.read_more)
        care = StoreCare(self)
        self.column.addWidget(care.notices)
        self.column.addWidget(Quarantine(self).card)
        # There in any state, so that it is never the other parts that are stretched.
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(16)
        inside.addWidget(self._empty)
        inside.addWidget(self._number)
        inside.addWidget(self._table, 1)
        inside.addStretch()
        for part in (self._empty, self._number, self._table):
            part.hide()
        self.fill_height(body)
        self.column.addWidget(care.last_backup)
        self._model.added.connect(self._on_added)
        self._model.received.connect(self._open)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, QueuePart):
            return
        words, some = self.words, bool(state.applications)
        self._empty.setVisible(not some)
        self._number.setVisible(some)
        self._table.setVisible(some)
        self._number.setText(words.plural("{n} application", "{n} applications", state.total))
        headers = (
            words("Journal number"),
            words("Candidate"),
            words("Wanted final competence"),
            words("From"),
            words("Received"),
            words("Status"),
        )
        self._table.begin(headers, self._rows(state), more=bool(state.next))

    def _rows(self, part: QueuePart) -> list[TableRow]:
        return [TableRow(one.message_id, self._cells(one)) for one in part.applications]

    def _cells(self, one: QueuedSummary) -> tuple[str, ...]:
        return (
            one.journal_number,
            one.candidate_name,
            one.wanted,
            one.organisation,
            labels.short_day(local_date(one.received_at)),
            labels.standing(self.words, standing_of(one))[0],
        )

    def _on_added(self, part: QueuePart) -> None:
        self._table.rows.add(self._rows(part), more=bool(part.next))

    def _open(self, message_id: str) -> None:
        self.context.go(Route(PageName.APPLICATION, message_id))

    def _on_receive(self) -> None:
        path = self.context.choose_packet()
        if path is not None:
            self._model.receive(path)
