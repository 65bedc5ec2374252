# SPDX-License-Identifier: MIT
"""What a form is: items of a few closed types, words in every language, and when each item is asked.

The model is a small subset of FHIR Questionnaire (item tree, `enableWhen`, `required`) with readable key names. What
holds between items is checked by `rkv_app.forms.coherence` when a form is loaded.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from rkv_app.forms.faults import FormFault, Place
from rkv_app.foundation.i18n import message

MAX_TEXT = 2_000
MAX_LONG_TEXT = 20_000
TODAY = "today"

# A hyphen in a form's id only: item ids become field names in PDF and XLSForm, where a hyphen is trouble.
FormId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Version = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}\.[1-9][0-9]{0,2}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$")]
Count = Annotated[int, Field(ge=1)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=to_camel)


class Label(_Part):
    """Words of the form in each language: bokmål, nynorsk and English always, others (BCP 47 tags) as they come."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Text]

    nb: Text
    nn: Text
    en: Text

    def text(self, language: str) -> str:
        """The words for a reader of `language`; bokmål where there are none in it."""
        if language in ("nb", "nn", "en"):
            return str(getattr(self, language))
        return self.__pydantic_extra__.get(language, self.nb)


class Operator(StrEnum):
    """How a condition compares; closed, so that no form can compute. FHIR R4 `questionnaire-enable-operator`."""

    EXISTS = "exists"
    EQUAL = "="
    NOT_EQUAL = "!="
    GREATER = ">"
    LESS = "<"
    AT_LEAST = ">="
    AT_MOST = "<="


ORDERING = frozenset({Operator.GREATER, Operator.LESS, Operator.AT_LEAST, Operator.AT_MOST})


class Condition(_Part):
    """One comparison with the answer to an item that stands before; in an aim matrix, to a column of the same row."""

    item: ItemId
    operator: Annotated[Operator, Field(strict=False)]
    value: bool | str


class EnableWhen(_Part):
    """When an item is asked: if `all` of these hold, or `any` of them."""

    all: Annotated[tuple[Condition, ...], Field(min_length=1, strict=False)] | None = None
    any: Annotated[tuple[Condition, ...], Field(min_length=1, strict=False)] | None = None

    @model_validator(mode="after")
    def _one_of_the_two(self) -> Self:
        if (self.all is None) == (self.any is None):
            raise FormFault(message("enableWhen needs either all or any, and not both."))
        return self

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The comparisons, however they are joined."""
        return self.all or self.any or ()


class Option(_Part):
    """One answer to choose.

    Attributes:
        apart: stands outside the order of a scale and says nothing about the candidate; shown apart from the others.
    """

    code: ItemId
    label: Label
    hint: Label | None = None
    apart: bool = False


class _Item(_Part):
    """What all items have in common."""

    id: ItemId
    label: Label
    hint: Label | None = None
    enable_when: EnableWhen | None = None


class _Question(_Item):
    required: bool = False


class Note(_Item):
    """Words to read; no answer."""

    type: Literal["note"]


class TextItem(_Question):
    """One line of text."""

    type: Literal["text"]
    min_length: Count | None = None
    max_length: Annotated[int, Field(ge=1, le=MAX_TEXT)] = 200


class LongTextItem(_Question):
    """Text of several lines."""

    type: Literal["long_text"]
    min_length: Count | None = None
    max_length: Annotated[int, Field(ge=1, le=MAX_LONG_TEXT)] = 2_000


class YesNoItem(_Question):
    """Yes or no."""

    type: Literal["yes_no"]


class _WithOptions(_Question):
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=200, strict=False)]

    def codes(self) -> tuple[str, ...]:
        """Codes of the options, in order."""
        return tuple(option.code for option in self.options)


class ChoiceItem(_WithOptions):
    """One of several options."""

    type: Literal["choice"]


class ChoicesItem(_WithOptions):
    """Any number of options; answered with one or more where it is required."""

    type: Literal["choices"]


class ScaleItem(_WithOptions):
    """One step of a scale, lowest first."""

    type: Literal["scale"]

    def step(self, code: str) -> int | None:
        """Place of a step in the order; None for an option that stands apart and for an unknown code."""
        steps = [option.code for option in self.options if not option.apart]
        return steps.index(code) if code in steps else None


class DateItem(_Question):
    """A calendar date; `min` and `max` are dates or the word `today`."""

    type: Literal["date"]
    min: Day | None = None
    max: Day | None = None


Question = TextItem | LongTextItem | YesNoItem | ChoiceItem | ChoicesItem | ScaleItem | DateItem
QUESTIONS = (TextItem, LongTextItem, YesNoItem, ChoiceItem, ChoicesItem, ScaleItem, DateItem)
Column = Annotated[Question, Field(discriminator="type")]


class RowsRequired(StrEnum):
    """How many aims must be answered before the form is complete."""

    NONE = "none"
    AT_LEAST_ONE = "at_least_one"
    EVERY = "every"


class AimMatrixItem(_Item):
    """One row for each aim that was asked about, one column for each question about it.

    A row is begun when any of its columns has an answer that counts; only then are its required columns missed.
    """

    type: Literal["aim_matrix"]
    required: Annotated[RowsRequired, Field(strict=False)] = RowsRequired.NONE
    columns: Annotated[tuple[Column, ...], Field(min_length=1, max_length=20, strict=False)]

    def column(self, column_id: str) -> Column | None:
        """The column with this id, or None."""
        return next((column for column in self.columns if column.id == column_id), None)


class Section(_Item):
    """Items under one heading; hidden together."""

    type: Literal["section"]
    items: Annotated[tuple["Item", ...], Field(min_length=1, max_length=200, strict=False)]


Item = Annotated[Section | Note | Question | AimMatrixItem, Field(discriminator="type")]


class Form(_Part):
    """A form: what is asked, in which order, in which words. Published forms never change; they get a new version."""

    id: FormId
    version: Version
    title: Label
    description: Label | None = None
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=200, strict=False)]

    def placed(self) -> Iterator[tuple[Place, Item, tuple[Section, ...]]]:
        """Every item but the columns of matrices, in reading order: its place in the file, itself, its sections."""
        yield from _placed(self.items, ("items",), ())

    def find(self, item_id: str) -> Item | None:
        """The item with this id, or None."""
        return next((item for _, item, _ in self.placed() if item.id == item_id), None)

    def matrices(self) -> tuple[AimMatrixItem, ...]:
        """All aim matrices, in reading order."""
        return tuple(item for _, item, _ in self.placed() if isinstance(item, AimMatrixItem))


def _placed(
    items: tuple[Item, ...], place: Place, sections: tuple[Section, ...]
) -> Iterator[tuple[Place, Item, tuple[Section, ...]]]:
    for index, item in enumerate(items):
        here = (*place, index)
        yield here, item, sections
        if isinstance(item, Section):
            yield from _placed(item.items, (*here, "items"), (*sections, item))


def day_bound(bound: str, today: date) -> date:
    """The date that a bound of a date item means on the day `today`."""
    return today if bound == TODAY else date.fromisoformat(bound)
