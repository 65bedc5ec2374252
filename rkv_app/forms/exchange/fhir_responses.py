# SPDX-License-Identifier: MIT
"""Answers as a FHIR QuestionnaireResponse, R4B or R5, and back.

Written is what counts, as everywhere that answers leave the app: answers to what is not asked stay behind, and results
of calculations are found anew. Each aim goes along with its text as it was put to whoever answered, and each answer
that was carried over says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from rkv_app.domain.carried import Carried, carried_path, carried_value, marks, read_carried
from rkv_app.domain.evaluations import AimText, EvaluationState
from rkv_app.forms.answers import relevant_answers
from rkv_app.forms.exchange.fhir_names import (
    ATTACHMENT,
    BASE_LANGUAGE,
    FROM,
    OWN,
    TO,
    YES_NO_SYSTEM,
    aim_extension,
    canonical,
    codes_of,
    extensions,
    heard_aims,
    own,
    own_parts,
    value,
    value_of,
)
from rkv_app.forms.exchange.plain import Json, objects, without_nothing
from rkv_app.forms.model import (
    QUESTIONS,
    AimMatrixItem,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    HoursItem,
    IntegerItem,
    Item,
    PeriodItem,
    Question,
    RepeatItem,
    ScaleItem,
    Section,
    YesNoItem,
)
from rkv_app.forms.reading import item_path
from rkv_app.forms.validation import check_value
from rkv_app.forms.values import chosen, is_row_id
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import Message, message

_MAX_DEPTH = 24
_MARK = tuple(part.name for part in fields(Carried))


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A set of answers on its way to or from somebody.

    Attributes:
        answers: item path to JSON value; marks of answers that were carried over lie among them.
        aims: the aims that were asked about, with the texts as they were.
    """

    state: EvaluationState
    answers: Mapping[str, object] = field(default_factory=dict)
    aims: tuple[AimText, ...] = ()


def questionnaire_response(form: Form, response: Response) -> Json:
    """Returns answers to a form as a QuestionnaireResponse, the same for R4B and R5."""
    counting = relevant_answers(form, response.answers, response.aims)
    carried = marks(response.answers)
    kept = [
        own_parts("carried", [{"url": key, "valueString": text} for key, text in carried_value(mark).items() if text])
        | {"id": aim.code}
        for aim in response.aims
        if (mark := carried.get(aim.code)) is not None
    ]
    return without_nothing(
        {
            "resourceType": "QuestionnaireResponse",
            "language": BASE_LANGUAGE,
            "extension": [*(aim_extension(aim) for aim in response.aims), *kept],
            "questionnaire": f"{canonical(form.id)}|{form.version}",
            "status": response.state.value,
            "item": _items(form, form.items, counting, response.aims),
        }
    )


def read_response(form: Form, document: Mapping[str, object]) -> Response:
    """Returns the answers that a QuestionnaireResponse holds.

    Raises:
        UserError: RKV-FRM-057 it is none, or one of another form or version; RKV-FRM-010, RKV-FRM-011 it answers what
            was not asked, or what no answer can be.
    """
    if document.get("resourceType") != "QuestionnaireResponse":
        raise _unread(message("it is no QuestionnaireResponse"))
    if document.get("questionnaire") != f"{canonical(form.id)}|{form.version}":
        raise _unread(message("it answers another form, or another version of it"))
    status = document.get("status")
    if status not in list(EvaluationState):
        raise _unread(message("its status is none that is known"))
    aims = heard_aims(document)
    answers: dict[str, object] = {}
    _read_items(form, objects(document.get("item")), answers, 0)
    for path, given in answers.items():
        check_value(form, path, given, aims)
    answers = {path: given for path, given in answers.items() if given is not None}
    for extension in extensions(document, f"{OWN}carried"):
        parts = dict.fromkeys(_MARK, "") | {
            str(one.get("url")): value_of(one) for one in objects(extension.get("extension"))
        }
        mark = read_carried(parts)
        if mark is None or extension.get("id") not in [aim.code for aim in aims]:
            raise _unread(message("what it says about a carried answer cannot be read"))
        answers[carried_path(str(extension["id"]))] = carried_value(mark)
    return Response(state=EvaluationState(str(status)), answers=answers, aims=aims)


def _items(form: Form, items: tuple[Item, ...], answers: Mapping[str, object], aims: tuple[AimText, ...]) -> list[Json]:
    found: list[Json] = []
    for item in items:
        match item:
            case Section():
                inside = _items(form, item.items, answers, aims)
                if inside:
                    found.append({"linkId": item.id, "text": item.label.nb, "item": inside})
            case AimMatrixItem():
                rows = [_aim_row(form, item, aim, answers) for aim in aims]
                asked = [row for row in rows if row["item"]]
                if asked:
                    found.append({"linkId": item.id, "text": item.label.nb, "item": asked})
            case RepeatItem():
                found += [_repeat_row(form, item, row_id, answers) for row_id in chosen(answers.get(item.id))]
            case _ if item.id in answers:
                found.append(_answered(form, item, item.id, item.id, answers[item.id]))
            case _:
                pass
    return found


def _aim_row(form: Form, matrix: AimMatrixItem, aim: AimText, answers: Mapping[str, object]) -> Json:
    inside = [
        _answered(form, column, path, f"{matrix.id}/{column.id}", answers[path])
        for column in matrix.columns
        if (path := item_path(matrix.id, aim.code, column.id)) in answers
    ]
    row: Json = {"linkId": f"{matrix.id}/{aim.code}", "text": aim.text, "item": inside}
    # The address of the aim; FHIR has no code here.
    return {**row, "definition": aim.uri} if aim.uri else row


def _repeat_row(form: Form, repeat: RepeatItem, row_id: str, answers: Mapping[str, object]) -> Json:
    inside = [
        _answered(form, column, ref, ref, answers[path])
        for column in repeat.columns
        if (path := item_path(repeat.id, row_id, column.id)) in answers and (ref := f"{repeat.id}/{column.id}")
    ]
    row: Json = {"extension": [own("row-id", valueString=row_id)], "linkId": repeat.id, "text": repeat.label.nb}
    return without_nothing({**row, "item": inside})


def _answered(form: Form, item: Item, link: str, ref: str, given: object) -> Json:
    """The answer to one question; `ref` is what its options are called."""
    found: Json = {"linkId": link, "text": item.label.nb}
    system = codes_of(form.id, ref)
    match item:
        case PeriodItem() if isinstance(given, dict):
            days = [(suffix, given[key]) for key, suffix in (("from", FROM), ("to", TO)) if key in given]
            return {
                **found,
                "item": [{"linkId": link + suffix, "answer": [{"valueDate": day}]} for suffix, day in days],
            }
        case YesNoItem(not_observed=True):
            code = str(given).lower() if isinstance(given, bool) else given
            answers: list[Json] = [{"valueCoding": {"system": YES_NO_SYSTEM, "code": code}}]
        case YesNoItem():
            answers = [{"valueBoolean": given}]
        case ChoiceItem() | ScaleItem() | ChoicesItem():
            codes = chosen(given) if isinstance(item, ChoicesItem) else (str(given),)
            answers = [{"valueCoding": _coding(item, code, system)} for code in codes]
        case DateItem():
            answers = [{"valueDate": given}]
        case IntegerItem() if isinstance(given, int | float):
            answers = [{"valueInteger": int(given)}]
        case HoursItem() | CalculatedItem():
            answers = [{"valueDecimal": given}]
        case AttachmentItem():
            answers = [{"valueAttachment": {"url": ATTACHMENT + one}} for one in chosen(given)]
        case _:
            answers = [{"valueString": given}]
    return {**found, "answer": answers}


def _coding(item: ChoiceItem | ScaleItem | ChoicesItem, code: str, system: str) -> Json:
    option = item.option(code)
    display = {"display": option.label.nb} if option is not None else {}
    return {"system": system, "code": code, **display}


def _read_items(form: Form, items: list[Json], answers: dict[str, object], depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise _unread(message("the values are nested too deep"))
    for source in items:
        link = str(source.get("linkId"))
        item = form.find(link)
        match item:
            case Section():
                _read_items(form, objects(source.get("item")), answers, depth + 1)
            case AimMatrixItem():
                for row in objects(source.get("item")):
                    _read_row(item, str(row.get("linkId")).removeprefix(f"{item.id}/"), row, answers)
            case RepeatItem():
                row_id = value(source, f"{OWN}row-id")
                if not isinstance(row_id, str) or not is_row_id(row_id):
                    raise _unread(message("a row has no id"))
                listed = answers.setdefault(link, [])
                if isinstance(listed, list):
                    listed.append(row_id)
                _read_row(item, row_id, source, answers)
            case _ if isinstance(item, QUESTIONS):
                answers[link] = _given(item, source)
            case _:
                # Passed on under its own name, so that whoever reads is told which question there is none of.
                answers[link] = None


def _read_row(group: AimMatrixItem | RepeatItem, row_id: str, source: Json, answers: dict[str, object]) -> None:
    for one in objects(source.get("item")):
        column_id = str(one.get("linkId")).rpartition("/")[2]
        column = group.column(column_id)
        answers[item_path(group.id, row_id, column_id)] = _given(column, one) if column is not None else None


def _given(item: Question, source: Json) -> object:
    if isinstance(item, PeriodItem):
        halves = {
            str(one.get("linkId")).rpartition("-")[2]: _first(_values(one)) for one in objects(source.get("item"))
        }
        return halves or None
    found = _values(source)
    if isinstance(item, AttachmentItem):
        return [str(one.get("url")).removeprefix(ATTACHMENT) for one in objects(found)]
    codes = [one.get("code") if isinstance(one, dict) else one for one in found]
    if isinstance(item, ChoicesItem):
        return codes
    if isinstance(item, YesNoItem):
        return _first([{"true": True, "false": False}.get(str(code), code) for code in codes])
    return _first(codes)


def _values(source: Json) -> list[object]:
    return [value_of(answer) for answer in objects(source.get("answer"))]


def _first(found: list[object]) -> object:
    return found[0] if found else None


def _unread(why: Message) -> UserError:
    return UserError(
        "RKV-FRM-057",
        message("These answers cannot be read: {why}", why=why),
        message("Nothing was saved. Ask whoever sent them which form they answer."),
    )
