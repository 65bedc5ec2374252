# SPDX-License-Identifier: MIT
"""The one next step of a case: what it is, why, and the button that takes it."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.usecases.view_case import NextStep


@dataclass(frozen=True, slots=True)
class _Said:
    title: str
    explained: str
    action: str


_STEPS: Mapping[NextStep, _Said] = {
    NextStep.ADD_PLACEMENT: _Said(
        N_("Register the first placement"),
        N_("A placement says where the candidate works, for how long, and who the supervisor is."),
        N_("Add a placement …"),
    ),
    NextStep.REQUEST_EVALUATION: _Said(
        N_("Ask the supervisor for an evaluation"),
        N_(
            "You get a packet to send, and a code to tell the supervisor by phone. A workplace without the app gets a "
            "form to fill in instead: see the placement below."
        ),
        N_("Make the request …"),
    ),
    NextStep.WAIT_FOR_EVALUATION: _Said(
        N_("Wait for the supervisor's answer"),
        N_("When the answer has come, receive it here: a packet, a form that was filled in, or a picture of paper."),
        N_("Receive the answer …"),
    ),
    NextStep.CONFIRM_RETURNED: _Said(
        N_("Look through the form that came back"),
        N_("Compare the answers with what came, and confirm them. Until then they count for nothing."),
        N_("Look through it …"),
    ),
    NextStep.SEND_APPLICATION: _Said(
        N_("Send the application to the county"),
        N_("You see what leaves before the packet is made."),
        N_("Go to sending"),
    ),
    NextStep.WAIT_FOR_RECEIPT: _Said(
        N_("Wait for the county's receipt"),
        N_("When the receipt has come, receive it here. Then you know that the county has the application."),
        N_("Receive the receipt …"),
    ),
    NextStep.WAIT_FOR_COUNTY: _Said(
        N_("The county is working on the application"),
        N_("There is nothing for you to do now."),
        "",
    ),
    NextStep.SEND_SUPPLEMENT: _Said(
        N_("The county asks for more"),
        N_("What it needs stands below. You choose which documents go along before the packet is made."),
        N_("Send the documents …"),
    ),
    NextStep.READ_OUTCOME: _Said(
        N_("The county has decided"),
        N_("The outcome stands below. Go through it with the candidate: there may be a last day for an appeal."),
        "",
    ),
    NextStep.NOTHING: _Said(N_("Nothing more to do"), N_("The case has come to its end."), ""),
}


class NextStepPanel(QFrame):
    """Says what is next.

    Signals:
        taken(NextStep): the user takes the step.
    """

    taken = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._step = NextStep.NOTHING
        self.setObjectName("nextStepPanel")
        self.setProperty("kind", "next")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(6)
        inside.addWidget(text(words("Next step"), "small"))
        self._title = text("", "heading", "nextStepTitle")
        self._explained = text("", "body")
        self._action = button("", "nextStepButton", "primary", lambda: self.taken.emit(self._step))
        inside.addWidget(self._title)
        inside.addWidget(self._explained)
        inside.addSpacing(8)
        inside.addWidget(self._action)

    def show_step(self, step: NextStep) -> None:
        """Shows this step."""
        said = _STEPS[step]
        self._step = step
        self._title.setText(self._words(said.title))
        self._explained.setText(self._words(said.explained))
        self._action.setText(self._words(said.action))
        self._action.setVisible(bool(said.action))
