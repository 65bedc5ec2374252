# SPDX-License-Identifier: MIT
"""How strong a passphrase is: a bar that fills, and words beside it that say the same."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from rkv_app.ui.widgets.basics import restyle, text

STEPS = 4
MeterTone = Literal["danger", "warning", "success"]


class StrengthMeter(QWidget):
    """Shows nothing until it is given something to show."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.setObjectName("strengthMeter")
        self._label = label
        self._parts = [QFrame() for _ in range(STEPS)]
        self._said = text("", "label", "strengthText")
        self._said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(4)
        for part in self._parts:
            part.setProperty("meter", "off")
            inside.addWidget(part, 1, Qt.AlignmentFlag.AlignVCenter)
        inside.addSpacing(8)
        inside.addWidget(self._said, 4)
        self.clear()

    def show_strength(self, steps: int, tone: MeterTone, said: str) -> None:
        """Fills so many of the four steps, and says `said`."""
        height = max(8, round(self.fontMetrics().height() * 0.5))
        for at, part in enumerate(self._parts):
            part.setFixedHeight(height)
            part.setProperty("meter", tone if at < steps else "off")
            restyle(part)
        self._said.setText(said)
        self.setAccessibleName(f"{self._label}: {said}")
        self._set_shown(True)

    def clear(self) -> None:
        """Shows nothing, and keeps its room."""
        self._said.setText(" ")
        self.setAccessibleName(self._label)
        self._set_shown(False)

    def _set_shown(self, shown: bool) -> None:
        for part in self._parts:
            part.setVisible(shown)
