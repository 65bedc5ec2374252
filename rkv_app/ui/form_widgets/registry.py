# SPDX-License-Identifier: MIT
"""Which widget takes the answer to which type of question."""

from collections.abc import Callable, Mapping

from rkv_app.forms.model import (
    ChoiceItem,
    ChoicesItem,
    DateItem,
    LongTextItem,
    Question,
    ScaleItem,
    TextItem,
    YesNoItem,
)
from rkv_app.foundation.i18n import Words
from rkv_app.ui.form_widgets.fields import (
    AnswerField,
    DayField,
    LineField,
    OneOfField,
    SeveralField,
    TextField,
    YesNoField,
)

_FIELDS: Mapping[type[Question], Callable[..., AnswerField]] = {
    TextItem: LineField,
    LongTextItem: TextField,
    YesNoItem: YesNoField,
    ChoiceItem: OneOfField,
    ScaleItem: OneOfField,
    ChoicesItem: SeveralField,
    DateItem: DayField,
}


def field_for(item: Question, words: Words, about: str = "") -> AnswerField:
    """Makes the widget for a question; see `AnswerField` for the arguments."""
    return _FIELDS[type(item)](item, words, about)


def types_with_a_widget() -> frozenset[type[Question]]:
    """The types of question that can be shown."""
    return frozenset(_FIELDS)
