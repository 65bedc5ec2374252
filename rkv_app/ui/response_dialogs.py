# SPDX-License-Identifier: MIT
"""The questions around a step with answers, and what was completed before: alone, or beside what stands now."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from rkv_app.documents.form_words import answer_said
from rkv_app.domain.response_states import Revision
from rkv_app.forms.differences import Pair, pairs
from rkv_app.forms.model import AimMatrixItem, RepeatItem
from rkv_app.forms.reading import Cell
from rkv_app.foundation.i18n import Words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.form_view import FormView
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.response_steps import said_revision
from rkv_app.ui.standing import Completed, Standing
from rkv_app.ui.widgets.basics import card, text
from rkv_app.ui.widgets.fields import Field, text_edit

# Pixels between one question and the next.
_BETWEEN = 10


class ReasonDialog(FormDialog):
    """Why something is done.

    Signals:
        filled(str): the reason.
    """

    filled = Signal(str)

    def __init__(
        self, words: Words, title: str, explained: Sequence[str], action: str, name: str, parent: QWidget
    ) -> None:
        super().__init__(words, title, action, name, parent)
        self.make_room(560, 720, snug=True)
        self._why = text_edit(lines=3)
        self._field = Field(
            words("Why?"), self._why, hint=words("Those who read the answers will see it."), name="reasonEdit"
        )
        for one in explained:
            self.fields.addWidget(text(one))
        self.fields.addWidget(self._field)
        self.fields.addStretch(1)
        self._why.setAccessibleDescription(" ".join(explained))
        self._why.setFocus()

    def submit(self) -> None:
        """See FormDialog."""
        reason = self._why.toPlainText().strip()
        self._field.show_problem("" if reason else self.words("This must be filled in."))
        if reason:
            self.filled.emit(reason)
        else:
            self._why.setFocus()


class RevisionDialog(FormDialog):
    """What was completed, to read."""

    def __init__(self, words: Words, title: str, content: FormContent, language: str, parent: QWidget) -> None:
        super().__init__(words, title, "", "revisionDialog", parent, cancel=words("Close"))
        self.make_room(820, 760)
        self.action.hide()
        shown = FormView(words, language)
        self.fields.addWidget(shown)
        self.fields.addStretch(1)
        shown.show_content(content)

    def submit(self) -> None:
        """See FormDialog. There is nothing to do but to read."""


class ComparedDialog(FormDialog):
    """What was completed once beside what stands now, question by question; what differs comes first."""

    def __init__(self, words: Words, once: Completed, now: Standing, parent: QWidget) -> None:
        title = words("Number {n} beside what stands now", n=once.revision.number)
        super().__init__(words, title, "", "comparedDialog", parent, cancel=words("Close"))
        self.make_room(980, 760)
        self.action.hide()
        self._now = now
        self._wording = Wording(words, now.language or words.language.value)
        self._heads = (said_revision(words, once.revision), _said_now(words, now))
        found = pairs(now.form, once.revision.answers, now.answers, now.aims)
        self._listed(words("Different now"), [pair for pair in found if pair.differs], "differentCard")
        self._listed(words("The same in both"), [pair for pair in found if not pair.differs], "sameCard")
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog. There is nothing to do but to read."""

    def _listed(self, title: str, found: Sequence[Pair], name: str) -> None:
        if not found:
            return
        frame, inside = card(name=name)
        inside.addWidget(text(f"{title} ({len(found)})", "subheading"))
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(2)
        for side, head in enumerate(self._heads):
            grid.addWidget(text(head, "label"), 0, side, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(side, 1)
        row, said_before = 1, ""
        for pair in found:
            above = self._above(pair)
            if above and above != said_before:
                grid.setRowMinimumHeight(row, _BETWEEN)
                grid.addWidget(text(above, "label"), row + 1, 0, 1, 2)
                row += 2
            said_before = above
            question = self._wording.marked(pair.item.label)
            grid.setRowMinimumHeight(row, _BETWEEN)
            grid.addWidget(text(question, "muted"), row + 1, 0, 1, 2)
            for side, cell in enumerate((pair.first, pair.second)):
                answer = text(self._answer(cell))
                answer.setAccessibleName(f"{self._heads[side]}. {above} {question} {answer.text()}")
                grid.addWidget(answer, row + 2, side, Qt.AlignmentFlag.AlignTop)
            row += 3
        inside.addWidget(holder)
        self.fields.addWidget(frame)

    def _above(self, pair: Pair) -> str:
        """What the row of a pair is called; empty where it stands in none."""
        group = self._now.form.find(pair.group) if pair.group else None
        if isinstance(group, AimMatrixItem):
            return next((f"{aim.code} · {aim.text}" for aim in self._now.aims if aim.code == pair.row), pair.row)
        if isinstance(group, RepeatItem):
            return f"{self._wording.marked(group.row_label or group.label)} {pair.row}"
        return ""

    def _answer(self, cell: Cell | None) -> str:
        if cell is None:
            return self.words("Not answered")
        wording = self._wording
        said = answer_said(cell, wording.words, wording.language, self._now.files or {})
        return "\n".join(one.text for one in said)


def _said_now(words: Words, now: Standing) -> str:
    newest: Revision | None = now.completed[0].revision if now.completed else None
    if newest is not None and not now.is_being_amended:
        return said_revision(words, newest)
    return words("Now, being amended")
