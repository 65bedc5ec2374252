# SPDX-License-Identifier: MIT
"""Rules that hold between the items of a form: ids are unique, conditions point at something that can be compared."""

from collections.abc import Mapping
from datetime import date

from rkv_app.forms.faults import FormFault, Place
from rkv_app.forms.model import (
    ORDERING,
    QUESTIONS,
    TODAY,
    AimMatrixItem,
    ChoiceItem,
    ChoicesItem,
    Condition,
    DateItem,
    Form,
    Item,
    LongTextItem,
    Operator,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.foundation.i18n import message


def check_coherence(form: Form) -> None:
    """Raises FormFault for the first rule that the form breaks.

    A condition may only name a question that stands before it, as a reader would expect; so what is asked can be
    decided in one pass, and no circle can arise.
    """
    seen: set[str] = set()
    questions: dict[str, Question] = {}
    for place, item, _ in form.placed():
        _check_new(item.id, seen, place)
        _check_conditions(item, place, questions)
        if isinstance(item, AimMatrixItem):
            _check_columns(item, place)
        elif isinstance(item, QUESTIONS):
            _check_itself(item, place)
            questions[item.id] = item


def _check_columns(matrix: AimMatrixItem, place: Place) -> None:
    seen: set[str] = set()
    before: dict[str, Question] = {}
    for index, column in enumerate(matrix.columns):
        here = (*place, "columns", index)
        _check_new(column.id, seen, here)
        _check_conditions(column, here, before)
        _check_itself(column, here)
        before[column.id] = column


def _check_new(item_id: str, seen: set[str], place: Place) -> None:
    if item_id in seen:
        raise FormFault(message("The id {id} is used twice.", id=item_id), (*place, "id"))
    seen.add(item_id)


def _check_itself(item: Question, place: Place) -> None:
    match item:
        case ChoiceItem() | ChoicesItem() | ScaleItem():
            _check_options(item, place)
        case TextItem() | LongTextItem() if item.min_length is not None and item.min_length > item.max_length:
            raise FormFault(message("minLength is larger than maxLength."), (*place, "minLength"))
        case DateItem():
            _check_dates(item, place)
        case _:
            pass


def _check_options(item: ChoiceItem | ChoicesItem | ScaleItem, place: Place) -> None:
    codes = item.codes()
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise FormFault(message("The code {code} is used twice.", code=code), (*place, "options", index))


def _check_dates(item: DateItem, place: Place) -> None:
    for key, bound in (("min", item.min), ("max", item.max)):
        if bound not in (None, TODAY) and not _is_day(str(bound)):
            raise FormFault(message("{value} is not a date.", value=bound), (*place, key))


def _check_conditions(item: Item, place: Place, questions: Mapping[str, Question]) -> None:
    if item.enable_when is None:
        return
    joined = "all" if item.enable_when.all is not None else "any"
    for index, condition in enumerate(item.enable_when.conditions):
        here = (*place, "enableWhen", joined, index)
        asked = questions.get(condition.item)
        if asked is None:
            raise FormFault(
                message("enableWhen names {id}, which is no question before this one.", id=condition.item), here
            )
        if not _fits(condition, asked):
            raise FormFault(
                message(
                    "{id} cannot be compared with {operator} {value}.",
                    id=condition.item,
                    operator=condition.operator.value,
                    value=condition.value,
                ),
                here,
            )


def _fits(condition: Condition, asked: Question) -> bool:
    value = condition.value
    if condition.operator is Operator.EXISTS:
        return isinstance(value, bool)
    ordering = condition.operator in ORDERING
    match asked:
        case ScaleItem():
            return isinstance(value, str) and (asked.step(value) is not None if ordering else value in asked.codes())
        case ChoiceItem() | ChoicesItem():
            return not ordering and value in asked.codes()
        case DateItem():
            return isinstance(value, str) and _is_day(value)
        case YesNoItem():
            return not ordering and isinstance(value, bool)
        case _:
            return not ordering and isinstance(value, str)


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
