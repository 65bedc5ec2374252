# SPDX-License-Identifier: MIT
"""The three Grep records that a curriculum is built from, as Udir's REST interface and JSON dump write them.

Keys that are not named here are ignored; all but `kode` may be missing. Aim texts are regulation and are kept to the
letter.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, TypeVar

from pydantic import AliasPath, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from rkv_app.curriculum.markup import without_markup
from rkv_app.domain.aims import OfficialText

PLAN_TYPE = "laereplan_lk20"
SET_TYPE = "kompetansemaalsett_lk20"
AIM_TYPE = "kompetansemaal_lk20"

_URI_ROOT = "http://psi.udir.no/kl06/"
_PUBLISHED = "status_publisert"
_MODULAR = "laereplanstruktur_2"
# Grep's longest aim has some 300 characters; a text of this length is no regulation text.
_MAX_TEXT = 20_000
_MAX_LANGUAGES = 64
_CODE = re.compile(r"[A-Za-zÆØÅæøå0-9_.-]{1,40}")
_LANGUAGE = re.compile(r"[a-z]{2,8}")
# What XML 1.0 (section 2.2) cannot carry: such a text could be neither archived nor printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _exact(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT or _UNPRINTABLE.search(value):
        raise ValueError("not a text that can be printed")
    return without_markup(value)


def _texts(value: object) -> Mapping[str, str]:
    """Reads a text in any of Grep's three shapes: `{tekst: [{spraak, verdi}]}`, `[{spraak, verdi}]`, plain string."""
    if isinstance(value, dict):
        value = value.get("tekst")
    if isinstance(value, str):
        return {"default": _exact(value)} if value else {}
    if not isinstance(value, list):
        return {}
    if len(value) > _MAX_LANGUAGES:
        raise ValueError("too many languages")
    found: dict[str, str] = {}
    for entry in value:
        if not isinstance(entry, dict) or not entry.get("verdi"):
            continue
        language = entry.get("spraak")
        if isinstance(language, str) and _LANGUAGE.fullmatch(language):
            found.setdefault(language, _exact(entry["verdi"]))
    return found


def _has_code(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    code = value.get("kode")
    return isinstance(code, str) and _CODE.fullmatch(code) is not None


def _one_reference(value: object) -> object:
    return value if _has_code(value) else None


def _references(value: object) -> object:
    entries = value if isinstance(value, list) else [value]
    return [entry for entry in entries if _has_code(entry)]


def _day(value: object) -> date | None:
    """Reads `2022-08-01T00:00:00`, alone or as the `dato` of a period; what cannot be read is no date."""
    if isinstance(value, dict):
        value = value.get("dato")
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _number(value: object) -> float | None:
    """Reads `rekkefoelge`, which Grep writes as 3 and as "3"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) < 1e9 else None


def _plain(value: object) -> object:
    return value if isinstance(value, str) else ""


Code = Annotated[str, StringConstraints(pattern=rf"^{_CODE.pattern}$")]
Plain = Annotated[str, BeforeValidator(_plain), StringConstraints(max_length=500)]
Texts = Annotated[Mapping[str, str], BeforeValidator(_texts)]
Day = Annotated[date | None, BeforeValidator(_day)]
Order = Annotated[float | None, BeforeValidator(_number)]


class Reference(BaseModel):
    """How one Grep record names another; `title` holds the text in the language of adoption."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    code: Code = Field(validation_alias="kode")
    uri_given: Plain = Field("", validation_alias="uri")
    title: Texts = Field({}, validation_alias="tittel")
    status: Plain = ""

    @property
    def uri(self) -> str:
        """Grep's URI of the record."""
        return self.uri_given or _URI_ROOT + self.code

    @property
    def text(self) -> OfficialText:
        """Title of the record; of an aim it is the aim itself."""
        return OfficialText(self.title)

    @property
    def published(self) -> bool:
        """Whether Grep's status is `status_publisert`."""
        return self.status.endswith(_PUBLISHED)


ReferenceOrNone = Annotated[Reference | None, BeforeValidator(_one_reference)]
References = Annotated[tuple[Reference, ...], BeforeValidator(_references)]


class GrepRecord(Reference):
    """What the three records have in common.

    Attributes:
        changed: `sist-endret`, as written.
    """

    changed: Plain = Field("", validation_alias="sist-endret")


class AimRecord(GrepRecord):
    """A competence aim (kompetansemål)."""

    order: Order = Field(None, validation_alias="rekkefoelge")
    set: ReferenceOrNone = Field(None, validation_alias="tilhoerer-kompetansemaalsett")
    taken_from: ReferenceOrNone = Field(None, validation_alias="hentet-fra")
    reuse_of: ReferenceOrNone = Field(None, validation_alias="gjenbruk-av")


class SetRecord(GrepRecord):
    """A set of competence aims, or a module (kompetansemålsett)."""

    aims: References = Field((), validation_alias="kompetansemaal")
    plan: ReferenceOrNone = Field(None, validation_alias="tilhoerer-laereplan")


class PlanRecord(GrepRecord):
    """A curriculum (læreplan)."""

    structure: ReferenceOrNone = Field(None, validation_alias="laereplanstruktur")
    valid_from: Day = Field(None, validation_alias=AliasPath("gyldighetsperiode", "gyldig-fra"))
    valid_to: Day = Field(None, validation_alias=AliasPath("gyldighetsperiode", "gyldig-til"))
    sets: References = Field((), validation_alias=AliasPath("kompetansemaal-kapittel", "kompetansemaalsett"))
    replaces: References = Field((), validation_alias="erstatter")
    replaced_by: References = Field((), validation_alias="erstattes-av")
    original_plans: References = Field((), validation_alias="opprinnelige-planer")

    @property
    def modular(self) -> bool:
        """Built of modules for adults."""
        return self.structure is not None and self.structure.code == _MODULAR


AnyRecord = TypeVar("AnyRecord", bound=GrepRecord)


def newer(known: AnyRecord | None, found: AnyRecord) -> AnyRecord:
    """Returns the later changed of two records with one code; a bare reference, which has no date, loses."""
    return found if known is None or found.changed > known.changed else known
