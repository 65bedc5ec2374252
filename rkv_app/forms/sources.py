# SPDX-License-Identifier: MIT
"""Whether a calculation looks at questions that it can count with."""

from collections.abc import Mapping

from rkv_app.forms.faults import FormFault
from rkv_app.forms.model import (
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Group,
    HoursItem,
    IntegerItem,
    Item,
    PeriodItem,
    ScaleItem,
    YesNoItem,
)
from rkv_app.forms.parts import Calculation, Function, Unit
from rkv_app.foundation.i18n import message

_TAKES: Mapping[Function, tuple[type, ...]] = {
    Function.SUM: (IntegerItem, HoursItem, CalculatedItem),
    Function.SCORE: (ChoiceItem, ChoicesItem, ScaleItem),
    Function.MONTHS_BETWEEN: (PeriodItem, DateItem),
    Function.FULL_TIME_MONTHS: (PeriodItem,),
}


def calculation_fault(calculation: Calculation, before: Mapping[str, Item]) -> FormFault | None:
    """Returns what is wrong with a calculation, its place told from the calculation on; None where all is right.

    Args:
        calculation: to be checked.
        before: the items before the calculated one, by id.
    """
    for key, ref in calculation.refs():
        found = _find(ref, before)
        if found is None:
            return FormFault(message("The calculation names {id}, which does not stand before it.", id=ref), (key,))
        if not _taken(key, ref, found, calculation):
            return FormFault(
                message("{function} cannot count with {id}.", function=calculation.function.value, id=ref), (key,)
            )
    return _shape_fault(calculation, before)


def _find(ref: str, before: Mapping[str, Item]) -> Item | None:
    head, _, column = ref.partition("/")
    item = before.get(head)
    if not column:
        return item
    return item.column(column) if isinstance(item, Group) else None


def _taken(key: str, ref: str, found: Item, calculation: Calculation) -> bool:
    if key == "until":
        return isinstance(found, DateItem)
    if key == "by":
        return isinstance(found, HoursItem | IntegerItem) and found.unit is Unit.PERCENT
    if calculation.function is Function.COUNT:
        return _counted(ref, found, calculation.value)
    if isinstance(found, ChoiceItem | ChoicesItem | ScaleItem) and calculation.function is Function.SCORE:
        return all(option.score is not None or option.apart for option in found.options)
    return isinstance(found, _TAKES[calculation.function])


def _counted(ref: str, found: Item, value: object) -> bool:
    match found:
        case ChoiceItem() | ChoicesItem() | ScaleItem():
            return value is None or value in found.codes()
        case YesNoItem():
            return value is None or isinstance(value, bool) or found.not_observed
        case _ if isinstance(found, Group):
            return value is None
        case _:
            return value is None and found.type not in ("section", "note")


def _shape_fault(calculation: Calculation, before: Mapping[str, Item]) -> FormFault | None:
    function, refs = calculation.function, calculation.of
    if calculation.value is not None and function is not Function.COUNT:
        return FormFault(message("Only {function} can have {key}.", function="count", key="value"), ("value",))
    if calculation.by is not None and function is not Function.FULL_TIME_MONTHS:
        return FormFault(message("Only {function} can have {key}.", function="full_time_months", key="by"), ("by",))
    if function is Function.FULL_TIME_MONTHS:
        group = refs[0].partition("/")[0]
        by = calculation.by or ""
        if len(refs) != 1 or "/" not in refs[0] or not by.startswith(f"{group}/"):
            return FormFault(
                message("full_time_months needs a period of every row, and by: the percentage in the same rows.")
            )
    if function is Function.MONTHS_BETWEEN:
        dates = [isinstance(_find(ref, before), DateItem) for ref in refs]
        if any(dates) and (len(refs) != 2 or not all(dates) or any("/" in ref for ref in refs)):
            return FormFault(message("months_between counts periods, or from one date to another."), ("of",))
    return None
