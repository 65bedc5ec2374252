# SPDX-License-Identifier: MIT
"""The recovery sheet: one page with the words that open a store when its passphrase is forgotten."""

from collections.abc import Sequence
from datetime import datetime

from rkv_app.documents import theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.tagged.blocks import Block, Look, Place, Stack, TextBlock
from rkv_app.documents.tagged.canvas import TagCanvas, TextStyle
from rkv_app.documents.tagged.fonts import Typeface, text_width
from rkv_app.documents.tagged.structure import Scope, Tag
from rkv_app.documents.tagged.tables import Row, Table, TableLook
from rkv_app.documents.wording import written_day_of
from rkv_app.foundation.i18n import Language, Words

# As many hexadecimal digits of a store's id as people compare by eye: all before the first hyphen of a UUID.
_SHORT_ID = 8

_ACROSS = 4
_WORD = TextStyle(Typeface.BOLD, 15, 25, theme.INK)
_NUMBER_SIZE = 9
# The canvas centres a line in its leading; this much higher a line of small numbers shares the baseline of the words.
_NUMBER = TextStyle(Typeface.REGULAR, _NUMBER_SIZE, _WORD.leading + 0.72 * (_WORD.size - _NUMBER_SIZE), theme.MUTED)
_WORDS_TABLE = TableLook(
    (0.05, 0.2) * _ACROSS, above=3.5, below=0, gutter=6, rule=theme.HAIRLINE, space_before=2, space_after=20
)

_BOX_PADDING = 14
_BOX_HEADING = Look(TextStyle(Typeface.BOLD, 11.5, 16, theme.NAVY), space_after=4)
_ADVICE = TableLook((0.25, 0.75), above=2.5, below=3)
_ADVICE_NAME = Look(TextStyle(Typeface.BOLD, 9, 12.5, theme.INK))

# Room above the line for a hand that writes.
_WRITING_ROOM = 30


def render_recovery_sheet(
    recovery_words: Sequence[str], store_id: str, store_name: str, *, words: Words, at: datetime
) -> bytes:
    """Makes the sheet to print and lock up. It opens the store: the file is a secret for as long as it exists.

    Args:
        recovery_words: the words in order, twenty-four of them; a multiple of four.
        store_id: the store's UUID; only its beginning stands on the sheet.
        store_name: name of the store's file, without its folder.
        words: the document's language. The recovery words are Norwegian in any.
        at: when the words were made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file of one page; the same input gives the same bytes.
    """
    short_id = store_id[:_SHORT_ID]
    sheet = _Sheet(words("Recovery sheet"), words("Recovery sheet for store {id}", id=short_id), words, at)
    sheet.subtitle(words("Opens the store when the passphrase is forgotten"))
    sheet.paragraph(
        words(
            "The words below open the store without its passphrase. Without a way in, nobody can read the store, "
            "not even those who make the app."
        )
    )
    sheet.facts(
        [
            (words("Store"), store_name),
            (words("Beginning of its id"), short_id),
            (words("Date of this sheet"), written_day_of(at, words)),
        ]
    )
    sheet.heading(words("The words, in order"))
    sheet.numbered(recovery_words, language=Language.BOKMAL)
    sheet.box(
        words("What to do with this sheet"),
        [
            (
                words("Lock it up"),
                words(
                    "Keep it on paper in a locked place, never beside the machine. "
                    "Was it saved as a file? Delete the file once it is printed."
                ),
            ),
            (
                words("Keep it secret"),
                words("Whoever has this sheet and the store's files can read everything in them."),
            ),
            (
                words("To use it"),
                words(
                    "Choose the recovery words instead of the passphrase when you open the store, and type them "
                    "in order. Then choose a new passphrase."
                ),
            ),
            (words("New passphrase"), words("The words stay the same when the passphrase changes.")),
            (
                words("Lost or seen"),
                words(
                    "Make a new sheet in the app, and remove the old one there. "
                    "Backups made before that still open with the old words."
                ),
            ),
        ],
    )
    sheet.line_to_fill(words("This sheet is kept here:"))
    return sheet.pdf()


class _Sheet(DocumentBuilder):
    """A document with what only this sheet has: numbered words, a box of advice, a line to write on."""

    def numbered(self, texts: Sequence[str], *, language: str) -> None:
        """Adds short texts in rows of four; each number is the header of the text at its right."""
        body = self._root.child(Tag.TABLE).child(Tag.TABLE_BODY)
        rows = []
        for start in range(0, len(texts), _ACROSS):
            element = body.child(Tag.ROW)
            cells = []
            for number, text in enumerate(texts[start : start + _ACROSS], start + 1):
                head = element.child(Tag.HEADER_CELL, scope=Scope.ROW)
                cells.append(self._cell([Said(str(number), Look(_NUMBER))], head))
                cells.append(self._cell([Said(text, Look(_WORD), language)], element.child(Tag.CELL)))
            rows.append(Row(tuple(cells)))
        self._blocks.append(Table(None, rows, _WORDS_TABLE))

    def box(self, heading: str, advice: Sequence[tuple[str, str]]) -> None:
        """Adds a panel with a heading, and names and texts in two columns."""
        title = TextBlock(self._fit(heading), _BOX_HEADING, self._root.child(Tag.H2), outline=1)
        body = self._root.child(Tag.TABLE).child(Tag.TABLE_BODY)
        rows = []
        for name, text in advice:
            element = body.child(Tag.ROW)
            head = self._cell([Said(name, _ADVICE_NAME)], element.child(Tag.HEADER_CELL, scope=Scope.ROW))
            rows.append(Row((head, self._cell([Said(text)], element.child(Tag.CELL)))))
        self._blocks.append(_Box((title, Table(None, rows, _ADVICE))))

    def line_to_fill(self, label: str) -> None:
        """Adds a label with a line after it, for a pen."""
        self._blocks.append(_LineToFill(self._fit(label), theme.BODY, self._root.child(Tag.PARAGRAPH)))


class _Box(Stack):
    """Blocks on a coloured ground. It is not divided."""

    @property
    def space_after(self) -> float:
        """See Block."""
        return 8

    def height(self, width: float) -> float:
        """See Block."""
        return super().height(width - 2 * _BOX_PADDING) + 2 * _BOX_PADDING

    def split(self, width: float, room: float) -> tuple[Stack, Stack] | None:
        """See Block."""
        return None

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        height = self.height(place.width)
        with canvas.artifact():
            canvas.rectangle(place.x, place.top - height, place.width, height, theme.PANEL)
        inner = Place(place.x + _BOX_PADDING, place.top - _BOX_PADDING, place.width - 2 * _BOX_PADDING)
        super().paint(canvas, inner)


class _LineToFill(TextBlock):
    """A text of one line, and a rule from its end to the right edge."""

    def height(self, width: float) -> float:
        """See Block."""
        return super().height(width) + _WRITING_ROOM

    def split(self, width: float, room: float) -> tuple[Block, Block] | None:
        """See Block."""
        return None

    def paint(self, canvas: TagCanvas, place: Place) -> None:
        """See Block."""
        style = self.look.style
        label = text_width(self.text, style.typeface, style.size) + 8
        with canvas.artifact():
            foot = place.top - self.height(place.width) + 2
            canvas.rule(place.x + label, foot, place.width - label, theme.MUTED, 0.7)
        super().paint(canvas, place._replace(top=place.top - _WRITING_ROOM))
