# SPDX-License-Identifier: MIT
"""Reads a FHIR Questionnaire, R4B or R5, back as the form that it was made from.

One of somebody else's is read as far as its items have types and ids that a form can have. Nothing in it is believed:
the result is checked like any form file.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.exchange.fhir_names import (
    FROM,
    GUIDANCE,
    HINT,
    ITEM_CONTROL,
    MAX_DECIMALS,
    MAX_OCCURS,
    MAX_VALUE,
    MIME_TYPE,
    MIME_TYPES,
    MIN_LENGTH,
    MIN_OCCURS,
    MIN_VALUE,
    OWN,
    ROWS_ARE_QUESTIONS,
    UCUM,
    UNIT,
    WEIGHTS,
    YES_NO_SYSTEM,
    canonical,
    extensions,
    heard,
    heard_aims,
    heard_label,
    value,
    values,
)
from rkv_app.forms.exchange.plain import Json, can_be_table, objects, without_nothing
from rkv_app.forms.loader import checked
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

MAX_BYTES = 8 * 1024 * 1024
_MAX_DEPTH = 24
# What an item is where nobody says it in our extension.
_GUESSED: Mapping[object, str] = {
    "group": "section",
    "display": "note",
    "string": "text",
    "text": "long_text",
    "boolean": "yes_no",
    "choice": "choice",
    "coding": "choice",
    "date": "date",
    "decimal": "hours",
    "integer": "integer",
    "attachment": "attachment",
}


class Questionnaire(NamedTuple):
    """A form, and the aims that its matrices ask about; none where it was written without."""

    form: Form
    aims: tuple[AimText, ...]


def read_json(data: bytes) -> Json:
    """Returns the JSON object in a file. Raises RKV-FRM-056 where it holds none, or is larger than 8 MiB."""
    try:
        found = json.loads(data) if len(data) <= MAX_BYTES else None
    except (ValueError, RecursionError) as problem:
        raise _unread(message("it is not JSON")) from problem
    if not isinstance(found, dict):
        raise _unread(message("it is no JSON object, or too large"))
    return found


def read_questionnaire(document: Mapping[str, object]) -> Questionnaire:
    """Returns the form that a Questionnaire holds.

    Raises:
        UserError: RKV-FRM-056 it is no Questionnaire, or not one that a form can be made of.
    """
    if document.get("resourceType") != "Questionnaire":
        raise _unread(message("it is no Questionnaire"))
    aims: dict[str, AimText] = {}
    items = [_item(one, aims, 0) for one in objects(document.get("item"))]
    plain: Json = without_nothing(
        {
            "id": str(document.get("url", "")).removeprefix(canonical("")),
            "version": document.get("version"),
            "title": heard(document, "title"),
            "description": heard(document, "description"),
            "anonymous": value(document, f"{OWN}anonymous"),
            "machineTranslated": values(document, f"{OWN}machine-translated"),
            "migrations": [_migration(one) for one in extensions(document, f"{OWN}migration")],
            "items": items,
        }
    )
    form = checked(plain)
    if not isinstance(form, Form):
        raise _unread(form[0].message)
    return Questionnaire(form, tuple(aims.values()))


def _item(source: Json, aims: dict[str, AimText], depth: int) -> Json:
    if depth > _MAX_DEPTH:
        raise _unread(message("the values are nested too deep"))
    inside, help_texts = _inside(source)
    kind = value(source, f"{OWN}type") or _guessed(source)
    found: Json = {
        "id": str(source.get("linkId")).rpartition("/")[2],
        "type": kind,
        "label": heard(source, "text"),
        "hint": help_texts.get(HINT) or heard_label(source, "hint"),
        "guidance": help_texts.get(GUIDANCE) or heard_label(source, "guidance"),
        "enableWhen": _enable_when(source),
    }
    match kind:
        case "section":
            items = [_item(one, aims, depth + 1) for one in inside]
            found["items"] = items
            found["appearance"] = "table" if _is_table(source) and can_be_table(items) else None
        case "aim_matrix":
            found["required"] = value(source, f"{OWN}rows-required")
            found["columns"] = [_item(one, aims, depth + 1) for one in _columns(inside, aims)]
        case "repeat":
            found.update(min=value(source, MIN_OCCURS), max=value(source, MAX_OCCURS))
            found["rowLabel"] = heard_label(source, "row-label")
            found["columns"] = [_item(one, aims, depth + 1) for one in inside]
        case "note":
            pass
        case _:
            found["required"] = source.get("required") if kind != "calculated" else None
            found["constraints"] = [_constraint(one) for one in extensions(source, f"{OWN}constraint")]
            found.update(_particulars(kind, source, inside))
    return without_nothing(found)


def _is_table(source: Json) -> bool:
    control = value(source, ITEM_CONTROL)
    codings = objects(control.get("coding")) if isinstance(control, dict) else []
    return any(one.get("code") == ROWS_ARE_QUESTIONS for one in codings)


def _inside(source: Json) -> tuple[list[Json], dict[str, Json | None]]:
    """The items in an item, and apart from them the words that help with it."""
    link = str(source.get("linkId"))
    items: list[Json] = []
    help_texts: dict[str, Json | None] = {}
    for one in objects(source.get("item")):
        which = str(one.get("linkId")).removeprefix(link)
        if which in (HINT, GUIDANCE):
            help_texts[which] = heard(one, "text")
        else:
            items.append(one)
    return items, help_texts


def _columns(inside: list[Json], aims: dict[str, AimText]) -> list[Json]:
    """The columns of an aim matrix: those of its first aim, where it has aims."""
    rows = [(row, heard_aims(row)) for row in inside]
    if not any(found for _, found in rows):
        return inside
    aims.update((aim.code, aim) for _, found in rows for aim in found)
    return objects(rows[0][0].get("item"))


def _guessed(source: Json) -> str:
    kind = _GUESSED.get(source.get("type"), "")
    if source.get("repeats"):
        return {"section": "repeat", "choice": "choices"}.get(kind, kind)
    return kind


def _particulars(kind: object, source: Json, inside: list[Json]) -> Json:
    """What only questions of one type have."""
    match kind:
        case "text" | "long_text":
            return {"minLength": value(source, MIN_LENGTH), "maxLength": source.get("maxLength")}
        case "yes_no":
            return {"notObserved": True} if source.get("answerOption") else {}
        case "choice" | "choices" | "scale":
            return {"options": [_option(one) for one in objects(source.get("answerOption"))]}
        case "date":
            return _bounds(source)
        case "period":
            return {"openEnd": value(source, f"{OWN}open-end"), **_bounds(inside[0] if inside else {})}
        case "hours":
            return {**_bounds(source), "unit": _unit(source), "decimals": value(source, MAX_DECIMALS)}
        case "integer":
            return {**_bounds(source), "unit": _unit(source)}
        case "attachment":
            mimes = values(source, MIME_TYPE)
            accept = [kind for kind, known in MIME_TYPES.items() if set(known) & {str(mime) for mime in mimes}]
            # In the order that they were written in, which is that in which they are shown.
            accept.sort(key=lambda kind: min(mimes.index(mime) for mime in MIME_TYPES[kind] if mime in mimes))
            return {"accept": accept, "max": value(source, MAX_OCCURS)}
        case "calculated":
            calculation = [_calculation(one) for one in extensions(source, f"{OWN}calculation")]
            return {
                "calculate": calculation[0] if calculation else None,
                "unit": _unit(source),
                "decimals": value(source, MAX_DECIMALS),
            }
        case _:
            return {}


def _bounds(source: Json) -> Json:
    least, most = value(source, f"{OWN}min"), value(source, f"{OWN}max")
    return {
        "min": value(source, MIN_VALUE) if least is None else least,
        "max": value(source, MAX_VALUE) if most is None else most,
    }


def _unit(source: Json) -> str | None:
    coding = value(source, UNIT)
    code = coding.get("code") if isinstance(coding, dict) else None
    return next((unit.value for unit, ucum in UCUM.items() if ucum == code), None)


def _option(source: Json) -> Json:
    coding = source.get("valueCoding")
    coding = coding if isinstance(coding, dict) else {}
    weights = [value(source, url) for url in WEIGHTS]
    score = next((weight for weight in weights if weight is not None), None)
    scored = value(source, f"{OWN}unscored") is None
    return without_nothing(
        {
            "code": coding.get("code"),
            "label": heard(coding, "display"),
            "hint": heard_label(source, "hint"),
            "apart": value(source, f"{OWN}apart"),
            "score": score if scored else None,
        }
    )


def _enable_when(source: Json) -> Json | None:
    conditions = [_condition(one) for one in objects(source.get("enableWhen"))]
    return {str(source.get("enableBehavior", "all")): conditions} if conditions else None


def _condition(source: Json) -> Json:
    answer = next((found for key, found in source.items() if key.startswith("answer")), None)
    if value(source, f"{OWN}empty"):
        answer = ""
    if isinstance(answer, dict):
        code = answer.get("code")
        yes_no = answer.get("system") == YES_NO_SYSTEM
        answer = {"true": True, "false": False}.get(str(code), code) if yes_no else code
    named = str(source.get("question")).rpartition("/")[2].removesuffix(FROM)
    return {"item": named, "operator": source.get("operator"), "value": answer}


def _constraint(source: Json) -> Json:
    item, compared = value(source, "item"), value(source, "value")
    return without_nothing(
        {
            "code": value(source, "code"),
            "operator": value(source, "operator"),
            # No text of FHIR's is empty: one that was is left out.
            "value": "" if item is None and compared is None else compared,
            "item": item,
            "message": heard_label(source, "message"),
        }
    )


def _calculation(source: Json) -> Json:
    return without_nothing(
        {
            "function": value(source, "function"),
            "of": values(source, "of"),
            "by": value(source, "by"),
            "until": value(source, "until"),
            "value": value(source, "value"),
        }
    )


def _migration(source: Json) -> Json:
    codes = [(str(value(one, "item")), _pairs(one, "code")) for one in extensions(source, "codes")]
    return without_nothing(
        {
            "from": value(source, "from"),
            "renamed": _pairs(source, "renamed"),
            "codes": dict(codes),
            "dropped": values(source, "dropped"),
        }
    )


def _pairs(source: Json, url: str) -> Json:
    return {str(value(one, "old")): value(one, "new") for one in extensions(source, url)}


def _unread(why: Message) -> UserError:
    return UserError(
        "RKV-FRM-056",
        message("No form can be made of this file: {why}", why=why),
        message("Nothing was written. Ask whoever made the file for another one, or make the form by hand."),
    )
