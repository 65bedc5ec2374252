# SPDX-License-Identifier: MIT
"""Which trades does this fit? Own words in, trades out, with the aims as the reason, and never a verdict."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.finder import FoundTrade
from rkv_app.ui import advice_labels
from rkv_app.ui.context import PageContext, PageName, Route
from rkv_app.ui.page import Page, refill
from rkv_app.ui.pages.finder.view_model import FinderState, FinderViewModel
from rkv_app.ui.widgets.basics import button, card, chip, column, text
from rkv_app.ui.widgets.fields import Field, text_edit
from rkv_app.ui.widgets.layouts import FlowLayout


class FinderPage(Page):
    """See the module."""

    def __init__(self, context: PageContext, case_id: str) -> None:
        self._model = FinderViewModel(context.session, context.words, case_id)
        words = context.words
        super().__init__(context, self._model, words("Which trades does this fit?"))
        if case_id:
            self.set_back(words("The case"), Route(PageName.CASE, case_id))
        else:
            self.set_back(words("Cases"), Route(PageName.CASES))
        asked = self.section(
            words("What has the candidate done?"),
            intro=words(
                "Paid work, unpaid work, here or in another country. Plain words are best: what was done, with what,"
                " for whom. You can paste a mapping of competence too."
            ),
        )
        self._experience = text_edit(lines=6)
        self._begun = False
        asked.addWidget(Field(words("Experience in own words"), self._experience, name="experienceEdit"))
        asked.addWidget(text(words("Do not write about health here."), "small"))
        asked.addWidget(button(words("Find trades"), "findButton", "primary", self._on_find))
        self._found = QVBoxLayout()
        self._found.setSpacing(12)
        self.column.addLayout(self._found)

    def carried(self) -> object:
        """See Page."""
        return self._model.state

    def take_over(self, carried: object) -> None:
        """See Page."""
        if isinstance(carried, FinderState):
            self._model.state = carried

    def render_state(self, state: object) -> None:
        """See Page."""
        if not isinstance(state, FinderState):
            return
        if not self._begun:
            self._begun = True
            self._experience.setPlainText(state.experience)
        refill(self._found, lambda: self._fill(state))

    def _fill(self, state: FinderState) -> None:
        words = self.words
        if state.found is None:
            return
        if not state.found:
            self._found.addWidget(
                self.empty_state(
                    words("No trade stands out"),
                    words(
                        "The words are not found in the aims of your curricula. Write more about the tasks, or bring in"
                        " more curricula."
                    ),
                )
            )
            return
        said = words(
            "These may be worth talking about. The order follows the words alone: it says nothing about what the"
            " candidate can do, and a trade that is not here may fit as well."
        )
        self._found.addWidget(column(text(words("Worth talking about"), "heading"), text(said, "muted"), spacing=4))
        for number, one in enumerate(state.found, start=1):
            self._found.addWidget(self._trade(number, one))

    def _trade(self, number: int, one: FoundTrade) -> QWidget:
        words = self.words
        frame, inside = card(name=f"trade{number}Card")
        inside.addWidget(text(f"{number}. {one.title.text(words.language.value)}", "subheading"))
        codes = QWidget()
        line = FlowLayout(codes, spacing=8)
        for code in (one.code, *one.other_plans):
            line.addWidget(chip(advice_labels.plan(words, code)))
        inside.addWidget(codes)
        inside.addWidget(text(words("Words found: {words}", words=", ".join(one.words)), "body"))
        inside.addWidget(text(words("Aims they are found in"), "label"))
        for matched in one.aims:
            aim = text(f"{matched.aim.code}  {matched.aim.text.text(words.language.value)}")
            inside.addWidget(column(aim, text(", ".join(matched.words), "small"), spacing=0))
        return frame

    def _on_find(self) -> None:
        self.messages.hide()
        self._model.find(self._experience.toPlainText())
