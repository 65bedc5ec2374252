# SPDX-License-Identifier: MIT
"""A page of answers that are completed, amended for a reason, left and taken back, with what was completed before."""

from collections.abc import Callable, Mapping, Sequence

from rkv_app.domain.response_states import can_be_written
from rkv_app.ui.answering_page import AnsweringPage
from rkv_app.ui.context import PageContext
from rkv_app.ui.form_state_words import answers_state
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.response_dialogs import ComparedDialog, ReasonDialog, RevisionDialog
from rkv_app.ui.response_steps import StepsPanel
from rkv_app.ui.standing import Completed, Situation, Standing
from rkv_app.ui.stepping import Failed, SteppingViewModel
from rkv_app.ui.widgets.basics import ButtonKind, chip, set_chip


class SteppingPage(AnsweringPage):
    """See the module. Heirs place `panel`, connect its `completeAsked`, and say what each step means.

    Attributes:
        panel: what can be done now, and what was done.
        progress: beside the state, how far the answers have come; for heirs to fill.
        standing: where the answers stand, as shown last; None before.
    """

    def __init__(
        self,
        context: PageContext,
        model: SteppingViewModel,
        title: str,
        said: Mapping[Situation, tuple[str, str]],
        *,
        outlined: str,
        nothing_missing: str,
        amend: ButtonKind = "primary",
    ) -> None:
        """Makes the page; `said` and `amend` as in `StepsPanel`, the rest as in `AnsweringPage`."""
        super().__init__(context, model, title, outlined=outlined, nothing_missing=nothing_missing)
        self._stepping = model
        self.standing: Standing | None = None
        self._state_chip = chip("", "info", "stateChip")
        self.progress = chip("", "neutral", "progressChip")
        for part in (self._state_chip, self.progress, self.saved):
            self.header_chips.addWidget(part)
        self.end = self.panel = StepsPanel(context.words, said, amend=amend)
        self.panel.giveUpAsked.connect(model.give_up)
        self.panel.resumeAsked.connect(model.resume)
        self.panel.amendAsked.connect(self._on_amend)
        self.panel.stopAsked.connect(self._on_stop)
        self.panel.withdrawAsked.connect(self._on_withdraw)
        self.panel.revisionAsked.connect(self._on_revision)
        self.panel.comparedAsked.connect(self._on_compared)

    def before_amending(self) -> Sequence[str]:
        """What one is told before amending, a paragraph each."""
        raise NotImplementedError

    def before_stopping(self) -> Sequence[str]:
        """What one is told before leaving the answers unfinished."""
        raise NotImplementedError

    def before_withdrawing(self) -> Sequence[str]:
        """What one is told before marking the answers as entered in error."""
        raise NotImplementedError

    def reopen(self, dialog: str) -> None:
        """See Page."""
        again: dict[str, Callable[[], None]] = {
            "amendDialog": self._on_amend,
            "stopDialog": self._on_stop,
            "withdrawDialog": self._on_withdraw,
        }
        if self.standing is not None and dialog in again:
            again[dialog]()

    def show_standing(self, standing: Standing) -> None:
        """Shows where the answers stand."""
        if self.standing is not None and self.standing.state is not standing.state:
            # What was said of the state before is no longer true.
            self.messages.hide()
        self.standing = standing
        said, tone = answers_state(self.words, standing.state, being_amended=standing.is_being_amended)
        set_chip(self._state_chip, said, tone)
        for asked in (self.check_button, self.end_button):
            asked.setVisible(can_be_written(standing.state))
        self.panel.show_standing(standing)

    def _on_amend(self) -> None:
        words = self.words
        self._ask(
            "amendDialog", words("Amend the answers"), self.before_amending(), words("Amend"), self._stepping.amend
        )

    def _on_stop(self) -> None:
        words = self.words
        title = words("Leave it unfinished")
        self._ask("stopDialog", title, self.before_stopping(), words("Leave it"), self._stepping.stop)

    def _on_withdraw(self) -> None:
        words = self.words
        action = words("Mark as entered in error")
        title = words("Entered in error")
        self._ask("withdrawDialog", title, self.before_withdrawing(), action, self._stepping.withdraw)

    def _ask(
        self, name: str, title: str, explained: Sequence[str], action: str, step: Callable[[str, Failed], None]
    ) -> None:
        dialog = ReasonDialog(self.words, title, explained, action, name, self)
        dialog.filled.connect(lambda reason: step(reason, dialog.show_error))
        self._stepping.stepped.connect(dialog.accept)
        dialog.open()

    def _completed(self, number: int) -> Completed | None:
        completed = self.standing.completed if self.standing is not None else ()
        return next((one for one in completed if one.revision.number == number), None)

    def _on_revision(self, number: int) -> None:
        one, standing = self._completed(number), self.standing
        if one is None or one.form is None or standing is None:
            return
        content = FormContent(one.form, standing.aims, one.revision.answers, locked=True, files=standing.files or {})
        title = self.words("Completed, number {n}", n=number)
        RevisionDialog(self.words, title, content, standing.language, self).open()

    def _on_compared(self, number: int) -> None:
        one = self._completed(number)
        if one is not None and self.standing is not None:
            ComparedDialog(self.words, one, self.standing, self).open()
