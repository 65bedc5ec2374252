# SPDX-License-Identifier: MIT
"""A document with places to write and to tick: fields for a PDF reader, or empty boxes for a pen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from rkv_app.documents import theme
from rkv_app.documents.builder import DocumentBuilder
from rkv_app.documents.fillable_binding import CONFIRMED, DATE, NAME, POSITION
from rkv_app.documents.fillable_plan import DATE_LENGTH
from rkv_app.documents.form_fields import (
    LINE_HEIGHT,
    Beside,
    Choices,
    Options,
    QrFigure,
    RepeatedText,
    Together,
    WritingField,
)
from rkv_app.documents.form_words import from_right
from rkv_app.documents.tagged.blocks import Block, Look, Stack, TextBlock
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.text import Line
from rkv_app.documents.tagged.widgets import Kind, Widget
from rkv_app.forms.parts import Said
from rkv_app.foundation.i18n import Words

IN_ROW = Look(theme.CELL.style, space_before=5)
ALONE = Look(theme.CELL.style, space_before=12, space_after=6)
# Of the width, for a place that takes a date or a number.
SHORT = 0.3
_CAPTION = replace(theme.CELL_SMALL, space_after=2)
_QR_SIDE = 88.0


class PlacesDocument(DocumentBuilder):
    """A document with places to write in. Each label stands before its place, in the structure and on the page."""

    def __init__(
        self,
        title: Said,
        reference: str,
        words: Words,
        at: datetime,
        *,
        fillable: bool,
        language: str = "",
    ) -> None:
        """Begins a document as DocumentBuilder does.

        Args:
            title: with the language that it is in.
            reference: see DocumentBuilder.
            words: see DocumentBuilder.
            at: see DocumentBuilder.
            fillable: whether it has fields; else there are boxes in their place.
            language: BCP 47 tag of the form's own words, where they are wanted in another language than the document's.
        """
        self._in = language or words.language.value
        mirrored = from_right(self._in)
        super().__init__(title.text, reference, words, at, title_language=title.language, mirrored=mirrored)
        self._fillable = fillable
        # The form's own words, which stand below each aim once more: as they are shown, and where their lines break.
        self._options: dict[tuple[bool | str, ...], Options] = {}
        self._captions: dict[str, tuple[str, dict[float, tuple[Line, ...]]]] = {}

    def facts_beside_code(
        self, facts: Sequence[tuple[str, str]], code: str, alternative: str, intro: Said | None = None
    ) -> None:
        """Adds facts with a square code beside them.

        Args:
            facts: name and value.
            code: what it says.
            alternative: what it is for, in words.
            intro: stands above the facts.
        """
        before = len(self._blocks)
        if intro is not None:
            self.paragraph(intro.text, language=intro.language)
        self.facts(facts)
        beside = self._blocks[before:]
        del self._blocks[before:]
        figure = self._root.child(Tag.FIGURE, alternative=alternative)
        self._blocks.append(self._beside(Stack(beside), QrFigure(code, figure, _QR_SIDE), share=0.8))

    def confirmation(self) -> None:
        """Adds what somebody confirms the answers with."""
        words = self._words
        sure, named = words("I confirm this"), words("Your name")
        confirmed = self._choices([Widget(CONFIRMED, Kind.CHECK, sure)], [sure], round=False)
        name = self._written(NAME, f"{named} *", required=True)
        position = self._written(POSITION, words("Your position"))
        self._blocks.append(Together([confirmed, self._beside(name, position), self._day()], ALONE))

    def who(self) -> None:
        """Adds where somebody says who they are, for a form that nothing else ties to a person."""
        self.subheading(self._words("Who filled in the form"))
        name = self._written(NAME, self._words("Your name"))
        self._blocks.append(Together([self._beside(name, self._day(share=0.6))], ALONE))

    def _day(self, *, share: float = SHORT) -> Stack:
        on_day = self._words("Date")
        caption = f"{on_day} ({self._day_pattern()})"
        return self._written(DATE, caption, longest=DATE_LENGTH, share=share)

    def _day_pattern(self) -> str:
        return self._words("dd.mm.yyyy")

    def _written(
        self, name: str, caption: str, label: str = "", *, longest: int = 200, share: float = 1, required: bool = False
    ) -> Stack:
        block = self._caption_block(caption)
        box = self._box(name, label or caption, longest=longest, share=share, required=required)
        return Together([block, box], IN_ROW)

    def _box(
        self,
        name: str,
        label: str,
        kind: Kind = Kind.TEXT,
        tall: float = LINE_HEIGHT,
        *,
        longest: int,
        share: float = 1,
        required: bool = False,
        language: str = "",
    ) -> WritingField:
        if not self._fillable:
            return WritingField(None, self._root, tall, share, right=self._mirrored)
        field = Widget(name, kind, label, longest=longest, required=required)
        return self._field(field, tall, share, language)

    def _field(self, field: Widget, tall: float, share: float, language: str) -> WritingField:
        return WritingField(field, self._part(Tag.FORM, language), tall, share, right=self._mirrored)

    def _choices(
        self, fields: Sequence[Widget], said: Sequence[str], *, round: bool, listed: bool = False, language: str = ""
    ) -> Choices:
        key: tuple[bool | str, ...] = (round, listed, *said)
        if key not in self._options:
            fit = [self._fit(text) for text in said]
            self._options[key] = Options(fit, round=round, listed=listed, right=self._mirrored)
        fields = fields if self._fillable else ()
        return Choices(self._options[key], fields, self._part(Tag.PARAGRAPH, language))

    def _caption_block(self, said: str, language: str = "") -> TextBlock:
        element = self._part(Tag.PARAGRAPH, language)
        if self._mirrored:
            return TextBlock(self._fit(said), self._sided(_CAPTION), element)
        if said not in self._captions:
            self._captions[said] = (self._fit(said), {})
        text, measured = self._captions[said]
        return RepeatedText(text, _CAPTION, element, measured)

    def _said_block(self, said: Said, look: Look, tag: Tag = Tag.PARAGRAPH) -> TextBlock:
        return TextBlock(self._fit(said.text), self._sided(look), self._part(tag, said.language))

    def _own_block(self, text: str, look: Look) -> TextBlock:
        """A sentence of the document's own."""
        return self._said_block(Said(text, ""), look)

    def _beside(self, first: Block, second: Block, *, share: float = 0.5) -> Beside:
        return Beside(first, second, share=share, mirrored=self._mirrored)

    def _part(self, tag: Tag, language: str = "") -> Element:
        return self._root.child(tag, language=self._foreign(language))
