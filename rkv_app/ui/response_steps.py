# SPDX-License-Identifier: MIT
"""What can be done with answers that are completed and amended, and everything that was completed before."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rkv_app.domain.response_states import Revision
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.page import refill
from rkv_app.ui.standing import Completed, Situation, Standing
from rkv_app.ui.widgets.basics import ButtonKind, button, card, column, text
from rkv_app.ui.widgets.layouts import FlowLayout

_OFFERED: Mapping[Situation, frozenset[str]] = {
    Situation.WRITTEN: frozenset({"complete", "stop", "withdraw"}),
    # What was completed before counts until then, so there is nothing to leave unfinished.
    Situation.AMENDED: frozenset({"complete", "giveUp", "withdraw"}),
    Situation.COMPLETED: frozenset({"amend", "withdraw"}),
    Situation.STOPPED: frozenset({"resume", "withdraw"}),
    Situation.WITHDRAWN: frozenset(),
}


class StepsPanel(QWidget):
    """See the module.

    Signals:
        completeAsked, amendAsked, giveUpAsked, stopAsked, resumeAsked, withdrawAsked: take that step.
        revisionAsked(int), comparedAsked(int): show what was completed with this number, alone or beside what is now.

    Attributes:
        body: what stands between the words and the buttons; for pages to fill.
        steps: the line of buttons; pages may add their own.
    """

    completeAsked = Signal()
    amendAsked = Signal()
    giveUpAsked = Signal()
    stopAsked = Signal()
    resumeAsked = Signal()
    withdrawAsked = Signal()
    revisionAsked = Signal(int)
    comparedAsked = Signal(int)

    def __init__(
        self, words: Words, said: Mapping[Situation, tuple[str, str]], *, amend: ButtonKind = "primary"
    ) -> None:
        """Makes the panel.

        Args:
            words: the window's.
            said: a title for each situation, and what it means.
            amend: how much amending stands out; not much where something else is the next thing to do.
        """
        super().__init__()
        self._words = words
        self._said = said
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        frame, inside = card("next", "stepsPanel")
        self._title = text("", "heading", "stepsTitle")
        self._explained = text("", "body", "stepsText")
        self._removed = text("", "body", "removedText")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        for part in (self._title, self._explained):
            inside.addWidget(part)
        inside.addLayout(self.body)
        inside.addWidget(self._removed)
        holder = QWidget()
        self.steps = FlowLayout(holder, spacing=8)
        self._buttons: dict[str, QPushButton] = {}
        steps: tuple[tuple[str, str, ButtonKind, SignalInstance], ...] = (
            ("complete", words("Complete"), "primary", self.completeAsked),
            ("amend", words("Amend …"), amend, self.amendAsked),
            ("resume", words("Take up again"), "primary", self.resumeAsked),
            ("giveUp", words("Give up the amendment"), "secondary", self.giveUpAsked),
            ("stop", words("Leave it unfinished …"), "secondary", self.stopAsked),
            ("withdraw", words("Entered in error …"), "link", self.withdrawAsked),
        )
        for key, called, kind, signal in steps:
            self._buttons[key] = button(called, f"{key}Button", kind, signal.emit)
            self.steps.addWidget(self._buttons[key])
        inside.addWidget(holder)
        self._steps_holder = holder
        outer.addWidget(frame)
        self._history = QVBoxLayout()
        self._history.setSpacing(12)
        self._listed: list[tuple[Completed, bool]] = []
        outer.addLayout(self._history)

    def show_standing(self, standing: Standing) -> None:
        """Shows what can be done now, and what was done."""
        words = self._words
        told = words("These answers are not asked for any more and are removed when you complete:")
        self._removed.setText("\n".join([told, *(f"• {one}" for one in standing.removed)]))
        self._removed.setVisible(bool(standing.removed))
        title, explained = self._said[standing.situation]
        self._title.setText(title)
        reason = words("Why: {reason}", reason=standing.reason) if standing.reason else ""
        said = "\n".join(part for part in (explained, reason) if part)
        self._explained.setText(said)
        self._explained.setVisible(bool(said))
        offered = _OFFERED[standing.situation]
        for key, made in self._buttons.items():
            made.setVisible(key in offered)
        self._steps_holder.setVisible(bool(offered))
        listed = [(one, _can_be_compared(one, standing)) for one in standing.completed]
        if listed != self._listed:
            # Answers are given all the time, and what was completed before stays.
            self._listed = listed
            refill(self._history, self._fill)

    def _fill(self) -> None:
        if not self._listed:
            return
        frame, inside = card(name="revisionsCard")
        inside.addWidget(text(self._words("What was completed"), "heading"))
        for one, can_be_compared in self._listed:
            inside.addWidget(self._revision(one, can_be_compared=can_be_compared))
        self._history.addWidget(frame)

    def _revision(self, one: Completed, *, can_be_compared: bool) -> QWidget:
        words, revision = self._words, one.revision
        number = revision.number
        parts: list[QWidget] = [text(said_revision(words, revision))]
        if revision.reason:
            parts.append(text(words("Why: {reason}", reason=revision.reason), "muted"))
        holder = QWidget()
        line = FlowLayout(holder, spacing=16)
        if one.form is not None:
            seeing = button(
                words("Read it"), f"revision{number}Button", "link", lambda: self.revisionAsked.emit(number)
            )
            seeing.setAccessibleName(words("Read number {n}", n=number))
            line.addWidget(seeing)
        if can_be_compared:
            beside = button(
                words("Read it beside what stands now"),
                f"compared{number}Button",
                "link",
                lambda: self.comparedAsked.emit(number),
            )
            beside.setAccessibleName(words("Read number {n} beside what stands now", n=number))
            line.addWidget(beside)
        if line.count():
            parts.append(holder)
        return column(*parts, spacing=2)


def said_revision(words: Words, revision: Revision) -> str:
    """Which one it is, who completed it and when."""
    return words("{n}. By {name}, {date}", n=revision.number, name=revision.by, date=labels.moment(words, revision.at))


def _can_be_compared(one: Completed, now: Standing) -> bool:
    """Whether it says something else than what stands now, on the same version of the form."""
    if one.form is None or one.revision.answers == now.answers:
        return False
    return (one.form.id, one.form.version) == (now.form.id, now.form.version)
