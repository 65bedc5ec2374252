# SPDX-License-Identifier: MIT
"""Lays out a form to be filled in outside the app: with fields for a PDF reader, or with empty boxes for a pen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from rkv_app.documents import theme
from rkv_app.documents.builder import DocumentBuilder
from rkv_app.documents.fillable_binding import CONFIRMED, DATE, NAME, POSITION
from rkv_app.documents.fillable_plan import (
    DATE_LENGTH,
    FROM,
    NUMBER_LENGTH,
    TO,
    has_place,
    part_name,
    row_names,
    said_options,
    yes_no_options,
)
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
from rkv_app.documents.form_words import demanded
from rkv_app.documents.tagged.blocks import Block, LabelledBlock, Look, Stack, TextBlock
from rkv_app.documents.tagged.structure import Element, Tag
from rkv_app.documents.tagged.text import Line
from rkv_app.documents.tagged.widgets import Kind, Widget
from rkv_app.documents.wording import language_tag
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.plans import in_sets
from rkv_app.forms.explaining import condition_of
from rkv_app.forms.model import (
    AimMatrixItem,
    AttachmentItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    HoursItem,
    IntegerItem,
    Item,
    LongTextItem,
    Note,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    Section,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import Label
from rkv_app.forms.reading import item_path
from rkv_app.foundation.i18n import Words

_CAPTION = replace(theme.CELL_SMALL, space_after=2)
_HINT = replace(theme.CELL_SMALL, space_before=0, space_after=3)
_QUESTION = Look(theme.CELL_STRONG.style, space_after=2)
_AIM = Look(theme.CELL_STRONG.style, space_after=1, indent=58)
_IN_ROW = Look(theme.CELL.style, space_before=5)
_ALONE = Look(theme.CELL.style, space_before=12, space_after=6)
_ROW = Look(theme.CELL.style, space_before=13, space_after=9)
_TALL_IN_ROW, _TALL = 37.0, 64.0
_SHORT = 0.3
_LONG_SHARE = 0.73
_QR_SIDE = 88.0
# More options than this become a list to choose from in a PDF reader.
_MOST_BUTTONS = 7


class FormDocument(DocumentBuilder):
    """A document with places to write in. Each label stands before its place, in the structure and on the page."""

    def __init__(self, title: str, reference: str, words: Words, at: datetime, *, fillable: bool) -> None:
        """Begins a document as DocumentBuilder does; where it is not `fillable` there are boxes instead of fields."""
        super().__init__(title, reference, words, at)
        self._fillable = fillable
        self._in = words.language.value
        self._last: Item | None = None
        # The form's own words, which stand below each aim once more: as they are shown, and where their lines break.
        self._options: dict[tuple[bool | str, ...], Options] = {}
        self._captions: dict[str, tuple[str, dict[float, tuple[Line, ...]]]] = {}

    def facts_beside_code(self, facts: Sequence[tuple[str, str]], code: str) -> None:
        """Adds facts with a square code at their right."""
        self.facts(facts)
        figure = self._root.child(
            Tag.FIGURE, alternative=self._words("Square code by which the app finds the case this form belongs to.")
        )
        self._blocks.append(Beside(self._blocks.pop(), QrFigure(code, figure, _QR_SIDE), share=0.8))

    def form(self, form: Form, aims: Sequence[AimText]) -> None:
        """Adds every item of a form. What is confirmed stands last, on the page where somebody confirms it."""
        self._last = form.placed()[-1].item
        for item in form.items:
            self._item(item, form, aims, top=True)

    def confirmation(self) -> None:
        """Adds what somebody confirms the answers with."""
        words = self._words
        sure, named, on_day = words("I confirm this"), words("Your name"), words("Date")
        confirmed = self._choices([Widget(CONFIRMED, Kind.CHECK, sure)], [sure], round=False)
        name = self._written(NAME, f"{named} *", required=True)
        position = self._written(POSITION, words("Your position"))
        day = self._written(DATE, f"{on_day} ({self._day_pattern()})", longest=DATE_LENGTH, share=_SHORT)
        self._blocks.append(Together([confirmed, Beside(name, position, share=0.5), day], _ALONE))

    def _item(self, item: Item, form: Form, aims: Sequence[AimText], *, top: bool) -> None:
        match item:
            case Section():
                self._heading(item.label, top=top)
                self._only_when(item, form)
                if item.hint is not None:
                    self.paragraph(item.hint.text(self._in))
                for one in item.items:
                    self._item(one, form, aims, top=False)
            case Note():
                self._only_when(item, form)
                self.paragraph(item.label.text(self._in), keep_with_next=item is self._last)
            case AimMatrixItem():
                self._only_when(item, form)
                self._matrix(item, aims)
            case RepeatItem():
                self.subheading(item.label.text(self._in))
                self._only_when(item, form)
                self._repeat(item)
            case AttachmentItem():
                self.paragraph(item.label.text(self._in), keep_with_next=True)
                self.small(self._words("Send a copy along with the form."))
            case _ if has_place(item):
                self._blocks.append(Together(self._question(item, form), _ALONE))
            case _:
                pass

    def _heading(self, label: Label, *, top: bool) -> None:
        (self.heading if top else self.subheading)(label.text(self._in))

    def _matrix(self, matrix: AimMatrixItem, aims: Sequence[AimText]) -> None:
        self._explain(matrix)
        for part in in_sets(aims, lambda aim: aim):
            if part.begins is not None:
                self.paragraph(part.begins.named, keep_with_next=True)
            self.subheading(part.title, language=language_tag(part.language))
            for aim in part.of_set:
                self._blocks.append(Together(self._aim(matrix, aim), _ROW))

    def _aim(self, matrix: AimMatrixItem, aim: AimText) -> list[Block]:
        head = self._root.child(Tag.H4, language=self._foreign(language_tag(aim.language)))
        text = self._fit(aim.text)
        blocks: list[Block] = [LabelledBlock(text, _AIM, head, label=self._fit(aim.code), label_element=head)]
        return blocks + self._columns(matrix, aim.code, aim.code)

    def _explain(self, group: AimMatrixItem | RepeatItem) -> None:
        """Says once of the questions of all rows what helps, and when they are asked."""
        explained: list[tuple[str, str]] = []
        for column in group.columns:
            hint = column.hint.text(self._in) if column.hint else ""
            when = demanded(column, group, self._words) if column.enable_when else ""
            explained.append((column.label.text(self._in), f"{hint} {when}".strip()))
        for column in group.columns:
            options = getattr(column, "options", ())
            explained += [(one.label.text(self._in), one.hint.text(self._in)) for one in options if one.hint]
        self.facts(explained)

    def _only_when(self, item: Item, form: Form) -> None:
        condition = condition_of(item, form)
        if condition is not None:
            self.small(self._words("Only when {reasons}:", reasons=condition))

    def _repeat(self, repeat: RepeatItem) -> None:
        self._explain(repeat)
        called = (repeat.row_label or repeat.label).text(self._in)
        for number, row in enumerate(row_names(repeat, ()), 1):
            name = f"{called} {number}"
            head: Block = TextBlock(self._fit(name), _QUESTION, self._root.child(Tag.H4))
            self._blocks.append(Together([head, *self._columns(repeat, row, name)], _ROW))

    def _columns(self, group: AimMatrixItem | RepeatItem, row: str, called: str) -> list[Block]:
        """The questions of a row; a short one stands beside the long text before it."""
        blocks: list[Block] = []
        columns: list[Question | None] = [column for column in group.columns if has_place(column)]
        beside = False
        for column, following in pairwise([*columns, None]):
            if column is None or beside:
                beside = False
                continue
            made = self._in_row(group, row, column, called)
            beside = isinstance(column, LongTextItem) and isinstance(following, DateItem | HoursItem | IntegerItem)
            if beside and following is not None:
                blocks.append(Beside(made, self._in_row(group, row, following, called, share=1), share=_LONG_SHARE))
            else:
                blocks.append(made)
        return blocks

    def _in_row(
        self, group: AimMatrixItem | RepeatItem, row: str, column: Question, called: str, *, share: float = _SHORT
    ) -> Stack:
        path = item_path(group.id, row, column.id)
        said = self._caption(column)
        label = self._caption_block(said)
        placed = self._place(path, column, f"{called}. {said}", tall=_TALL_IN_ROW, share=share)
        return Together([label, *placed], _IN_ROW)

    def _question(self, item: Question, form: Form) -> list[Block]:
        # A reader of PDFs demands its required fields whatever else is answered.
        required = item.required and item.enable_when is None
        said = self._caption(item) + (" *" if required else "")
        blocks: list[Block] = [TextBlock(self._fit(said), _QUESTION, self._root.child(Tag.PARAGRAPH))]
        hint = item.hint.text(self._in) if item.hint else ""
        when = demanded(item, form, self._words) if item.enable_when else ""
        if helps := f"{hint} {when}".strip():
            blocks.append(TextBlock(self._fit(helps), _HINT, self._root.child(Tag.PARAGRAPH)))
        return blocks + self._place(item.id, item, said, tall=_TALL, share=_SHORT, required=required)

    def _caption(self, item: Question) -> str:
        said = item.label.text(self._in)
        return f"{said} ({self._day_pattern()})" if isinstance(item, DateItem | PeriodItem) else said

    def _day_pattern(self) -> str:
        return self._words("dd.mm.yyyy")

    def _place(
        self, path: str, item: Question, label: str, *, tall: float, share: float, required: bool = False
    ) -> list[Block]:
        """Where the answer goes."""
        match item:
            case TextItem():
                return [self._box(path, label, longest=item.max_length, required=required)]
            case LongTextItem():
                return [self._box(path, label, Kind.LONG_TEXT, tall, longest=item.max_length, required=required)]
            case DateItem():
                return [self._box(path, label, longest=DATE_LENGTH, share=share, required=required)]
            case HoursItem() | IntegerItem():
                return [self._box(path, label, longest=NUMBER_LENGTH, share=share, required=required)]
            case PeriodItem():
                first, last = self._words("First day"), self._words("Last day")
                ends = [
                    self._written(part_name(path, FROM), first, f"{label}. {first}", longest=DATE_LENGTH),
                    self._written(part_name(path, TO), last, f"{label}. {last}", longest=DATE_LENGTH),
                ]
                return [Beside(ends[0], ends[1], share=0.5)]
            case ChoicesItem():
                options = said_options(item.options, self._in)
                fields = [Widget(part_name(path, code), Kind.CHECK, f"{label}: {said}") for code, said in options]
                return [self._choices(fields, [said for _, said in options], round=False)]
            case YesNoItem():
                return [self._buttons(path, label, yes_no_options(item, self._words), required=required)]
            case ChoiceItem() | ScaleItem():
                options = said_options(item.options, self._in)
                if self._fillable and isinstance(item, ChoiceItem) and len(options) > _MOST_BUTTONS:
                    field = Widget(path, Kind.LIST, label, options=tuple(options), required=required)
                    return [WritingField(field, self._root.child(Tag.FORM), share=0.6)]
                return [self._buttons(path, label, options, required=required)]
            case _:
                raise TypeError("a question without a place")

    def _buttons(self, path: str, label: str, options: Sequence[tuple[str, str]], *, required: bool) -> Choices:
        fields = [
            Widget(path, Kind.RADIO, f"{label}: {said}", state=code, group=label, required=required)
            for code, said in options
        ]
        return self._choices(fields, [said for _, said in options], round=True)

    def _choices(self, fields: Sequence[Widget], said: Sequence[str], *, round: bool) -> Choices:
        key: tuple[bool | str, ...] = (round, *said)
        if key not in self._options:
            self._options[key] = Options([self._fit(text) for text in said], round=round)
        return Choices(self._options[key], fields if self._fillable else (), self._paragraph())

    def _caption_block(self, said: str) -> TextBlock:
        if said not in self._captions:
            self._captions[said] = (self._fit(said), {})
        text, measured = self._captions[said]
        return RepeatedText(text, _CAPTION, self._paragraph(), measured)

    def _written(
        self, name: str, caption: str, label: str = "", *, longest: int = 200, share: float = 1, required: bool = False
    ) -> Stack:
        block = self._caption_block(caption)
        box = self._box(name, label or caption, longest=longest, share=share, required=required)
        return Together([block, box], _IN_ROW)

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
    ) -> WritingField:
        if not self._fillable:
            return WritingField(None, self._root, tall, share)
        field = Widget(name, kind, label, longest=longest, required=required)
        return WritingField(field, self._root.child(Tag.FORM), tall, share)

    def _paragraph(self) -> Element:
        return self._root.child(Tag.PARAGRAPH)
