# SPDX-License-Identifier: MIT
"""Facts in two columns: what each is called, and what it is; below each other where the words are large."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QWidget

from rkv_app.ui.widgets.basics import text

# Pixels: where body text is larger, two columns would leave too little room for the second.
_LARGE_TEXT = 20


def facts_form(lines: Sequence[tuple[str, str]]) -> QWidget:
    """What each thing is called, and what it is."""
    holder = QWidget()
    form = QFormLayout(holder)
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(24)
    form.setVerticalSpacing(6)
    policies = QFormLayout.RowWrapPolicy
    is_large = holder.fontInfo().pixelSize() > _LARGE_TEXT
    form.setRowWrapPolicy(policies.WrapAllRows if is_large else policies.DontWrapRows)
    for called, said in lines:
        label, value = text(called, "muted"), text(said)
        label.setWordWrap(False)
        # Beside the first line of what it is, not the middle.
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setBuddy(value)
        value.setAccessibleName(f"{called}: {said}")
        form.addRow(label, value)
    return holder
