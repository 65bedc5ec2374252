# SPDX-License-Identifier: MIT
"""Makes answers, by item path, of what stands in the fields of a form that came back.

What cannot be understood is never guessed: it is told apart, as it was written, for a person to look at.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from rkv_app.documents.fillable_binding import CONFIRMED, DATE, NAME, POSITION
from rkv_app.documents.fillable_plan import FROM, NO, TO, YES, part_name, planned, row_names
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import (
    NOT_OBSERVED,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    HoursItem,
    IntegerItem,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    YesNoItem,
)
from rkv_app.forms.values import day as iso_day
from rkv_app.forms.values import fits

_DAY: Final = re.compile(r"(\d{1,2})\s*[./ -]\s*(\d{1,2})\s*[./ -]\s*(\d{4})|(\d{2})(\d{2})(\d{4})")
_NUMBER: Final = re.compile(r"-?\d{1,9}(?:[.,]\d{1,6})?")

Values = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Confirmed:
    """What somebody wrote below the answers: that they confirm them, and who and when."""

    ticked: bool
    name: str
    position: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Understood:
    """What a form that came back says.

    Attributes:
        answers: item path to JSON value, as `domain.evaluations.Evaluation.answers`.
        unclear: item path to what stands there, where it is no answer.
    """

    answers: Mapping[str, object]
    unclear: Mapping[str, str]
    confirmed: Confirmed


def understood(form: Form, aims: Sequence[AimText], values: Values) -> Understood:
    """Reads every question of the form; fields that the form does not have say nothing."""
    answers: dict[str, object] = {}
    unclear: dict[str, str] = {}
    for path, item in planned(form, aims):
        written, value = _read(path, item, values)
        if not written:
            continue
        if value is None or not fits(item, value):
            unclear[path] = written
        else:
            answers[path] = value
    for placed in form.placed():
        if isinstance(placed.item, RepeatItem):
            begun = [row for row in row_names(placed.item, ()) if _begun(f"{placed.item.id}/{row}/", answers, unclear)]
            answers |= {placed.item.id: begun} if begun else {}
    confirmed = Confirmed(
        ticked=bool(values.get(CONFIRMED)),
        name=_line(values, NAME),
        position=_line(values, POSITION),
        day=read_day(_line(values, DATE)),
    )
    return Understood(answers=answers, unclear=unclear, confirmed=confirmed)


def read_day(written: str) -> date | None:
    """The date that somebody wrote: day, month and year in this order, or as ISO 8601 has it."""
    found = _DAY.fullmatch(written.strip())
    if found is None:
        return iso_day(written.strip())
    day, month, year = (int(part) for part in found.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _read(path: str, item: Question, values: Values) -> tuple[str, object]:
    """What was written for a question, and what it means; None where it cannot be understood."""
    written = "\n".join(values.get(path, ()))
    match item:
        case ChoicesItem():
            ticked = [code for code in item.codes() if values.get(part_name(path, code))]
            return ", ".join(ticked), ticked
        case ChoiceItem() | ScaleItem():
            return written, _code(item, written)
        case YesNoItem():
            return written, {YES: True, NO: False, NOT_OBSERVED: NOT_OBSERVED}.get(written)
        case DateItem():
            return written, _iso(written)
        case PeriodItem():
            ends = {end: _line(values, part_name(path, end)) for end in (FROM, TO)}
            days = {end: _iso(said) for end, said in ends.items() if said}
            return " – ".join(ends.values()).strip(" –"), None if None in days.values() else days
        case HoursItem() | IntegerItem():
            return written, _number(written)
        case _:
            return written, written


def _code(item: ChoiceItem | ScaleItem, written: str) -> str | None:
    """The code of an option. Some programs save the words that they show."""
    for option in item.options:
        said = {option.code, *(option.label.text(language) for language in option.label.languages())}
        if written in said:
            return option.code
    return None


def _iso(written: str) -> str | None:
    found = read_day(written)
    return found.isoformat() if found is not None else None


def _number(written: str) -> int | float | None:
    plain = written.replace(" ", "").replace("\N{NO-BREAK SPACE}", "").replace("\N{MINUS SIGN}", "-")
    if not _NUMBER.fullmatch(plain):
        return None
    number = float(plain.replace(",", "."))
    return int(number) if number.is_integer() else number


def _line(values: Values, name: str) -> str:
    return " ".join(" ".join(values.get(name, ())).split())[:200]


def _begun(prefix: str, *where: Mapping[str, object]) -> bool:
    return any(path.startswith(prefix) for one in where for path in one)
