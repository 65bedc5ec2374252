# SPDX-License-Identifier: MIT
"""How large a page is shown: as wide as the window, whole, or by a number of percent."""

from enum import StrEnum

from PySide6.QtCore import QSizeF, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button
from rkv_app.ui.widgets.fields import combo_box

LEVELS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0, 4.0)
"""Times as large as on paper."""
AS_ON_PAPER = 96 / 72
"""Pixels for a point (1/72 inch) at 100 %, as the system counts pixels."""
_SMALLEST = 0.1
_SAME = 0.01


class Fit(StrEnum):
    """Sizes that follow the window."""

    WIDTH = "width"
    PAGE = "page"


class Zoom(QWidget):
    """The choice, and a step smaller and larger.

    Signals:
        changed: another size is wanted.
    """

    changed = Signal()

    def __init__(self, words: Words) -> None:
        super().__init__()
        options = [(Fit.WIDTH.value, words("Fit the width")), (Fit.PAGE.value, words("Fit the page"))]
        # Written as Norwegian and English both write it, with a space that does not break.
        options += [(str(level), f"{round(level * 100)}\N{NO-BREAK SPACE}%") for level in LEVELS]
        self._choice = combo_box(options)
        self._choice.setMinimumContentsLength(max(len(said) for _, said in options))
        self._choice.setObjectName("zoomChoice")
        self._choice.setAccessibleName(words("Size of the page"))
        self._choice.currentIndexChanged.connect(lambda _: self._on_chosen())
        self._smaller = button("−", "smallerButton", "secondary", lambda: self.step(-1))
        self._larger = button("+", "largerButton", "secondary", lambda: self.step(1))
        self._smaller.setAccessibleName(words("Smaller"))
        self._larger.setAccessibleName(words("Larger"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for part in (self._smaller, self._choice, self._larger):
            inside.addWidget(part)
        self._now = 1.0

    def scale(self, page: QSizeF, room: QSizeF) -> float:
        """Pixels for each point of a page of this size, in points, where there is room for so many pixels."""
        chosen = self._choice.currentData()
        if chosen not in (Fit.WIDTH, Fit.PAGE):
            self._now = float(chosen)
        else:
            fitting = room.width() / page.width()
            if chosen == Fit.PAGE:
                fitting = min(fitting, room.height() / page.height())
            self._now = min(max(fitting / AS_ON_PAPER, _SMALLEST), LEVELS[-1])
        self._enable()
        return self._now * AS_ON_PAPER

    def step(self, by: int) -> None:
        """Goes to the next size by the number that is larger than this one (1) or smaller (-1)."""
        further = [level for level in LEVELS if (level - self._now) * by > _SAME]
        if further:
            self._choose(str(min(further) if by > 0 else max(further)))

    def reset(self) -> None:
        """Goes back to how every document is first shown: as wide as there is room."""
        self._choose(Fit.WIDTH.value)

    def _choose(self, code: str) -> None:
        self._choice.setCurrentIndex(self._choice.findData(code))

    def _on_chosen(self) -> None:
        self.changed.emit()

    def _enable(self) -> None:
        self._smaller.setEnabled(self._now > LEVELS[0] + _SAME)
        self._larger.setEnabled(self._now < LEVELS[-1] - _SAME)
