# SPDX-License-Identifier: MIT
"""What is known beside an evaluation: earlier answers that may be copied here, a newer request, a newer curriculum.

Nothing is copied by itself. The report of what can be copied, what has another text now and what has no place here is
read first, and each answer is chosen.
"""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.bridges import Bridge, Place
from rkv_app.domain.carried import REASONS
from rkv_app.domain.moves import MoveReport
from rkv_app.foundation.i18n import Words
from rkv_app.ui.carried_words import bridge_words
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.pages.evaluation.view_model import Beside
from rkv_app.ui.widgets.basics import button, card, clear, column, text
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.layouts import FlowLayout
from rkv_app.ui.widgets.word_diff import diff_label
from rkv_app.usecases.suggest_bridges import EarlierAnswers


class BesidePanel(QWidget):
    """The cards above an evaluation.

    Signals:
        copyAsked(EarlierAnswers): show what can be copied from there.
        newerAsked(str): go to the request with this message id.
    """

    copyAsked = Signal(object)
    newerAsked = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("besidePanel")
        self._words = words
        self._shown: Beside | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.hide()

    def show_beside(self, beside: Beside) -> None:
        """Shows what there is to know, if anything."""
        if beside == self._shown:
            return
        self._shown = beside
        clear(self._column)
        if beside.newer is not None:
            self._newer(beside.newer.message_id, beside.newer.report)
        for changes in beside.changes:
            self._card(
                "changedCard",
                self._words("The curriculum has changed since this was begun"),
                self._words(
                    "New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
                    new=len(changes.added),
                    reworded=len(changes.reworded),
                    withdrawn=len(changes.withdrawn),
                ),
                self._words(
                    "You can finish this one as it is. Ask the adviser for a new request if the changes matter: what "
                    "you have answered here can be copied there."
                ),
            )
        for earlier in beside.earlier:
            self._earlier(earlier)
        self.setVisible(self._column.count() > 0)

    def _newer(self, message_id: str, report: MoveReport) -> None:
        words = self._words
        self._card(
            "newerCard",
            words("A newer request about the same placement has come"),
            words(
                "Of your answers here, {kept} can be copied there as they are, {changed} have another text there, and "
                "{lost} have no place there. All of them stay here as well.",
                kept=len(report.kept),
                changed=len(report.changed),
                lost=len(report.lost) + len(report.taken),
            ),
            action=button(
                words("Go to the newer request"), "newerButton", "secondary", lambda: self.newerAsked.emit(message_id)
            ),
        )

    def _earlier(self, earlier: EarlierAnswers) -> None:
        words = self._words
        number = len(earlier.report.offered)
        self._card(
            "earlierCard",
            words("You have answered about the same placement before"),
            words.plural(
                "{n} of your answers can be copied here. Nothing is copied before you have seen what.",
                "{n} of your answers can be copied here. Nothing is copied before you have seen which.",
                number,
            ),
            action=button(
                words("See what can be copied …"), "earlierButton", "secondary", lambda: self.copyAsked.emit(earlier)
            ),
        )

    def _card(self, name: str, title: str, *said: str, action: QWidget | None = None) -> None:
        frame, inside = card("next", name)
        inside.addWidget(text(title, "subheading"))
        for line in said:
            inside.addWidget(text(line))
        if action is not None:
            inside.addSpacing(4)
            inside.addWidget(action)
        self._column.addWidget(frame)


class CopyAnswersDialog(FormDialog):
    """The report, and the choice of what to copy.

    Signals:
        chosen(tuple): copy these bridges.
    """

    chosen = Signal(object)

    def __init__(self, words: Words, earlier: EarlierAnswers, parent: QWidget) -> None:
        super().__init__(words, words("Copy answers"), words("Copy what is chosen"), "copyAnswersDialog", parent)
        self.make_room(760, 760)
        report = earlier.report
        self._choices: list[tuple[OptionChip, Bridge]] = []
        evaluation = earlier.evaluation
        self.fields.addWidget(
            text(
                words(
                    "From your answers on {title} ({plan}). They stay where they are. Each copy will say where it "
                    "came from, also to the adviser and the county.",
                    title=", ".join(plan.title for plan in evaluation.plans),
                    plan=", ".join(plan.code for plan in evaluation.plans),
                )
            )
        )
        self._buttons()
        self._offered(words("The text is the same"), report.kept, chosen=True)
        self._offered(words("The text is another one now: read both"), report.changed, chosen=False)
        self._listed(words("Has an answer here already"), report.taken)
        self._listed(words("Has no place here, and stays where it is"), report.lost)
        self._listed(words("New here, and not answered yet"), report.new)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        accepted = tuple(bridge for option, bridge in self._choices if option.isChecked())
        if not accepted:
            self.messages.warn(self.words("No answer is chosen."), self.words("Choose at least one, or cancel."))
            return
        self.chosen.emit(accepted)
        self.accept()

    def _buttons(self) -> None:
        holder = QWidget()
        line = FlowLayout(holder)
        line.addWidget(button(self.words("Choose all"), "chooseAllButton", "secondary", lambda: self._choose(True)))
        line.addWidget(button(self.words("Choose none"), "chooseNoneButton", "secondary", lambda: self._choose(False)))
        self.fields.addWidget(holder)

    def _choose(self, chosen: bool) -> None:
        for option, _ in self._choices:
            option.setChecked(chosen)

    def _offered(self, title: str, found: Sequence[Bridge], *, chosen: bool) -> None:
        if not found:
            return
        self.fields.addWidget(text(f"{title} ({len(found)})", "subheading"))
        for bridge in found:
            source, target = bridge.source.aim, bridge.target.aim
            why = self.words.say(REASONS[bridge.reason])
            option = OptionChip(target.text, f"{source.code} → {target.code} · {why}")
            option.setObjectName(f"copy-{source.code}-{target.code}Option")
            option.setAccessibleName(bridge_words(self.words, bridge))
            option.setAccessibleDescription(target.text)
            option.setChecked(chosen)
            self._choices.append((option, bridge))
            self.fields.addWidget(option)
            if not bridge.same_text:
                legend = text(self.words("Struck through: taken out. Underlined: put in."), "small")
                self.fields.addWidget(column(legend, diff_label(source.text, target.text, self.words), spacing=2))

    def _listed(self, title: str, found: Sequence[Place]) -> None:
        if not found:
            return
        self.fields.addWidget(text(f"{title} ({len(found)})", "subheading"))
        for place in found:
            self.fields.addWidget(text(f"{place.aim.code} · {place.aim.text}", "muted"))
