# SPDX-License-Identifier: MIT
"""The adviser's home: all cases, searched while typing."""

from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.cases.new_case import NewCaseDialog
from rkv_app.ui.pages.cases.view_model import CasesState, CasesViewModel
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.table import Table, TableRow


class CasesPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = CasesViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Cases"), widest=WIDE)
        self._curricula: CasesState | None = None
        self.accept_packets()
        self.packetDropped.connect(self._model.receive)
        self.header_actions.addWidget(
            button(words("Receive a packet …"), "receiveButton", "secondary", self._on_receive)
        )
        self._new = button(words("New case"), "newCaseButton", "primary", self._on_new)
        self.header_actions.addWidget(self._new)
        search = line_edit()
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._model.search)
        self._search = Field(words("Search by name, reference or competence"), search, name="searchEdit")
        self._table = Table(words("Cases"), "casesTable", stretch=1)
        self._table.setMinimumHeight(320)
        self._table.opened.connect(self._open)
        self._found = text("", "muted", "foundText")
        self._empty = self.empty_state(
            words("No cases yet"),
            words("A case holds one candidate's way to one final competence. Begin with a new case."),
            button(words("Begin the first case"), "firstCaseButton", "secondary", self._on_new),
        )
        self._no_curricula = self.empty_state(
            words("First bring in a curriculum"),
            words("A case is measured against a curriculum from Udir, and the store has none yet."),
            button(words("Go to Curricula"), "goToCurriculaButton", "primary", self._on_curricula),
        )
        for part in (self._no_curricula, self._empty, self._search, self._found):
            part.hide()
            self.column.addWidget(part)
        self._table.hide()
        self.fill_height(self._table)
        self._model.created.connect(self._open)
        self._model.received.connect(self._open)

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CasesState):
            return
        words = self.words
        self._curricula = state
        some = state.total > 0
        self._no_curricula.setVisible(not state.curricula)
        self._new.setVisible(bool(state.curricula))
        self._empty.setVisible(bool(state.curricula) and not some)
        for part in (self._search, self._table):
            part.setVisible(some)
        self._found.setVisible(bool(state.search))
        self._found.setText(words.plural("{n} case found", "{n} cases found", len(state.cases)))
        rows = [
            TableRow(
                one.case.id,
                (
                    one.candidate_name,
                    one.case.wanted.title,
                    labels.case_state(words, one.case.state)[0],
                    one.case.reference,
                    labels.short_day(one.case.changed.astimezone().date()),
                ),
            )
            for one in state.cases
        ]
        headers = (
            words("Candidate"),
            words("Wanted final competence"),
            words("Where it stands"),
            words("Reference"),
            words("Last changed"),
        )
        self._table.fill(headers, rows)

    def _open(self, case_id: str) -> None:
        self.context.go(Route(PageName.CASE, case_id))

    def _on_curricula(self) -> None:
        self.context.go(Route(PageName.CURRICULA))

    def _on_new(self) -> None:
        curricula = self._curricula.curricula if self._curricula else ()
        dialog = NewCaseDialog(self.words, curricula, self)
        dialog.filled.connect(lambda new: self._model.create(new, dialog.show_error))
        self._model.created.connect(dialog.accept)
        dialog.open()

    def _on_receive(self) -> None:
        path = self.context.files.open_file(self.words("Choose the packet"), self.context.packet_kinds())
        if path is not None:
            self._model.receive(path)
