# SPDX-License-Identifier: MIT
"""What changed between two curricula: new, reworded and withdrawn aims, old and new wording side by side."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from rkv_app.domain.curriculum_changes import AimPair, CurriculumChanges, Matched, PlacedAim
from rkv_app.foundation.i18n import Words
from rkv_app.ui import curriculum_words
from rkv_app.ui.widgets.basics import button, card, chip, clear, text
from rkv_app.ui.widgets.layouts import ColumnsLayout, FlowLayout
from rkv_app.ui.widgets.word_diff import diff_label

_NARROWEST_SIDE = 300


class ChangesView(QFrame):
    """Shows one comparison; hidden until there is one."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self.setObjectName("changesView")
        self.setProperty("kind", "card")
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 16, 20, 18)
        self._inside.setSpacing(10)
        self.hide()

    def show_changes(self, changes: CurriculumChanges | None) -> None:
        """Shows what changed, or nothing where None."""
        clear(self._inside)
        self.setVisible(changes is not None)
        if changes is None:
            return
        words = self._words
        old, new = changes.old, changes.new
        heading = text(words("What changed"), "heading", "changesHeading")
        self._inside.addWidget(heading)
        self._inside.addWidget(
            text(
                words(
                    "From {old}, {old_version}, to {new}, {new_version}.",
                    old=old.code,
                    old_version=curriculum_words.version(words, old.changed),
                    new=new.code,
                    new_version=curriculum_words.version(words, new.changed),
                ),
                "muted",
            )
        )
        self._numbers(changes)
        if not changes.any:
            self._inside.addWidget(text(words("No aim is new, reworded or withdrawn.")))
        if changes.reworded:
            self._inside.addWidget(text(words("Reworded aims"), "subheading"))
            self._inside.addWidget(text(words("Struck through: taken out. Underlined: put in."), "small"))
            for pair in changes.reworded:
                self._inside.addWidget(self._pair(pair))
        self._listed(words("New aims"), changes.added)
        self._listed(words("Withdrawn aims"), changes.withdrawn)
        self._inside.addWidget(
            button(words("Close the comparison"), "closeChangesButton", "secondary", lambda: self.show_changes(None))
        )

    def _numbers(self, changes: CurriculumChanges) -> None:
        words = self._words
        holder = QWidget()
        line = FlowLayout(holder)
        line.addWidget(chip(words("New: {n}", n=len(changes.added)), "info"))
        line.addWidget(chip(words("Reworded: {n}", n=len(changes.reworded)), "warning"))
        line.addWidget(chip(words("Withdrawn: {n}", n=len(changes.withdrawn))))
        line.addWidget(chip(words("Same text: {n}", n=len(changes.same)), "success"))
        self._inside.addWidget(holder)

    def _pair(self, pair: AimPair) -> QWidget:
        words = self._words
        before, after = pair.texts(words.language.value)
        frame, inside = card()
        beside = QWidget()
        columns = ColumnsLayout(beside, narrowest=_NARROWEST_SIDE, spacing=20)
        columns.addWidget(self._side(words("Before: {code}", code=pair.old.aim.code), before))
        columns.addWidget(self._side(words("Now: {code}", code=pair.new.aim.code), after))
        inside.addWidget(beside)
        inside.addWidget(text(words("What was taken out and put in:"), "small"))
        inside.addWidget(diff_label(before, after, words))
        if pair.matched is not Matched.CODE:
            why = curriculum_words.matched(words, pair.matched)
            inside.addWidget(text(words("Why they belong together: {why}.", why=why), "small"))
        return frame

    def _side(self, title: str, said: str) -> QWidget:
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        inside.addWidget(text(title, "label"))
        inside.addWidget(text(said))
        inside.addStretch(1)
        return holder

    def _listed(self, title: str, found: Sequence[PlacedAim]) -> None:
        if not found:
            return
        self._inside.addWidget(text(title, "subheading"))
        for placed in found:
            language = self._words.language.value
            self._inside.addWidget(text(f"{placed.aim.code} · {placed.set_title.text(language)}", "small"))
            self._inside.addWidget(text(placed.aim.text.text(language)))
