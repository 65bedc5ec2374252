# SPDX-License-Identifier: MIT
"""Answers as somebody writes them into a form outside the app, and what of them there is a place for."""

from collections.abc import Iterator, Mapping, Sequence

from rkv_app.documents.fillable_plan import FROM, NO, TO, YES, part_name, planned, row_names
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import (
    ChoicesItem,
    DateItem,
    Form,
    HoursItem,
    IntegerItem,
    PeriodItem,
    Question,
    RepeatItem,
    YesNoItem,
)
from rkv_app.forms.reading import row_ids
from rkv_app.forms.values import chosen, day, fits, is_blank
from support.form_filling import Values


def with_a_place(form: Form, aims: Sequence[AimText], answers: Mapping[str, object]) -> Mapping[str, object]:
    """The answers that can be given on the form, with the rows of repeats called as they are there."""
    moved = dict(answers)
    for placed in form.placed():
        if isinstance(placed.item, RepeatItem):
            rows = dict(zip(row_ids(placed.item, answers), row_names(placed.item, ()), strict=False))
            moved |= {
                f"{placed.item.id}/{new}/{column.id}": answers[path]
                for old, new in rows.items()
                for column in placed.item.columns
                if (path := f"{placed.item.id}/{old}/{column.id}") in answers
            }
            moved[placed.item.id] = list(rows.values())
    said = {
        path: _in_order(item, moved[path])
        for path, item in planned(form, aims)
        if path in moved and fits(item, moved[path]) and not is_blank(moved[path])
    }
    for placed in form.placed():
        if isinstance(placed.item, RepeatItem):
            begun = [
                row
                for row in row_names(placed.item, ())
                if any(path.startswith(f"{placed.item.id}/{row}/") for path in said)
            ]
            said |= {placed.item.id: begun} if begun else {}
    return said


def _in_order(item: Question, value: object) -> object:
    """What is ticked has the order of the form, and a text no blanks around it."""
    if isinstance(item, ChoicesItem):
        return [code for code in item.codes() if code in chosen(value)]
    return value.strip() if isinstance(value, str) else value


def written(form: Form, aims: Sequence[AimText], said: Mapping[str, object]) -> Values:
    """What somebody writes and ticks to say that, by field name."""
    return {
        name: value for path, item in planned(form, aims) if path in said for name, value in _fields(path, item, said)
    }


def _fields(path: str, item: Question, said: Mapping[str, object]) -> Iterator[tuple[str, str | bool]]:
    value = said[path]
    match item:
        case ChoicesItem():
            yield from ((part_name(path, code), True) for code in chosen(value))
        case YesNoItem():
            yield path, value if isinstance(value, str) else YES if value else NO
        case DateItem():
            yield path, _day(value)
        case PeriodItem() if isinstance(value, dict):
            yield from ((part_name(path, end), _day(value[end])) for end in (FROM, TO) if end in value)
        case HoursItem() | IntegerItem():
            yield path, str(value).replace(".", ",")
        case _:
            yield path, str(value)


def _day(value: object) -> str:
    """A date as it is written in Norway."""
    found = day(value)
    assert found is not None
    return f"{found.day}.{found.month}.{found.year}"
