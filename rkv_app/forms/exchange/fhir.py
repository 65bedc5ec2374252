# SPDX-License-Identifier: MIT
"""A form as a FHIR Questionnaire, R4B or R5: all of it, so that `fhir_reading` makes the same form of it again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.exchange.fhir_names import (
    BASE_LANGUAGE,
    CATEGORY,
    FROM,
    GUIDANCE,
    HINT,
    ITEM_CONTROL,
    ITEM_CONTROL_SYSTEM,
    MAX_DECIMALS,
    MAX_OCCURS,
    MAX_VALUE,
    MIME_TYPE,
    MIME_TYPES,
    MIN_LENGTH,
    MIN_OCCURS,
    MIN_VALUE,
    ROWS_ARE_QUESTIONS,
    TO,
    UCUM,
    UCUM_SYSTEM,
    UNIT,
    YES_NO_SYSTEM,
    Release,
    aim_coding,
    aim_extension,
    canonical,
    codes_of,
    own,
    own_label,
    own_parts,
    say,
)
from rkv_app.forms.exchange.plain import Json, without_nothing
from rkv_app.forms.model import (
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
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import Calculation, Condition, Constraint, Label, Migration, Operator, Option, Unit
from rkv_app.foundation.i18n import Language, Message, Words, message

FIRST_DAY = message("First day")
LAST_DAY = message("Last day")
_YES_NO: Mapping[str, Message] = {
    "true": message("Yes"),
    "false": message("No"),
    NOT_OBSERVED: message("Not observed"),
}
_TYPES: Mapping[str, str] = {
    "section": "group",
    "note": "display",
    "text": "string",
    "long_text": "text",
    "yes_no": "boolean",
    "date": "date",
    "period": "group",
    "hours": "decimal",
    "integer": "integer",
    "attachment": "attachment",
    "aim_matrix": "group",
    "repeat": "group",
    "calculated": "decimal",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """Where items stand: in the form itself, in the rows of a repeat, or in those of one aim.

    Attributes:
        path: what stands before the id of an item in its `linkId`.
        group: what stands before it in the name of its code system.
        asked: the questions that a condition can name here, by id.
    """

    path: str
    group: str
    asked: Mapping[str, Question]


@dataclass(frozen=True, slots=True)
class _Writer:
    form: Form
    aims: Sequence[AimText]
    release: Release

    def item(self, item: Item, row: _Row) -> Json:
        """One item with all that stands in it."""
        link = row.path + item.id
        written: Json = {"linkId": link, "type": self._type(item)}
        say(written, "text", item.label)
        more: list[Json] = [own("type", valueCode=item.type)]
        if item.enable_when is not None:
            written["enableWhen"] = [self._condition(one, row) for one in item.enable_when.conditions]
            written["enableBehavior"] = "all" if item.enable_when.all is not None else "any"
        inside: list[Json] = []
        match item:
            case Section():
                more += [_shown_as(ITEM_CONTROL, ITEM_CONTROL_SYSTEM, ROWS_ARE_QUESTIONS)] if item.is_table else []
                inside = [self.item(one, row) for one in item.items]
            case AimMatrixItem() | RepeatItem():
                inside = self._group(item, written, more)
            case _ if isinstance(item, QUESTIONS):
                inside = self._question(item, row, written, more)
            case _:
                pass
        if item.type == "note":
            # What is only shown can hold nothing (que-1).
            more += [own_label(key, words) for key, words in _help(item).items()]
            return without_nothing({**written, "extension": more})
        help_items = [_help_item(link, key, words) for key, words in _help(item).items()]
        return without_nothing({**written, "extension": more, "item": [*help_items, *inside]})

    def _type(self, item: Item) -> str:
        if isinstance(item, YesNoItem) and item.not_observed:
            return self.release.coded
        return _TYPES.get(item.type, self.release.coded)

    def _group(self, item: Group, written: Json, more: list[Json]) -> list[Json]:
        asked = {column.id: column for column in item.columns}
        if isinstance(item, RepeatItem):
            written.update(repeats=True, required=item.min > 0)
            more += [{"url": MIN_OCCURS, "valueInteger": item.min}, {"url": MAX_OCCURS, "valueInteger": item.max}]
            if item.row_label is not None:
                more.append(own_label("row-label", item.row_label))
            row = _Row(f"{item.id}/", f"{item.id}/", asked)
            return [self.item(column, row) for column in item.columns]
        more.append(own("rows-required", valueCode=item.required.value))
        if not self.aims:
            written["repeats"] = True
            row = _Row(f"{item.id}/", f"{item.id}/", asked)
            return [self.item(column, row) for column in item.columns]
        return [self._aim(item, aim, asked) for aim in self.aims]

    def _aim(self, matrix: AimMatrixItem, aim: AimText, asked: Mapping[str, Question]) -> Json:
        row = _Row(f"{matrix.id}/{aim.code}/", f"{matrix.id}/", asked)
        return {
            "extension": [aim_extension(aim)],
            "linkId": f"{matrix.id}/{aim.code}",
            "code": [aim_coding(aim)],
            "text": aim.text,
            "type": "group",
            "item": [self.item(column, row) for column in matrix.columns],
        }

    def _question(self, item: Question, row: _Row, written: Json, more: list[Json]) -> list[Json]:
        if item.required:
            written["required"] = True
        more += [_constraint(one) for one in item.constraints]
        match item:
            case TextItem() | LongTextItem():
                written["maxLength"] = item.max_length
                if item.min_length is not None:
                    more.append({"url": MIN_LENGTH, "valueInteger": item.min_length})
            case YesNoItem(not_observed=True):
                written["answerOption"] = [_yes_no(code, said) for code, said in _YES_NO.items()]
            case ChoiceItem() | ChoicesItem() | ScaleItem():
                if isinstance(item, ChoicesItem):
                    written["repeats"] = True
                system = codes_of(self.form.id, row.group + item.id)
                written["answerOption"] = [self._option(item, option, system) for option in item.options]
            case DateItem():
                more += _days(item)
            case PeriodItem():
                return self._period(item, row, more)
            case HoursItem():
                more += [
                    {"url": MIN_VALUE, "valueDecimal": item.min},
                    {"url": MAX_VALUE, "valueDecimal": item.max},
                    {"url": MAX_DECIMALS, "valueInteger": item.decimals},
                    *_unit(item.unit),
                ]
            case IntegerItem():
                bounds = ((MIN_VALUE, item.min), (MAX_VALUE, item.max))
                more += [{"url": url, "valueInteger": bound} for url, bound in bounds if bound is not None]
                more += _unit(item.unit)
            case AttachmentItem():
                written["repeats"] = item.max > 1
                more.append({"url": MAX_OCCURS, "valueInteger": item.max})
                more += [{"url": MIME_TYPE, "valueCode": mime} for kind in item.accept for mime in MIME_TYPES[kind]]
            case CalculatedItem():
                written["readOnly"] = True
                more += [
                    _calculation(item.calculate),
                    {"url": MAX_DECIMALS, "valueInteger": item.decimals},
                    *_unit(item.unit),
                ]
        return []

    def _period(self, item: PeriodItem, row: _Row, more: list[Json]) -> list[Json]:
        more.append(own("open-end", valueBoolean=item.open_end))
        halves: list[Json] = []
        for suffix, said in ((FROM, FIRST_DAY), (TO, LAST_DAY)):
            half: Json = {"linkId": row.path + item.id + suffix, "type": "date", "extension": _days(item)}
            half["required"] = item.required and (suffix == FROM or not item.open_end)
            say(half, "text", in_our_languages(said))
            halves.append(without_nothing(half))
        return halves

    def _option(self, item: ChoiceItem | ChoicesItem | ScaleItem, option: Option, system: str) -> Json:
        coding: Json = {"system": system, "code": option.code}
        say(coding, "display", option.label)
        more: list[Json] = []
        step = item.step(option.code) if isinstance(item, ScaleItem) else None
        if option.score is not None:
            more.append({"url": self.release.weight, "valueDecimal": option.score})
        elif step is not None:
            more += [{"url": self.release.weight, "valueDecimal": step + 1}, own("unscored", valueBoolean=True)]
        if option.apart:
            more.append(own("apart", valueBoolean=True))
        if option.hint is not None:
            more.append(own_label("hint", option.hint))
        return without_nothing({"extension": more, "valueCoding": coding})

    def _condition(self, condition: Condition, row: _Row) -> Json:
        asked = row.asked[condition.item]
        link = row.path + condition.item + (FROM if isinstance(asked, PeriodItem) else "")
        written: Json = {"question": link, "operator": condition.operator.value}
        value = condition.value
        if condition.operator is Operator.EXISTS:
            return {**written, "answerBoolean": value}
        match asked:
            case YesNoItem(not_observed=True):
                code = str(value).lower() if isinstance(value, bool) else value
                return {**written, "answerCoding": {"system": YES_NO_SYSTEM, "code": code}}
            case YesNoItem():
                return {**written, "answerBoolean": value}
            case ChoiceItem() | ChoicesItem() | ScaleItem():
                system = codes_of(self.form.id, row.group + asked.id)
                return {**written, "answerCoding": {"system": system, "code": value}}
            case DateItem():
                return {**written, "answerDate": value}
            case IntegerItem() if isinstance(value, int):
                return {**written, "answerInteger": value}
            case IntegerItem() | HoursItem() | CalculatedItem():
                return {**written, "answerDecimal": value}
            case _ if not value:
                # No text of FHIR's is empty; nobody answers a blank either.
                return {**written, "extension": [own("empty", valueBoolean=True)], "answerString": " "}
            case _:
                return {**written, "answerString": value}


def questionnaire(form: Form, aims: Sequence[AimText] = (), release: Release = Release.R4B) -> Json:
    """Returns a form as a Questionnaire.

    Args:
        form: what is asked.
        aims: what aim matrices ask about; each is a group with the aim as its code. Without aims, a matrix is one group
            that repeats.
        release: which FHIR.
    """
    asked = {ref: item for ref, item in form.questions() if "/" not in ref}
    writer = _Writer(form, aims, release)
    written: Json = {
        "resourceType": "Questionnaire",
        "language": BASE_LANGUAGE,
        "extension": [
            *([own("anonymous", valueBoolean=True)] if form.anonymous else []),
            *(own("machine-translated", valueCode=tag) for tag in form.machine_translated),
            *(_migration(one) for one in form.migrations),
        ],
        "url": canonical(form.id),
        "version": form.version,
        "name": "".join(part.capitalize() for part in form.id.split("-")) or "Form",
        "status": "active",
    }
    say(written, "title", form.title)
    if form.description is not None:
        say(written, "description", form.description)
    written["item"] = [writer.item(item, _Row("", "", asked)) for item in form.items]
    return without_nothing(written)


def in_our_languages(said: Message) -> Label:
    """A message of the app as words of a form."""
    return Label.model_validate({language.value: Words(language).say(said) for language in Language})


def _help(item: Item) -> dict[str, Label]:
    found = {"hint": item.hint, "guidance": item.guidance}
    return {key: words for key, words in found.items() if words is not None}


def _help_item(link: str, key: str, words: Label) -> Json:
    """What helps with an item, as FHIR has it: an item inside it that is only shown."""
    url, code, system = {
        "hint": (CATEGORY, "instructions", "http://hl7.org/fhir/questionnaire-display-category"),
        "guidance": (ITEM_CONTROL, "help", ITEM_CONTROL_SYSTEM),
    }[key]
    written: Json = {
        "linkId": link + (HINT if key == "hint" else GUIDANCE),
        "type": "display",
        "extension": [_shown_as(url, system, code)],
    }
    say(written, "text", words)
    return written


def _shown_as(url: str, system: str, code: str) -> Json:
    """How an item is shown, as FHIR's own lists call it."""
    return {"url": url, "valueCodeableConcept": {"coding": [{"system": system, "code": code}]}}


def _yes_no(code: str, said: Message) -> Json:
    coding: Json = {"system": YES_NO_SYSTEM, "code": code}
    say(coding, "display", in_our_languages(said))
    return {"valueCoding": coding}


def _days(item: DateItem | PeriodItem) -> list[Json]:
    found: list[Json] = []
    for url, name, bound in ((MIN_VALUE, "min", item.min), (MAX_VALUE, "max", item.max)):
        if bound == TODAY:
            found.append(own(name, valueCode=TODAY))
        elif bound is not None:
            found.append({"url": url, "valueDate": bound})
    return found


def _unit(unit: Unit | None) -> list[Json]:
    if unit is None:
        return []
    return [{"url": UNIT, "valueCoding": {"system": UCUM_SYSTEM, "code": UCUM[unit]}}]


def _plain_value(value: object) -> Json:
    """A value as the part `value` of one of our extensions."""
    match value:
        case bool():
            return {"url": "value", "valueBoolean": value}
        case int():
            return {"url": "value", "valueInteger": value}
        case float():
            return {"url": "value", "valueDecimal": value}
        case _:
            return {"url": "value", "valueString": value}


def _constraint(constraint: Constraint) -> Json:
    parts: list[Json] = [
        {"url": "code", "valueCode": constraint.code},
        {"url": "operator", "valueString": constraint.operator.value},
    ]
    if constraint.item is not None:
        parts.append({"url": "item", "valueString": constraint.item})
    elif constraint.value != "":
        parts.append(_plain_value(constraint.value))
    return own_parts("constraint", [*parts, own_label("message", constraint.message)])


def _calculation(calculation: Calculation) -> Json:
    parts: list[Json] = [{"url": "function", "valueCode": calculation.function.value}]
    parts += [{"url": key, "valueString": ref} for key, ref in calculation.refs()]
    if calculation.value is not None:
        parts.append(_plain_value(calculation.value))
    return own_parts("calculation", parts)


def _migration(migration: Migration) -> Json:
    parts: list[Json] = [{"url": "from", "valueString": migration.from_version}]
    parts += [_pair("renamed", old, new) for old, new in migration.renamed.items()]
    for item, codes in migration.codes.items():
        named: Json = {"url": "item", "valueString": item}
        parts.append({"url": "codes", "extension": [named, *(_pair("code", *pair) for pair in codes.items())]})
    parts += [{"url": "dropped", "valueString": item} for item in migration.dropped]
    return own_parts("migration", parts)


def _pair(url: str, old: str, new: str) -> Json:
    return {"url": url, "extension": [{"url": "old", "valueString": old}, {"url": "new", "valueString": new}]}
