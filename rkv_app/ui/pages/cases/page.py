# SPDX-License-Identifier: MIT
"""The adviser's home: all cases, however many, and the search for people, cases and answers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.ports import CasePage as Part
from rkv_app.domain.ports import CaseSummary
from rkv_app.domain.stores import CaseOrder
from rkv_app.foundation.clock import local_date
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route, is_returned_form
from rkv_app.ui.page import WIDE, Page
from rkv_app.ui.pages.cases.found import in_words
from rkv_app.ui.pages.cases.new_case import NewCaseDialog
from rkv_app.ui.pages.cases.view_model import CasesState, CasesViewModel
from rkv_app.ui.quarantine import Quarantine
from rkv_app.ui.returned_forms import ReturnedForms
from rkv_app.ui.store_care import StoreCare
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import Field, combo_box, line_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.ui.widgets.rows import Rows
from rkv_app.ui.widgets.table import TableRow

# By column, what its header sorts by.
_LIST_ORDERS = (CaseOrder.NAME, None, CaseOrder.STATE, CaseOrder.REFERENCE, CaseOrder.CHANGED)
_FOUND_ORDERS = (CaseOrder.NAME, None, CaseOrder.STATE, CaseOrder.CHANGED)
_BEST_FIRST = ""
# In letters: the search and what sorts stand below one another where a line is too short for both.
_NARROWEST_TOOL = 44
_WIDEST_ORDER = 32


class CasesPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = CasesViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("Cases"), widest=WIDE)
        self._state: CasesState | None = None
        self.accept_packets()
        self.packetDropped.connect(self._model.receive)
        self._returned = ReturnedForms(self)
        self.header_actions.addWidget(
            button(words("Receive a packet …"), "receiveButton", "secondary", self._on_receive)
        )
        self._new = button(words("New case"), "newCaseButton", "primary", self._on_new)
        self.header_actions.addWidget(self._new)
        self._table = Rows(words("Cases"), "casesTable", stretch=1)
        self._table.setMinimumHeight(320)
        self._table.opened.connect(self._open)
        self._table.sortAsked.connect(self._on_header)
        self._table.rows.moreWanted.connect(self._model.read_more)
        self._tools = self._make_tools()
        self._number = text("", "muted", "foundText")
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
        self._nothing_found = self.empty_state(
            words("Nothing was found"),
            words("The search takes the beginnings of words in names, references, workplaces and answers. Try fewer."),
        )
        self._care = StoreCare(self)
        for part in (self._care.notices, self._no_curricula, self._empty, self._tools, self._number):
            part.setVisible(part is self._care.notices)
            self.column.addWidget(part)
            if part is self._care.notices:
                self.column.addWidget(Quarantine(self).card)
        # There in any state, so that it is never the other parts that are stretched.
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._nothing_found)
        inside.addWidget(self._table, 1)
        inside.addStretch()
        for part in (self._nothing_found, self._table):
            part.hide()
        self.fill_height(body)
        self._finder = button(words("Find trades by what somebody has done …"), "finderButton", "link", self._on_finder)
        self._came_back = button(words("A form came back …"), "formCameBackButton", "link", self._returned.choose)
        links = QWidget()
        beside = FlowLayout(links, spacing=16)
        beside.addWidget(self._finder)
        beside.addWidget(self._came_back)
        self.column.addWidget(links)
        self.column.addWidget(self._care.last_backup)
        self._model.added.connect(self._on_added)
        self._model.created.connect(self._open)
        self._model.received.connect(self._open)

    def carried(self) -> object:
        """See Page."""
        return self._model.order

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, CaseOrder):
            self._model.order = carried

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "newCaseDialog":
            self._on_new()

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, CasesState):
            return
        self._state = state
        words, searching, some = self.words, bool(state.search), state.total > 0
        self._no_curricula.setVisible(not state.curricula)
        self._new.setVisible(bool(state.curricula))
        self._finder.setVisible(bool(state.curricula))
        self._came_back.setVisible(some)
        self._empty.setVisible(bool(state.curricula) and not some)
        self._tools.setVisible(some)
        self._number.setVisible(bool(state.cases))
        self._nothing_found.setVisible(some and not state.cases)
        self._table.setVisible(bool(state.cases))
        self._number.setText(self._count(state))
        self._show_orders(state)
        middle = (words("What was found"),) if searching else (words("Wanted final competence"),)
        last = () if searching else (words("Reference"),)
        headers = (words("Candidate"), *middle, words("Where it stands"), *last, words("Last changed"))
        self._table.begin(headers, self._rows(state.cases), more=bool(state.next))

    def _make_tools(self) -> QWidget:
        words = self.words
        search = line_edit()
        search.setClearButtonEnabled(True)
        search.textChanged.connect(self._model.search)
        # From what was typed to what was found without the mouse.
        search.returnPressed.connect(self._table.setFocus)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(search.setFocus)
        self._orders = combo_box([(one.value, labels.case_order(words, one)) for one in CaseOrder])
        self._orders.currentIndexChanged.connect(self._on_order)
        letter = self._orders.fontMetrics().averageCharWidth()
        self._orders.setMaximumWidth(letter * _WIDEST_ORDER)
        tools = QWidget()
        beside = ColumnsLayout(tools, narrowest=letter * _NARROWEST_TOOL, spacing=16)
        beside.addWidget(Field(words("Search people, cases and answers"), search, name="searchEdit"))
        beside.addWidget(Field(words("Sorted by"), self._orders, name="orderCombo"))
        return tools

    def _count(self, state: CasesState) -> str:
        words = self.words
        if not state.search:
            return words.plural("{n} case", "{n} cases", state.total)
        if state.cut:
            return words("The best matches are shown. Type more to find fewer.")
        return words.plural("{n} case found", "{n} cases found", len(state.cases))

    def _show_orders(self, state: CasesState) -> None:
        self._orders.blockSignals(True)
        best = self._orders.findData(_BEST_FIRST)
        if state.search and best < 0:
            self._orders.insertItem(0, self.words("Best match"), _BEST_FIRST)
        elif not state.search and best >= 0:
            self._orders.removeItem(best)
        self._orders.setCurrentIndex(self._orders.findData(state.order.value if state.order else _BEST_FIRST))
        self._orders.blockSignals(False)
        orders = _FOUND_ORDERS if state.search else _LIST_ORDERS
        newest_first = state.order is CaseOrder.CHANGED
        self._table.show_sorted(
            orders.index(state.order) if state.order in orders and state.order else None,
            Qt.SortOrder.DescendingOrder if newest_first else Qt.SortOrder.AscendingOrder,
        )

    def _rows(self, cases: Sequence[CaseSummary]) -> list[TableRow]:
        return [TableRow(one.case.id, self._cells(one)) for one in cases]

    def _cells(self, one: CaseSummary) -> tuple[str, ...]:
        state, words = self._state, self.words
        stands = labels.case_state(words, one.case.state)[0]
        changed = labels.short_day(local_date(one.case.changed))
        if state is not None and state.search:
            found = in_words(state.hits.get(one.case.id, ()), state.search, words)
            return one.candidate_name, found, stands, changed
        return one.candidate_name, one.case.wanted.title, stands, one.case.reference, changed

    def _on_added(self, part: Part) -> None:
        self._table.rows.add(self._rows(part.cases), more=bool(part.next))

    def _on_header(self, column: int) -> None:
        state = self._state
        if state is None:
            return
        order = (_FOUND_ORDERS if state.search else _LIST_ORDERS)[column]
        if order is None:
            self._show_orders(state)
        else:
            self._model.sort(order)

    def _on_order(self) -> None:
        value = self._orders.currentData()
        self._model.sort(CaseOrder(value) if value else None)

    def _open(self, case_id: str) -> None:
        self.context.go(Route(PageName.CASE, case_id))

    def _on_curricula(self) -> None:
        self.context.go(Route(PageName.CURRICULA))

    def _on_finder(self) -> None:
        self.context.go(Route(PageName.FINDER))

    def _on_new(self) -> None:
        curricula = self._state.curricula if self._state else ()
        dialog = NewCaseDialog(self.words, curricula, self)
        dialog.filled.connect(lambda new: self._model.create(new, dialog.show_error))
        self._model.created.connect(dialog.accept)
        dialog.open()

    def _on_receive(self) -> None:
        path = self.context.choose_answer()
        if path is not None and is_returned_form(path):
            self._returned.look(path)
        elif path is not None:
            self._model.receive(path)
