# SPDX-License-Identifier: MIT
"""Search in the text of a PDF: the next and the previous place, from page to page."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rkv_app.documents.preview.finding import places
from rkv_app.foundation.i18n import Words
from rkv_app.ui.widgets.basics import button, text
from rkv_app.ui.widgets.fields import SECRET, line_edit
from rkv_app.ui.widgets.layouts import FlowLayout

_WIDE_ENOUGH = 260
# The words stand in bold.
_AROUND = 32


@dataclass(frozen=True, slots=True)
class Hit:
    """A place in the text of a page, counted from 0; the `number`th on its page."""

    page: int
    number: int
    start: int
    end: int


def hits_in(pages: Sequence[str], wanted: str) -> tuple[Hit, ...]:
    """Where some words stand, large letters or small, also where a line breaks between them."""
    return tuple(
        Hit(page, number, start, end)
        for page, text in enumerate(pages)
        for number, (start, end) in enumerate(places(text, wanted))
    )


class PdfSearch(QWidget):
    """The field and what was found.

    Signals:
        wanted(str): these words are to be looked for in all pages; answer with `take`.
        chosen(object): show this `Hit`; None where there is none.
    """

    wanted = Signal(str)
    chosen = Signal(object)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._searched = ""
        self._hits: Sequence[Hit] = ()
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

    @property
    def searched(self) -> str:
        """The words that were looked for last; empty where there are none."""
        return self._searched if self._hits else ""

    def begin(self) -> None:
        """Puts the caret into the field."""
        self._edit.setFocus()
        self._edit.selectAll()

    def forget(self) -> None:
        """Another document is shown."""
        self._searched, self._hits = "", ()
        self._say("")

    def step(self, by: int = 1) -> None:
        """Goes to the next place, or to the one before."""
        wanted = self._edit.text().strip()
        self._step = by
        if not wanted:
            self.begin()
        elif wanted == self._searched:
            self._go_to(self._at + by)
        else:
            self._say(self._words("Searching …"))
            self.wanted.emit(wanted)

    def take(self, wanted: str, hits: Sequence[Hit]) -> None:
        """Takes what was found, and goes to the first place, or to the last where somebody went back."""
        self._searched, self._hits = wanted, hits
        self._go_to(0 if self._step > 0 else -1)

    def _go_to(self, at: int) -> None:
        words = self._words
        if not self._hits:
            self._say(words("Nothing was found."))
            self.chosen.emit(None)
            return
        self._at = at % len(self._hits)
        hit = self._hits[self._at]
        self._say(words("Hit {n} of {total}, page {page}", n=self._at + 1, total=len(self._hits), page=hit.page + 1))
        self.chosen.emit(hit)

    def _say(self, said: str) -> None:
        self._said.setText(said)
        self._edit.setAccessibleDescription(said)
