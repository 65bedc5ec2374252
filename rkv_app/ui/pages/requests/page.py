# SPDX-License-Identifier: MIT
"""The supervisor's home: open a request with its code, and go on with what was begun."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rkv_app.crypto.codes import normalised_code, wrong_so_far
from rkv_app.domain.evaluations import EvaluationState
from rkv_app.foundation.errors import UserError
from rkv_app.ui import labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.form_state_words import answers_state
from rkv_app.ui.key_change_dialog import KeyChangeDialog
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.requests.view_model import RequestsViewModel
from rkv_app.ui.store_care import StoreCare
from rkv_app.ui.widgets.basics import Tone, button, card, chip, restyle, text
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.usecases.contacts import KeyChange
from rkv_app.usecases.view_requests import ListedRequest, RequestList

# Six words with numbers, full stops and blanks between, and room for a slip.
_LONGEST_CODE = 160


class RequestsPage(Page):
    """See the module."""

    def __init__(self, context: PageContext) -> None:
        self._model = RequestsViewModel(context.session, context.words)
        words = context.words
        super().__init__(context, self._model, words("What I am asked"))
        self._packet: Path | None = None
        self.accept_packets()
        self.packetDropped.connect(self._on_packet)
        care = StoreCare(self)
        self.column.addWidget(care.notices)
        self._requests = QVBoxLayout()
        self._requests.setSpacing(12)
        self.column.addLayout(self._requests)
        self._number_shown = self._primary = 0
        self._more = button("", "moreRequestsButton", "secondary", self._model.read_more)
        self._more.hide()
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._model.added.connect(self._on_added)
        receive = self.section(
            words("Open a request"),
            intro=words("You have got a file by e-mail or on a memory stick, and a code by phone."),
        )
        self._file = text(words("No file is chosen. You can also drop it here."), "muted", "packetNameText")
        self._choose = button(words("Choose the file …"), "choosePacketButton", "secondary", self._on_choose)
        self._code = line_edit(longest=_LONGEST_CODE)
        self._code.setMaximumWidth(self._code.fontMetrics().averageCharWidth() * 64)
        self._code.returnPressed.connect(self._on_open)
        self._code.textEdited.connect(self._on_typed)
        self._field = Field(
            words("The code"),
            self._code,
            hint=words("Six words or twenty digits, as they were read to you."),
            name="codeEdit",
        )
        receive.addWidget(self._file)
        receive.addWidget(self._choose)
        receive.addSpacing(8)
        receive.addWidget(self._field)
        receive.addSpacing(8)
        self._open_button = button(words("Open the request"), "openRequestButton", "primary", self._on_open)
        receive.addWidget(self._open_button)
        self.column.addWidget(care.last_backup)
        self._model.received.connect(self._open)
        self._model.keysChanged.connect(self._on_keys_changed)

    def carried(self) -> object:
        """See Page."""
        return self._packet

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, Path):
            self._on_packet(carried)

    def render_state(self, state: object) -> None:
        """See Page."""
        if isinstance(state, RequestList):
            refill(self._requests, lambda: self._fill(state))

    def _fill(self, part: RequestList) -> None:
        # One primary action a page: what can be answered comes first.
        can_be_answered = (view.state is EvaluationState.IN_PROGRESS and not view.is_late for view in part.requests)
        self._primary = next((number for number, can in enumerate(can_be_answered, 1) if can), 0)
        self._open_button.setProperty("kind", "secondary" if self._primary else "primary")
        restyle(self._open_button)
        self._number_shown = 0
        self._add(part)

    def _add(self, part: RequestList) -> None:
        for number, view in enumerate(part.requests, start=self._number_shown + 1):
            self._requests.addWidget(self._request_card(number, view))
        self._number_shown += len(part.requests)
        self._more.setText(self.words("Show more ({n} of {total} shown)", n=self._number_shown, total=part.total))
        self._more.setVisible(bool(part.next))

    def _on_added(self, part: RequestList) -> None:
        first = self._number_shown + 1
        self._add(part)
        # Who pressed the button goes on with what it brought.
        added = self.findChild(QPushButton, f"answer{first}Button")
        if added is not None:
            added.setFocus()

    def _request_card(self, number: int, view: ListedRequest) -> QWidget:
        words, request, sender = self.words, view.summary, view.summary.sender
        frame, inside = card(name=f"request{number}Card")
        inside.addWidget(text(request.candidate_name, "subheading"))
        inside.addWidget(text(request.wanted))
        inside.addWidget(text(words("Asked by {name}", name=labels.party(sender)), "muted"))
        said, tone = self._progress(view)
        below = QWidget()
        line = FlowLayout(below, spacing=8)
        line.addWidget(chip(said, tone))
        if request.expires is not None and view.state is EvaluationState.IN_PROGRESS:
            day = labels.day(words, request.expires)
            if view.is_late:
                said = words("The last day was {date}. Ask for a new request.", date=day)
                line.addWidget(chip(said, "danger", "lateChip"))
            else:
                line.addWidget(chip(words("Answer by {date}", date=day)))
        inside.addWidget(below)
        inside.addSpacing(4)
        message_id = request.message_id
        made = button(
            self._action(view),
            f"answer{number}Button",
            "primary" if number == self._primary else "secondary",
            lambda: self._open(message_id),
        )
        made.setAccessibleName(f"{self._action(view)}: {request.candidate_name}")
        inside.addWidget(made)
        return frame

    def _progress(self, view: ListedRequest) -> tuple[str, Tone]:
        words = self.words
        if view.being_amended or view.state is not EvaluationState.IN_PROGRESS:
            return answers_state(words, view.state, being_amended=view.being_amended)
        if not view.is_begun:
            return words("Not begun"), "warning"
        return words("{n} of {total} answered", n=view.answered, total=view.total), "info"

    def _action(self, view: ListedRequest) -> str:
        words = self.words
        if view.state is not EvaluationState.IN_PROGRESS:
            return words("See it")
        return words("Go on") if view.is_begun else words("Begin")

    def _open(self, message_id: str) -> None:
        self.context.go(Route(PageName.EVALUATION, message_id))

    def _on_keys_changed(self, change: KeyChange) -> None:
        path, code = self._packet, self._code.text().strip()
        if path is None:
            return
        dialog = KeyChangeDialog(self.words, change, self.context.session.party.name, self)
        dialog.replaced.connect(
            lambda by, how: self._model.replace_keys(change, by, how, path, code, dialog.show_error)
        )
        self._model.keysReplaced.connect(dialog.accept)
        dialog.open()

    def _on_choose(self) -> None:
        path = self.context.choose_packet()
        if path is not None:
            self._on_packet(path)
            self._code.setFocus()

    def _on_packet(self, path: Path) -> None:
        self._packet = path
        self._file.setText(self.words("Chosen: {name}", name=path.name))

    def _on_typed(self, typed: str) -> None:
        wrong = wrong_so_far(typed)
        self._field.show_problem(self.words.say(wrong) if wrong else "")

    def _on_open(self) -> None:
        code, problem = self._code.text().strip(), ""
        try:
            normalised_code(code)
        except UserError as refused:
            problem = self.words.say(refused.message) if code else self.words("Type the code.")
        self._field.show_problem(problem)
        if self._packet is None:
            self._file.setText(self.words("First choose the file."))
            self._choose.setFocus()
        elif problem:
            self._code.setFocus()
        else:
            self._model.receive(self._packet, code)
