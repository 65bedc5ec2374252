# SPDX-License-Identifier: MIT
"""Small things that are read out of the cells of an XLSForm: types, words by language, codes, nested values."""

import itertools
import json
import re

from rkv_app.forms.exchange.plain import Json
from rkv_app.forms.exchange.xlsform import Row

TRUE = ("yes", "true", "true()", "1")
UNSAFE = re.compile("[^a-z0-9_]+")
_IN_LANGUAGE = re.compile(r"::?.*?\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)\s*|::?\s*([a-z]{2,3})")
_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAX_VALUE_DEPTH = 6


def type_in(text: str) -> tuple[str, str]:
    """The type of a question, or the beginning or end of a group, and the name of its list of choices."""
    kind, _, rest = text.strip().partition(" ")
    rest = rest.strip()
    return (f"{kind}_{rest}", "") if kind in ("begin", "end") else (kind, rest)


def list_in(row: Row) -> str:
    """The name of the list that a choice belongs to; XLSForm has two names for the column."""
    return row.get("list_name", row.get("list name", ""))


def words_in(row: Row, head: str) -> Json:
    """Words by language, as they stand in the columns of XLSForm that begin so: `label::Norsk bokmål (nb)`."""
    found: Json = {}
    bare = None
    for column, text in row.items():
        if column == head:
            bare = text
        elif column.startswith(head) and (named := _IN_LANGUAGE.fullmatch(column[len(head) :])):
            found[named[1] or named[2]] = text
    if bare is not None:
        found.setdefault("nb", bare)
    return found


def own_words(row: Row, head: str) -> Json | None:
    """Words in columns of ours, by language; None where there are none."""
    found: Json = {
        tag: text
        for column, text in row.items()
        if column.startswith(f"{head}_") and _TAG.fullmatch(tag := column[len(head) + 1 :])
    }
    return found or None


def json_in(text: str) -> object:
    """What stands in a cell of ours as JSON; None where it is none."""
    try:
        return json.loads(text) if _depth(text) <= _MAX_VALUE_DEPTH else None
    except ValueError:
        return None


def _depth(text: str) -> int:
    """How deep JSON is nested at most; signs in its texts may make it seem deeper."""
    depths = itertools.accumulate((sign in "[{") - (sign in "]}") for sign in text)
    return max(depths, default=0)


def code_of(name: str) -> str:
    """A code of a form, made of a name that somebody else chose."""
    code = UNSAFE.sub("_", name.lower()).strip("_")[:60]
    return code if code[:1].isalpha() else f"c_{code}"
