# SPDX-License-Identifier: MIT
"""The next steps when a store does not open, as buttons below the message: look, wait, restore, salvage, open anyway.

None of them deletes anything.
"""

from collections.abc import Mapping
from enum import Enum, auto

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout

LOOK_EVERY_MS = 3000
_OPEN_ELSEWHERE = "RKV-STO-002"
_WAIT_FIRST = "RKV-STO-006"
_A_SECOND_MS = 1000


class Step(Enum):
    """What can be done about a store that does not open."""

    LOOK = auto()
    AGAIN = auto()
    RESTORE = auto()
    SALVAGE = auto()
    ACCEPT_OLDER = auto()


# A key file that is damaged, missing or another store's gives no key, so nothing can be salvaged with it.
_STEPS: Mapping[str, tuple[Step, ...]] = {
    _OPEN_ELSEWHERE: (Step.LOOK, Step.AGAIN),
    "RKV-STO-004": (Step.RESTORE,),
    "RKV-STO-010": (Step.RESTORE,),
    "RKV-STO-011": (Step.RESTORE, Step.SALVAGE),
    "RKV-STO-012": (Step.RESTORE,),
    "RKV-STO-013": (Step.RESTORE,),
    "RKV-STO-015": (Step.RESTORE,),
    "RKV-STO-020": (Step.RESTORE, Step.SALVAGE),
    "RKV-STO-021": (Step.RESTORE, Step.ACCEPT_OLDER),
}
_SAID: Mapping[Step, tuple[str, str]] = {
    Step.LOOK: (N_("Look at it (read only)"), "lookButton"),
    Step.AGAIN: (N_("Try again"), "tryAgainButton"),
    Step.RESTORE: (N_("Restore from a backup …"), "restoreNowButton"),
    Step.SALVAGE: (N_("Save what can be read …"), "salvageButton"),
    Step.ACCEPT_OLDER: (N_("Open it as it is"), "acceptOlderButton"),
}


class Trouble(QWidget):
    """Shown while there is something to do about the last refusal.

    Signals:
        stepAsked(Step): do this.
        lookedFor: see whether the store is free by now.
        heldChanged(bool): whether the next try has to wait.
        waited: it no longer has to.
    """

    stepAsked = Signal(object)
    lookedFor = Signal()
    heldChanged = Signal(bool)
    waited = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("trouble")
        self._words = words
        self._seconds = 0
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 4, 0, 8)
        inside.setSpacing(8)
        steps = QWidget()
        line = FlowLayout(steps, spacing=8)
        self._buttons = {step: self._button(step) for step in Step}
        for made in self._buttons.values():
            line.addWidget(made)
        inside.addWidget(steps)
        self._waiting = QWidget()
        beside = QHBoxLayout(self._waiting)
        beside.setContentsMargins(0, 0, 0, 0)
        said = text(words("Waiting until it is free …"), "label", "waitingText")
        said.setWordWrap(False)
        beside.addWidget(said)
        beside.addWidget(button(words("Cancel"), "stopWaitingButton", "link", self.stop_waiting))
        beside.addStretch(1)
        inside.addWidget(self._waiting)
        self._countdown = text("", "label", "countdownText")
        inside.addWidget(self._countdown)
        self._look = QTimer(self)
        self._look.setInterval(LOOK_EVERY_MS)
        self._look.timeout.connect(self.lookedFor)
        self._second = QTimer(self)
        self._second.setInterval(_A_SECOND_MS)
        self._second.timeout.connect(self._on_second)
        self.clear()

    def tell(self, problem: UserError) -> None:
        """Offers what can be done about a refusal."""
        self.clear()
        steps = _STEPS.get(problem.code, ())
        for step, made in self._buttons.items():
            made.setVisible(step in steps)
        if problem.code == _OPEN_ELSEWHERE:
            self._waiting.show()
            self._look.start()
        if problem.code == _WAIT_FIRST:
            self._hold(int(str(problem.message.params["seconds"])))
        self.setVisible(bool(steps) or self._seconds > 0)

    def clear(self) -> None:
        """Offers nothing, and waits for nothing."""
        self.stop_waiting()
        self._hold(0)
        self._countdown.hide()
        self.hide()

    def stop_waiting(self) -> None:
        """Looks no longer whether the store is free."""
        self._look.stop()
        self._waiting.hide()

    @property
    def is_waiting(self) -> bool:
        """Whether it is to be opened as soon as it is free."""
        return self._look.isActive()

    def _button(self, step: Step) -> QWidget:
        said, name = _SAID[step]
        return button(self._words(said), name, "secondary", lambda: self.stepAsked.emit(step))

    def _hold(self, seconds: int) -> None:
        words, was_held, self._seconds = self._words, self._seconds > 0, seconds
        if seconds > 0:
            self._second.start()
            self._countdown.setText(
                words.plural("You can try again in {n} second.", "You can try again in {n} seconds.", seconds)
            )
            self._countdown.show()
        else:
            self._second.stop()
            self._countdown.setText(words("You can try again now."))
        if was_held is not (seconds > 0):
            self.heldChanged.emit(seconds > 0)

    def _on_second(self) -> None:
        self._hold(self._seconds - 1)
        if self._seconds == 0:
            self.waited.emit()
