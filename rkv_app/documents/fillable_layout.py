# SPDX-License-Identifier: MIT
"""Lays out a form to be filled in outside the app: with fields for a PDF reader, or with empty boxes for a pen."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from rkv_app.documents import theme
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
from rkv_app.documents.form_fields import LINE_HEIGHT, Choices, Together
from rkv_app.documents.form_places import ALONE, IN_ROW, SHORT, PlacesDocument
from rkv_app.documents.form_words import demanded, unit_said
from rkv_app.documents.tagged.blocks import Block, LabelledBlock, Look, Stack
from rkv_app.documents.tagged.structure import Tag
from rkv_app.documents.tagged.widgets import Kind, Widget
from rkv_app.documents.wording import language_tag
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.plans import in_sets
from rkv_app.forms.explaining import condition_of
from rkv_app.forms.model import (
    AimMatrixItem,
    CalculatedItem,
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
from rkv_app.forms.parts import Option, Said
from rkv_app.forms.reading import item_path

_HINT = replace(theme.CELL_SMALL, space_before=0, space_after=3)
_QUESTION = Look(theme.CELL_STRONG.style, space_after=2)
_AIM = Look(theme.CELL_STRONG.style, space_after=1, indent=58)
_ROW = Look(theme.CELL.style, space_before=13, space_after=9)
_TALL_IN_ROW, _TALL = 37.0, 64.0
_LONG_SHARE, _TEXT_SHARE = 0.73, 0.6
# More options than this become a list to choose from in a PDF reader.
_MOST_BUTTONS = 7


class FormDocument(PlacesDocument):
    """A form in a document with places to write in."""

    _last: Item | None = None

    def form(self, form: Form, aims: Sequence[AimText]) -> None:
        """Adds every item of a form. What is confirmed stands last, on the page where somebody confirms it."""
        self._last = form.placed()[-1].item
        for item in form.items:
            self._item(item, form, aims, top=True)

    def _item(self, item: Item, form: Form, aims: Sequence[AimText], *, top: bool, follows: bool = False) -> None:
        match item:
            case Section():
                self._begin(item, form, top=top)
                if item.hint is not None:
                    hint = item.hint.said(self._in)
                    self.paragraph(hint.text, language=hint.language)
                for place, one in enumerate(item.items):
                    # What stands first in a section has its heading.
                    follows = any(not isinstance(before, Note) for before in item.items[:place])
                    self._item(one, form, aims, top=False, follows=follows)
            case Note():
                self._only_when(item, form)
                said = item.label.said(self._in)
                self.paragraph(said.text, language=said.language, keep_with_next=item is self._last)
            case AimMatrixItem():
                if top or follows:
                    self._begin(item, form, top=top)
                else:
                    self._only_when(item, form)
                self._matrix(item, aims)
            case RepeatItem():
                self._begin(item, form, top=top)
                self._repeat(item, Tag.H3 if top else Tag.H4)
            case _ if has_place(item):
                self._blocks.append(Together(self._question(item, form), ALONE))
            case _:
                self._blocks.append(Together(self._without_place(item), ALONE))

    def _begin(self, item: Item, form: Form, *, top: bool) -> None:
        said = item.label.said(self._in)
        (self.heading if top else self.subheading)(said.text, language=said.language)
        self._only_when(item, form)

    def _matrix(self, matrix: AimMatrixItem, aims: Sequence[AimText]) -> None:
        self._say_help(matrix)
        self._explain(matrix)
        if not aims:
            self.paragraph(self._words("The competence aims are put in when the form is made for a case."))
        for part in in_sets(aims, lambda aim: aim):
            if part.begins is not None:
                self.paragraph(part.begins.named, keep_with_next=True)
            called = Said(part.title, language_tag(part.language)) if part.title else matrix.label.said(self._in)
            self.subheading(called.text, language=called.language)
            for aim in part.of_set:
                self._blocks.append(Together(self._aim(matrix, aim), _ROW))

    def _aim(self, matrix: AimMatrixItem, aim: AimText) -> list[Block]:
        head = self._part(Tag.H4, language_tag(aim.language))
        text = self._fit(aim.text)
        blocks: list[Block] = [
            LabelledBlock(text, self._sided(_AIM), head, label=self._fit(aim.code), label_element=head)
        ]
        return blocks + self._columns(matrix, aim.code, aim.code)

    def _explain(self, group: AimMatrixItem | RepeatItem) -> None:
        """Says once of the questions of all rows what helps, and when they are asked."""
        foreign = self._foreign(self._in)
        helps: list[tuple[str, str]] = []
        rules: list[tuple[str, str]] = []
        for column in group.columns:
            name = column.label.text(self._in)
            rule = demanded(column, group, self._words) if column.enable_when else ""
            if not has_place(column):
                rule = f"{rule} {self._instead(column)}".strip()
            if foreign:
                helps.append((name, self._help(column)))
                rules.append((name, rule))
            else:
                helps.append((name, f"{self._help(column)} {rule}".strip()))
        hinted = [(column, told) for column in group.columns if (told := self._option_helps(column))]
        if len(hinted) == 1:
            helps += hinted.pop()[1]
        self.facts(helps, language=foreign, keep_with_next=True)
        self.facts(rules, keep_with_next=True)
        for column, told in hinted:
            said = column.label.said(self._in)
            self.small(said.text, language=said.language)
            self.facts(told, language=foreign, keep_with_next=True)

    def _option_helps(self, column: Question) -> Sequence[tuple[str, str]]:
        options = getattr(column, "options", ())
        return [(one.label.text(self._in), one.hint.text(self._in)) for one in options if one.hint]

    def _help(self, item: Item) -> str:
        """What is always shown, and in print the longer help too."""
        return " ".join(one.text(self._in) for one in (item.hint, item.guidance) if one is not None)

    def _say_help(self, group: AimMatrixItem | RepeatItem) -> None:
        if helps := self._help(group):
            self.paragraph(helps, language=group.label.said(self._in).language, keep_with_next=True)

    def _only_when(self, item: Item, form: Form) -> None:
        condition = condition_of(item, form)
        if condition is not None:
            self.small(self._words("Only when {reasons}:", reasons=condition))

    def _repeat(self, repeat: RepeatItem, head: Tag) -> None:
        self._say_help(repeat)
        rows = row_names(repeat, ())
        room = []
        if repeat.min:
            room.append(self._words.plural("Fill in at least {n}.", "Fill in at least {n}.", repeat.min))
        if repeat.max > len(rows):
            room.append(
                self._words.plural(
                    "There is room for {n}. If there is more, write it on a sheet of its own and send it along.",
                    "There is room for {n}. If there is more, write it on a sheet of its own and send it along.",
                    len(rows),
                )
            )
        if room:
            self.small(" ".join(room))
        self._explain(repeat)
        called = (repeat.row_label or repeat.label).said(self._in)
        for number, row in enumerate(rows, 1):
            name = f"{called.text} {number}"
            named = self._said_block(Said(name, called.language), _QUESTION, head)
            self._blocks.append(Together([named, *self._columns(repeat, row, name)], _ROW))

    def _columns(self, group: AimMatrixItem | RepeatItem, row: str, called: str) -> list[Block]:
        """The questions of a row; a short one stands beside the one before it, where that leaves room."""
        blocks: list[Block] = []
        columns: list[Question | None] = [column for column in group.columns if has_place(column)]
        beside = False
        for column, following in pairwise([*columns, None]):
            if column is None or beside:
                beside = False
                continue
            share = _share_beside(column, following)
            beside = share > 0
            if following is not None and beside:
                first = self._in_row(group, row, column, called, share=1)
                second = self._in_row(group, row, following, called, share=1)
                blocks.append(self._beside(first, second, share=share))
            else:
                blocks.append(self._in_row(group, row, column, called))
        return blocks

    def _in_row(
        self, group: AimMatrixItem | RepeatItem, row: str, column: Question, called: str, *, share: float = SHORT
    ) -> Stack:
        path = item_path(group.id, row, column.id)
        said = self._caption(column)
        # Who leaves a row of a repeat empty leaves nothing out; who begins one has to say this.
        star = " *" if column.required and column.enable_when is None and isinstance(group, RepeatItem) else ""
        label = self._caption_block(said.text + star, said.language)
        named = Said(f"{called}. {said.text}", said.language)
        return Together([label, *self._place(path, column, named, tall=_TALL_IN_ROW, share=share)], IN_ROW)

    def _question(self, item: Question, form: Form) -> list[Block]:
        # A reader of PDFs demands its required fields whatever else is answered.
        required = item.required and item.enable_when is None
        caption = self._caption(item)
        said = Said(caption.text + (" *" if required else ""), caption.language)
        blocks: list[Block] = [self._said_block(said, _QUESTION)]
        helps = self._help(item)
        rule = demanded(item, form, self._words) if item.enable_when else ""
        if self._foreign(said.language):
            blocks += [self._said_block(Said(helps, said.language), _HINT)] if helps else []
            blocks += [self._own_block(rule, _HINT)] if rule else []
        elif helps or rule:
            blocks.append(self._own_block(f"{helps} {rule}".strip(), _HINT))
        return blocks + self._place(item.id, item, said, tall=_TALL, share=SHORT, required=required, alone=True)

    def _without_place(self, item: Item) -> list[Block]:
        """A question that is answered in another way than on the form."""
        said = item.label.said(self._in)
        blocks: list[Block] = [self._said_block(said, _QUESTION)]
        if helps := self._help(item):
            blocks.append(self._said_block(Said(helps, said.language), _HINT))
        return [*blocks, self._own_block(self._instead(item), _HINT)]

    def _instead(self, item: Item) -> str:
        if isinstance(item, CalculatedItem):
            return self._words("This is worked out when the form comes back.")
        return self._words("Send a copy along with the form.")

    def _caption(self, item: Question) -> Said:
        said = item.label.said(self._in)
        match item:
            case DateItem() | PeriodItem():
                return Said(f"{said.text} ({self._day_pattern()})", said.language)
            case HoursItem() | IntegerItem() if item.unit is not None:
                return Said(f"{said.text} ({unit_said(item.unit, self._words)})", said.language)
            case _:
                return said

    def _place(
        self,
        path: str,
        item: Question,
        said: Said,
        *,
        tall: float,
        share: float,
        required: bool = False,
        alone: bool = False,
    ) -> list[Block]:
        """Where the answer goes; a question that stands `alone` says there what its options mean."""
        label, language = said
        match item:
            case TextItem():
                return [self._box(path, label, longest=item.max_length, required=required, language=language)]
            case LongTextItem():
                return [
                    self._box(
                        path,
                        label,
                        Kind.LONG_TEXT,
                        tall,
                        longest=item.max_length,
                        required=required,
                        language=language,
                    )
                ]
            case DateItem() | HoursItem() | IntegerItem():
                longest = DATE_LENGTH if isinstance(item, DateItem) else NUMBER_LENGTH
                return [self._box(path, label, longest=longest, share=share, required=required, language=language)]
            case PeriodItem():
                return [self._period(path, label, item)]
            case ChoicesItem():
                options, listed = self._option_words(item.options, alone)
                fields = [Widget(part_name(path, code), Kind.CHECK, f"{label}: {text}") for code, text in options]
                texts = [text for _, text in options]
                return [self._choices(fields, texts, round=False, listed=listed, language=language)]
            case YesNoItem():
                options = yes_no_options(item, self._words)
                return [self._buttons(path, label, options, required=required)]
            case ChoiceItem() | ScaleItem():
                options, listed = self._option_words(item.options, alone)
                if self._fillable and not listed and isinstance(item, ChoiceItem) and len(options) > _MOST_BUTTONS:
                    field = Widget(path, Kind.LIST, label, options=tuple(options), required=required)
                    return [self._field(field, LINE_HEIGHT, 0.6, language)]
                return [self._buttons(path, label, options, required=required, listed=listed, language=language)]
            case _:
                raise TypeError("a question without a place")

    def _period(self, path: str, label: str, item: PeriodItem) -> Block:
        words = self._words
        first = words("First day")
        last = words("Last day, empty if it still goes on") if item.open_end else words("Last day")
        ends = [
            self._written(part_name(path, end), said, f"{label}. {said}", longest=DATE_LENGTH)
            for end, said in ((FROM, first), (TO, last))
        ]
        return self._beside(ends[0], ends[1])

    def _buttons(
        self,
        path: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        required: bool,
        listed: bool = False,
        language: str = "",
    ) -> Choices:
        fields = [
            Widget(path, Kind.RADIO, f"{label}: {said}", state=code, group=label, required=required)
            for code, said in options
        ]
        return self._choices(fields, [said for _, said in options], round=True, listed=listed, language=language)

    def _option_words(self, options: Sequence[Option], alone: bool) -> tuple[Sequence[tuple[str, str]], bool]:
        """Code and words of options, and whether each needs a line of its own for what it means."""
        if not alone or not any(option.hint for option in options):
            return said_options(options, self._in), False
        return [
            (one.code, " – ".join(part.text(self._in) for part in (one.label, one.hint) if part)) for one in options
        ], True


def _share_beside(column: Question, following: Question | None) -> float:
    """The width that a question of a row has beside the next one; 0 where each has a line of its own."""
    match column, following:
        case LongTextItem(), DateItem() | HoursItem() | IntegerItem():
            return _LONG_SHARE
        case TextItem(), DateItem() | HoursItem() | IntegerItem():
            return _TEXT_SHARE
        case (TextItem(), TextItem()) | (
            DateItem() | HoursItem() | IntegerItem(),
            DateItem() | HoursItem() | IntegerItem(),
        ):
            return 0.5
        case _:
            return 0
