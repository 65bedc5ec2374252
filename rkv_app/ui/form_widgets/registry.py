# SPDX-License-Identifier: MIT
"""Which widget takes the answer to which type of question."""

from collections.abc import Callable, Mapping

from rkv_app.forms.model import (
    AttachmentItem,
    CalculatedItem,
    ChoiceItem,
    ChoicesItem,
    DateItem,
    HoursItem,
    IntegerItem,
    LongTextItem,
    PeriodItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.ui.form_widgets.answer_field import AnswerField, WhyAsked
from rkv_app.ui.form_widgets.attachment_field import AttachmentField
from rkv_app.ui.form_widgets.day_fields import DayField, PeriodField
from rkv_app.ui.form_widgets.fields import LineField, SeveralField, TextField, YesNoField, one_of_field
from rkv_app.ui.form_widgets.number_fields import CalculatedField, NumberField
from rkv_app.ui.form_widgets.wording import Wording

_FIELDS: Mapping[type[Question], Callable[..., AnswerField]] = {
    TextItem: LineField,
    LongTextItem: TextField,
    YesNoItem: YesNoField,
    ChoiceItem: one_of_field,
    ScaleItem: one_of_field,
    ChoicesItem: SeveralField,
    DateItem: DayField,
    PeriodItem: PeriodField,
    HoursItem: NumberField,
    IntegerItem: NumberField,
    AttachmentItem: AttachmentField,
    CalculatedItem: CalculatedField,
}


def field_for(item: Question, wording: Wording, about: str = "", why: WhyAsked | None = None) -> AnswerField:
    """Makes the widget for a question; see `AnswerField` for the arguments."""
    return _FIELDS[type(item)](item, wording, about, why)


def types_with_a_widget() -> frozenset[type[Question]]:
    """The types of question that can be shown."""
    return frozenset(_FIELDS)
