# SPDX-License-Identifier: MIT
"""What an answer says, in words: one question of a form, and the value that was given to it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from rkv_app.documents import theme
from rkv_app.documents.builder import Said
from rkv_app.documents.fillable_plan import yes_no_options
from rkv_app.documents.tagged.blocks import Look
from rkv_app.documents.wording import written_date, written_number, written_percent, written_period
from rkv_app.forms.explaining import condition_of
from rkv_app.forms.model import (
    NOT_OBSERVED,
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    Form,
    Group,
    HoursItem,
    IntegerItem,
    LongTextItem,
    PeriodItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.forms.parts import Label, Unit
from rkv_app.forms.reading import Cell
from rkv_app.forms.values import chosen, day, number, period
from rkv_app.foundation.i18n import Message, Words, message

_UNIT: Mapping[Unit, Message] = MappingProxyType(
    {
        Unit.HOURS: message("hours"),
        Unit.HOURS_PER_WEEK: message("hours a week"),
        Unit.DAYS: message("days"),
        Unit.WEEKS: message("weeks"),
        Unit.MONTHS: message("months"),
        Unit.YEARS: message("years"),
        Unit.POINTS: message("points"),
    }
)

# Heights of what is written by hand: a line, and some lines.
_LINE, _LINES = 20.0, 74.0
RING = (theme.MUTED, 0.0)
_FULL = (theme.NAVY, 1.0)


# Languages that are written from right to left.
_FROM_RIGHT = frozenset({"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def from_right(language: str) -> bool:
    """Whether a language (BCP 47 tag) is written from right to left."""
    return language.partition("-")[0] in _FROM_RIGHT


def unit_said(unit: Unit, words: Words) -> str:
    """What a number counts."""
    return "%" if unit is Unit.PERCENT else words.say(_UNIT[unit])


def label_said(label: Label, language: str, look: Look = theme.CELL) -> Said:
    """Words of a form, marked with the language they are really in."""
    said = label.said(language)
    return Said(said.text, look, said.language)


def answer_said(cell: Cell, words: Words, language: str, files: Mapping[str, str]) -> Sequence[Said]:
    """What was answered, or that nothing was.

    Args:
        cell: question and answer.
        words: the document's language.
        language: the language of the form's own words.
        files: what attached files are called, by id.
    """
    if not cell.given:
        return [Said(words("Not answered"), theme.CELL_SMALL)]
    if not cell.counts:
        return [Said(words("There is an answer, but it cannot be read as one to this question."), theme.CELL_SMALL)]
    item, value = cell.item, cell.value
    match item:
        case ChoiceItem() | ScaleItem() | ChoicesItem():
            codes = (str(value),) if isinstance(value, str) else chosen(value)
            return [
                Said(said.text, theme.CELL_MARKED, said.language, _FULL)
                for option in item.options
                if option.code in codes
                for said in (option.label.said(language),)
            ]
        case AttachmentItem():
            return [Said(files.get(one, words("An attached file"))) for one in chosen(value)]
        case _:
            return [Said(_plain(item, value, words))]


def demanded(item: Question, where: Form | Group, words: Words) -> str:
    """Whether a question on paper must be answered, and when; nothing where anybody may answer it or not."""
    condition = condition_of(item, where)
    if condition is None:
        return words("Must be answered") if item.required else ""
    if item.required:
        return words("Must be answered when {reasons}.", reasons=condition)
    return words("Answer only when {reasons}.", reasons=condition)


def room_said(item: Question, words: Words, language: str) -> Sequence[Said]:
    """What stands where an answer is to be written by hand."""
    match item:
        case ChoiceItem() | ScaleItem() | ChoicesItem():
            return [
                Said(said.text, theme.CELL_MARKED, said.language, RING)
                for option in item.options
                for said in (option.label.said(language),)
            ]
        case YesNoItem():
            return [Said(said, theme.CELL_MARKED, dot=RING) for _, said in yes_no_options(item, words)]
        case DateItem():
            return [Said(words("Day, month, year:"), theme.CELL_SMALL, room=_LINE)]
        case PeriodItem():
            return [
                Said(words("From (day, month, year):"), theme.CELL_SMALL, room=_LINE),
                Said(words("To (day, month, year):"), theme.CELL_SMALL, room=_LINE),
            ]
        case HoursItem() | IntegerItem() if item.unit is not None:
            unit = unit_said(item.unit, words)
            return [Said(words("Number ({unit}):", unit=unit), theme.CELL_SMALL, room=_LINE)]
        case LongTextItem():
            return [Said("", room=_LINES)]
        case AttachmentItem():
            return [Said(words("Put a copy with the form. What it is called:"), theme.CELL_SMALL, room=_LINE)]
        case _:
            return [Said("", room=_LINE)]


def _plain(item: Question, value: object, words: Words) -> str:
    match item:
        case TextItem() | LongTextItem():
            return str(value)
        case YesNoItem():
            return words("Not observed") if value == NOT_OBSERVED else words("Yes") if value else words("No")
        case DateItem():
            found = day(value)
            return written_date(found, words) if found else str(value)
        case PeriodItem():
            first, last = period(value)
            if first is not None and (last is None or first <= last):
                return written_period(first, last, words) if last or item.open_end else written_date(first, words)
            return ", ".join(written_date(one, words) for one in (first, last) if one)
        case HoursItem() | IntegerItem() | CalculatedItem():
            found_number = number(value) or 0
            if item.unit is Unit.PERCENT:
                return written_percent(found_number, words)
            unit = words.say(_UNIT[item.unit]) if item.unit else ""
            return f"{written_number(found_number, words)} {unit}".strip()
        case _:
            return str(value)
