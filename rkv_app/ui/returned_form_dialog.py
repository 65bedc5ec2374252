# SPDX-License-Identifier: MIT
"""What a form that came back is: the verdict with its own next step, whom it concerns, what was read, what is missing.

Where nothing in it says which request it belongs to, a second dialog lets a person say so.
"""

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.documents.returned.file import Change
from rkv_app.documents.returned.verdicts import READ, SAID, Verdict
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import N_, Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.form_widgets.filling import Filling
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import Tone, button, card, chip, column, text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.usecases.look_at_returned_form import JudgedForm
from rkv_app.usecases.open_requests import AT_A_TIME, OpenRequest
from rkv_app.usecases.read_returned_form import step_after
from rkv_app.usecases.take_in_returned_form import BEGINS

_MOST_LINES: Final = 12


class Next(Enum):
    """What a button of the dialog leads to."""

    TAKE_IN = "take_in"
    KEEP = "keep"
    TO_CASE = "to_case"
    CLOSE = "close"


# Nothing is made of them, but somebody may have to show later what came.
_KEPT: Final = frozenset(
    {Verdict.EMPTY, Verdict.ALTERED, Verdict.FILLED_TWICE, Verdict.NEWER_FORM, Verdict.OTHER_VERSION}
)
_KINDS: Final[Mapping[Verdict, tuple[str, Tone]]] = {
    Verdict.COMPLETE: (N_("Filled in"), "success"),
    Verdict.HALF_FILLED: (N_("Something is missing"), "warning"),
    Verdict.EMPTY: (N_("Empty"), "warning"),
    Verdict.ALTERED: (N_("Changed on its way"), "danger"),
    Verdict.OTHER_REQUEST: (N_("Does not belong here"), "danger"),
    Verdict.NO_CASE: (N_("Belongs to no case"), "warning"),
    Verdict.FILLED_TWICE: (N_("Answered before"), "warning"),
    Verdict.OTHER_VERSION: (N_("Other version of the form"), "warning"),
    Verdict.NEWER_FORM: (N_("Newer form"), "warning"),
    Verdict.FLATTENED: (N_("Without fields"), "neutral"),
    Verdict.PRINTED: (N_("Without fields"), "neutral"),
    Verdict.SCANNED: (N_("Picture of paper"), "neutral"),
}
_CHANGES: Final[Mapping[Change, str]] = {
    Change.REQUEST: N_("The request that the form carries"),
    Change.PAGES: N_("What stands on the pages"),
    Change.FIELDS: N_("The fields: their labels, choices or rules"),
}


class ReturnedFormDialog(FormDialog):
    """See the module. Nothing has been taken in.

    Signals:
        taken(Next): the user takes the next step; to be closed by whoever does it.
    """

    taken = Signal(object)

    def __init__(self, words: Words, file_name: str, view: JudgedForm, case_id: str, parent: QWidget) -> None:
        self._next = _next(view, case_id)
        super().__init__(
            words, words("A form that came back"), self._action(words, view), "returnedFormDialog", parent,
            cancel=words("Close"),
        )  # fmt: skip
        self.cancel.setVisible(self._next is not Next.CLOSE)
        self._add_verdict(file_name, view)
        self._add_concerned(view)
        self._add_read(view)
        if view.found.verdict in _KEPT and view.concerned is not None:
            keep = button(words("Keep the file with the case"), "keepFileButton", "secondary", self._on_keep)
            self.fields.addWidget(keep)
        self.fields.addStretch(1)
        self.make_room(640, 760, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        if self._next is Next.CLOSE:
            self.reject()
        else:
            self.action.setEnabled(False)
            self.taken.emit(self._next)

    def _on_keep(self) -> None:
        self.taken.emit(Next.KEEP)

    def _action(self, words: Words, view: JudgedForm) -> str:
        if self._next is Next.TO_CASE:
            return words("Go to the case")
        if self._next is Next.CLOSE:
            return words("Close")
        if view.found.verdict in READ:
            return words("Take it in …")
        return words("Type it in beside the picture …")

    def _add_verdict(self, file_name: str, view: JudgedForm) -> None:
        words, verdict = self.words, view.found.verdict
        said, tone = _KINDS[verdict]
        frame, inside = card("next", "verdictCard")
        inside.addWidget(chip(words(said), tone, "verdictChip"))
        inside.addWidget(text(words.say(SAID[verdict]), "subheading", "verdictText"))
        inside.addWidget(text(words.say(step_after(view.found)), "body", "nextStepText"))
        inside.addWidget(text(words("The file: {name}", name=shown_name(file_name)), "muted"))
        self.fields.addWidget(frame)

    def _add_concerned(self, view: JudgedForm) -> None:
        words, concerned = self.words, view.concerned
        if concerned is None:
            return
        placement = concerned.placement
        if placement is None or concerned.sent is None:
            title = concerned.title.text(words.language.value) if concerned.title else ""
            self._part(
                words("Whom it concerns"),
                words("Candidate: {name}", name=concerned.candidate_name),
                words("Form: {title}", title=title),
            )
            return
        supervisor = labels.in_line(placement.supervisor.name, placement.supervisor.position)
        self._part(
            words("Whom it concerns"),
            words("Candidate: {name}", name=concerned.candidate_name),
            words("Workplace: {name}", name=placement.workplace.name),
            words("Supervisor: {name}", name=supervisor),
            words("Asked on {date}", date=labels.day(words, local_date(concerned.sent))),
        )

    def _add_read(self, view: JudgedForm) -> None:
        words, found = self.words, view.found
        if found.changes:
            self._part(words("What was changed"), *(f"•  {words(_CHANGES[one])}" for one in sorted(found.changes)))
        if not found.answers and not found.unclear:
            return
        read = [words.plural("{n} answer.", "{n} answers.", len(found.answers))]
        said = found.confirmed
        if said is not None and said.ticked:
            day = labels.day(words, said.day) if said.day is not None else ""
            who = labels.in_line(said.name, said.position, day)
            read.append(words("Confirmed in the form by: {who}", who=who) if who else words("Confirmed in the form."))
        else:
            read.append(words("Nobody has confirmed the answers in the form."))
        self._part(words("What was read"), *read)
        self._add_lines(words("What is missing or wrong"), list(self._missing(view)))
        self._add_lines(words("What cannot be understood"), list(self._unclear(view)))

    def _missing(self, view: JudgedForm) -> Iterator[str]:
        filling = _filling(view)
        if filling is None:
            return
        for one in filling.to_put_right(self.words):
            if one.path not in view.found.unclear:
                yield one.said
        said = view.found.confirmed
        if said is not None and said.ticked and not said.name:
            yield self.words("Name of whoever confirms")

    def _unclear(self, view: JudgedForm) -> Iterator[str]:
        filling, wording = _filling(view), Wording(self.words, self.words.language.value)
        for path, written in view.found.unclear.items():
            where = filling.where(path, wording) if filling is not None else path
            yield self.words("{where}: “{written}”", where=where, written=written[:200])

    def _add_lines(self, title: str, lines: list[str]) -> None:
        if not lines:
            return
        more = len(lines) - _MOST_LINES
        shown = [f"•  {line}" for line in lines[:_MOST_LINES]]
        if more > 0:
            shown.append(self.words("and {n} more", n=more))
        self._part(title, *shown)

    def _part(self, title: str, *lines: str) -> None:
        self.fields.addWidget(column(text(title, "label"), *(text(line) for line in lines), spacing=4))


class ChooseRequestDialog(FormDialog):
    """Asks which request a file belongs to in which nothing says so.

    Signals:
        chosen(str): the id of the request; to be closed by whoever takes the file in.
    """

    chosen = Signal(str)

    def __init__(
        self, words: Words, file_name: str, problem: UserError, offered: tuple[OpenRequest, ...], parent: QWidget
    ) -> None:
        title = words("Which request does it belong to?")
        action = words("Type it in beside the picture …") if offered else words("Close")
        super().__init__(words, title, action, "chooseRequestDialog", parent, cancel=words("Cancel"))
        self._offered = bool(offered)
        self.cancel.setVisible(self._offered)
        self.fields.addWidget(text(f"{words.say(problem.message)} {words.say(problem.hint)} ({problem.code})"))
        self.fields.addWidget(text(words("The file: {name}", name=shown_name(file_name)), "muted"))
        self._options = QButtonGroup(self)
        if offered:
            self.fields.addWidget(text(words("Or choose the request yourself, and type the answers in:"), "label"))
            self.fields.addWidget(self._choices(offered))
        else:
            self.fields.addWidget(text(words("No request waits for an answer here."), "body"))
        if len(offered) == AT_A_TIME:
            self.fields.addWidget(
                text(words("These are the last requests. For an older one, open its case and drop the file there."))
            )
        self.fields.addStretch(1)
        self.make_room(640, 760, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        if not self._offered:
            self.reject()
            return
        option = self._options.checkedButton()
        if option is None:
            return
        self.action.setEnabled(False)
        self.chosen.emit(str(option.property("request")))

    def _choices(self, offered: tuple[OpenRequest, ...]) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for one in offered:
            asked = self.words("Asked on {date}", date=labels.day(self.words, local_date(one.at)))
            option = OptionCard(one.candidate_name, f"{one.workplace}. {asked}")
            option.setProperty("request", one.message_id)
            self._options.addButton(option)
            inside.addWidget(option)
        # Nobody's answers may end with somebody else because a choice was made beforehand.
        self.action.setEnabled(len(offered) == 1)
        if len(offered) == 1:
            self._options.buttons()[0].setChecked(True)
        self._options.buttonClicked.connect(lambda _: self.action.setEnabled(True))
        return holder


def _next(view: JudgedForm, case_id: str) -> Next:
    if view.found.verdict in BEGINS:
        return Next.TAKE_IN
    if view.concerned is not None and view.concerned.case_id != case_id:
        return Next.TO_CASE
    return Next.CLOSE


def _filling(view: JudgedForm) -> Filling | None:
    asked = view.found.asked
    if view.form is None or asked is None:
        return None
    return Filling(view.form, view.found.answers, asked.aims, today=view.today)
