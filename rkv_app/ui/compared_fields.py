# SPDX-License-Identifier: MIT
"""Who compared digits with somebody, and how: the fields that every such decision needs."""

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import text
from rkv_app.ui.widgets.choices import OptionCard
from rkv_app.ui.widgets.fields import Field, line_edit
from rkv_app.usecases.comparing import ComparedHow

_LONGEST_HOW = 120


class ComparedFields(QWidget):
    """See the module.

    Args:
        by: who sits here.
        usual: the way that is chosen beforehand, or None where it must be thought about.
    """

    def __init__(self, words: Words, by: str, usual: ComparedHow | None = None) -> None:
        super().__init__()
        self._words = words
        self._by, self._other = line_edit(by), line_edit(longest=_LONGEST_HOW)
        self._by_field = Field(words("Compared by"), self._by, name="comparedByEdit")
        self._other_field = Field(words("In which way"), self._other, name="comparedHowEdit")
        self._other_field.hide()
        self._group = QButtonGroup(self)
        self._options = {
            ComparedHow.BY_PHONE: OptionCard(words("By phone"), words("on a number known from before the card came")),
            ComparedHow.IN_PERSON: OptionCard(words("In person"), words("side by side, or on paper they handed over")),
            None: OptionCard(words("In another way"), words("say which")),
        }
        self._missing = text("", "problem", "comparedHowProblem")
        self._missing.hide()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self._by_field)
        inside.addWidget(text(words("How the digits were compared"), "label"))
        for way, option in self._options.items():
            option.setObjectName(f"{way or 'other'}Option")
            self._group.addButton(option)
            option.setChecked(usual is not None and way is usual)
            inside.addWidget(option)
        inside.addWidget(self._missing)
        inside.addWidget(self._other_field)
        self._group.buttonToggled.connect(lambda *_: self._other_field.setVisible(self._options[None].isChecked()))

    def filled(self) -> tuple[str, str] | None:
        """Who compared them and how; None, and why beside each field, where something is missing."""
        needed = self._words("This must be filled in.")
        by, how = self._by.text().strip(), self._how()
        self._by_field.show_problem("" if by else needed)
        chosen = self._group.checkedButton() is not None
        self._missing.setText("" if chosen else self._words("Choose how."))
        self._missing.setVisible(not chosen)
        self._other_field.show_problem("" if how or not self._options[None].isChecked() else needed)
        if by and how:
            return by, how
        self._first_missing(by).setFocus()
        return None

    def _first_missing(self, by: str) -> QWidget:
        if not by:
            return self._by
        return self._other if self._options[None].isChecked() else self._options[ComparedHow.BY_PHONE]

    def _how(self) -> str:
        way = next((one for one, option in self._options.items() if option.isChecked()), None)
        return way.value if way is not None else self._other.text().strip()
