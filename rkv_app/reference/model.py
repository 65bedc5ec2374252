# SPDX-License-Identifier: MIT
"""What may stand in a list file: closed, strict, and checked before anything of it is used."""

from datetime import date
from typing import Annotated, Generic, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.reference import Fact, Need, Side


def _day(value: object) -> object:
    return date.fromisoformat(value) if isinstance(value, str) else value


Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
Day = Annotated[date, BeforeValidator(_day)]
# Strict means Python's own types; a file has words and lists where the model has members, tuples and sets.
_AS_WRITTEN = Field(strict=False)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Label(_Part):
    """Words in the three languages, all of them."""

    nb: Text
    nn: Text
    en: Text


class EntryModel(_Part):
    """See `domain.reference.Entry`; `source` is a key of the file's `sources`."""

    code: Code
    label: Label
    source: Code
    confirmed: bool
    checked_on: Day | None = None
    valid_from: Day | None = None
    valid_to: Day | None = None
    pending: bool = False
    note: Label | None = None


class MeasureModel(EntryModel):
    """See `domain.reference.Measure`."""

    arena: str = ""


class LegalBasisModel(EntryModel):
    """See `domain.reference.LegalBasis`."""

    provision: str
    side: Annotated[Side, _AS_WRITTEN]


class EvidenceTypeModel(EntryModel):
    """See `domain.reference.EvidenceType`."""

    role: Annotated[DocumentRole, _AS_WRITTEN]


class DocumentItemModel(EntryModel):
    """See `domain.reference.DocumentItem`."""

    facts: Annotated[frozenset[Annotated[Fact, _AS_WRITTEN]], _AS_WRITTEN] = frozenset()
    roles: Annotated[frozenset[Annotated[DocumentRole, _AS_WRITTEN]], _AS_WRITTEN] = frozenset()


class AskedModel(_Part):
    """See `domain.reference.Asked`."""

    item: Code
    need: Annotated[Need, _AS_WRITTEN]
    source: Code
    confirmed: bool


class CountyDocumentsModel(EntryModel):
    """See `domain.reference.CountyDocuments`."""

    asked: Annotated[tuple[AskedModel, ...], Field(strict=False, min_length=1)]
    names: Annotated[tuple[Text, ...], _AS_WRITTEN] = ()
    most_wanted: Annotated[int, Field(ge=1, le=3)] | None = None
    late_weeks: Annotated[int, Field(ge=1, le=52)] | None = None


class RetentionModel(EntryModel):
    """See `domain.reference.Retention`."""

    months: Annotated[int, Field(ge=0, le=1200)] | None


class RoadRuleModel(EntryModel):
    """See `domain.reference.RoadRule`."""

    provision: str = ""


class EverydayModel(EntryModel):
    """See `domain.reference.Everyday`."""

    said: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]
    written: Annotated[tuple[Text, ...], Field(strict=False, min_length=1)]


M = TypeVar("M", bound=EntryModel)


class ListFile(_Part, Generic[M]):
    """A whole file: when it was checked, the sources by a short name, and the entries.

    A source that reads the same in any language, such as an address, is one text; any other is a label.
    """

    checked_on: Day
    sources: Annotated[dict[Code, Label | Text], Field(min_length=1)]
    entries: Annotated[tuple[M, ...], Field(strict=False)]
