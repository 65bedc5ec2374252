# SPDX-License-Identifier: MIT
"""Builds a document from headings, paragraphs, facts and tables, in reading order, and makes the PDF of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from rkv_app.documents import theme
from rkv_app.documents.tagged.blocks import (
    Bar,
    BarFigure,
    Block,
    DottedBlock,
    LabelledBlock,
    LinkBlock,
    Look,
    Place,
    Stack,
    TextBlock,
)
from rkv_app.documents.tagged.canvas import Artifact, TagCanvas
from rkv_app.documents.tagged.finish import About, Attachment, finished
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.documents.tagged.pages import Placed, paginated
from rkv_app.documents.tagged.structure import Element, Scope, Tag
from rkv_app.documents.tagged.tables import Row, Table
from rkv_app.documents.tagged.text import UNSHOWN, Line, broken, shown
from rkv_app.foundation.i18n import Words

# A text longer than this (about 20 pages of a table column) is cut: the document must not be made unreadable by one.
LONGEST_TEXT = 40_000

# What may become a mailto link; anything else in an e-mail field is printed as plain text.
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a table cell.

    Attributes:
        look: its style, from the theme.
        language: BCP 47 tag where it differs from the document's, else empty.
        dot: colour and fill (0 to 1) of a disc before the text, which repeats what the text says; None for none.
    """

    text: str
    look: Look = theme.CELL
    language: str = ""
    dot: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: how many, and its colour."""

    count: int
    colour: str


class DocumentBuilder:
    """Collects the parts of one document. Texts from outside may be anything: they are made fit to be shown."""

    def __init__(self, title: str, reference: str, words: Words, at: datetime) -> None:
        """Begins a document with its title.

        Args:
            title: generic, without a person's name: it also becomes the file's metadata.
            reference: stands on each page; carries nothing of the person.
            words: says the builder's own words; its language becomes the document's.
            at: when the document is made.
        """
        self._title = shown(title)
        self._reference = shown(reference)
        self._words = words
        self._at = at
        self._root = Element(Tag.DOCUMENT)
        self._blocks: list[Block] = []
        self._lossy = False
        self._blocks.append(TextBlock(self._fit(title), theme.TITLE, self._root.child(Tag.H1), outline=0))

    def subtitle(self, text: str) -> None:
        """Adds the line below the title."""
        self._blocks.append(TextBlock(self._fit(text), theme.SUBTITLE, self._root.child(Tag.PARAGRAPH)))

    def heading(self, text: str) -> None:
        """Adds a heading of the first level below the title."""
        self._blocks.append(TextBlock(self._fit(text), theme.HEADING, self._root.child(Tag.H2), outline=1))

    def subheading(self, text: str, *, language: str = "") -> None:
        """Adds a heading below a heading."""
        element = self._root.child(Tag.H3, language=self._foreign(language))
        self._blocks.append(TextBlock(self._fit(text), theme.SUBHEADING, element, outline=2))

    def paragraph(self, text: str) -> None:
        """Adds a paragraph."""
        self._blocks.append(TextBlock(self._fit(text), theme.BODY, self._root.child(Tag.PARAGRAPH)))

    def note(self, text: str) -> None:
        """Adds a paragraph that stands out."""
        self._blocks.append(TextBlock(self._fit(text), theme.NOTE, self._root.child(Tag.PARAGRAPH)))

    def steps(self, texts: Sequence[str]) -> None:
        """Adds a numbered list."""
        listed = self._root.child(Tag.LIST)
        for number, text in enumerate(texts, 1):
            item = listed.child(Tag.LIST_ITEM)
            label = item.child(Tag.LABEL)
            body = item.child(Tag.LIST_BODY).child(Tag.PARAGRAPH)
            self._blocks.append(
                LabelledBlock(self._fit(text), theme.STEP, body, label=f"{number}.", label_element=label)
            )

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Adds names and values in two columns. Facts without a value are left out; an e-mail address is a link."""
        body = Element(Tag.TABLE_BODY)
        rows = []
        for name, value in facts:
            if not shown(value):
                continue
            row = body.child(Tag.ROW)
            head = row.child(Tag.HEADER_CELL, scope=Scope.ROW).child(Tag.PARAGRAPH)
            cell = row.child(Tag.CELL).child(Tag.PARAGRAPH)
            rows.append(
                Row((Stack([TextBlock(self._fit(name), theme.FACT_NAME, head)]), Stack([self._fact(value, cell)])))
            )
        if rows:
            self._root.child(Tag.TABLE).kids.append(body)
            self._blocks.append(Table(None, rows, theme.FACTS))

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[Sequence[Said]]], shares: Sequence[float]) -> None:
        """Adds a table whose header stands on each page it runs over.

        Args:
            heads: one for each column.
            rows: cells of texts below each other; the first cell names the row. At least one row.
            shares: width of each column as a share of the whole.
        """
        table = self._root.child(Tag.TABLE)
        head_row = table.child(Tag.TABLE_HEAD).child(Tag.ROW)
        header = Row(
            tuple(
                self._cell([Said(head, theme.COLUMN_HEAD)], head_row.child(Tag.HEADER_CELL, scope=Scope.COLUMN))
                for head in heads
            )
        )
        body = table.child(Tag.TABLE_BODY)
        built = []
        for row in rows:
            element = body.child(Tag.ROW)
            cells = [self._cell(row[0], element.child(Tag.HEADER_CELL, scope=Scope.ROW))]
            cells += [self._cell(cell, element.child(Tag.CELL)) for cell in row[1:]]
            built.append(Row(tuple(cells)))
        self._blocks.append(Table(header, built, theme.columns(*shares)))

    def bar(self, parts: Sequence[Part], alternative: str) -> None:
        """Adds a bar in parts; `alternative` says in words what it shows."""
        total = sum(part.count for part in parts)
        if not total:
            return
        figure = self._root.child(Tag.FIGURE, alternative=alternative)
        bars = [Bar(part.count / total, part.colour) for part in parts if part.count]
        self._blocks.append(BarFigure(bars, figure))

    def pdf(self, attachments: Sequence[Attachment] = ()) -> bytes:
        """Returns the document as PDF/UA-1 and PDF/A-3a. Nothing may be added afterwards."""
        if self._lossy:
            self.note(
                self._words(
                    "Some characters or very long texts cannot be shown in this document. "
                    "They are complete in the data that goes with it."
                )
            )
        pages = paginated(self._blocks, theme.TEXT_WIDTH, theme.TEXT_HEIGHT)
        canvas = TagCanvas(theme.PAGE)
        for number, page in enumerate(pages, 1):
            if number > 1:
                canvas.next_page()
            self._paint_page(canvas, page, number, len(pages))
        about = About(self._title, self._words.language.value, self._at)
        return finished(canvas.painted(), self._root, about, attachments)

    def _paint_page(self, canvas: TagCanvas, page: Sequence[Placed], number: int, pages: int) -> None:
        if number > 1:
            with canvas.artifact(Artifact.HEADER):
                canvas.lines(_running(self._title, theme.TEXT_WIDTH), theme.RUNNING, theme.LEFT, theme.HEADER_LINE)
        top = theme.PAGE[1] - theme.TOP
        for placed in page:
            placed.block.paint(canvas, Place(theme.LEFT, top - placed.below, theme.TEXT_WIDTH))
        count = self._words("Page {page} of {pages}", page=number, pages=pages)
        length = text_width(count, theme.RUNNING.typeface, theme.RUNNING.size)
        rest = theme.TEXT_WIDTH - length
        with canvas.artifact(Artifact.FOOTER):
            canvas.rule(theme.LEFT, theme.FOOTER_LINE + 4, theme.TEXT_WIDTH, theme.HAIRLINE)
            canvas.lines(_running(self._reference, rest - 20), theme.RUNNING, theme.LEFT, theme.FOOTER_LINE)
            canvas.lines(_running(count, length + 1), theme.RUNNING, theme.LEFT + rest, theme.FOOTER_LINE)

    def _cell(self, said: Sequence[Said], element: Element) -> Stack:
        blocks: list[Block] = []
        for one in said:
            paragraph = element.child(Tag.PARAGRAPH, language=self._foreign(one.language))
            text = self._fit(one.text)
            if one.dot is None:
                blocks.append(TextBlock(text, one.look, paragraph))
            else:
                colour, filled = one.dot
                blocks.append(DottedBlock(text, one.look, paragraph, colour=colour, filled=filled))
        return Stack(blocks)

    def _fact(self, value: str, element: Element) -> Block:
        text = self._fit(value)
        if _EMAIL.fullmatch(text):
            return LinkBlock(text, theme.CELL_LINK, element.child(Tag.LINK), f"mailto:{text}")
        return TextBlock(text, theme.CELL, element)

    def _foreign(self, language: str) -> str:
        return "" if language == self._words.language.value else language

    def _fit(self, text: str) -> str:
        """Makes a text fit to be shown, and remembers whether something was lost."""
        if len(text) > LONGEST_TEXT:
            text = text[:LONGEST_TEXT] + " […]"
            self._lossy = True
        fit = shown(text)
        self._lossy = self._lossy or UNSHOWN in fit
        return fit


def _running(text: str, width: float) -> Sequence[Line]:
    """The part of a header or footer that fits on its one line."""
    return broken(text, theme.RUNNING.typeface, theme.RUNNING.size, width)[:1]
