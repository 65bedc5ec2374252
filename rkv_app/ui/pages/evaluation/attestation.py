# SPDX-License-Identifier: MIT
"""The end of an evaluation: the supervisor's name and position, completing, and the reply to send back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.pages.evaluation.view_model import EvaluationShown
from rkv_app.ui.widgets.basics import button, column, text
from rkv_app.ui.widgets.fields import Field, line_edit


class AttestationPanel(QFrame):
    """Completes, and then sends.

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
        self.setObjectName("attestationPanel")
        self.setProperty("kind", "next")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(12)
        self._name, self._position = line_edit(), line_edit()
        self._name_field = Field(words("Your name"), self._name, name="attestationNameEdit")
        self._position_field = Field(words("Your position"), self._position, name="attestationPositionEdit")
        self._removed = text("", "body", "removedText")
        self._open = column(
            text(words("Complete the evaluation"), "heading"),
            text(words("When you complete it, you confirm that this is true. Afterwards it cannot be changed.")),
            self._name_field,
            self._position_field,
            self._removed,
            button(words("Complete"), "completeButton", "primary", self._on_complete),
            spacing=12,
        )
        self._attested = text("")
        self._where = text("", "body", "replyText")
        self._send = button(words("Save the answer …"), "sendButton", "primary", self.sendAsked.emit)
        self._completed: QWidget = column(
            text(words("The evaluation is completed"), "heading"), self._attested, self._where, self._send, spacing=12
        )
        inside.addWidget(self._open)
        inside.addWidget(self._completed)

    def show_state(self, state: EvaluationShown) -> None:
        """Shows what is left to do."""
        words = self._words
        if not self._filled:
            self._filled = True
            supervisor = state.view.incoming.request.placement.supervisor
            self._name.setText(supervisor.name)
            self._position.setText(supervisor.position)
        self._open.setVisible(not state.completed)
        told = words("These answers are not asked for any more and are removed when you complete:")
        self._removed.setText("\n".join([told, *(f"• {one}" for one in state.removed)]))
        self._removed.setVisible(bool(state.removed))
        self._completed.setVisible(state.completed)
        attested = state.view.evaluation.attestation
        if attested is not None:
            said = words(
                "By {name}, {position}, {date}.",
                name=attested.name,
                position=attested.position,
                date=labels.moment(words, attested.at),
            )
            self._attested.setText(said)
        if state.sent is None:
            sender = state.view.incoming.sender.party.name
            self._where.setText(words("Save the answer to a file, and send the file to {name}.", name=sender))
        else:
            self._where.setText(words("The answer lies in {name}. Send it back.", name=state.sent.path.name))
        self._send.setText(words("Save the answer …") if state.sent is None else words("Save it once more …"))

    def _on_complete(self) -> None:
        needed = self._words("This must be filled in.")
        name, position = self._name.text().strip(), self._position.text().strip()
        self._name_field.show_problem("" if name else needed)
        self._position_field.show_problem("" if position else needed)
        if name and position:
            self.completeAsked.emit(name, position)
