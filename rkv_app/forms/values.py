# SPDX-License-Identifier: MIT
"""Which JSON values can be the answer to which item."""

import re
from datetime import date

from rkv_app.forms.model import (
    MAX_FILES,
    MAX_LONG_TEXT,
    MAX_NUMBER,
    MAX_ROWS,
    NOT_OBSERVED,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    HoursItem,
    IntegerItem,
    LongTextItem,
    PeriodItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)

# What XML 1.0 (section 2.2) cannot carry: such a text could be neither archived nor printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Ids of rows and of attachments: chosen by programs, perhaps by somebody else's, and part of a path.
ID_PATTERN = r"[A-Za-z0-9][A-Za-z0-9-]{0,63}"
_ID = re.compile(ID_PATTERN)
_DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_blank(value: object) -> bool:
    """Whether a value says nothing: none, an empty text, an empty list, an empty object."""
    return value is None or value in ([], (), {}) or (isinstance(value, str) and not value.strip())


def fits(item: Question, value: object) -> bool:
    """Whether `value` has the type that an answer to `item` has.

    Lengths, numbers and dates out of bounds, and half a period, still fit: they can be saved while somebody is writing,
    and `validation.check` tells of them.
    """
    match item:
        case TextItem() | LongTextItem():
            return isinstance(value, str) and len(value) <= MAX_LONG_TEXT and not _UNPRINTABLE.search(value)
        case YesNoItem():
            return isinstance(value, bool) or (item.not_observed and value == NOT_OBSERVED)
        case ChoiceItem() | ScaleItem():
            return isinstance(value, str) and value in item.codes()
        case ChoicesItem():
            return _are_codes(value, item.codes())
        case DateItem():
            return day(value) is not None
        case PeriodItem():
            return _is_period(value)
        case HoursItem() | CalculatedItem():
            return number(value) is not None
        case IntegerItem():
            found = number(value)
            return found is not None and found == int(found)
        case AttachmentItem():
            return _are_ids(value, MAX_FILES)


def are_rows(value: object) -> bool:
    """Whether `value` can be the order of the rows of a repeat: different row ids."""
    return _are_ids(value, MAX_ROWS)


def is_row_id(text: str) -> bool:
    """Whether a text can be the id of a row."""
    return _ID.fullmatch(text) is not None


def day(value: object) -> date | None:
    """The date that a JSON value names in ISO 8601 (YYYY-MM-DD), or None."""
    # What `fromisoformat` takes besides, such as weeks, other readers of the answers do not.
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def period(value: object) -> tuple[date | None, date | None]:
    """The first and the last day that the answer to a period item names; None for each that it does not."""
    return (day(value.get("from")), day(value.get("to"))) if isinstance(value, dict) else (None, None)


def number(value: object) -> int | float | None:
    """The number that a JSON value is, or None; truth is no number, nor is what no number can be counted with."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    # Not a number and infinity fail this too.
    return value if abs(value) <= MAX_NUMBER else None


def chosen(value: object) -> tuple[str, ...]:
    """The codes in the answer to a choices item, or the ids in a list of ids."""
    return tuple(code for code in value if isinstance(code, str)) if isinstance(value, list | tuple) else ()


def _are_codes(value: object, codes: tuple[str, ...]) -> bool:
    if not isinstance(value, list | tuple) or len(value) > len(codes):
        return False
    return len(chosen(value)) == len(value) == len(set(chosen(value))) and set(chosen(value)) <= set(codes)


def _are_ids(value: object, most: int) -> bool:
    if not isinstance(value, list | tuple) or len(value) > most:
        return False
    ids = chosen(value)
    return len(ids) == len(value) == len(set(ids)) and all(_ID.fullmatch(one) for one in ids)


def _is_period(value: object) -> bool:
    if not isinstance(value, dict) or not value or not value.keys() <= {"from", "to"}:
        return False
    return all(day(part) is not None for part in value.values())
