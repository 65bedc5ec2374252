# SPDX-License-Identifier: MIT
"""The Grep records that a curriculum is built from, as Udir's REST interface, JSON dump and JSON-LD dump write them.

Keys that are not named here are ignored; all but the code may be missing. Aim texts are regulation and are kept to the
letter. JSON-LD has the keys of JSON, but a reference is only the URI of what it names, and what JSON nests may stand on
the record itself under a joined key. Plain functions read them: a dump has some 50,000 records, and a library that
validates each of them by a model takes longer than unzipping and parsing all of them.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict, TypeVar
from urllib.parse import unquote

from rkv_app.curriculum.markup import without_markup
from rkv_app.domain.aims import OfficialText

PLAN_TYPE = "laereplan_lk20"
SET_TYPE = "kompetansemaalsett_lk20"
AIM_TYPE = "kompetansemaal_lk20"
TRADE_TYPE = "opplaeringsfag"
NAMED_TYPES = frozenset({"fagkode", "programomraade"})

Data = Mapping[str, object]

_URI_ROOT = "http://psi.udir.no/kl06/"
_PUBLISHED = "status_publisert"
_MODULAR = "laereplanstruktur_2"
# Grep's longest aim has some 300 characters; a text of this length is no regulation text.
_MAX_TEXT = 20_000
_MAX_LANGUAGES = 64
_MAX_PLAIN = 500
_CODE = re.compile(r"[A-Za-zÆØÅæøå0-9_.-]{1,40}")
_LANGUAGE = re.compile(r"[a-z]{2,8}")
# What XML 1.0 (section 2.2) cannot carry: such a text could be neither archived nor printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class UnusableRecord(ValueError):
    """A record without a code, or with a text that cannot be kept as it is."""


@dataclass(frozen=True, slots=True)
class Reference:
    """How one record names another; `title` is its text in the language of adoption, of an aim the aim itself."""

    code: str
    uri: str = ""
    title: str = ""

    @property
    def text(self) -> OfficialText:
        """The title as a text in languages."""
        return OfficialText({"default": self.title} if self.title else {})


@dataclass(frozen=True, slots=True, kw_only=True)
class GrepRecord:
    """What all records have in common.

    Attributes:
        text: title of the record; of an aim it is the aim itself.
        changed: `sist-endret`, as written.
        published: whether Grep's status is `status_publisert`.
    """

    code: str
    uri: str
    text: OfficialText
    changed: str
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AimRecord(GrepRecord):
    """A competence aim (kompetansemål); what it names, it names by code, or by the empty text."""

    order: float | None
    set: str
    taken_from: str
    reuse_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SetRecord(GrepRecord):
    """A set of competence aims, or a module (kompetansemålsett)."""

    order: float | None
    aims: tuple[Reference, ...]
    plan: str
    trades: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeRecord(GrepRecord):
    """A subject of training (opplæringsfag).

    Attributes:
        plans: codes of the curricula it follows, with the codes of their sets that belong to it.
    """

    plans: Mapping[str, tuple[str, ...]]
    subjects: tuple[Reference, ...]
    areas: tuple[Reference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedRecord(GrepRecord):
    """A subject code (fagkode), with the trades it belongs to, or a programme area (programområde)."""

    trades: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRecord(GrepRecord):
    """A curriculum (læreplan)."""

    short_text: OfficialText
    modular: bool
    valid_from: date | None
    valid_to: date | None
    sets: tuple[Reference, ...]
    replaces: tuple[str, ...]
    replaced_by: tuple[str, ...]
    original_plans: tuple[str, ...]
    tags: tuple[str, ...]


def read_aim(data: Data) -> AimRecord:
    """Reads a competence aim. Raises UnusableRecord, as the other readers do."""
    return AimRecord(
        **_common(data),
        order=_number(data.get("rekkefoelge")),
        set=_code(data.get("tilhoerer-kompetansemaalsett")),
        taken_from=_code(data.get("hentet-fra")),
        reuse_of=_code(data.get("gjenbruk-av")),
    )


def read_set(data: Data) -> SetRecord:
    """Reads a set of aims."""
    return SetRecord(
        **_common(data),
        order=_number(data.get("rekkefoelge")),
        aims=_references(data.get("kompetansemaal")),
        plan=_code(data.get("tilhoerer-laereplan")),
        trades=_references(data.get("etter-fag")),
    )


def read_plan(data: Data) -> PlanRecord:
    """Reads a curriculum."""
    structure = _code(data.get("laereplanstruktur") or data.get("laaereplanstruktur"))
    return PlanRecord(
        **_common(data),
        short_text=_texts(data.get("kortform")),
        modular=structure == _MODULAR,
        valid_from=_day(_at(data, "gyldighetsperiode", "gyldig-fra")),
        valid_to=_day(_at(data, "gyldighetsperiode", "gyldig-til")),
        sets=_references(_at(data, "kompetansemaal-kapittel", "kompetansemaalsett")),
        replaces=_codes(data.get("erstatter")),
        replaced_by=_codes(data.get("erstattes-av")),
        original_plans=_codes(data.get("opprinnelige-planer")),
        tags=_codes(data.get("merkelapper")),
    )


def read_trade(data: Data) -> TradeRecord:
    """Reads a subject of training."""
    everywhere = _codes(data.get("tilhoerende-kompetansemaalsett"))
    plans: dict[str, tuple[str, ...]] = {}
    for entry in _entries(data.get("laereplan-referanse")):
        if plan := _code(entry):
            own = entry.get("tilhoerende-kompetansemaalsett") if isinstance(entry, dict) else None
            plans[plan] = _codes(own) or everywhere
    return TradeRecord(
        **_common(data),
        plans=plans,
        subjects=_references(data.get("fagkode-referanser")),
        areas=_references(data.get("programomraader-referanse")),
    )


def read_named(data: Data) -> NamedRecord:
    """Reads a subject code or a programme area."""
    return NamedRecord(
        **_common(data),
        trades=_codes(data.get("opplaeringsfag")),
    )


AnyRecord = TypeVar("AnyRecord", bound=GrepRecord)


def newer(known: AnyRecord | None, found: AnyRecord) -> AnyRecord:
    """Returns the later changed of two records with one code; of two changed at the same time the first."""
    return found if known is None or found.changed > known.changed else known


def uri_of(code: str) -> str:
    """The URI that Grep gives to what has this code."""
    return _URI_ROOT + code


def is_code(text: str) -> bool:
    """Whether something in Grep may have this code."""
    return _CODE.fullmatch(text) is not None


class _Common(TypedDict):
    code: str
    uri: str
    text: OfficialText
    changed: str
    published: bool


def _common(data: Data) -> _Common:
    code = _code(data)
    if not code:
        raise UnusableRecord("no code")
    return {
        "code": code,
        "uri": _uri(data) or uri_of(code),
        "text": _texts(_title(data)),
        "changed": _plain(data.get("sist-endret")),
        "published": _published(data),
    }


def _uri(data: Data) -> str:
    for key in ("uri", "uriId", "@id"):
        if uri := _plain(data.get(key)):
            return uri
    return ""


def _code(value: object) -> str:
    """The code of a record or of what a reference names; empty where there is none that can be used."""
    code: object = value
    if isinstance(value, dict):
        code = value.get("kode")
        if code is None:
            code = _last_part(_uri(value))
    elif isinstance(value, str):
        code = _last_part(value)
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _last_part(uri: str) -> str:
    # Only what Grep names by a URI: any other text is no reference.
    if uri.startswith(("http://", "https://")):
        return unquote(uri.rsplit("/", 1)[-1])
    return uri.rsplit(":", 1)[-1] if uri.startswith("urn:") else ""


def _entries(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _codes(value: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_code, _entries(value)))))


def _references(value: object) -> tuple[Reference, ...]:
    return tuple({one.code: one for one in _each_reference(_entries(value))}.values())


def _each_reference(entries: Iterable[object]) -> Iterable[Reference]:
    for entry in entries:
        if code := _code(entry):
            yield _reference(code, entry) if isinstance(entry, dict) else Reference(code)


def _reference(code: str, entry: Data) -> Reference:
    title = entry.get("tittel")
    if title and not isinstance(title, str):
        title = _texts(title).by_language.get("default", "")
    uri = _uri(entry)
    return Reference(code, "" if uri == _URI_ROOT + code else uri, _exact(title) if title else "")


def _title(data: Data) -> object:
    return data["tittel"] if "tittel" in data else data.get("tittel-tekst")


def _at(data: Data, chapter: str, key: str) -> object:
    """What stands under `key` in a chapter, or on the record itself under a joined key or its own."""
    inside = data.get(chapter)
    if isinstance(inside, dict) and key in inside:
        return inside[key]
    for name in (f"{chapter}-{key}", f"{chapter}-{key}-dato", key):
        if name in data:
            return data[name]
    return None


def _exact(value: object) -> str:
    if not isinstance(value, str) or len(value) > _MAX_TEXT:
        raise UnusableRecord("no text of a curriculum")
    if not value.isprintable() and _UNPRINTABLE.search(value):
        raise UnusableRecord("a text that cannot be printed")
    return without_markup(value) if "<" in value else value


def _texts(value: object) -> OfficialText:
    """Reads a text in any of Grep's shapes: `{tekst: [{spraak, verdi}]}`, `[{spraak, verdi}]`, plain string."""
    if isinstance(value, dict):
        value = value.get("tekst", [value])
    if isinstance(value, str):
        return OfficialText({"default": _exact(value)} if value else {})
    if not isinstance(value, list):
        return OfficialText({})
    if len(value) > _MAX_LANGUAGES:
        raise UnusableRecord("too many languages")
    found: dict[str, str] = {}
    given, kept = "", ""
    for entry in value:
        if not isinstance(entry, dict):
            continue
        text = entry.get("verdi") or entry.get("@value")
        language = entry.get("spraak") or entry.get("@language")
        if text and isinstance(language, str) and _LANGUAGE.fullmatch(language):
            # The text of adoption comes twice, as `default` and under its language: it is kept once.
            if text != given:
                given, kept = text, _exact(text)
            found.setdefault(language, kept)
    return OfficialText(found)


def _day(value: object) -> date | None:
    """Reads `2022-08-01T00:00:00`, alone or as the `dato` of a period; what cannot be read is no date."""
    if isinstance(value, dict):
        value = value.get("dato") or value.get("verdi") or value.get("@value")
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


def _plain(value: object) -> str:
    """A text that is no regulation; nothing where it cannot be kept."""
    if not isinstance(value, str) or len(value) > _MAX_PLAIN or not value.isprintable():
        return ""
    return value


def _published(data: Data) -> bool:
    status = data.get("status")
    return (_uri(status) if isinstance(status, dict) else _plain(status)).endswith(_PUBLISHED)
