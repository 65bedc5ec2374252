# SPDX-License-Identifier: MIT
"""On which ground something about a candidate is shared, as it is asked wherever a packet leaves."""

from collections.abc import Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.sharing import SharingGround
from rkv_app.foundation.i18n import Words
from rkv_app.ui.protection import ClearedField
from rkv_app.ui.widgets.fields import DateEdit, Field, combo_box, text_edit


class GroundFields(QWidget):
    """Legal basis, purpose, and when the candidate was told.

    Attributes:
        cleared_field: who cleared the sending, where the candidate is shielded; for the page to put where it belongs.
    """

    def __init__(self, words: Words, *, purpose_hint: str = "") -> None:
        super().__init__()
        self._words = words
        self._basis = combo_box([])
        self._purpose = text_edit(lines=2)
        self._informed = DateEdit(pattern=words("dd.mm.yyyy"))
        self._purpose_field = Field(words("Purpose"), self._purpose, hint=purpose_hint, name="purposeEdit")
        self._informed_field = Field(
            words("The candidate was told on"),
            self._informed,
            hint=words("Write it like 24.12.2026."),
            name="informedEdit",
        )
        self.cleared_field = ClearedField(words)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(14)
        for field in (
            Field(words("Legal basis"), self._basis, name="legalBasisCombo"),
            self._purpose_field,
            self._informed_field,
        ):
            inside.addWidget(field)

    def offer(self, legal_bases: Mapping[str, str], last: SharingGround | None = None) -> None:
        """Offers the legal bases, code to words, and what was said last time; the candidate is told anew each time."""
        for code, said in legal_bases.items():
            self._basis.addItem(said, code)
        if last is not None:
            self._basis.setCurrentIndex(max(0, self._basis.findData(last.legal_basis)))
            self._purpose.setPlainText(last.purpose)

    def set_shielded(self, shielded: bool) -> None:
        """Says whether the candidate has address protection, so that somebody must clear the sending."""
        self.cleared_field.set_shielded(shielded)

    def ground(self) -> SharingGround | None:
        """The ground that was filled in; None, and why beside each field, where something is missing."""
        purpose, informed = self._purpose.toPlainText().strip(), self._informed.date()
        needed = self._words("This must be filled in.")
        problems = {
            self._purpose_field: "" if purpose else needed,
            self._informed_field: "" if informed else self._words("Write the date like 24.12.2026."),
        }
        for field, problem in problems.items():
            field.show_problem(problem)
        wrong: list[Field] = [field for field, problem in problems.items() if problem]
        if not self.cleared_field.is_filled():
            wrong.append(self.cleared_field)
        if wrong:
            wrong[0].control.setFocus()
        if wrong or informed is None:
            return None
        return SharingGround(legal_basis=str(self._basis.currentData()), purpose=purpose, informed_on=informed)

    def cleared_by(self) -> str:
        """Who cleared the sending; nobody where the candidate is not shielded."""
        return self.cleared_field.cleared_by()
