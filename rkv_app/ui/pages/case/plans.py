# SPDX-License-Identifier: MIT
"""The curricula that a case rests on: what they are, adding one, and choosing what to ask about of several."""

from collections.abc import Collection
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.domain.cases import Case
from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.evaluations import PlanText
from rkv_app.domain.plans import coverage_by_plan, in_sets
from rkv_app.foundation.i18n import Words
from rkv_app.ui.curriculum_place import read_place
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.found_curricula import FoundTable
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.choices import OptionChip
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.usecases.case_plans import OPEN
from rkv_app.usecases.compare_curricula import AT
from rkv_app.usecases.search_curricula import FoundCurricula
from rkv_app.usecases.view_case import CaseView

_WIDTH: Final = 760


class PlanCard(QFrame):
    """One curriculum of a case.

    Signals:
        removeAsked(str): take the curriculum with this code away.
    """

    removeAsked = Signal(str)

    def __init__(self, words: Words, case: Case, plan: PlanText, aims: int) -> None:
        super().__init__()
        self.setObjectName(f"plan-{plan.code}Card")
        self.setProperty("kind", "card")
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.setSpacing(4)
        inside.addWidget(text(plan.title, "label"))
        inside.addWidget(text(words.plural("{code} · {n} aim", "{code} · {n} aims", aims, code=plan.code), "muted"))
        if plan.code in case.further_plans and case.state in OPEN:
            away = button(words("Remove"), f"remove-{plan.code}Button", "link", self._on_remove)
            away.setAccessibleName(words("Remove {title} from the case", title=plan.title))
            inside.addWidget(away)
        self._code = plan.code

    def _on_remove(self) -> None:
        self.removeAsked.emit(self._code)


def plan_aims(view: CaseView) -> dict[str, int]:
    """How many aims each curriculum of a case has, by code."""
    grouped = coverage_by_plan(view.coverage)
    return {(plan or view.plans[0]).code: len(coverage) for plan, coverage in grouped}


class AddPlanDialog(FormDialog):
    """Finds a curriculum while one types, and adds it to the case.

    Signals:
        typed(str): what stands in the search field now.
        entered: search at once.
        filled(str): add the curriculum with this code.
    """

    typed = Signal(str)
    entered = Signal()
    filled = Signal(str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(words, words("Add a curriculum"), words("Add the curriculum"), "addPlanDialog", parent)
        self.make_room(_WIDTH, 720)
        self._code = ""
        self._search = line_edit()
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self.typed)
        down = QShortcut(QKeySequence(Qt.Key.Key_Down), self._search, context=Qt.ShortcutContext.WidgetShortcut)
        down.activated.connect(self._on_down)
        self._field = Field(
            words("Search codes, titles and competence aims"),
            self._search,
            hint=words("For example a plan of an earlier year, or one that is shared by several trades."),
            name="planSearchEdit",
        )
        self._chosen = text("", "label", "chosenText")
        self._chosen.hide()
        self._found = FoundTable(words)
        self._found.opened.connect(self._on_opened)
        for part in (self._field, self._chosen, self._found):
            self.fields.addWidget(part)
        self.fields.addStretch(1)

    def show_found(self, found: FoundCurricula | None) -> None:
        """Shows what was found."""
        if found is None:
            self._found.hide()
            return
        self._found.show_found(found)

    def submit(self) -> None:
        """See FormDialog. Enter in the search field comes here too."""
        if self._code:
            self.filled.emit(self._code)
            return
        self.entered.emit()
        self._field.show_problem(self.words("Choose a curriculum from what is found."))
        self._search.setFocus()

    def _on_down(self) -> None:
        self._found.enter()

    def _on_opened(self, subject: str) -> None:
        self._code = read_place(subject).name.split(AT)[0]
        self._field.show_problem("")
        self._chosen.setText(self.words("Chosen: {code}", code=self._code))
        self._chosen.show()
        self.action.setFocus()


class AskAboutDialog(FormDialog):
    """Chooses the modules to ask a supervisor about, from all curricula of the case.

    Signals:
        filled(tuple): ask about the aims with these codes.
    """

    filled = Signal(object)

    def __init__(self, words: Words, coverage: Collection[AimCoverage], parent: QWidget) -> None:
        super().__init__(words, words("What to ask about"), words("Make the request …"), "askAboutDialog", parent)
        self._modules: list[tuple[OptionChip, tuple[str, ...]]] = []
        self.fields.addWidget(text(words("Untick the modules that this workplace cannot say anything about.")))
        for part in in_sets(coverage, lambda one: one.aim):
            if part.begins is not None:
                self.fields.addWidget(text(part.begins.named, "label"))
            said = words.plural("{title}: {n} aim", "{title}: {n} aims", len(part.of_set), title=part.title)
            chip = OptionChip(said)
            chip.setChecked(True)
            chip.setObjectName(f"{part.of_set[0].aim.set_code}Chip")
            self._modules.append((chip, tuple(one.aim.code for one in part.of_set)))
            self.fields.addWidget(chip)
        self.fields.addStretch(1)
        self.make_room(620, 720, snug=True)

    def submit(self) -> None:
        """See FormDialog."""
        codes = tuple(code for chip, aims in self._modules if chip.isChecked() for code in aims)
        if not codes:
            self.messages.warn(self.words("No module is chosen."), self.words("Choose at least one, or cancel."))
            return
        self.filled.emit(codes)
        self.accept()
