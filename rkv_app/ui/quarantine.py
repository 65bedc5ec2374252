# SPDX-License-Identifier: MIT
"""What every home that receives packets shows of its quarantine, and the dialog in which somebody decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.exchange import Application, Outcome, Supplement, SupplementRequest
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Words
from rkv_app.packets.attachment_safety import shown_name
from rkv_app.packets.opening import OpenedPacket
from rkv_app.ui import labels
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.key_change_dialog import KeyChangeDialog
from rkv_app.ui.page import Page, refill
from rkv_app.ui.spoken_code import digit_groups
from rkv_app.ui.widgets.basics import button, card, text
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.fields import Field, line_edit, text_edit
from rkv_app.usecases.comparing import ComparedHow
from rkv_app.usecases.contacts import KeyChange, key_change
from rkv_app.usecases.quarantine import HeldFor, HeldPacket, discard, list_held, look_at, release
from rkv_app.usecases.workspace import Workspace

_Failed = Callable[[UserError], None]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Look:
    held: HeldPacket
    opened: OpenedPacket
    change: KeyChange | None


class Quarantine(QObject):
    """A card for a page to put where it belongs; it takes no room while nothing is in quarantine.

    Attributes:
        card: the list.
    """

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._page = page
        words = page.words
        self.card, inside = card(name="quarantineCard")
        inside.addWidget(text(words("In quarantine"), "heading"))
        inside.addWidget(
            text(words("These packets are whole, but nothing of them is taken in until somebody decides it."), "muted")
        )
        self._lines = QVBoxLayout()
        self._lines.setSpacing(12)
        inside.addLayout(self._lines)
        self.card.hide()
        page.ready.connect(self.load)
        page.view_model.failed.connect(self._on_failed)

    def load(self) -> None:
        """Reads what is in quarantine."""
        self._run(list_held, self._show)

    def _show(self, held: Sequence[HeldPacket]) -> None:
        refill(self._lines, lambda: self._fill(held))
        self.card.setVisible(bool(held))

    def _fill(self, held: Sequence[HeldPacket]) -> None:
        for number, one in enumerate(held, start=1):
            self._lines.addWidget(self._line(number, one))

    def _line(self, number: int, held: HeldPacket) -> QWidget:
        words = self._page.words
        frame, inside = card(name=f"held{number}Card")
        kind, since = labels.message_type(words, held.type), labels.moment(words, held.since)
        inside.addWidget(text(words("{kind}, came {moment}", kind=kind, moment=since), "subheading"))
        inside.addWidget(text(words("It says it is from {name}.", name=labels.party(held.sender))))
        inside.addWidget(text(_why(words, held.why), "muted"))
        look = button(words("Read it and decide …"), f"held{number}Button", "secondary", lambda: self._on_look(held))
        look.setAccessibleName(words("Read {kind} from {name} and decide", kind=kind, name=labels.party(held.sender)))
        inside.addWidget(look)
        return frame

    def _on_look(self, held: HeldPacket) -> None:
        self._run(lambda ws: _looked_at(ws, held), self._open)

    def _open(self, look: _Look) -> None:
        words, held, by = self._page.words, look.held, self._page.context.session.party.name
        change = look.change
        dialog = DecideDialog(words, held, look.opened, by, self._page, other_keys=change is not None)

        def decide(work: Callable[[Workspace], object], said: str, asked: FormDialog) -> None:
            def done(_: object) -> None:
                asked.accept()
                dialog.accept()
                self._page.messages.notify(said)
                self._page.view_model.load()
                self.load()

            self._run(work, done, asked.show_error)

        def let_in(name: str, why: str, how: str, asked: FormDialog) -> None:
            decide(lambda ws: release(ws, held.id, name, why, how), words("The packet was taken in."), asked)

        def released(name: str, why: str, how: str) -> None:
            if change is None:
                let_in(name, why, how, dialog)
                return
            loud = KeyChangeDialog(words, change, name, dialog)
            loud.replaced.connect(lambda compared_by, how: let_in(compared_by, why, how, loud))
            loud.open()

        dialog.released.connect(released)
        dialog.discarded.connect(
            lambda name, why: decide(
                lambda ws: discard(ws, held.id, name, why),
                words("The packet was thrown away. That it came, and who decided, stays on record."),
                dialog,
            )
        )
        dialog.open()

    def _on_failed(self, problem: UserError) -> None:
        if problem.code in tuple(HeldFor):
            self.load()

    def _run(self, work: Callable[[Workspace], T], done: Callable[[T], None], failed: _Failed | None = None) -> None:
        session = self._page.context.session
        session.run(work, done=done, failed=failed or self._page.messages.error, owner=self)


class DecideDialog(FormDialog):
    """What is in a packet, and what is to become of it.

    Signals:
        released(str, str, str): this person lets it in, for this reason; how the digits were compared, or nothing.
        discarded(str, str): this person throws it away, for this reason.
    """

    released = Signal(str, str, str)
    discarded = Signal(str, str)

    def __init__(
        self, words: Words, held: HeldPacket, opened: OpenedPacket, by: str, parent: QWidget, *, other_keys: bool
    ) -> None:
        super().__init__(words, words("A packet in quarantine"), words("Take it in"), "decideDialog", parent)
        self.fields.addWidget(text(labels.message_type(words, held.type), "subheading"))
        for line in (words("It says it is from {name}.", name=labels.party(held.sender)), *_content(words, opened)):
            self.fields.addWidget(text(line))
        self.fields.addWidget(text(_why(words, held.why), "muted"))
        self._same = OptionChip(
            words("They read the same digits to me"), words("The sender is a checked contact from then on.")
        )
        self._same.setObjectName("sameDigitsOption")
        if other_keys:
            # Which digits count is asked for by itself, and loudly.
            self.action.setText(words("See both sets of digits …"))
        else:
            self.fields.addWidget(
                text(words("Call them on a number you know from elsewhere. Let them read their digits, and compare:"))
            )
            self.fields.addWidget(digit_groups(held.digits, "digits"))
            self.fields.addWidget(self._same)
        self._by, self._why = line_edit(by), text_edit(lines=2)
        self._by_field = Field(words("Who decides this"), self._by, name="decidedByEdit")
        self._why_field = Field(
            words("Why"),
            self._why,
            hint=words("How do you know who it is from, or that it is not for you?"),
            name="whyEdit",
        )
        self.fields.addWidget(self._by_field)
        self.fields.addWidget(self._why_field)
        self.fields.addWidget(button(words("Throw it away"), "discardButton", "link", self._on_discard))
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        if self._is_filled():
            how = ComparedHow.BY_PHONE.value if self._same.isChecked() else ""
            self.released.emit(self._by.text(), self._why.toPlainText(), how)

    def _on_discard(self) -> None:
        if self._is_filled():
            self.discarded.emit(self._by.text(), self._why.toPlainText())

    def _is_filled(self) -> bool:
        needed = self.words("This must be filled in.")
        filled = {
            self._by_field: bool(self._by.text().strip()),
            self._why_field: bool(self._why.toPlainText().strip()),
        }
        for field, good in filled.items():
            field.show_problem("" if good else needed)
        for field, good in filled.items():
            if not good:
                field.control.setFocus()
                return False
        return True


def _why(words: Words, why: HeldFor) -> str:
    if why is HeldFor.UNKNOWN_SENDER:
        return words("No contact here has the key that signed it.")
    if why is HeldFor.OTHER_KEYS:
        return words("A contact you know comes with other keys than those you know.")
    return words("It answers something that was not sent from this store.")


def _looked_at(ws: Workspace, held: HeldPacket) -> _Look:
    opened = look_at(ws, held.id)
    return _Look(held, opened, key_change(ws, opened.sender))


def _content(words: Words, opened: OpenedPacket) -> list[str]:
    """What a person needs in order to decide; attachments are named and never opened."""
    content, lines = opened.content, []
    if isinstance(content, Application):
        lines.append(words("Candidate: {name}", name=content.candidate.name))
        lines.append(words("Wanted final competence: {wanted}", wanted=content.wanted))
    elif isinstance(content, SupplementRequest):
        lines += [words("Journal number {number}", number=content.journal_number)]
        lines += [f"•  {item.text}" for item in content.items]
    elif isinstance(content, Outcome):
        lines.append(words("Journal number {number}", number=content.journal_number))
        lines += [f"•  {labels.decision(words, one)}" for one in content.decisions]
    elif isinstance(content, Supplement):
        lines += [f"•  {shown_name(one.name)}" for one in content.documents]
        lines += [content.note] if content.note else []
    return lines
