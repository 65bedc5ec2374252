# SPDX-License-Identifier: MIT
"""What is documented for each aim: a table of aims by sources, and every source of the chosen aim side by side."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.coverage import AimCoverage, Covered, Source, counts
from rkv_app.domain.plans import coverage_by_plan, in_sets
from rkv_app.domain.self_assessment import OwnAnswer, Pair, pairs
from rkv_app.foundation.i18n import Words
from rkv_app.ui import labels
from rkv_app.ui.carried_words import carried_words
from rkv_app.ui.transcribed_words import transcribed_words
from rkv_app.ui.widgets.basics import card, chip, clear, text
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.ui.widgets.table import Table, TableRow

_STRONGEST_FIRST = (Covered.COVERED, Covered.PARTLY, Covered.NOT_TRIED, Covered.NO_INFORMATION)


class CoverageView(QWidget):
    """Shows coverage; the row under the caret is explained below the table."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self.setObjectName("coverageView")
        self._words = words
        self._by_code: Mapping[str, Pair] = {}
        self._own_known = False
        summary = QWidget()
        self._summary = FlowLayout(summary, spacing=8)
        self._table = Table(words("Aims and what is documented"), "coverageTable", stretch=1, wrap=True)
        self._table.caretMoved.connect(self.show_aim)
        self._table.opened.connect(self.show_aim)
        self._hint = text(words("Choose an aim to see every source side by side."), "muted")
        details = QWidget()
        details.setObjectName("aimDetails")
        self._details = QVBoxLayout(details)
        self._details.setContentsMargins(0, 0, 0, 0)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        self._plans = Table(words("By curriculum and module"), "plansTable", stretch=0, wrap=True)
        self._plans_title = text(words("By curriculum and module"), "label")
        self._plans_title.hide()
        self._plans.hide()
        for part in (summary, self._plans_title, self._plans, self._hint, self._table, details):
            inside.addWidget(part)

    def show_coverage(self, coverage: Sequence[AimCoverage], own: Sequence[OwnAnswer] = ()) -> None:
        """Shows the coverage of a case, and beside it what the candidate says, where they have said anything."""
        words = self._words
        paired = pairs(coverage, own)
        self._by_code = {one.coverage.aim.code: one for one in paired}
        self._own_known = any(one.own for one in paired)
        clear(self._summary)
        numbers = counts(coverage)
        for covered in _STRONGEST_FIRST:
            said = f"{labels.covered(words, covered)}: {numbers[covered]}"
            self._summary.addWidget(chip(said, labels.covered_tone(covered)))
        sources = _sources(coverage)
        headers = [words("Aim"), words("Competence aim"), words("Documented")]
        if self._own_known:
            headers.append(words("The candidate says"))
        several = len(coverage_by_plan(coverage)) > 1
        rows = []
        for part in in_sets(paired, lambda one: one.coverage.aim):
            if part.begins is not None:
                rows.append(TableRow("", (part.begins.code, part.begins.title), is_heading=True))
            if several:
                rows.append(TableRow("", (part.of_set[0].coverage.aim.set_code, part.title), is_heading=True))
            rows += [self._row(one, tuple(sources)) for one in part.of_set]
        self._table.fill((*headers, *sources.values()), rows)
        self._show_plans(coverage)
        clear(self._details)

    def _show_plans(self, coverage: Sequence[AimCoverage]) -> None:
        """Sums up each curriculum and its modules, where there are several."""
        words, by_plan = self._words, coverage_by_plan(coverage)
        for part in (self._plans_title, self._plans):
            part.setVisible(len(by_plan) > 1)
        rows = []
        for plan, of_plan in by_plan if len(by_plan) > 1 else ():
            if plan is not None:
                rows.append(self._summed(plan.named, of_plan, is_heading=True))
            rows += [self._summed(part.title, part.of_set) for part in in_sets(of_plan, lambda one: one.aim)]
        self._plans.fill((words("Curriculum and module"), words("Aims"), words("Documented")), rows)

    def _summed(self, title: str, coverage: Sequence[AimCoverage], *, is_heading: bool = False) -> TableRow:
        numbers = counts(coverage)
        said = [f"{labels.covered(self._words, one)}: {numbers[one]}" for one in _STRONGEST_FIRST if numbers[one]]
        return TableRow("", (title, str(len(coverage)), "\n".join(said)), is_heading=is_heading)

    def show_aim(self, code: str) -> None:
        """Explains one aim below the table."""
        pair = self._by_code.get(code)
        clear(self._details)
        if pair is None:
            return
        words, one = self._words, pair.coverage
        frame, inside = card("next", "aimCard")
        within = (one.aim.code, one.aim.plan.title if one.aim.plan else "", one.aim.set_title)
        inside.addWidget(text(" · ".join(filter(None, within)), "small"))
        inside.addWidget(text(one.aim.text, "lead"))
        verdict = QWidget()
        line = FlowLayout(verdict)
        line.addWidget(chip(labels.covered(words, one.covered), labels.covered_tone(one.covered)))
        inside.addWidget(verdict)
        inside.addWidget(text(labels.why(words, one.why)))
        if self._own_known:
            inside.addWidget(text(labels.beside(words, pair.beside)))
        if pair.worth_trying:
            inside.addWidget(text(words("Ask a workplace to let the candidate try it.")))
        beside = QWidget()
        columns = ColumnsLayout(beside, narrowest=280, spacing=12)
        if pair.own is not None:
            columns.addWidget(self._own_card(pair.own))
        for source in one.sources:
            columns.addWidget(self._source_card(source))
        inside.addWidget(beside)
        self._details.addWidget(frame)

    def _row(self, pair: Pair, evaluations: Sequence[str]) -> TableRow:
        words, one = self._words, pair.coverage
        by_evaluation = {source.evaluation_id: source.rating.rating for source in one.sources}
        cells = [
            f"{labels.rating_sign(said)} {labels.rating(words, said)}" if said else words("Not answered")
            for said in (by_evaluation.get(evaluation) for evaluation in evaluations)
        ]
        if self._own_known:
            cells.insert(0, labels.own(words, pair.own.own) if pair.own else words("Not answered"))
        return TableRow(one.aim.code, (one.aim.code, one.aim.text, labels.covered(words, one.covered), *cells))

    def _own_card(self, own: OwnAnswer) -> QWidget:
        words = self._words
        frame, inside = _beside_card()
        inside.addWidget(text(words("The candidate says"), "label"))
        inside.addWidget(text(words("Self-assessment. It does not count as documentation."), "small"))
        inside.addWidget(text(labels.own(words, own.own)))
        if own.example:
            inside.addWidget(text(own.example))
        inside.addStretch(1)
        return frame

    def _source_card(self, source: Source) -> QWidget:
        words, rated = self._words, source.rating
        frame, inside = _beside_card()
        inside.addWidget(text(source.workplace, "label"))
        inside.addWidget(text(source.supervisor, "small"))
        inside.addWidget(text(f"{labels.rating_sign(rated.rating)} {labels.rating(words, rated.rating)}"))
        if rated.known_by:
            inside.addWidget(text(words("How known: {how}", how=labels.known_by(words, rated.known_by)), "muted"))
        if rated.example:
            inside.addWidget(text(rated.example))
        if rated.observed_on is not None:
            inside.addWidget(text(labels.day(words, rated.observed_on), "small"))
        if source.transcribed is not None:
            inside.addWidget(text(transcribed_words(words, source.transcribed), "small"))
        if rated.carried is not None:
            inside.addWidget(text(carried_words(words, rated.carried, rated.aim.text), "small"))
        inside.addStretch(1)
        return frame


def _beside_card() -> tuple[QWidget, QVBoxLayout]:
    frame, inside = card()
    inside.setContentsMargins(16, 12, 16, 14)
    inside.setSpacing(4)
    return frame, inside


def _sources(coverage: Sequence[AimCoverage]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in coverage:
        for source in one.sources:
            found.setdefault(source.evaluation_id, source.workplace)
    return found
