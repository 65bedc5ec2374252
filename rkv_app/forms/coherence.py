# SPDX-License-Identifier: MIT
"""Rules that hold between the items of a form: ids are unique, and what refers to a question finds one that fits."""

from collections.abc import Mapping
from datetime import date

from rkv_app.forms.faults import FormFault, near
from rkv_app.forms.model import (
    MAX_TABLE_OPTIONS,
    NOT_OBSERVED,
    QUESTIONS,
    TODAY,
    AimMatrixItem,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    Group,
    HoursItem,
    IntegerItem,
    Item,
    LongTextItem,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    Section,
    TableRow,
    TextItem,
    YesNoItem,
    version_order,
)
from rkv_app.forms.parts import ORDERING, Condition, Constraint, Operator
from rkv_app.forms.sources import calculation_fault
from rkv_app.foundation.closed_yaml import Place
from rkv_app.foundation.i18n import Message, message

_NUMBERS = (IntegerItem, HoursItem, CalculatedItem)


def check_coherence(form: Form) -> None:
    """Raises FormFault for the first rule that the form breaks.

    A condition, a constraint or a calculation may only name what stands before it, as a reader would expect; so what is
    asked can be decided in one pass, and no circle can arise.
    """
    seen: set[str] = set()
    questions: dict[str, Question] = {}
    before: dict[str, Item] = {}
    for place, item, _ in form.placed():
        _check_new(item.id, seen, place)
        if form.anonymous and isinstance(item, AimMatrixItem | AttachmentItem):
            raise FormFault(message("An anonymous form can ask neither about aims nor for files."), place)
        _check_conditions(item, place, questions)
        if isinstance(item, Section) and item.is_table:
            _check_table(item, place)
        elif isinstance(item, Group):
            _check_group(item, place)
        elif isinstance(item, QUESTIONS):
            _check_itself(item, place)
            _check_constraints(item, place, questions)
            if isinstance(item, CalculatedItem):
                _check_calculation(item, place, before)
            questions[item.id] = item
        before[item.id] = item
    _check_migrations(form)


def _check_table(section: Section, place: Place) -> None:
    """Only questions that can share one row of headings, so that a table of them says what each alone would say."""
    first = section.items[0]
    for index, item in enumerate(section.items):
        here = (*place, "items", index)
        if not isinstance(item, TableRow):
            raise FormFault(
                message(
                    "Only choice, choices, scale and yes_no can stand in a table; {id} is {type}.",
                    id=item.id,
                    type=item.type,
                ),
                (*here, "type"),
            )
        if _heads(item) != _heads(first):
            raise FormFault(
                message(
                    "All questions in a table have the same type and the same options; {id} and {first} have not.",
                    id=item.id,
                    first=first.id,
                ),
                (*here, "options" if item.type == first.type else "type"),
            )
    if len(getattr(first, "options", ())) > MAX_TABLE_OPTIONS:
        told = message("A table has at most {most} options.", most=MAX_TABLE_OPTIONS)
        raise FormFault(told, (*place, "items", 0, "options"))


def _heads(item: Item) -> tuple[object, ...]:
    """What stands above the columns that the answers to a question are."""
    return item.type, item.not_observed if isinstance(item, YesNoItem) else getattr(item, "options", ())


def _check_group(group: Group, place: Place) -> None:
    if isinstance(group, RepeatItem) and group.min > group.max:
        raise FormFault(message("{least} is larger than {most}.", least="min", most="max"), (*place, "min"))
    seen: set[str] = set()
    before: dict[str, Question] = {}
    for index, column in enumerate(group.columns):
        here = (*place, "columns", index)
        _check_new(column.id, seen, here)
        _check_conditions(column, here, before)
        _check_itself(column, here)
        _check_constraints(column, here, before)
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
            raise FormFault(
                message("{least} is larger than {most}.", least="minLength", most="maxLength"), (*place, "minLength")
            )
        case DateItem() | PeriodItem():
            _check_dates(item, place)
        case IntegerItem() | HoursItem() if item.min is not None and item.max is not None and item.min > item.max:
            raise FormFault(message("{least} is larger than {most}.", least="min", most="max"), (*place, "min"))
        case _:
            pass


def _check_options(item: ChoiceItem | ChoicesItem | ScaleItem, place: Place) -> None:
    codes = item.codes()
    for index, code in enumerate(codes):
        if code in codes[:index]:
            raise FormFault(message("The code {code} is used twice.", code=code), (*place, "options", index))


def _check_dates(item: DateItem | PeriodItem, place: Place) -> None:
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
            raise FormFault(_not_asked_before(condition.item, questions), here)
        if not _fits(condition, asked):
            raise _not_comparable(condition.item, condition.operator, condition.value, here)


def _not_asked_before(item_id: str, questions: Mapping[str, Question]) -> Message:
    if meant := near(item_id, questions):
        return message(
            "enableWhen names {id}, which is no question before this one. Do you mean {near}?", id=item_id, near=meant
        )
    return message("enableWhen names {id}, which is no question before this one.", id=item_id)


def _check_constraints(item: Question, place: Place, questions: Mapping[str, Question]) -> None:
    seen: set[str] = set()
    for index, constraint in enumerate(item.constraints):
        here = (*place, "constraints", index)
        if constraint.code in seen:
            raise FormFault(message("The code {code} is used twice.", code=constraint.code), (*here, "code"))
        seen.add(constraint.code)
        _check_constraint(item, constraint, here, questions)


def _check_constraint(item: Question, constraint: Constraint, here: Place, questions: Mapping[str, Question]) -> None:
    if constraint.item is None:
        if not _compares(item, constraint.operator, constraint.value):
            raise _not_comparable(item.id, constraint.operator, constraint.value, here)
        return
    other = questions.get(constraint.item)
    if other is None:
        raise FormFault(
            message("The constraint names {id}, which is no question before this one.", id=constraint.item), here
        )
    numbers = isinstance(item, _NUMBERS) and isinstance(other, _NUMBERS)
    # Scales of two questions may differ, so only dates and numbers are held against each other.
    if not numbers and not (isinstance(item, DateItem) and isinstance(other, DateItem)):
        raise _not_comparable(item.id, constraint.operator, constraint.item, here)


def _check_calculation(item: CalculatedItem, place: Place, before: Mapping[str, Item]) -> None:
    for key, ref in item.calculate.refs():
        if ref == item.id:
            raise FormFault(message("The calculation {id} counts itself.", id=ref), (*place, "calculate", key))
    fault = calculation_fault(item.calculate, before)
    if fault is not None:
        raise FormFault(fault.message, (*place, "calculate", *fault.place))


def _check_migrations(form: Form) -> None:
    places = {path for path, _ in form.questions()} | {item.id for _, item, _ in form.placed()}
    seen: set[str] = set()
    for index, migration in enumerate(form.migrations):
        here = ("migrations", index)
        if migration.from_version in seen:
            raise FormFault(message("The version {version} is named twice.", version=migration.from_version), here)
        seen.add(migration.from_version)
        if version_order(migration.from_version) >= version_order(form.version):
            raise FormFault(message("A migration goes from an older version."), (*here, "from"))
        for old, new in migration.renamed.items():
            if new not in places:
                raise FormFault(message("There is no item {id} in this form.", id=new), (*here, "renamed", old))
            if old in migration.dropped:
                raise FormFault(message("{id} is both renamed and dropped.", id=old), (*here, "renamed", old))


def _not_comparable(item_id: str, operator: Operator, value: object, here: Place) -> FormFault:
    return FormFault(_cannot_compare(item_id, operator, value), here)


def _cannot_compare(item_id: str, operator: Operator, value: object) -> Message:
    return message("{id} cannot be compared with {operator} {value}.", id=item_id, operator=operator.value, value=value)


def _fits(condition: Condition, asked: Question) -> bool:
    if condition.operator is Operator.EXISTS:
        return isinstance(condition.value, bool)
    return _compares(asked, condition.operator, condition.value)


def _compares(asked: Question, operator: Operator, value: object) -> bool:
    """Whether an answer to `asked` can be held against `value` so that it sometimes is true."""
    ordering = operator in ORDERING
    match asked:
        case ScaleItem():
            return isinstance(value, str) and (asked.step(value) is not None if ordering else value in asked.codes())
        case ChoiceItem() | ChoicesItem():
            return not ordering and value in asked.codes()
        case DateItem():
            return isinstance(value, str) and _is_day(value)
        case YesNoItem():
            return not ordering and (isinstance(value, bool) or (asked.not_observed and value == NOT_OBSERVED))
        case IntegerItem() | HoursItem() | CalculatedItem():
            return isinstance(value, int | float) and not isinstance(value, bool)
        case TextItem() | LongTextItem():
            return not ordering and isinstance(value, str)
        case _:
            return False


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False
