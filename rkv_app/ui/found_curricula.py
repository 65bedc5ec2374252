# SPDX-License-Identifier: MIT
"""What a search in the curricula found: by curriculum, each set and aim with its code, its text and its language."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.aims import OfficialText, Validity
from rkv_app.domain.ports import CurriculumHit
from rkv_app.foundation.i18n import Words
from rkv_app.ui import curriculum_words
from rkv_app.ui.curriculum_place import Place, version_name
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.table import Table, TableRow
from rkv_app.usecases.search_curricula import FoundCurricula, FoundPlan


class FoundTable(QWidget):
    """Shows one answer; hidden until there is one.

    Signals:
        opened(str): the place with this subject was chosen.
        caretMoved: the caret stands in another row.
    """

    opened = Signal(str)
    caretMoved = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        self._number = text("", "muted", "foundText")
        inside.addWidget(self._number)
        self.table = Table(words("What was found"), "foundTable", stretch=1, wrap=True)
        self.table.opened.connect(self.opened)
        self.table.caretMoved.connect(lambda _: self.caretMoved.emit())
        inside.addWidget(self.table)
        self.hide()

    def show_found(self, found: FoundCurricula) -> None:
        """Shows what was found, or says that nothing was."""
        words = self._words
        rows: list[TableRow] = []
        codes = [one.plan.code for one in found.plans]
        for one in found.plans:
            name = version_name(one.plan.code, one.plan.changed)
            cells = self._plan_cells(one, found.today, versions=codes.count(one.plan.code))
            rows.append(TableRow(name, cells, is_heading=True))
            rows += [TableRow(Place(name, hit.aim or hit.set_code).subject, self._cells(hit)) for hit in one.hits]
        if not rows:
            self._number.setText(words("Nothing was found in the curricula. Try fewer words, or the beginning of one."))
        elif found.cut:
            self._number.setText(words("The best {n} matches are shown. Type more to find fewer.", n=found.hits))
        else:
            self._number.setText(words.plural("{n} match", "{n} matches", found.hits))
        self.table.setVisible(bool(rows))
        self.table.fill((words("Code"), words("Text"), words("Language")), rows)
        self.show()

    def enter(self) -> None:
        """Puts the caret on the first row."""
        if self.table.isVisible() and self.table.rowCount():
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()

    def go_to(self, row_id: str) -> None:
        """Puts the caret on the row that opens this; nothing where it is not there any more."""
        row = next((at for at in range(self.table.rowCount()) if self.table.row_id(at) == row_id), None)
        if row is not None:
            self.table.setCurrentCell(row, 0)
            self.table.setFocus()

    def _plan_cells(self, found: FoundPlan, today: date, *, versions: int) -> tuple[str, ...]:
        words, plan = self._words, found.plan
        title, language = OfficialText(plan.title).shown(words.language.value)
        if versions > 1:
            version = curriculum_words.version_day(words, plan.changed)
            title = words("{title} (version of {day})", title=title, day=version)
        # In words beside the title, so that a screen reader says it with the title.
        said = [title]
        if plan.validity(today) is not Validity.IN_FORCE or plan.valid_to is not None:
            said.append(
                curriculum_words.status(
                    words, plan.validity(today), plan.valid_from, plan.valid_to, published=plan.published
                )[0]
            )
        if replaced := curriculum_words.replaced(words, found.replaced_by):
            said.append(replaced)
        title = " · ".join(said)
        return plan.code, title, curriculum_words.language_name(words, language)

    def _cells(self, hit: CurriculumHit) -> tuple[str, ...]:
        return hit.aim or hit.set_code, hit.text, curriculum_words.language_name(self._words, hit.language)
