# SPDX-License-Identifier: MIT
"""Which road? A few questions, each road with the rules behind it, and the recommendation that opens one of them."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from rkv_app.domain.reference import RoadRule
from rkv_app.domain.roads import Reason, Suggestion
from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui import advice_labels, labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.dialogs import FormDialog
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.roads.view_model import RoadsViewModel
from rkv_app.ui.protection import ClearedField
from rkv_app.ui.widgets.basics import button, card, chip, text
from rkv_app.ui.widgets.fields import Field, combo_box, text_edit
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.usecases.suggest_roads import Asked, RoadsView

_QUESTIONS: Mapping[str, str] = {
    "completed": N_("Has study or vocational competence that counts in Norway"),
    "had_another": N_("Has used the right to one new trade"),
    "recommended": N_("Nav or the municipality recommends an assessment"),
    "employed": N_("Works in a company that can train in the trade"),
}
_UNKNOWN, _YES, _NO = "unknown", "yes", "no"
_ANSWERS: Mapping[str, bool | None] = {_UNKNOWN: None, _YES: True, _NO: False}
# Years of full-time practice before the placements of the case.
_YEARS = (0, 1, 2, 3, 4, 5, 6, 8, 10)
_NARROWEST = 320


def _months(months: float) -> str:
    return repr(float(months))


class RecommendationDialog(FormDialog):
    """Why Nav recommends an assessment.

    Signals:
        filled(str, str): the reasons, and who cleared the letter about a shielded candidate.
    """

    filled = Signal(str, str)

    def __init__(self, words: Words, *, shielded: bool, parent: QWidget) -> None:
        super().__init__(words, words("Nav's recommendation"), words("Write the letter …"), "recommendDialog", parent)
        self._reasons = text_edit(lines=5)
        self._field = Field(
            words("Why is an assessment right for the candidate?"),
            self._reasons,
            hint=words(
                "It stands in the letter as you write it. Name, placements and what is documented come by themselves."
            ),
            name="reasonsEdit",
        )
        self.fields.addWidget(self._field)
        self.fields.addWidget(text(words("Do not write about health here."), "small"))
        self._cleared = ClearedField(words, shielded=shielded)
        if shielded:
            told = words("The letter names no workplace. Do not write where the candidate lives or works.")
            self.fields.addWidget(text(told, "problem"))
            self.fields.addWidget(self._cleared)
        self.fields.addStretch(1)

    def submit(self) -> None:
        """See FormDialog."""
        reasons, cleared = self._reasons.toPlainText(), self._cleared.is_filled()
        self._field.show_problem("" if reasons.strip() else self.words("This must be filled in."))
        if reasons.strip() and cleared:
            self.filled.emit(reasons, self._cleared.cleared_by())
        else:
            (self._cleared.control if reasons.strip() else self._reasons).setFocus()


class RoadsPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, case_id: str) -> None:
        self._model = RoadsViewModel(context.session, context.words, case_id)
        words = context.words
        super().__init__(context, self._model, words("Which road?"))
        self.set_back(words("The case"), Route(PageName.CASE, case_id))
        self.header_actions.addWidget(
            button(words("Write Nav's recommendation …"), "recommendButton", "secondary", self._on_recommend)
        )
        self._reference, self._shielded = "", False
        known = self.section(words("What the case knows"))
        self._known = QVBoxLayout()
        self._known.setSpacing(4)
        known.addLayout(self._known)
        questions = self.section(words("What you know"))
        self._first: Asked | None = None
        self._source = text("", "muted", "answersSourceText")
        self._source.hide()
        questions.addWidget(self._source)
        self._answers = {name: self._question() for name in _QUESTIONS}
        self._earlier = combo_box([(_months(12 * years), self._years(years)) for years in _YEARS])
        self._earlier.currentIndexChanged.connect(self._on_answer)
        holder = QWidget()
        beside = ColumnsLayout(holder, narrowest=_NARROWEST, spacing=14)
        for name, said in _QUESTIONS.items():
            beside.addWidget(Field(words(said), self._answers[name], name=f"{name}Combo"))
        beside.addWidget(
            Field(words("Practice in the trade before these placements"), self._earlier, name="earlierCombo")
        )
        questions.addWidget(holder)
        roads = self.section(
            words("The roads"),
            intro=words(
                "A help for the talk with the candidate. It is the county that decides. Ask it where a rule is not"
                " confirmed."
            ),
        )
        self._roads = QVBoxLayout()
        self._roads.setSpacing(12)
        roads.addLayout(self._roads)

    def carried(self) -> object:
        """See Page."""
        return self._model.asked

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, Asked):
            self._model.asked = carried
            self._show_asked(carried)

    def reopen(self, dialog: str) -> None:
        """See Page."""
        if dialog == "recommendDialog":
            self._on_recommend()

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, RoadsView):
            return
        self._reference, self._shielded = state.view.case.reference, state.view.candidate.shielded
        if self._first is None:
            self._show_asked(state.asked)
        if state.from_form is not None:
            day = labels.moment(self.words, state.from_form)
            self._source.setText(
                self.words(
                    "Taken from the form that was completed on {day}. What you change here is not kept.", day=day
                )
            )
        self._source.setVisible(state.from_form is not None)
        refill(self._known, lambda: self._fill_known(state))
        refill(self._roads, lambda: self._fill_roads(state))

    def _fill_known(self, state: RoadsView) -> None:
        words, answers = self.words, state.answers
        case = state.view.case
        lines = [words("Wanted final competence: {wanted}", wanted=" · ".join((case.wanted.title, *case.plans)))]
        if answers.turns is None:
            lines.append(words("The date of birth is not in the case."))
        else:
            lines.append(words("The candidate turns {n} this year.", n=answers.turns))
        if state.view.placements:
            lines.append(advice_labels.practice(words, state.practice))
        lines.append(
            words("{shown} of {aims} aims are documented, wholly or partly.", shown=answers.shown, aims=answers.aims)
        )
        for line in lines:
            self._known.addWidget(text(line))

    def _fill_roads(self, state: RoadsView) -> None:
        for one in state.suggestions:
            self._roads.addWidget(self._road(one, state.rules))

    def _road(self, one: Suggestion, rules: Mapping[str, RoadRule]) -> QWidget:
        words = self.words
        frame, inside = card(name=f"{one.road.value}Card")
        inside.setSpacing(6)
        inside.addWidget(text(advice_labels.road(words, one.road), "subheading"))
        stands = QWidget()
        line = FlowLayout(stands, spacing=8)
        line.addWidget(chip(*advice_labels.stands(words, one.stands), f"{one.road.value}Chip"))
        if not all(rules[reason.rule].confirmed for reason in one.reasons if reason.rule in rules):
            line.addWidget(chip(words("Has rules that are not confirmed"), "neutral"))
        inside.addWidget(stands)
        for reason in one.reasons:
            rule = rules.get(reason.rule)
            if rule is not None:
                inside.addWidget(self._reason(reason, rule))
        return frame

    def _reason(self, reason: Reason, rule: RoadRule) -> QWidget:
        words = self.words
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 2, 0, 2)
        inside.setSpacing(0)
        inside.addWidget(text(f"{advice_labels.holds(words, reason)}  {advice_labels.entry(words, rule)}"))
        note = rule.note.get(words.language.value, "")
        source = rule.source[words.language.value]
        said = f"{rule.provision}. {source}" if rule.provision else source
        inside.addWidget(text(" ".join(f"{part}." for part in (said, note.rstrip(".")) if part), "small"))
        return holder

    def _question(self) -> QComboBox:
        words = self.words
        made = combo_box([(_UNKNOWN, words("Not known")), (_YES, words("Yes")), (_NO, words("No"))])
        made.currentIndexChanged.connect(self._on_answer)
        return made

    def _years(self, years: int) -> str:
        words = self.words
        return (
            words.plural("About {n} year of full time", "About {n} years of full time", years)
            if years
            else words("None")
        )

    def _show_asked(self, asked: Asked) -> None:
        self._first = asked
        earlier = _months(asked.earlier_months)
        for name, combo in self._answers.items():
            with QSignalBlocker(combo):
                combo.setCurrentIndex(list(_ANSWERS.values()).index(getattr(asked, name)))
        with QSignalBlocker(self._earlier):
            if self._earlier.findData(earlier) < 0:
                months = round(asked.earlier_months)
                said = self.words.plural("About {n} month of full time", "About {n} months of full time", months)
                self._earlier.addItem(said, earlier)
            self._earlier.setCurrentIndex(self._earlier.findData(earlier))

    def _on_answer(self) -> None:
        said = {name: _ANSWERS[str(combo.currentData())] for name, combo in self._answers.items()}
        earlier = float(self._earlier.currentData())
        self._model.answer(replace(self._first or Asked(), **said, earlier_months=earlier))

    def _on_recommend(self) -> None:
        dialog = RecommendationDialog(self.words, shielded=self._shielded, parent=self)
        dialog.filled.connect(partial(self._recommend, dialog))
        self._model.recommended.connect(dialog.accept)
        dialog.open()

    def _recommend(self, dialog: RecommendationDialog, reasons: str, cleared_by: str) -> None:
        suggested = f"tilraading-{self._reference}.pdf"
        path = self.context.files.save_file(self.words("Where to write the letter"), suggested)
        if path is not None:
            self._model.recommend(reasons, cleared_by, path, dialog.show_error)
