# SPDX-License-Identifier: MIT
"""Which JSON values can be the answer to which item."""

import re
from datetime import date

from rkv_app.forms.model import (
    MAX_LONG_TEXT,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    LongTextItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)

# What XML 1.0 (section 2.2) cannot carry: such a text could be neither archived nor printed.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_blank(value: object) -> bool:
    """Whether a value says nothing: none, an empty text, an empty list."""
    return value is None or value == [] or value == () or (isinstance(value, str) and not value.strip())


def fits(item: Question, value: object) -> bool:
    """Whether `value` has the type that an answer to `item` has.

    Lengths and dates out of bounds still fit: they can be saved while somebody is writing, and `validation.check`
    tells of them.
    """
    match item:
        case TextItem() | LongTextItem():
            return isinstance(value, str) and len(value) <= MAX_LONG_TEXT and not _UNPRINTABLE.search(value)
        case YesNoItem():
            return isinstance(value, bool)
        case ChoiceItem() | ScaleItem():
            return isinstance(value, str) and value in item.codes()
        case ChoicesItem():
            return _are_codes(value, item.codes())
        case DateItem():
            return day(value) is not None


def day(value: object) -> date | None:
    """The date that a JSON value names in ISO 8601 (YYYY-MM-DD), or None."""
    if not isinstance(value, str) or len(value) != len("YYYY-MM-DD"):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def chosen(value: object) -> tuple[str, ...]:
    """The codes in the answer to a choices item."""
    return tuple(code for code in value if isinstance(code, str)) if isinstance(value, list | tuple) else ()


def _are_codes(value: object, codes: tuple[str, ...]) -> bool:
    if not isinstance(value, list | tuple) or len(value) > len(codes):
        return False
    return len(chosen(value)) == len(value) == len(set(chosen(value))) and set(chosen(value)) <= set(codes)
