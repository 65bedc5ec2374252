# SPDX-License-Identifier: MIT
"""What forms are called in FHIR R4B and R5: addresses of extensions, types of items, units, and texts in languages.

`docs/formats/form-exchange.md` is the whole table.
"""

from collections.abc import Mapping
from enum import StrEnum

from rkv_app.domain.evaluations import AimText, PlanText
from rkv_app.forms.exchange.plain import Json, objects
from rkv_app.forms.parts import Label, Unit

# No web address: nothing is published there that anybody could be led to.
OWN = "urn:rkv:fhir:"
YES_NO_SYSTEM = f"{OWN}yes-no"
ATTACHMENT = "urn:rkv:attachment:"
_HL7 = "http://hl7.org/fhir/StructureDefinition/"
TRANSLATION = f"{_HL7}translation"
MIN_VALUE = f"{_HL7}minValue"
MAX_VALUE = f"{_HL7}maxValue"
MIN_LENGTH = f"{_HL7}minLength"
MAX_DECIMALS = f"{_HL7}maxDecimalPlaces"
MIME_TYPE = f"{_HL7}mimeType"
MIN_OCCURS = f"{_HL7}questionnaire-minOccurs"
MAX_OCCURS = f"{_HL7}questionnaire-maxOccurs"
UNIT = f"{_HL7}questionnaire-unit"
ITEM_CONTROL = f"{_HL7}questionnaire-itemControl"
ITEM_CONTROL_SYSTEM = "http://hl7.org/fhir/questionnaire-item-control"
# "Questions within the group are rows in the table with possible answers as columns."
ROWS_ARE_QUESTIONS = "htable"
CATEGORY = f"{_HL7}questionnaire-displayCategory"
BASE_LANGUAGE = "nb"
# Parts of an id that no item can have: a hyphen never stands in one.
HINT = "-hint"
GUIDANCE = "-guidance"
FROM = "-from"
TO = "-to"

# Unified Code for Units of Measure; what counts points has none and is an annotation.
UCUM: Mapping[Unit, str] = {
    Unit.HOURS: "h",
    Unit.HOURS_PER_WEEK: "h/wk",
    Unit.DAYS: "d",
    Unit.WEEKS: "wk",
    Unit.MONTHS: "mo",
    Unit.YEARS: "a",
    Unit.PERCENT: "%",
    Unit.POINTS: "{points}",
}
UCUM_SYSTEM = "http://unitsofmeasure.org"
MIME_TYPES: Mapping[str, tuple[str, ...]] = {"image": ("image/png", "image/jpeg"), "pdf": ("application/pdf",)}


class Release(StrEnum):
    """The versions of FHIR that are written; both are read."""

    R4B = "r4b"
    R5 = "r5"

    @property
    def coded(self) -> str:
        """The type of a question with options."""
        return "coding" if self is Release.R5 else "choice"

    @property
    def weight(self) -> str:
        """The extension that says what an option weighs."""
        return f"{_HL7}itemWeight" if self is Release.R5 else f"{_HL7}ordinalValue"


WEIGHTS = tuple(release.weight for release in Release)


def canonical(form_id: str) -> str:
    """The address that a form is known by, without its version."""
    return f"urn:rkv:form:{form_id}"


def codes_of(form_id: str, ref: str) -> str:
    """The code system of the options of a question: `item` or `group/column`."""
    return f"urn:rkv:form:{form_id}:{ref}"


def own(name: str, **value: object) -> Json:
    """One of our extensions, with its value."""
    return {"url": OWN + name, **value}


def own_parts(name: str, parts: list[Json]) -> Json:
    """One of our extensions, made of others."""
    return {"url": OWN + name, "extension": parts}


def own_label(name: str, label: Label) -> Json:
    """Words in every language as one of our extensions."""
    return own_parts(name, [{"url": tag, "valueString": label.said(tag).text} for tag in label.languages()])


def say(target: Json, key: str, label: Label) -> None:
    """Puts words under a key: bokmål there, other languages in the translation extension beside it."""
    target[key] = label.text(BASE_LANGUAGE)
    target[f"_{key}"] = {
        "extension": [
            {
                "url": TRANSLATION,
                "extension": [
                    {"url": "lang", "valueCode": tag},
                    {"url": "content", "valueString": label.text(tag)},
                ],
            }
            for tag in label.languages()
            if tag != BASE_LANGUAGE
        ]
    }


def heard(source: Mapping[str, object], key: str) -> Json | None:
    """The words under a key in every language, as `say` puts them; None where there are none."""
    if key not in source:
        return None
    found: Json = {BASE_LANGUAGE: source[key]}
    beside = source.get(f"_{key}")
    for extension in extensions(beside if isinstance(beside, dict) else {}, TRANSLATION):
        found[str(value(extension, "lang"))] = value(extension, "content")
    return found


def heard_label(source: Mapping[str, object], name: str) -> Json | None:
    """The words in one of our extensions; None where it is not there."""
    for extension in extensions(source, OWN + name):
        return {str(one.get("url")): one.get("valueString") for one in objects(extension.get("extension"))}
    return None


def extensions(source: Mapping[str, object], url: str) -> list[Json]:
    """The extensions with this address, in order."""
    return [one for one in objects(source.get("extension")) if one.get("url") == url]


def value(source: Mapping[str, object], url: str) -> object:
    """The value of the first extension with this address, whatever its type; None where there is none."""
    for one in extensions(source, url):
        return value_of(one)
    return None


def value_of(extension: Mapping[str, object]) -> object:
    """The value of an extension or an answer (`value[x]`), whatever its type; None where there is none."""
    return next((found for key, found in extension.items() if key.startswith("value")), None)


def values(source: Mapping[str, object], url: str) -> list[object]:
    """The values of all extensions with this address, in order."""
    return [value_of(one) for one in extensions(source, url)]


def aim_coding(aim: AimText) -> Json:
    """An aim as a coding: its address up to the code is the system, so that an aim of Udir's is found in Grep."""
    system = aim.uri.removesuffix(aim.code)
    return {"system": system, "code": aim.code, "display": aim.text} if system else {"code": aim.code}


def aim_extension(aim: AimText) -> Json:
    """An aim with its text as it was put to somebody, to the letter."""
    parts: list[Json] = [
        {"url": "code", "valueString": aim.code},
        {"url": "uri", "valueUri": aim.uri},
        {"url": "text", "valueString": aim.text},
        {"url": "language", "valueCode": aim.language},
        {"url": "set-code", "valueString": aim.set_code},
        {"url": "set-title", "valueString": aim.set_title},
    ]
    if aim.plan is not None:
        parts += [
            {"url": "plan-code", "valueString": aim.plan.code},
            {"url": "plan-changed", "valueString": aim.plan.changed},
            {"url": "plan-title", "valueString": aim.plan.title},
        ]
    return own_parts("aim", [part for part in parts if value_of(part)])


def heard_aims(source: Mapping[str, object]) -> tuple[AimText, ...]:
    """The aims in our extensions, in order."""
    found: list[AimText] = []
    for extension in extensions(source, f"{OWN}aim"):
        code, uri, text, language, set_code, set_title = (
            str(value(extension, key) or "") for key in ("code", "uri", "text", "language", "set-code", "set-title")
        )
        plan = PlanText(*(str(value(extension, key) or "") for key in ("plan-code", "plan-changed", "plan-title")))
        found.append(
            AimText(
                code=code,
                uri=uri,
                text=text,
                language=language,
                set_code=set_code,
                set_title=set_title,
                plan=plan if plan.code else None,
            )
        )
    return tuple(found)
