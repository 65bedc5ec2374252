# SPDX-License-Identifier: MIT
"""The JSON Schema (draft 2020-12) of the answers to a form: which paths there are, and which values each can have.

It says the same as `validation.check_value`, so a receiver without this app can tell a foreign value from an answer.
What is required, and bounds of numbers, lengths and dates, are not in it: answers are good data before they are
complete. `format: date` has to be asserted, since no pattern knows how long February is.
"""

from collections.abc import Sequence

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import (
    MAX_FILES,
    MAX_LONG_TEXT,
    MAX_NUMBER,
    MAX_ROWS,
    NOT_OBSERVED,
    QUESTIONS,
    AimMatrixItem,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    HoursItem,
    IntegerItem,
    LongTextItem,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.reading import item_path
from rkv_app.forms.values import ID_PATTERN

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
# The end of the text in every dialect of regular expressions; `$` also stands before a last line break in some.
_END = r"(?![\s\S])"
_ID = {"type": "string", "pattern": f"^{ID_PATTERN}{_END}"}
_DAY = {"type": "string", "format": "date", "pattern": f"^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}{_END}"}
_PRINTABLE = {
    "type": "string",
    "maxLength": MAX_LONG_TEXT,
    "not": {"pattern": r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]"},
}
_NUMBER = {"type": "number", "minimum": -MAX_NUMBER, "maximum": MAX_NUMBER}


def answer_schema(form: Form, aims: Sequence[AimText], language: str = "nb") -> dict[str, object]:
    """Returns the schema of an object of answers by path.

    Args:
        form: whose answers.
        aims: the aims that are asked about; the paths of aim matrices are made of their codes.
        language: of titles.
    """
    properties: dict[str, object] = {}
    patterns: dict[str, object] = {}
    for _, item, _ in form.placed():
        if isinstance(item, AimMatrixItem):
            for aim in aims:
                for column in item.columns:
                    properties[item_path(item.id, aim.code, column.id)] = _titled(column, language)
        elif isinstance(item, RepeatItem):
            properties[item.id] = {"title": item.label.text(language), **_ids(MAX_ROWS)}
            for column in item.columns:
                patterns[f"^{item.id}/{ID_PATTERN}/{column.id}{_END}"] = _titled(column, language)
        elif isinstance(item, QUESTIONS):
            properties[item.id] = _titled(item, language)
    return {
        "$schema": _DIALECT,
        "$id": f"urn:rkv:schema:answers:{form.id}:{form.version}",
        "title": form.title.text(language),
        "type": "object",
        "properties": properties,
        "patternProperties": patterns,
        "additionalProperties": False,
    }


def _titled(item: Question, language: str) -> dict[str, object]:
    return {"title": item.label.text(language), **_value(item, language)}


def _value(item: Question, language: str) -> dict[str, object]:
    match item:
        case TextItem() | LongTextItem():
            return dict(_PRINTABLE)
        case YesNoItem(not_observed=True):
            return {"anyOf": [{"type": "boolean"}, {"const": NOT_OBSERVED}]}
        case YesNoItem():
            return {"type": "boolean"}
        case ChoiceItem() | ScaleItem():
            return {"oneOf": _options(item, language)}
        case ChoicesItem():
            return {"type": "array", "uniqueItems": True, "items": {"oneOf": _options(item, language)}}
        case DateItem():
            return dict(_DAY)
        case PeriodItem():
            days = {"from": _DAY, "to": _DAY}
            return {"type": "object", "properties": days, "minProperties": 1, "additionalProperties": False}
        case HoursItem():
            return dict(_NUMBER)
        case CalculatedItem():
            return {**_NUMBER, "readOnly": True}
        case IntegerItem():
            return {**_NUMBER, "type": "integer"}
        case AttachmentItem():
            return _ids(MAX_FILES)


def _ids(most: int) -> dict[str, object]:
    return {"type": "array", "maxItems": most, "uniqueItems": True, "items": _ID}


def _options(item: ChoiceItem | ChoicesItem | ScaleItem, language: str) -> list[dict[str, str]]:
    return [{"const": option.code, "title": option.label.text(language)} for option in item.options]
