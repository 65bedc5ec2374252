# SPDX-License-Identifier: MIT
"""Search in the text of a PDF: the next and the previous place, from page to page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import SECRET, line_edit
from rkv_app.ui.widgets.layouts import FlowLayout

_WIDE_ENOUGH = 260
# The words stand in bold.
_AROUND = 32


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text of a page, counted from 0."""

    page: int
    start: int
    end: int


def hits_in(pages: Sequence[str], wanted: str) -> tuple[Hit, ...]:
    """Where some words stand, large letters or small, also where a line breaks between them."""
    parts = wanted.split()
    if not parts:
        return ()
    pattern = re.compile(r"\s+".join(map(re.escape, parts)), re.IGNORECASE)
    return tuple(
        Hit(number, found.start(), found.end()) for number, page in enumerate(pages) for found in pattern.finditer(page)
    )


class PdfSearch(QWidget):
    """The field and what was found.

    Signals:
        textWanted: the text of all pages is needed now; answer with `take_text`.
        chosen(Hit): show this place.
    """

    textWanted = Signal()
    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._pages: Sequence[str] | None = None
        self._searched = ""
        self._hits: tuple[Hit, ...] = ()
        self._at, self._step = 0, 1
        self._edit = line_edit()
        self._edit.setObjectName("searchPdfEdit")
        # What somebody looks for may be a name; nothing of it is kept when the store is locked.
        self._edit.setProperty(SECRET, True)
        self._edit.setAccessibleName(words("Search in the document"))
        self._edit.setPlaceholderText(words("Search in the document"))
        self._edit.setFixedWidth(_WIDE_ENOUGH)
        self._before = button(words("Previous hit"), "previousHitButton", "secondary", lambda: self.step(-1))
        self._after = button(words("Next hit"), "nextHitButton", "secondary", self.step)
        # Enter in the field goes on to the next place.
        self._after.setDefault(True)
        self._said = text("", "label", "hitsText")
        self._said.setWordWrap(False)
        longest = words("Hit {n} of {total}, page {page}", n=9999, total=9999, page=999)
        self._said.setMinimumWidth(self.fontMetrics().horizontalAdvance(longest) + _AROUND)
        inside = FlowLayout(self, spacing=8)
        for part in (self._edit, self._before, self._after, self._said):
            inside.addWidget(part)

    def begin(self) -> None:
        """Puts the caret into the field."""
        self._edit.setFocus()
        self._edit.selectAll()

    def forget(self) -> None:
        """Another document is shown."""
        self._pages, self._searched, self._hits = None, "", ()
        self._say("")

    def step(self, by: int = 1) -> None:
        """Goes to the next place, or to the one before."""
        if not self._edit.text().strip():
            self.begin()
            return
        self._step = by
        if self._pages is None:
            self._say(self._words("Searching …"))
            self.textWanted.emit()
        else:
            self._show()

    def take_text(self, pages: Sequence[str]) -> None:
        """Takes the text of all pages, and goes to the place that was asked for."""
        self._pages = pages
        self._show()

    def _show(self) -> None:
        words, wanted = self._words, self._edit.text().strip()
        if wanted != self._searched:
            self._searched, self._hits = wanted, hits_in(self._pages or (), wanted)
            self._at = 0 if self._step > 0 else -1
        else:
            self._at += self._step
        if not self._hits:
            self._say(words("Nothing was found."))
            return
        self._at %= len(self._hits)
        hit = self._hits[self._at]
        self._say(words("Hit {n} of {total}, page {page}", n=self._at + 1, total=len(self._hits), page=hit.page + 1))
        self.chosen.emit(hit)

    def _say(self, said: str) -> None:
        self._said.setText(said)
        self._edit.setAccessibleDescription(said)
