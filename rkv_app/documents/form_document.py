# SPDX-License-Identifier: MIT
"""Any form as a document: meeting record, plan, agreement, self-assessment, evaluation; filled in, or to be."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from rkv_app.documents import theme
from rkv_app.documents.builder import DocumentBuilder, Said
from rkv_app.documents.choice_tables import Columns, columns_of, ticked, to_tick
from rkv_app.documents.form_words import answer_said, demanded, from_right, label_said, room_said
from rkv_app.documents.parts import carried_said
from rkv_app.documents.wording import language_tag
from rkv_app.domain.carried import Carried, marks
from rkv_app.domain.evaluations import AimText
from rkv_app.domain.plans import in_sets
from rkv_app.forms.explaining import condition_of
from rkv_app.forms.model import (
    QUESTIONS,
    AimMatrixItem,
    CalculatedItem,
    Form,
    Group,
    Item,
    Note,
    Placed,
    RepeatItem,
    Section,
)
from rkv_app.forms.reading import AimRow, Cell, Part, Repeated, Rows, item_path, read
from rkv_app.foundation.i18n import Words

# Rows that are there to be filled in by hand where somebody may add as many as they like.
_EMPTY_ROWS = 2
_SHARES = (0.4, 0.6)
_AIM_SHARES = (0.13, 0.37, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands around the questions.

    Attributes:
        reference: stands on each page; carries nothing of the person.
        subtitle: stands below the title.
        facts: name and value of what is known already: whom it is about, where, when.
        letterhead: who the sheet is from, then where they are; empty for none.
        files: what attached files are called, by id.
        signed_by: who is to sign, in words; nobody for a sheet that is not signed.
        language: BCP 47 tag of the form's own words, where they are wanted in another language than the document's.
    """

    reference: str
    subtitle: str = ""
    facts: Sequence[tuple[str, str]] = ()
    letterhead: Sequence[str] = ()
    files: Mapping[str, str] = field(default_factory=dict)
    signed_by: Sequence[str] = ()
    language: str = ""


def render_form(
    form: Form, answers: Mapping[str, object], aims: Sequence[AimText], sheet: Sheet, *, words: Words, at: datetime
) -> bytes:
    """Makes a form with its answers as a PDF. What is not asked is left out; what is not answered is shown as such.

    Args:
        form: what is asked.
        answers: by item path.
        aims: the aims that its matrices ask about.
        sheet: what stands around the questions.
        words: the document's language.
        at: when the document is made; it stands in the document and its metadata.

    Returns:
        A PDF/UA-1 and PDF/A-3a file; the same input gives the same bytes.
    """
    reading = read(form, answers, aims)
    return _Writer(form, sheet, words, at, reading.parts, carried=marks(answers)).written(reading.shown)


def render_empty_form(form: Form, aims: Sequence[AimText], sheet: Sheet, *, words: Words, at: datetime) -> bytes:
    """Makes a form to be printed and filled in by hand. Every question stands there, with room for the answer.

    Args and returns: see `render_form`.
    """
    parts: dict[str, Part] = {}
    for placed in form.placed():
        item = placed.item
        if isinstance(item, AimMatrixItem):
            parts[item.id] = Rows(item, tuple(AimRow(aim.code, _all_cells(item, aim.code), aim) for aim in aims))
        elif isinstance(item, QUESTIONS) and not isinstance(item, CalculatedItem):
            parts[item.id] = Cell(item.id, item, None)
    shown = {placed.item.id for placed in form.placed() if not isinstance(placed.item, CalculatedItem)}
    return _Writer(form, sheet, words, at, parts, empty=True).written(shown)


class _Writer:
    """Writes the items of one form into one document, in reading order."""

    def __init__(
        self,
        form: Form,
        sheet: Sheet,
        words: Words,
        at: datetime,
        parts: Mapping[str, Part],
        *,
        empty: bool = False,
        carried: Mapping[str, Carried] = MappingProxyType({}),
    ) -> None:
        self._form = form
        self._sheet = sheet
        self._words = words
        self._parts = parts
        self._empty = empty
        self._carried = carried
        self._language = sheet.language or words.language.value
        title = form.title.said(self._language)
        self._document = DocumentBuilder(
            title.text,
            sheet.reference,
            words,
            at,
            letterhead=sheet.letterhead,
            title_language=title.language,
            mirrored=from_right(self._language),
        )
        # Questions that follow each other stand in one table, whose columns are their options where they share those.
        self._waiting: list[Sequence[Sequence[Said]]] = []
        self._columns: Columns | None = None
        self._columns_of = {
            section.id: columns_of(section, words, self._language)
            for placed in form.placed()
            if isinstance(section := placed.item, Section) and section.is_table
        }

    def written(self, shown: frozenset[str] | set[str]) -> bytes:
        """Returns the document, with the items whose ids are `shown`."""
        document, words, sheet = self._document, self._words, self._sheet
        if sheet.subtitle:
            document.subtitle(sheet.subtitle)
        if self._language in self._form.machine_translated:
            document.small(words("The words of this form were translated by a machine and read by nobody."))
        if self._form.description is not None:
            description = self._form.description.said(self._language)
            document.paragraph(description.text, language=description.language)
        document.facts(sheet.facts)
        for placed in self._form.placed():
            if placed.item.id in shown:
                self._item(placed)
        self._end_table()
        if sheet.signed_by:
            document.heading(words("Signatures"))
            for who in sheet.signed_by:
                document.line_to_sign(who)
        return document.pdf()

    def _item(self, placed: Placed) -> None:
        item = placed.item
        below = bool(placed.sections)
        part = self._parts.get(item.id)
        match item:
            case Section():
                self._headed(item, below=below)
            case Note():
                self._end_table()
                self._only_when(item)
                said = item.label.said(self._language)
                self._document.paragraph(said.text, language=said.language)
            case AimMatrixItem() if isinstance(part, Rows):
                self._headed(item, below=below)
                self._matrix(part)
            case RepeatItem():
                self._headed(item, below=below)
                self._repeat(item, part if isinstance(part, Repeated) else None)
            case _ if isinstance(part, Cell):
                self._asked(part, placed.sections[-1] if below else None)
            case _:
                pass

    def _headed(self, item: Section | AimMatrixItem | RepeatItem, *, below: bool) -> None:
        self._end_table()
        said = item.label.said(self._language)
        if below:
            self._document.subheading(said.text, language=said.language)
        else:
            self._document.heading(said.text, language=said.language)
        self._only_when(item)
        for help_text in (item.hint, item.guidance):
            if help_text is not None:
                said = help_text.said(self._language)
                self._document.small(said.text, language=said.language)

    def _only_when(self, item: Item) -> None:
        """Says above what is not for everybody whom it is for; on paper nothing is hidden."""
        condition = condition_of(item, self._form) if self._empty else None
        if condition is not None:
            self._document.small(self._words("Only when {reasons}:", reasons=condition))

    def _asked(self, cell: Cell, section: Section | None) -> None:
        columns = self._columns_of.get(section.id) if section else None
        if columns != self._columns:
            self._end_table()
            self._columns = columns
        if columns is None:
            self._waiting.append(self._row(cell, self._form))
        else:
            asked = self._question(cell, self._form)
            if not self._empty and not cell.counts:
                asked += self._answer(cell)
            self._waiting.append((asked, *(to_tick(columns) if self._empty else ticked(cell, columns))))

    def _row(self, cell: Cell, where: Form | Group) -> Sequence[Sequence[Said]]:
        return self._question(cell, where), self._answer(cell)

    def _question(self, cell: Cell, where: Form | Group) -> list[Said]:
        item = cell.item
        asked = [label_said(item.label, self._language, theme.CELL_ASKED)]
        helps = (item.hint, item.guidance) if self._empty else (item.hint,)
        asked += [label_said(one, self._language, theme.CELL_SMALL) for one in helps if one is not None]
        if self._empty and (demand := demanded(item, where, self._words)):
            asked.append(Said(demand, theme.CELL_SMALL))
        return asked

    def _answer(self, cell: Cell) -> Sequence[Said]:
        if self._empty:
            return room_said(cell.item, self._words, self._language)
        return answer_said(cell, self._words, self._language, self._sheet.files)

    def _end_table(self) -> None:
        if self._waiting:
            words = self._words
            heads = [words("Question"), *(self._columns.heads if self._columns else [words("Answer")])]
            shares = self._columns.shares if self._columns else _SHARES
            whole = self._columns is not None
            self._document.table(heads, self._waiting, shares, keep_whole=whole, to_write_in=self._empty)
            self._waiting = []
        self._columns = None

    def _repeat(self, repeat: RepeatItem, part: Repeated | None) -> None:
        rows = [row.cells for row in part.rows] if part is not None else []
        if self._empty:
            rows = [_all_cells(repeat, str(number)) for number in range(min(max(repeat.min, _EMPTY_ROWS), repeat.max))]
        elif not rows:
            self._document.paragraph(self._words("Not answered"))
        for number, row in enumerate(rows, 1):
            self._waiting.append(([self._row_name(repeat, number)], []))
            self._waiting.extend(self._row(cell, repeat) for cell in row)
        self._end_table()

    def _row_name(self, repeat: RepeatItem, number: int) -> Said:
        said = (repeat.row_label or repeat.label).said(self._language)
        return Said(f"{said.text} {number}", theme.CELL_STRONG, said.language)

    def _matrix(self, part: Rows) -> None:
        words = self._words
        if self._empty:
            asked = [(one.label.text(self._language), one) for one in part.matrix.columns if one.enable_when]
            self._document.facts([(label, demanded(one, part.matrix, words)) for label, one in asked])
        for placed in in_sets(part.rows, lambda row: row.aim):
            if placed.begins is not None:
                self._document.paragraph(placed.begins.named, keep_with_next=True)
            if placed.title:
                self._document.subheading(placed.title, language=language_tag(placed.language))
            self._document.table(
                (words("Code"), words("Competence aim"), words("Answer")),
                [
                    (
                        [Said(row.aim.code, theme.CELL_CODE)],
                        [Said(row.aim.text, language=language_tag(row.aim.language))],
                        self._about_aim(row),
                    )
                    for row in placed.of_set
                ],
                _AIM_SHARES,
                to_write_in=self._empty,
            )

    def _about_aim(self, row: AimRow) -> Sequence[Said]:
        if not self._empty and not row.begun:
            return [Said(self._words("Not answered"), theme.CELL_SMALL)]
        said: list[Said] = []
        for cell in row.cells:
            if self._empty or cell.given or cell.item.required:
                said.append(label_said(cell.item.label, self._language, theme.CELL_SMALL))
                said.extend(self._answer(cell))
        return said + carried_said(self._carried.get(row.aim.code), row.aim, self._words)


def _all_cells(group: AimMatrixItem | RepeatItem, row_id: str) -> tuple[Cell, ...]:
    return tuple(Cell(item_path(group.id, row_id, column.id), column, None) for column in group.columns)
