# SPDX-License-Identifier: MIT
"""An aim matrix on screen: a card an aim, under the titles of their sets, made a few at a time."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rkv_app.domain.evaluations import AimText
from rkv_app.domain.plans import in_sets
from rkv_app.forms.model import AimMatrixItem
from rkv_app.forms.reading import Row
from rkv_app.ui import curriculum_words
from rkv_app.ui.form_widgets.aim_card import AimCard
from rkv_app.ui.form_widgets.answer_field import WhyAsked, words_below
from rkv_app.ui.form_widgets.form_content import FormContent
from rkv_app.ui.form_widgets.wording import Wording
from rkv_app.ui.widgets.basics import column, text


class MatrixCards(QWidget):
    """See the module.

    Signals:
        answered(str, object): the answer under this item path was given, or taken back where it is None.
        fileAsked(str): a file is to be added under this item path.
        copyAsked(Bridge): copy the answer for one aim to another.
    """

    answered = Signal(str, object)
    fileAsked = Signal(str)
    copyAsked = Signal(object)

    def __init__(self, matrix: AimMatrixItem, content: FormContent, wording: Wording, why: WhyAsked | None) -> None:
        super().__init__()
        self._matrix = matrix
        self._wording = wording
        self._cards: dict[str, AimCard] = {}
        self._waiting: list[tuple[AimText, QVBoxLayout]] = []
        self._rows: Mapping[str, Row] = {}
        self._content = content
        self._said: Mapping[str, str] = {}
        words, label = wording.words, wording.text(matrix.label)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(12)
        about = [text(label, "subheading"), *words_below(matrix, wording, label, why)]
        about.append(text(words("The number keys choose an answer for the aim you are in."), "small"))
        notes = {curriculum_words.language_note(words, aim.language) for aim in content.aims}
        # Said once where it is the same for all, else on each card.
        self._shared_note = notes.pop() if len(notes) == 1 else ""
        if self._shared_note:
            about.append(text(self._shared_note, "small", "aimLanguageNote"))
        inside.addWidget(column(*about, spacing=6))
        self._problem = text("", "problem")
        self._problem.hide()
        inside.addWidget(self._problem)
        for part in in_sets(content.aims, lambda aim: aim):
            if part.begins is not None:
                inside.addWidget(text(part.begins.named, "subheading"))
            if part.title:
                inside.addWidget(text(part.title, "label"))
            for aim in part.of_set:
                place = column()
                inside.addWidget(place)
                holder = place.layout()
                assert isinstance(holder, QVBoxLayout)
                self._waiting.append((aim, holder))
        if not content.aims:
            inside.addWidget(text(words("No aims were chosen."), "muted"))

    def waiting(self) -> int:
        """How many cards are still to be made."""
        return len(self._waiting)

    def make(self, number: int) -> None:
        """Makes the next cards."""
        for aim, place in self._waiting[:number]:
            note = "" if self._shared_note else curriculum_words.language_note(self._wording.words, aim.language)
            made = AimCard(self._matrix, aim, self._wording, note)
            made.answered.connect(self.answered)
            made.fileAsked.connect(self.fileAsked)
            made.copyAsked.connect(self.copyAsked)
            place.addWidget(made)
            self._cards[aim.code] = made
            self._show(made)
        del self._waiting[:number]

    def show_rows(self, rows: tuple[Row, ...], content: FormContent) -> None:
        """Shows the answers about every aim."""
        self._rows = {row.id: row for row in rows}
        self._content = content
        for made in self._cards.values():
            self._show(made)

    def show_problems(self, said: Mapping[str, str]) -> None:
        """Says beside each question what is wrong, by item path."""
        self._said = said
        self._problem.setText(said.get(self._matrix.id, ""))
        self._problem.setVisible(bool(self._problem.text()))
        for made in self._cards.values():
            made.show_problems(said)

    def focus_on(self, code: str = "", column_id: str = "") -> QWidget | None:
        """Puts the caret in a question about an aim, about the first where none is named; returns its card."""
        wanted = code or (next(iter(self._rows)) if self._rows else "")
        while wanted not in self._cards and self._waiting:
            self.make(1)
        found = self._cards.get(wanted)
        if found is not None:
            found.focus_on(column_id)
        return found

    def _show(self, made: AimCard) -> None:
        row = self._rows.get(made.aim.code)
        if row is not None:
            made.show_row(row, self._content)
            made.show_problems(self._said)
