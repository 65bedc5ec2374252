# SPDX-License-Identifier: MIT
"""The end of a form: completing, what can be done instead, and everything that was completed before."""

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from rkv_app.domain.evaluations import EvaluationState
from rkv_app.domain.response_states import Revision
from rkv_app.domain.responses import VersionMove
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.page import refill
from rkv_app.ui.pages.forms.view_model import FormShown
from rkv_app.ui.widgets.basics import ButtonKind, button, card, column, text
from rkv_app.ui.widgets.layouts import FlowLayout


class StepsPanel(QWidget):
    """See the module.

    Signals:
        completeAsked, amendAsked, giveUpAsked, stopAsked, resumeAsked, withdrawAsked, moveAsked: take that step.
        revisionAsked(int): show the revision with this number.
    """

    completeAsked = Signal()
    amendAsked = Signal()
    giveUpAsked = Signal()
    stopAsked = Signal()
    resumeAsked = Signal()
    withdrawAsked = Signal()
    moveAsked = Signal()
    revisionAsked = Signal(int)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(16)
        frame, inside = card("next", "formStepsPanel")
        self._title = text("", "heading", "formStepsTitle")
        self._explained = text("", "body", "formStepsText")
        self._removed = text("", "body", "removedText")
        for part in (self._title, self._explained, self._removed):
            inside.addWidget(part)
        holder = QWidget()
        line = FlowLayout(holder, spacing=8)
        self._buttons: dict[str, QPushButton] = {}
        steps: tuple[tuple[str, str, ButtonKind, SignalInstance], ...] = (
            ("complete", words("Complete"), "primary", self.completeAsked),
            ("amend", words("Amend …"), "primary", self.amendAsked),
            ("resume", words("Take up again"), "primary", self.resumeAsked),
            ("giveUp", words("Give up the amendment"), "secondary", self.giveUpAsked),
            ("move", words("Move to the newer version …"), "secondary", self.moveAsked),
            ("stop", words("Leave it unfinished …"), "secondary", self.stopAsked),
            ("withdraw", words("Entered in error …"), "link", self.withdrawAsked),
        )
        for key, said, kind, signal in steps:
            self._buttons[key] = button(said, f"{key}FormButton", kind, signal.emit)
            line.addWidget(self._buttons[key])
        inside.addWidget(holder)
        outer.addWidget(frame)
        self._history = QVBoxLayout()
        self._history.setSpacing(12)
        outer.addLayout(self._history)

    def show_state(self, state: FormShown) -> None:
        """Shows what can be done now, and what was done."""
        words, response = self._words, state.view.response
        told = words("These answers are not asked for any more and are removed when you complete:")
        self._removed.setText("\n".join([told, *(f"• {one}" for one in state.removed)]))
        self._removed.setVisible(bool(state.removed))
        title, explained, offered = self._said(state)
        self._title.setText(title)
        reason = words("Why: {reason}", reason=response.reason) if response.reason else ""
        self._explained.setText("\n".join(part for part in (explained, reason) if part))
        if state.view.newer and state.is_open:
            offered = {*offered, "move"}
        for key, made in self._buttons.items():
            made.setVisible(key in offered)
        refill(self._history, lambda: self._fill(state))

    def _said(self, state: FormShown) -> tuple[str, str, set[str]]:
        words, response = self._words, state.view.response
        if response.is_being_amended:
            return (
                words("Complete the amendment"),
                words("Until then, what was completed last is what counts. Both are kept."),
                {"complete", "giveUp", "withdraw"},
            )
        match response.state:
            case EvaluationState.IN_PROGRESS:
                explained = words("What is completed can be amended later, with a reason; both are kept.")
                return words("Complete the form"), explained, {"complete", "stop", "withdraw"}
            case EvaluationState.STOPPED:
                return words("Left unfinished"), words("The answers are kept as they are."), {"resume", "withdraw"}
            case EvaluationState.ENTERED_IN_ERROR:
                explained = words("The answers count for nothing and are found by no search. They can still be read.")
                return words("Entered in error"), explained, set()
            case _:
                return words("The form is completed"), "", {"amend", "withdraw"}

    def _fill(self, state: FormShown) -> None:
        words, view = self._words, state.view
        if view.completed:
            frame, inside = card(name="revisionsCard")
            inside.addWidget(text(words("What was completed"), "heading"))
            for revision, form in view.completed:
                inside.addWidget(self._revision(revision, can_be_read=form is not None))
            self._history.addWidget(frame)
        if view.moves:
            frame, inside = card(name="movesCard")
            inside.addWidget(text(words("Moved between versions of the form"), "heading"))
            for move in reversed(view.moves):
                inside.addWidget(self._move(move))
            self._history.addWidget(frame)

    def _revision(self, revision: Revision, *, can_be_read: bool) -> QWidget:
        words = self._words
        said = words(
            "{n}. By {name}, {date}", n=revision.number, name=revision.by, date=labels.moment(words, revision.at)
        )
        parts: list[QWidget] = [text(said)]
        if revision.reason:
            parts.append(text(words("Why: {reason}", reason=revision.reason), "muted"))
        if can_be_read:
            seeing = button(
                words("Read it"),
                f"revision{revision.number}Button",
                "link",
                lambda: self.revisionAsked.emit(revision.number),
            )
            seeing.setAccessibleName(words("Read number {n}", n=revision.number))
            parts.append(seeing)
        return column(*parts, spacing=2)

    def _move(self, move: VersionMove) -> QWidget:
        words = self._words
        said = words(
            "{before} → {after}. By {name}, {date}",
            before=move.before.version,
            after=move.after.version,
            name=move.by,
            date=labels.moment(words, move.at),
        )
        counted = words(
            "Unchanged: {kept}. Changed: {changed}. Lost: {lost}.",
            kept=len(move.kept),
            changed=len(move.changed),
            lost=len(move.lost),
        )
        return column(text(said), text(counted, "muted"), spacing=2)
