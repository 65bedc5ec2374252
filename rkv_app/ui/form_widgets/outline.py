# SPDX-License-Identifier: MIT
"""The outline of a form: its sections and aims with how far each has come, filtered, and what the check found."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from rkv_app.foundation.i18n import N_, Words
from rkv_app.ui.form_widgets.filling import Mark, OutlineEntry, ToPutRight
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.layouts import FlowLayout

_PATH = Qt.ItemDataRole.UserRole
_SIGNS: Mapping[Mark, str] = {Mark.UNANSWERED: "○", Mark.BEGUN: "◑", Mark.ANSWERED: "●"}
_SAID: Mapping[Mark, str] = {
    Mark.UNANSWERED: N_("not answered"),
    Mark.BEGUN: N_("begun"),
    Mark.ANSWERED: N_("answered"),
}
# Below this many times the outline's own width there is no room for it beside the form.
_ROOM = 2.6


class Show(StrEnum):
    """What the outline lists."""

    ALL = "all"
    UNANSWERED = "unanswered"
    PROBLEMS = "problems"


class Outline(QFrame):
    """The left side of a page with a form.

    Signals:
        chosen(str): the user wants to go to this item path.
    """

    chosen = Signal(str)

    def __init__(self, words: Words, title: str, name: str) -> None:
        """Makes an empty outline.

        Args:
            words: the window's words.
            title: the heading above it.
            name: what screen readers call the list.
        """
        super().__init__()
        self.setObjectName("outline")
        self.setProperty("kind", "rail")
        self._words = words
        self._show = Show.ALL
        self._entries: Sequence[OutlineEntry] = ()
        self._problems: Sequence[ToPutRight] | None = None
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 16, 16, 16)
        inside.setSpacing(10)
        inside.addWidget(text(title, "subheading"))
        inside.addWidget(self._filters())
        self._list = QListWidget()
        self._list.setObjectName("outlineList")
        self._list.setAccessibleName(name)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_chosen)
        self._list.itemActivated.connect(self._on_chosen)
        inside.addWidget(self._list, 1)
        self._none = text("", "muted")
        inside.addWidget(self._none)
        self.setFixedWidth(max(280, self.fontMetrics().averageCharWidth() * 36))

    def show_entries(self, entries: Sequence[OutlineEntry], problems: Sequence[ToPutRight] | None) -> None:
        """Shows how far everything has come, and what a check found; None where nothing was checked."""
        if problems is not None and self._problems is None:
            self._show = Show.PROBLEMS if problems else Show.ALL
        self._entries, self._problems = entries, problems
        self._fill()

    def show_beside(self, width: int) -> None:
        """Shows it where a page of this width, in pixels, has room for it and the form."""
        self.setVisible(width > self.width() * _ROOM)

    def _filters(self) -> QWidget:
        words = self._words
        holder = QWidget()
        line = FlowLayout(holder, spacing=4)
        self._buttons = {
            Show.ALL: button(words("All"), "showAllButton", "segment"),
            Show.UNANSWERED: button(words("Unanswered"), "showUnansweredButton", "segment"),
            Show.PROBLEMS: button(words("To put right"), "showProblemsButton", "segment"),
        }
        for show, made in self._buttons.items():
            made.clicked.connect(lambda _checked=False, show=show: self._on_filter(show))
            line.addWidget(made)
        return holder

    def _on_filter(self, show: Show) -> None:
        self._show = show
        self._fill()

    def _fill(self) -> None:
        words = self._words
        for show, made in self._buttons.items():
            made.setChecked(show is self._show)
        here = self._list.currentRow()
        at = self._list.verticalScrollBar().value()
        self._list.clear()
        if self._show is Show.PROBLEMS:
            self._fill_problems()
        else:
            for entry in self._entries:
                if self._show is Show.ALL or entry.mark in (Mark.UNANSWERED, Mark.BEGUN):
                    self._add(entry)
        self._list.setCurrentRow(min(here, self._list.count() - 1))
        self._list.verticalScrollBar().setValue(at)
        unchecked = self._show is Show.PROBLEMS and self._problems is None
        nothing = words("Press Check to see what is missing.") if unchecked else words("Nothing here.")
        self._none.setText(nothing)
        self._none.setVisible(self._list.count() == 0)

    def _add(self, entry: OutlineEntry) -> None:
        words, mark = self._words, entry.mark
        sign = "!" if entry.problem else _SIGNS[mark] if mark is not None else " "
        item = QListWidgetItem(f"{sign}  {entry.said}")
        item.setData(_PATH, entry.path)
        item.setToolTip("\n".join(part for part in (entry.code, entry.said) if part))
        state = [words(_SAID[mark])] if mark is not None else []
        if entry.problem:
            state.append(words("something to put right"))
        told = ", ".join([part for part in (entry.code,) if part] + state)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{told}. {entry.said}" if told else entry.said)
        if not entry.code:
            strong = item.font()
            strong.setBold(True)
            item.setFont(strong)
        self._list.addItem(item)

    def _fill_problems(self) -> None:
        for problem in self._problems or ():
            item = QListWidgetItem(f"!  {problem.said}")
            item.setData(_PATH, problem.path)
            item.setToolTip(f"{problem.said}\n{problem.code}")
            self._list.addItem(item)

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.chosen.emit(str(item.data(_PATH)))
