# SPDX-License-Identifier: MIT
"""Builds a document from headings, paragraphs, facts and tables, in reading order, and makes the PDF of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
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
from rkv_app.documents.tagged.contents import ContentsLine, pages_of_headings
from rkv_app.documents.tagged.drawn import Band, LinesToSign, Room
from rkv_app.documents.tagged.finish import About, Attachment, Binding, finished
from rkv_app.documents.tagged.fonts import text_width
from rkv_app.documents.tagged.pages import Placed, paginated
from rkv_app.documents.tagged.structure import Element, Scope, Tag
from rkv_app.documents.tagged.tables import WHOLE_ROW, Row, Table
from rkv_app.documents.tagged.text import UNSHOWN, Line, broken, shown
from rkv_app.foundation.i18n import Words

# A text longer than this (about 20 pages of a table column) is cut: the document must not be made unreadable by one.
LONGEST_TEXT = 40_000
# A document that says more than this (about 500 pages) gets the beginning of each further text only.
MOST_TEXT = 1_000_000
_BEGINNING = 500

# What may become a mailto link; anything else in an e-mail field is printed as plain text.
_EMAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Said:
    """A text in a table cell.

    Attributes:
        look: its style, from the theme.
        language: BCP 47 tag where it differs from the document's, else empty.
        dot: colour and fill (0 to 1) of a disc before the text, which repeats what the text says; None for none.
        room: height in points left empty below the text, for somebody to write in.
    """

    text: str
    look: Look = theme.CELL
    language: str = ""
    dot: tuple[str, float] | None = None
    room: float = 0


@dataclass(frozen=True, slots=True)
class Cover:
    """What stands on a document's first page, above the contents.

    Attributes:
        subtitle: stands below the title.
        name: whom it is about.
        lines: below the name.
    """

    subtitle: str
    name: str
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: how many, and its colour."""

    count: int
    colour: str


class DocumentBuilder:
    """Collects the parts of one document. Texts from outside may be anything: they are made fit to be shown."""

    def __init__(
        self,
        title: str,
        reference: str,
        words: Words,
        at: datetime,
        *,
        letterhead: Sequence[str] = (),
        cover: Cover | None = None,
        title_language: str = "",
        mirrored: bool = False,
    ) -> None:
        """Begins a document with its title.

        Args:
            title: generic, without a person's name: it also becomes the file's metadata.
            reference: stands on each page; carries nothing of the person.
            words: says the builder's own words; its language becomes the document's.
            at: when the document is made.
            letterhead: who the document is from, then where they are; stands above the title.
            cover: for a document whose first page says what it is; `heading(…, new_page=True)` leaves that page.
            mirrored: whether texts stand at the right, and the first column of a table too.
            title_language: BCP 47 tag of the title where it differs from the document's, else empty.
        """
        self._title = shown(title)
        self._mirrored = mirrored
        self._reference = shown(reference)
        self._words = words
        self._at = at
        self._root = Element(Tag.DOCUMENT)
        self._blocks: list[Block] = []
        self._lossy = False
        self._said = 0
        # Level, text and language of each heading; the title is the first.
        self._headings: list[tuple[int, str, str]] = []
        self._contents: tuple[int, Element] | None = None
        if letterhead:
            self._blocks.append(Band(theme.NAVY, width=56, thickness=4, after=12, right=mirrored))
            self._text(letterhead[0], theme.LETTERHEAD)
            for line in filter(shown, letterhead[1:]):
                self._text(line, theme.LETTERHEAD_LINE)
        look = theme.COVER_TITLE if cover else theme.LETTER_TITLE if letterhead else theme.TITLE
        self._headed(title, look, self._root.child(Tag.H1, language=self._foreign(title_language)), 0)
        if cover is not None:
            self._text(cover.subtitle, theme.SUBTITLE)
            self._text(cover.name, theme.COVER_NAME)
            for line in cover.lines:
                self._text(line, theme.COVER_LINE)

    def subtitle(self, text: str) -> None:
        """Adds the line below the title."""
        self._text(text, theme.SUBTITLE)

    def contents(self) -> None:
        """Adds a table of contents: all headings but the title, those after it too."""
        self._text(self._words("Contents"), theme.CONTENTS_HEADING)
        self._contents = (len(self._blocks), self._root.child(Tag.CONTENTS))

    def heading(self, text: str, *, new_page: bool = False, language: str = "") -> None:
        """Adds a heading of the first level below the title."""
        element = self._root.child(Tag.H2, language=self._foreign(language))
        self._headed(text, theme.CHAPTER if new_page else theme.HEADING, element, 1)

    def subheading(self, text: str, *, language: str = "") -> None:
        """Adds a heading below a heading."""
        element = self._root.child(Tag.H3, language=self._foreign(language))
        self._headed(text, theme.SUBHEADING, element, 2)

    def paragraph(self, text: str, *, language: str = "", keep_with_next: bool = False) -> None:
        """Adds a paragraph."""
        self._text(text, theme.LEAD if keep_with_next else theme.BODY, language)

    def note(self, text: str, *, language: str = "") -> None:
        """Adds a paragraph that stands out."""
        self._text(text, theme.NOTE, language)

    def small(self, text: str, *, language: str = "") -> None:
        """Adds a paragraph in small letters that goes with what follows."""
        self._text(text, theme.SMALL, language)

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

    def facts(self, facts: Sequence[tuple[str, str]], *, keep_with_next: bool = False, language: str = "") -> None:
        """Adds names and values in two columns. Facts without a value are left out; an e-mail address is a link."""
        language = self._foreign(language)
        body = Element(Tag.TABLE_BODY)
        rows = []
        for name, value in facts:
            if not shown(value):
                continue
            row = body.child(Tag.ROW)
            head = row.child(Tag.HEADER_CELL, scope=Scope.ROW).child(Tag.PARAGRAPH, language=language)
            cell = row.child(Tag.CELL).child(Tag.PARAGRAPH, language=language)
            rows.append(
                Row(
                    (
                        Stack([TextBlock(self._fit(name), self._sided(theme.FACT_NAME), head)]),
                        Stack([self._fact(value, cell)]),
                    )
                )
            )
        if rows:
            self._root.child(Tag.TABLE).kids.append(body)
            self._blocks.append(
                Table(None, rows, replace(theme.FACTS, keep_with_next=keep_with_next, mirrored=self._mirrored))
            )

    def table(
        self,
        heads: Sequence[str | Said],
        rows: Sequence[Sequence[Sequence[Said]]],
        shares: Sequence[float],
        *,
        keep_whole: bool = False,
        to_write_in: bool = False,
    ) -> None:
        """Adds a table whose header stands on each page it runs over.

        Args:
            heads: one for each column.
            rows: cells of texts below each other; the first cell names the row. At least one row.
            shares: width of each column as a share of the whole.
            keep_whole: whether a table that is not high goes to the next page rather than over two.
            to_write_in: whether rows have room to write in, and are divided only where they are very high.
        """
        table = self._root.child(Tag.TABLE)
        head_row = table.child(Tag.TABLE_HEAD).child(Tag.ROW)
        header = Row(
            tuple(
                self._cell(
                    [head if isinstance(head, Said) else Said(head, theme.COLUMN_HEAD)],
                    head_row.child(Tag.HEADER_CELL, scope=Scope.COLUMN),
                )
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
        self._blocks.append(
            Table(
                header,
                built,
                theme.columns(
                    *shares,
                    keep_whole=keep_whole,
                    mirrored=self._mirrored,
                    whole_row=theme.TO_WRITE_IN if to_write_in else WHOLE_ROW,
                ),
            )
        )

    def bar(self, parts: Sequence[Part], alternative: str) -> None:
        """Adds a bar in parts; `alternative` says in words what it shows."""
        total = sum(part.count for part in parts)
        if not total:
            return
        figure = self._root.child(Tag.FIGURE, alternative=alternative)
        bars = [Bar(part.count / total, part.colour) for part in parts if part.count]
        self._blocks.append(BarFigure(bars, figure))

    def line_to_sign(self, who: str) -> None:
        """Adds empty lines beside each other, for place and date and for a signature; `who` stands below the latter."""
        labels = (self._words("Place and date"), who)
        look = self._sided(theme.SIGN_HERE)
        below = [TextBlock(self._fit(one), look, self._root.child(Tag.PARAGRAPH)) for one in labels]
        self._blocks.append(LinesToSign(below, theme.SIGN_SHARES, colour=theme.MUTED, mirrored=self._mirrored))

    def pdf(self, attachments: Sequence[Attachment] = (), binding: Binding | None = None) -> bytes:
        """Returns the document as PDF/UA-1 and PDF/A-3a. Nothing may be added afterwards. See `finished`."""
        if self._lossy:
            self.note(
                self._words(
                    "Some characters or very long texts cannot be shown in this document. "
                    "They are complete in the data that goes with it."
                )
            )
        contents = self._contents_lines()
        if self._contents is not None:
            self._blocks[self._contents[0] : self._contents[0]] = contents
        pages = paginated(self._blocks, theme.TEXT_WIDTH, theme.TEXT_HEIGHT)
        for line, on_page in zip(contents, pages_of_headings(pages)[1:], strict=False):
            line.lead_to(on_page, self._words("{heading}, page {page}", heading=line.text, page=on_page))
        canvas = TagCanvas(theme.PAGE)
        for number, page in enumerate(pages, 1):
            if number > 1:
                canvas.next_page()
            self._paint_page(canvas, page, number, len(pages))
        about = About(self._title, self._words.language.value, self._at)
        painting = canvas.painted()
        # What was painted, and the canvas, are needed no more; of a long document they are large.
        del pages, contents, canvas
        self._blocks.clear()
        return finished(painting, self._root, about, attachments, binding)

    def _text(self, text: str, look: Look, language: str = "") -> None:
        element = self._root.child(Tag.PARAGRAPH, language=self._foreign(language))
        self._blocks.append(TextBlock(self._fit(text), self._sided(look), element))

    def _headed(self, text: str, look: Look, element: Element, level: int) -> None:
        fit = self._fit(text)
        self._headings.append((level, fit, element.language))
        self._blocks.append(TextBlock(fit, self._sided(look), element, outline=level))

    def _contents_lines(self) -> Sequence[ContentsLine]:
        if self._contents is None:
            return []
        top = self._contents[1]
        item = top
        below: Element | None = None
        made = []
        for number, (level, text, language) in enumerate(self._headings[1:], 2):
            if level == 1:
                item, below = top.child(Tag.CONTENTS_ITEM), None
                reference = item.child(Tag.REFERENCE)
            else:
                below = below or item.child(Tag.CONTENTS)
                reference = below.child(Tag.CONTENTS_ITEM).child(Tag.REFERENCE)
            link = reference.child(Tag.LINK, language=language)
            made.append(ContentsLine(text, theme.CONTENTS[level - 1], link, bookmark=number, dots=theme.MUTED))
        return made

    def _paint_page(self, canvas: TagCanvas, page: Sequence[Placed], number: int, pages: int) -> None:
        if number > 1:
            with canvas.artifact(Artifact.HEADER):
                title = _running(self._title, theme.TEXT_WIDTH)
                canvas.lines(title, theme.RUNNING, theme.LEFT, theme.HEADER_LINE, theme.TEXT_WIDTH)
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
            look = self._sided(one.look)
            if one.dot is None:
                blocks.append(TextBlock(text, look, paragraph))
            else:
                colour, filled = one.dot
                blocks.append(DottedBlock(text, look, paragraph, colour=colour, filled=filled))
            if one.room:
                blocks.append(Room(one.room))
        return Stack(blocks)

    def _fact(self, value: str, element: Element) -> Block:
        text = self._fit(value)
        if _EMAIL.fullmatch(text):
            return LinkBlock(text, theme.CELL_LINK, element.child(Tag.LINK), f"mailto:{text}")
        return TextBlock(text, self._sided(theme.CELL), element)

    def _sided(self, look: Look) -> Look:
        return replace(look, right=True) if self._mirrored else look

    def _foreign(self, language: str) -> str:
        return "" if language == self._words.language.value else language

    def _fit(self, text: str) -> str:
        """Makes a text fit to be shown, and remembers whether something was lost."""
        longest = LONGEST_TEXT if self._said < MOST_TEXT else _BEGINNING
        if len(text) > longest:
            text = text[:longest] + " […]"
            self._lossy = True
        self._said += len(text)
        fit = shown(text)
        self._lossy = self._lossy or UNSHOWN in fit
        return fit


def _running(text: str, width: float) -> tuple[Line, ...]:
    """The part of a header or footer that fits on its one line."""
    return broken(text, theme.RUNNING.typeface, theme.RUNNING.size, width)[:1]
