# SPDX-License-Identifier: MIT
"""What somebody took out of a spreadsheet of ours, or wrote into it, and the form does not have: told with its row.

Found by writing the form that was read once more: what then stands in a cell is what the form says.
"""

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from rkv_app.forms.exchange.plain import Json
from rkv_app.forms.exchange.xlsform import (
    ABOUT_KEYS,
    NOT_OBSERVED_LIST,
    OWN_KEYS,
    PART,
    USUAL_KEY,
    WRITTEN,
    YES_NO_LIST,
    Row,
    Sheets,
    column_of,
    xlsform,
)
from rkv_app.forms.exchange.xlsform_words import TRUE, json_in, list_in, type_in
from rkv_app.forms.loader import checked
from rkv_app.forms.model import Form
from rkv_app.foundation.i18n import Message, message

_FALSE = ("", "no", "false", "false()", "0")
# Where an edit was read already, and told if it was not understood; by the columns that it makes stale.
_STALE: Mapping[str, tuple[str, ...]] = {
    "constraint": tuple(column_of(key) for key in ("min", "max", "minLength", "maxLength")),
    "calculation": (column_of("calculate"),),
}
_PLAIN = ("type", "required", "appearance", "body::accept")


class Untaken(NamedTuple):
    """Something that could not be taken into the form.

    Attributes:
        row: in the sheet, from 1, which is that of the names of columns.
    """

    sheet: str
    row: int
    what: Message


def untold(sheets: Sheets, plain: Json, asked_lists: Set[str]) -> Iterator[Untaken]:
    """Tells what the form does not have as it stands in the sheets, beside what the reader tells.

    Args:
        sheets: as they were read.
        plain: the form that they propose; nothing is compared where it is no form yet.
        asked_lists: the lists of options that a question names.
    """
    if not any("rkv_type" in row for row in sheets.get("survey", [])):
        return
    yield from _options_of_nobody(sheets, asked_lists)
    form = checked(plain)
    if not isinstance(form, Form):
        return
    yield from _about(sheets, form)
    again = xlsform(form)
    stands = {row["name"]: row for row in again["survey"] if row.get("rkv_type") != PART and "name" in row}
    # A file from before what is usual was written has no cells for it.
    usual = any(row.get("key") == USUAL_KEY for row in sheets.get("rkv_form", []))
    for number, row in enumerate(sheets["survey"], 2):
        now = stands.get(row.get("name", ""))
        if now is not None and row.get("type") and row.get("rkv_type", PART) != PART:
            yield from (Untaken("survey", number, what) for what in _of_row(row, now, usual=usual))


def _of_row(row: Row, now: Row, *, usual: bool) -> Iterator[Message]:
    stale = {name for column, names in _STALE.items() if _edited(row, column) for name in names}
    for column in _PLAIN:
        if _folded(column, row.get(column, "")) != _folded(column, now.get(column, "")):
            yield _differs(column, row.get(column, ""), now.get(column, ""))
    for column in ("constraint", "calculation"):
        here, there = row.get(column, ""), now.get(column, "")
        # What an edit says otherwise was read as it stands, and is only written in other words here.
        if (
            here != there
            and WRITTEN[column] in row
            and (not _edited(row, column) or (column, here) == ("constraint", ""))
        ):
            yield _differs(column, here, there)
    for column in (column_of(key) for key in OWN_KEYS):
        if column in stale or (column not in row and not usual):
            continue
        if _value(row.get(column, "")) != _value(now.get(column, "")):
            yield _differs(column, row.get(column, ""), now.get(column, ""))


def _about(sheets: Sheets, form: Form) -> Iterator[Untaken]:
    settings = (sheets.get("settings") or [{}])[0]
    for column, now in (("form_title", form.title.nb), ("form_id", form.id), ("version", form.version)):
        if settings.get(column, "") != now:
            yield Untaken("settings", 2, _differs(column, settings.get(column, ""), now))
    for number, row in enumerate(sheets.get("rkv_form", []), 2):
        if row and row.get("key") not in ABOUT_KEYS:
            told = message("{text} is not known here, so the row is left out.", text=row.get("key", "–")[:60])
            yield Untaken("rkv_form", number, told)
    if not any(row.get("key") == "title" for row in sheets.get("rkv_form", [])):
        told = message("The title is in one language only; it stands there in the others too.")
        yield Untaken("rkv_form", 1, told)


def _options_of_nobody(sheets: Sheets, asked_lists: Set[str]) -> Iterator[Untaken]:
    for number, row in enumerate(sheets.get("choices", []), 2):
        name = list_in(row)
        if row and name not in asked_lists - {""}:
            told = message("No question has the list {list}, so this option is left out.", list=name[:60] or "–")
            yield Untaken("choices", number, told)


def _edited(row: Row, column: str) -> bool:
    return row.get(column, "") != row.get(WRITTEN[column], "")


def _folded(column: str, text: str) -> str:
    if column == "required":
        return "" if text.lower() in _FALSE else "yes" if text.lower() in TRUE else text
    if column == "type":
        kind, options = type_in(text)
        # Options were read from the list that is named, whichever; that of a table has another name than a question's.
        return f"{kind} {options}" if options in (YES_NO_LIST, NOT_OBSERVED_LIST) else kind
    return text


def _value(text: str) -> object:
    found = json_in(text) if text else None
    return text if found is None and text else found


def _differs(column: str, here: str, there: str) -> Message:
    if not here:
        return message("{column} is empty. In the form stands: {text}", column=column, text=there[:120])
    if not there:
        return message("{column} is not taken over: {text}", column=column, text=here[:120])
    return message(
        "{column} is not taken over: {text}. In the form stands: {kept}",
        column=column,
        text=here[:120],
        kept=there[:120],
    )
