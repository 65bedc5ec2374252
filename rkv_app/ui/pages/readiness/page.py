# SPDX-License-Identifier: MIT
"""Before it is sent: what the county asks for, what of it is there, and what the documents are."""

from functools import partial

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.readiness import ItemState, Ready
from rkv_app.domain.reference import CountyDocuments
from rkv_app.domain.stores import Attachment
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import advice_labels, labels
from rkv_app.ui.attached import Attached
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.readiness.view_model import ReadinessViewModel
from rkv_app.ui.widgets.basics import button, card, chip, clear, text
from rkv_app.ui.widgets.fields import Field, combo_box
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.check_readiness import ReadinessView

_NOT_SAID = "-"


class ReadinessPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, case_id: str) -> None:
        self._model = ReadinessViewModel(context.session, context.words, case_id)
        words = context.words
        super().__init__(context, self._model, words("Ready to send?"))
        self.set_back(words("The case"), Route(PageName.CASE, case_id))
        county = self.section(
            words("Which list"),
            intro=words("What counties ask for is written in lists. It is the county that decides what it needs."),
        )
        self._counties = combo_box([])
        self._counties.currentIndexChanged.connect(self._on_county)
        county.addWidget(Field(words("County"), self._counties, name="countyCombo"))
        self._about = QVBoxLayout()
        self._about.setSpacing(4)
        county.addLayout(self._about)
        asked = self.section(words("What the county asks for"))
        self._items = QVBoxLayout()
        self._items.setSpacing(12)
        asked.addLayout(self._items)
        documents = self.section(
            words("What the documents are"),
            intro=words("Nobody opens your documents here. Say what each of them is, so that the list knows."),
        )
        self._documents = QVBoxLayout()
        self._documents.setSpacing(12)
        documents.addLayout(self._documents)
        self._attached = Attached(self, case_id)
        documents.addWidget(button(words("Attach a document …"), "attachButton", "secondary", self._attached.attach))

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, ReadinessView):
            return
        words, readiness = self.words, state.readiness
        missing = len(readiness.missing)
        clear(self.header_chips)
        said = words.plural("{n} thing is missing", "{n} things are missing", missing)
        done = words("Nothing on the list is missing")
        self.header_chips.addWidget(chip(said if missing else done, "warning" if missing else "success", "missingChip"))
        self._fill_counties(state)
        refill(self._about, lambda: self._fill_about(readiness.county))
        refill(self._items, lambda: self._fill_items(state))
        refill(self._documents, lambda: self._fill_documents(state))

    def _fill_counties(self, state: ReadinessView) -> None:
        # What the page says itself is no choice of the user's.
        self._counties.blockSignals(True)
        if not self._counties.count():
            for one in state.counties:
                self._counties.addItem(advice_labels.entry(self.words, one), one.code)
        self._counties.setCurrentIndex(self._counties.findData(state.readiness.county.code))
        self._counties.blockSignals(False)

    def _fill_about(self, county: CountyDocuments) -> None:
        words = self.words
        for said in advice_labels.entry_facts(words, county):
            self._about.addWidget(text(said, "small"))
        if county.most_wanted is not None:
            wanted = words.plural(
                "At most {n} final competence at once.", "At most {n} final competences at once.", county.most_wanted
            )
            self._about.addWidget(text(wanted, "small"))
        if county.late_weeks is not None:
            late = words.plural(
                "What is missing may come within {n} week after a reminder.",
                "What is missing may come within {n} weeks after a reminder.",
                county.late_weeks,
            )
            self._about.addWidget(text(late, "small"))

    def _fill_items(self, state: ReadinessView) -> None:
        for one in state.readiness.items:
            self._items.addWidget(self._item(one))

    def _item(self, one: ItemState) -> QWidget:
        words, item = self.words, one.item
        label = item.label[words.language.value]
        frame, inside = card(name=f"{item.code}Card")
        inside.setSpacing(4)
        inside.addWidget(text(label, "subheading"))
        below = QWidget()
        line = FlowLayout(below, spacing=8)
        said, tone = advice_labels.ready(words, one.ready)
        line.addWidget(chip(said, tone, f"{item.code}Chip"))
        if not (one.asked.confirmed and item.confirmed):
            line.addWidget(chip(words("Not confirmed"), "neutral"))
        self._add_action(line, one, label)
        inside.addWidget(below)
        for name in one.documents:
            inside.addWidget(text(name))
        note = item.note.get(words.language.value, "")
        source = words("Source: {source}", source=one.asked.source[words.language.value])
        inside.addWidget(text(f"{source}. {note}".strip(), "small"))
        return frame

    def _add_action(self, line: FlowLayout, one: ItemState, label: str) -> None:
        if one.ready is Ready.THERE:
            return
        words, there = self.words, one.ready is not Ready.SAID
        said = words("It goes along in another way") if there else words("No, it is missing")
        pressed = partial(self._model.say_there, one.item.code, there)
        action = button(said, f"{one.item.code}Button", "link", pressed)
        action.setAccessibleName(f"{said}: {label}")
        line.addWidget(action)

    def _fill_documents(self, state: ReadinessView) -> None:
        words = self.words
        if not state.view.documents:
            self._documents.addWidget(text(words("No document is attached yet."), "muted"))
        for number, one in enumerate(state.view.documents, start=1):
            self._documents.addWidget(self._document(number, one, state.roles.get(one.id)))

    def _document(self, number: int, one: Attachment, role: DocumentRole | None) -> QWidget:
        words, called = self.words, shown_name(one.name)
        options = [(value.value, labels.document_role(words, value)) for value in DocumentRole]
        roles = combo_box([(_NOT_SAID, words("Not said yet")), *options])
        roles.setCurrentIndex(roles.findData(role.value if role else _NOT_SAID))
        roles.currentIndexChanged.connect(partial(self._on_role, one.id, roles))
        field = Field(called, roles, name=f"role{number}Combo")
        roles.setAccessibleName(words("What {name} is", name=called))
        return field

    def _on_county(self) -> None:
        self._model.choose(str(self._counties.currentData()))

    def _on_role(self, attachment_id: str, roles: QComboBox, _index: int) -> None:
        value = str(roles.currentData())
        self._model.say_document(attachment_id, None if value == _NOT_SAID else DocumentRole(value))
