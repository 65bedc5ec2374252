# SPDX-License-Identifier: MIT
"""A field for a number as people write it. Not beside the other fields: the first window has no use for it."""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from rkv_app.forms.model import MAX_NUMBER

_NUMBER = re.compile("-?[0-9]{1,12}([.,][0-9]{1,6})?")


def read_number(written: str, *, whole: bool) -> int | float | None:
    """The number that somebody wrote as 7,5, 7.5 or 1 200; None where it is none, or larger than an answer can be."""
    digits = "".join(written.split()).replace("−", "-")
    if not _NUMBER.fullmatch(digits) or (whole and not digits.removeprefix("-").isdecimal()):
        return None
    value = int(digits) if digits.removeprefix("-").isdecimal() else float(digits.replace(",", "."))
    return value if abs(value) <= MAX_NUMBER else None


class NumberEdit(QLineEdit):
    """A number as people write it.

    Signals:
        numberChanged(object): a number, or None where the field was emptied; not sent while it holds no number.
    """

    numberChanged = Signal(object)

    def __init__(self, *, whole: bool) -> None:
        super().__init__()
        self._whole = whole
        self.setMaxLength(20)
        hint = Qt.InputMethodHint.ImhDigitsOnly if whole else Qt.InputMethodHint.ImhFormattedNumbersOnly
        self.setInputMethodHints(hint)
        self.textEdited.connect(self._on_edited)

    def number(self) -> int | float | None:
        """The number that stands here, or None."""
        return read_number(self.text(), whole=self._whole)

    def holds_no_number(self) -> bool:
        """Whether something stands here that is no number."""
        return bool(self.text().strip()) and self.number() is None

    def _on_edited(self, written: str) -> None:
        value = self.number()
        if value is not None or not written.strip():
            self.numberChanged.emit(value)
