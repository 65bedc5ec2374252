# SPDX-License-Identifier: MIT
"""What a form is: items of a few closed types, words in every language, and when each item is asked.

The model is a small subset of FHIR Questionnaire (item tree, `enableWhen`, `required`) with readable key names. What
holds between items is checked by `rkv_app.forms.coherence` when a form is loaded. What the answer to each type looks
like as JSON is said in its docstring and enforced in `rkv_app.forms.values`.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Literal, NamedTuple

from pydantic import Field

from rkv_app.forms.parts import (
    Calculation,
    Constraint,
    Count,
    Day,
    EnableWhen,
    FormId,
    ItemId,
    Label,
    LanguageTag,
    Migration,
    Option,
    Part,
    Unit,
    Version,
)
from rkv_app.foundation.closed_yaml import Place

MAX_TEXT = 2_000
MAX_LONG_TEXT = 20_000
MAX_NUMBER = 1_000_000_000
MAX_ROWS = 100
MAX_FILES = 20
# As many as can stand beside each other on a wide screen, such as 0 to 10 and "do not know".
MAX_TABLE_OPTIONS = 12
TODAY = "today"
NOT_OBSERVED = "not_observed"

Number = Annotated[float, Field(ge=-MAX_NUMBER, le=MAX_NUMBER, allow_inf_nan=False)]
WholeNumber = Annotated[int, Field(ge=-MAX_NUMBER, le=MAX_NUMBER)]


class _Item(Part):
    """What all items have in common.

    Attributes:
        hint: always shown.
        guidance: longer help, shown when asked for, and in print.
    """

    id: ItemId
    label: Label
    hint: Label | None = None
    guidance: Label | None = None
    enable_when: EnableWhen | None = None


class _Question(_Item):
    required: bool = False
    constraints: Annotated[tuple[Constraint, ...], Field(max_length=20, strict=False)] = ()


class Note(_Item):
    """Words to read; no answer."""

    type: Literal["note"]


class TextItem(_Question):
    """One line of text; a JSON string."""

    type: Literal["text"]
    min_length: Count | None = None
    max_length: Annotated[int, Field(ge=1, le=MAX_TEXT)] = 200


class LongTextItem(_Question):
    """Text of several lines; a JSON string."""

    type: Literal["long_text"]
    min_length: Count | None = None
    max_length: Annotated[int, Field(ge=1, le=MAX_LONG_TEXT)] = 2_000


class YesNoItem(_Question):
    """Yes or no; true, false, or `"not_observed"` where `notObserved` lets the person say so."""

    type: Literal["yes_no"]
    not_observed: bool = False


class _WithOptions(_Question):
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=200, strict=False)]

    def codes(self) -> tuple[str, ...]:
        """Codes of the options, in order."""
        return tuple(option.code for option in self.options)

    def option(self, code: object) -> Option | None:
        """The option with this code, or None."""
        return next((option for option in self.options if option.code == code), None)


class ChoiceItem(_WithOptions):
    """One of several options; its code."""

    type: Literal["choice"]


class ChoicesItem(_WithOptions):
    """Any number of options; a list of different codes, one or more where it is required."""

    type: Literal["choices"]


class ScaleItem(_WithOptions):
    """One step of a scale, lowest first; its code."""

    type: Literal["scale"]

    def step(self, code: str) -> int | None:
        """Place of a step in the order; None for an option that stands apart and for an unknown code."""
        steps = [option.code for option in self.options if not option.apart]
        return steps.index(code) if code in steps else None


class DateItem(_Question):
    """A calendar date, `"YYYY-MM-DD"`; `min` and `max` are dates or the word `today`."""

    type: Literal["date"]
    min: Day | None = None
    max: Day | None = None


class PeriodItem(_Question):
    """A first and a last day: `{"from": "YYYY-MM-DD", "to": "YYYY-MM-DD"}`.

    A half can be saved while somebody is writing, and is a problem unless it is `from` in a period with `openEnd`,
    which then goes on still.
    """

    type: Literal["period"]
    min: Day | None = None
    max: Day | None = None
    open_end: bool = False


class HoursItem(_Question):
    """A decimal number of some unit, hours where nothing else is said; a JSON number."""

    type: Literal["hours"]
    unit: Annotated[Unit, Field(strict=False)] = Unit.HOURS
    decimals: Annotated[int, Field(ge=0, le=3)] = 2
    min: Number = 0
    max: Number = 100_000


class IntegerItem(_Question):
    """A whole number; a JSON number."""

    type: Literal["integer"]
    unit: Annotated[Unit, Field(strict=False)] | None = None
    min: WholeNumber | None = None
    max: WholeNumber | None = None


class Kind(StrEnum):
    """What an attachment may be."""

    IMAGE = "image"
    PDF = "pdf"


class AttachmentItem(_Question):
    """Files that lie in the store; a list of different attachment ids."""

    type: Literal["attachment"]
    accept: Annotated[tuple[Annotated[Kind, Field(strict=False)], ...], Field(min_length=1, strict=False)] = tuple(Kind)
    max: Annotated[int, Field(ge=1, le=MAX_FILES)] = 1


class CalculatedItem(_Item):
    """A number that the program finds from other answers; never written by anybody, found again whenever it is read.

    Attributes:
        calculate: what gives the number.
        required, constraints: as questions have; nobody can answer here, so nothing is ever required.
    """

    type: Literal["calculated"]
    calculate: Calculation
    unit: Annotated[Unit, Field(strict=False)] | None = None
    decimals: Annotated[int, Field(ge=0, le=3)] = 1
    constraints: Annotated[tuple[Constraint, ...], Field(max_length=20, strict=False)] = ()

    @property
    def required(self) -> bool:
        """Never."""
        return False


Asked = (
    TextItem
    | LongTextItem
    | YesNoItem
    | ChoiceItem
    | ChoicesItem
    | ScaleItem
    | DateItem
    | PeriodItem
    | HoursItem
    | IntegerItem
    | AttachmentItem
)
Question = Asked | CalculatedItem
QUESTIONS = (
    TextItem,
    LongTextItem,
    YesNoItem,
    ChoiceItem,
    ChoicesItem,
    ScaleItem,
    DateItem,
    PeriodItem,
    HoursItem,
    IntegerItem,
    AttachmentItem,
    CalculatedItem,
)
Column = Annotated[Asked, Field(discriminator="type")]


class RowsRequired(StrEnum):
    """How many aims must be answered before the form is complete."""

    NONE = "none"
    AT_LEAST_ONE = "at_least_one"
    EVERY = "every"


class _Group(_Item):
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=20, strict=False)]

    def column(self, column_id: str) -> Column | None:
        """The column with this id, or None."""
        return next((column for column in self.columns if column.id == column_id), None)


class AimMatrixItem(_Group):
    """One row for each aim that was asked about, one column for each question about it.

    A row is begun when any of its columns has an answer that counts; only then are its required columns missed. The
    answers lie under `matrix/<aim code>/<column>`; nothing lies under `matrix`.
    """

    type: Literal["aim_matrix"]
    required: Annotated[RowsRequired, Field(strict=False)] = RowsRequired.NONE


class RepeatItem(_Group):
    """The same questions for as many rows as somebody adds, in the order that they choose.

    The answer under the item's own id is the list of row ids, in order; the answers of a row lie under
    `item/<row id>/<column>`. A row that is taken off the list keeps its answers until the form is completed, so it can
    be put back.

    Attributes:
        row_label: what one row is called, such as "Job".
    """

    type: Literal["repeat"]
    min: Annotated[int, Field(ge=0, le=MAX_ROWS)] = 0
    max: Annotated[int, Field(ge=1, le=MAX_ROWS)] = 20
    row_label: Label | None = None


Group = AimMatrixItem | RepeatItem
# What can be a row of a table of questions.
TableRow = YesNoItem | ChoiceItem | ChoicesItem | ScaleItem


class Appearance(StrEnum):
    """How the questions of a section stand; XLSForm calls it `appearance`, FHIR `itemControl`."""

    TABLE = "table"


class Section(_Item):
    """Items under one heading; hidden together.

    Attributes:
        appearance: `table` shows the questions as rows and their options, the same for all of them, as columns, where
            there is room. It changes nothing about the answers.
    """

    type: Literal["section"]
    appearance: Annotated[Appearance, Field(strict=False)] | None = None
    items: Annotated[tuple["Item", ...], Field(min_length=1, max_length=200, strict=False)]

    @property
    def is_table(self) -> bool:
        """Whether its questions are shown as a table."""
        return self.appearance is Appearance.TABLE


Item = Annotated[Section | Note | Question | AimMatrixItem | RepeatItem, Field(discriminator="type")]


class Placed(NamedTuple):
    """An item, its place in the file, and the sections around it, outermost first."""

    place: Place
    item: Item
    sections: tuple[Section, ...]


class Form(Part):
    """A form: what is asked, in which order, in which words. Published forms never change; they get a new version.

    Attributes:
        anonymous: answers belong to no case, and nothing tells whose they are or on which day they were given.
        machine_translated: languages in which the words were made by a machine and read by nobody; a reader is told.
        migrations: how answers on older versions are moved to this one, `rkv_app.forms.migrations`.
    """

    id: FormId
    version: Version
    title: Label
    description: Label | None = None
    anonymous: bool = False
    machine_translated: Annotated[tuple[LanguageTag, ...], Field(strict=False)] = ()
    migrations: Annotated[tuple[Migration, ...], Field(max_length=50, strict=False)] = ()
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=200, strict=False)]

    @cached_property
    def _all(self) -> tuple[Placed, ...]:
        return tuple(_placed(self.items, ("items",), ()))

    @cached_property
    def _by_id(self) -> Mapping[str, Item]:
        return {placed.item.id: placed.item for placed in self._all}

    def placed(self) -> tuple[Placed, ...]:
        """Every item but the columns of groups, in reading order."""
        return self._all

    def find(self, item_id: str) -> Item | None:
        """The item with this id, or None."""
        return self._by_id.get(item_id)

    def matrices(self) -> tuple[AimMatrixItem, ...]:
        """All aim matrices, in reading order."""
        return tuple(placed.item for placed in self._all if isinstance(placed.item, AimMatrixItem))

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Every question, those of rows as `group/column`, in reading order."""
        for placed in self._all:
            if isinstance(placed.item, Group):
                yield from ((f"{placed.item.id}/{column.id}", column) for column in placed.item.columns)
            elif isinstance(placed.item, QUESTIONS):
                yield placed.item.id, placed.item


def _placed(items: tuple[Item, ...], place: Place, sections: tuple[Section, ...]) -> Iterator[Placed]:
    for index, item in enumerate(items):
        here = (*place, index)
        yield Placed(here, item, sections)
        if isinstance(item, Section):
            yield from _placed(item.items, (*here, "items"), (*sections, item))


def day_bound(bound: str, today: date) -> date:
    """The date that a bound of a date item means on the day `today`."""
    return today if bound == TODAY else date.fromisoformat(bound)


def version_order(version: str) -> tuple[int, ...]:
    """What versions are sorted by."""
    return tuple(int(part) for part in version.split("."))
