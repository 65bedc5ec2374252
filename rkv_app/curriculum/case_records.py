# SPDX-License-Identifier: MIT
"""The part of 1EdTech CASE 1.1 that a curriculum is exchanged in: CFPackage with CFDocument, CFItem and CFAssociation.

Field names and what is required follow the information model of CASE 1.1 (1EdTech, 24 January 2025), in the forms that
belong inside a CFPackage. Fields that are not named here are ignored in what is read, and never written.
docs/formats/case.md says what is put where.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

IS_CHILD_OF: Final = "isChildOf"
IS_RELATED_TO: Final = "isRelatedTo"
REPLACED_BY: Final = "replacedBy"
# What CFItemType says of an item; Grep's own words.
SET_TYPE: Final = "Kompetansemålsett"
AIM_TYPE: Final = "Kompetansemål"
# Grep's longest plan has some hundred aims; a framework of a whole country has some thousand.
MAX_ITEMS: Final = 20_000

# What XML 1.0 (section 2.2) cannot carry: such a text could be neither archived nor printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """Returns `text`; raises ValueError where it could not be archived or printed."""
    if _UNPRINTABLE.search(text):
        raise ValueError("not a text that can be printed")
    return text


Text = Annotated[str, StringConstraints(max_length=20_000), AfterValidator(printable)]
# Codes as Grep has them; they stand in file names, item paths and packets.
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-zÆØÅæøå0-9_.-]{1,40}$")]
_Filled = Annotated[Text, StringConstraints(min_length=1)]
_Uuid = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$")
]
_Uri = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]
# To be read whatever its shape: Grep's own moment stands in the extension.
_Moment = Annotated[Text, StringConstraints(max_length=60)]
_Extensions = dict[str, Any]


class _Case(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)


class Link(_Case):
    """LinkGenURI: how an association names what it joins."""

    title: Text
    identifier: Annotated[Text, StringConstraints(min_length=1, max_length=200)]
    uri: _Uri
    target_type: Text | None = Field(None, alias="targetType")


class CaseDocument(_Case):
    """CFPckgDocument: the framework itself, here a curriculum."""

    identifier: _Uuid
    uri: _Uri
    case_version: Literal["1.1"] | None = Field(None, alias="caseVersion")
    creator: Text
    title: _Filled
    changed: _Moment = Field(alias="lastChangeDateTime")
    official_source: Text | None = Field(None, alias="officialSourceURL")
    publisher: Text | None = None
    language: Text | None = None
    version: Text | None = None
    adoption_status: Text | None = Field(None, alias="adoptionStatus")
    start: date | None = Field(None, alias="statusStartDate")
    end: date | None = Field(None, alias="statusEndDate")
    notes: Text | None = None
    extensions: _Extensions | None = None


class CaseItem(_Case):
    """CFPckgItem: a set of aims, or an aim."""

    identifier: _Uuid
    statement: _Filled = Field(alias="fullStatement")
    item_type: Text | None = Field(None, alias="CFItemType")
    uri: _Uri
    code: Text | None = Field(None, alias="humanCodingScheme")
    language: Text | None = None
    changed: _Moment = Field(alias="lastChangeDateTime")
    extensions: _Extensions | None = None


class CaseAssociation(_Case):
    """CFPckgAssociation: how two items, or an item and the document, belong together."""

    identifier: _Uuid
    kind: Annotated[Text, StringConstraints(max_length=200)] = Field(alias="associationType")
    place: int | None = Field(None, alias="sequenceNumber", ge=-(2**31), lt=2**31)
    uri: _Uri
    origin: Link = Field(alias="originNodeURI")
    destination: Link = Field(alias="destinationNodeURI")
    changed: _Moment = Field(alias="lastChangeDateTime")
    notes: Text | None = None


def is_case(data: Mapping[str, object]) -> bool:
    """Whether a JSON object is a CASE package rather than a Grep record."""
    return isinstance(data.get("CFDocument"), dict)


class CasePackage(_Case):
    """CFPackage."""

    document: CaseDocument = Field(alias="CFDocument")
    items: Annotated[tuple[CaseItem, ...], Field(max_length=MAX_ITEMS)] = Field((), alias="CFItems")
    associations: Annotated[tuple[CaseAssociation, ...], Field(max_length=4 * MAX_ITEMS)] = Field(
        (), alias="CFAssociations"
    )
