# SPDX-License-Identifier: MIT
"""The end of an evaluation: the supervisor's name and position, and the reply to send back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.response_states import is_completed
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.pages.evaluation.view_model import EvaluationShown
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field, line_edit


class Attestation(QWidget):
    """Who stands behind the answers, and then sends them.

    Signals:
        completeAsked(str, str): complete in this name and position.
        sendAsked: write the reply packet.
    """

    completeAsked = Signal(str, str)
    sendAsked = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._filled = False
        self._name, self._position = line_edit(), line_edit()
        self._name_field = Field(words("Your name"), self._name, name="attestationNameEdit")
        self._position_field = Field(words("Your position"), self._position, name="attestationPositionEdit")
        self._open = column(self._name_field, self._position_field, spacing=12)
        self._attested = text("")
        self._where = text("", "body", "replyText")
        self._before = text("", "help", "sentBeforeText")
        self._send = button(words("Save the answer …"), "sendButton", "primary", self.sendAsked.emit)
        self._completed = column(self._attested, self._before, self._where, self._send, spacing=12)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._open)
        inside.addWidget(self._completed)

    def show_state(self, state: EvaluationShown) -> None:
        """Shows what is left to do."""
        words, view = self._words, state.view
        if not self._filled:
            self._filled = True
            supervisor = view.incoming.request.placement.supervisor
            self._name.setText(supervisor.name)
            self._position.setText(supervisor.position)
        completed = is_completed(view.evaluation.state)
        self._open.setVisible(state.is_open)
        self._completed.setVisible(completed)
        self.setVisible(state.is_open or completed)
        attested = view.evaluation.attestation
        if attested is not None:
            said = words(
                "By {name}, {position}, {date}.",
                name=attested.name,
                position=attested.position,
                date=labels.moment(words, attested.at),
            )
            self._attested.setText(said)
        sender, is_other = view.incoming.sender.party.name, state.history.sent_before_amended
        self._before.setText(may_be_refused(words, state) if is_other else "")
        self._before.setVisible(is_other)
        if state.sent is None:
            self._where.setText(words("Save the answer to a file, and send the file to {name}.", name=sender))
        else:
            self._where.setText(words("The answer lies in {name}. Send it back.", name=state.sent.path.name))
        self._send.setText(words("Save the answer …") if state.sent is None else words("Save it once more …"))

    def ask_to_complete(self) -> None:
        """Completes, if it is said who stands behind the answers."""
        needed = self._words("This must be filled in.")
        name, position = self._name.text().strip(), self._position.text().strip()
        self._name_field.show_problem("" if name else needed)
        self._position_field.show_problem("" if position else needed)
        if name and position:
            self.completeAsked.emit(name, position)
        else:
            (self._position if name else self._name).setFocus()


def may_be_refused(words: Words, state: EvaluationShown) -> str:
    """That the adviser takes in one answer to a request; empty where none was written to a file."""
    sent_at = state.history.sent_at
    if sent_at is None:
        return ""
    return words(
        "You saved an answer {date}. A request is answered once: if {name} has taken that answer in, another one is "
        "refused there. Ask {name} first for a new request. You can copy what you have answered here to it.",
        date=labels.moment(words, sent_at),
        name=state.view.incoming.sender.party.name,
    )
