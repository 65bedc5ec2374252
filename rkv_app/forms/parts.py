# SPDX-License-Identifier: MIT
"""What the items of a form are made of: words in every language, options, conditions, constraints, calculations."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Annotated, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic.alias_generators import to_camel

from rkv_app.forms.faults import FormFault
from rkv_app.foundation.i18n import message

FORM_ID_PATTERN = r"[a-z][a-z0-9-]{0,63}"
VERSION_PATTERN = r"20[0-9]{2}\.[1-9][0-9]{0,2}"

# A hyphen in a form's id only: item ids become field names in PDF and XLSForm, where a hyphen is trouble.
FormId = Annotated[str, StringConstraints(pattern=f"^{FORM_ID_PATTERN}$")]
ItemId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
# An item, or a question of every row: `item` or `matrix/column`.
ItemRef = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}(/[a-z][a-z0-9_]{0,63})?$")]
Version = Annotated[str, StringConstraints(pattern=f"^{VERSION_PATTERN}$")]
LanguageTag = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=4_000, strip_whitespace=True)]
Day = Annotated[str, StringConstraints(pattern=r"^(today|[0-9]{4}-[0-9]{2}-[0-9]{2})$")]
Count = Annotated[int, Field(ge=1)]

OWN_LANGUAGES = ("nb", "nn", "en")
# Who reads Sami reads Norwegian; who reads any other language that a form lacks is likelier to read English.
_THEN_BOKMAL = ("nb", "nn", "se", "sma", "smj", "sms", "smn")


class Part(BaseModel):
    """What all parts of a form have in common: known keys only, exact types, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, alias_generator=to_camel)


class Said(NamedTuple):
    """Words of a form as they can be shown, and the language (BCP 47) that they are really in."""

    text: str
    language: str


class Label(Part):
    """Words of the form in each language: bokmål, nynorsk and English always, others (BCP 47 tags) as they come."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[LanguageTag, Text]

    nb: Text
    nn: Text
    en: Text

    def said(self, language: str) -> Said:
        """The words for a reader of `language`; where there are none, Sami falls back to bokmål, others to English.

        Whoever shows them marks words whose language is not the one that was asked for.
        """
        if language in OWN_LANGUAGES:
            return Said(str(getattr(self, language)), language)
        own = self.__pydantic_extra__.get(language)
        if own is not None:
            return Said(own, language)
        return Said(self.nb, "nb") if language.partition("-")[0] in _THEN_BOKMAL else Said(self.en, "en")

    def text(self, language: str) -> str:
        """The words of `said`, for who cannot show which language they are in."""
        return self.said(language).text

    def languages(self) -> tuple[str, ...]:
        """The languages that the words stand in."""
        return (*OWN_LANGUAGES, *self.__pydantic_extra__)


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


class Condition(Part):
    """One comparison with the answer to a question that stands before; in a row, to a column of the same row."""

    item: ItemId
    operator: Annotated[Operator, Field(strict=False)]
    value: bool | int | float | str


class EnableWhen(Part):
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


class Constraint(Part):
    """What must hold of an answer that is given, and the words for whoever gave another one.

    Attributes:
        code: what the problem is called in this item, for programs; the same over versions.
        operator: any but `exists`.
        value: what the answer is compared with, or None where `item` is given.
        item: a question of the same type before this one (in a row: a column of the same row), compared with instead.
        message: what is wrong and what to do, in the form's own words.
    """

    code: ItemId
    operator: Annotated[Operator, Field(strict=False)]
    value: bool | int | float | str | None = None
    item: ItemId | None = None
    message: Label

    @model_validator(mode="after")
    def _against_one_thing(self) -> Self:
        if (self.value is None) == (self.item is None):
            raise FormFault(message("A constraint compares with either value or item, and not both."))
        if self.operator is Operator.EXISTS:
            raise FormFault(message("A constraint cannot use exists; write required: true."))
        return self


class Option(Part):
    """One answer to choose.

    Attributes:
        apart: stands outside the order of a scale and says nothing about the candidate; shown apart from the others.
        score: what the option adds to a `score`.
    """

    code: ItemId
    label: Label
    hint: Label | None = None
    apart: bool = False
    score: Annotated[int, Field(ge=-1_000, le=1_000)] | None = None


class Unit(StrEnum):
    """What a number counts."""

    HOURS = "hours"
    HOURS_PER_WEEK = "hours_per_week"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    PERCENT = "percent"
    POINTS = "points"


class Function(StrEnum):
    """The named calculations; closed, so that no form can compute. `forms/calculations.py` says what each one gives."""

    SUM = "sum"
    COUNT = "count"
    SCORE = "score"
    MONTHS_BETWEEN = "months_between"
    FULL_TIME_MONTHS = "full_time_months"


class Calculation(Part):
    """A named calculation and what it looks at, all of it before the item that shows the result.

    Attributes:
        of: questions, questions of every row (`jobs/period`), or, for `count`, a repeat or an aim matrix.
        by: `full_time_months` only: the question of the same rows that says the percentage.
        until: periods only: a date up to which one that has no end counts; without it, such a period does not count.
        value: `count` only: the answers to count; without it, all.
    """

    function: Annotated[Function, Field(strict=False)]
    of: Annotated[tuple[ItemRef, ...], Field(min_length=1, max_length=50, strict=False)]
    by: ItemRef | None = None
    until: ItemId | None = None
    value: bool | str | None = None

    def refs(self) -> Iterator[tuple[str, str]]:
        """Every reference with the key that it stands under."""
        yield from (("of", ref) for ref in self.of)
        if self.by is not None:
            yield "by", self.by
        if self.until is not None:
            yield "until", self.until


class Migration(Part):
    """How answers on an older version become answers on the one that declares it; what is not named stays as it is.

    Attributes:
        from_version: the older version.
        renamed: old item or column to its new name. A column keeps its matrix, which may be renamed itself.
        codes: item or column (as it was called before) to old option code to new one.
        dropped: items and columns, as they were called before, whose answers go; also one whose type has changed.
    """

    model_config = ConfigDict(alias_generator=None)

    from_version: Annotated[Version, Field(alias="from")]
    renamed: dict[ItemRef, ItemRef] = {}
    codes: dict[ItemRef, dict[ItemId, ItemId]] = {}
    dropped: Annotated[tuple[ItemRef, ...], Field(strict=False)] = ()
