# SPDX-License-Identifier: MIT
"""Which fields a form has when it is filled in outside the app: one plan for making them and for reading them back."""

from collections.abc import Iterator, Sequence
from typing import Final

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import (
    NOT_OBSERVED,
    AimMatrixItem,
    AttachmentItem,
    CalculatedItem,
    Form,
    Question,
    RepeatItem,
    YesNoItem,
)
from rkv_app.forms.parts import Option
from rkv_app.forms.reading import item_path
from rkv_app.foundation.i18n import Words

YES, NO = "yes", "no"
FROM, TO = "from", "to"
# Rows that a repeat has where one cannot add any; room for what most people have to tell, and no more pages than that.
ROWS: Final = 4
# As many letters as a date needs, written with dots or hyphens.
DATE_LENGTH: Final = 10
NUMBER_LENGTH: Final = 12


def planned(form: Form, aims: Sequence[AimText]) -> Iterator[tuple[str, Question]]:
    """Every question that has a place in the form, with its item path, in reading order.

    Files cannot be attached and numbers not calculated there, so those have none.
    """
    for placed in form.placed():
        item = placed.item
        if isinstance(item, AimMatrixItem | RepeatItem):
            for row in row_names(item, aims):
                yield from (
                    (item_path(item.id, row, column.id), column) for column in item.columns if has_place(column)
                )
        elif isinstance(item, Question) and has_place(item):
            yield item.id, item


def row_names(group: AimMatrixItem | RepeatItem, aims: Sequence[AimText]) -> Sequence[str]:
    """The rows of a group: one for each aim, or a few empty ones."""
    if isinstance(group, AimMatrixItem):
        return [aim.code for aim in aims]
    return [f"r{number}" for number in range(1, max(group.min, min(ROWS, group.max)) + 1)]


def has_place(item: Question) -> bool:
    """Whether a question can be answered on paper."""
    return not isinstance(item, AttachmentItem | CalculatedItem)


def part_name(path: str, part: str) -> str:
    """The name of a field that is one part of an answer: an option that can be ticked, or one end of a period."""
    return f"{path}/{part}"


def yes_no_options(item: YesNoItem, words: Words) -> Sequence[tuple[str, str]]:
    """Code and words of what can be answered to a question with yes or no."""
    options = [(YES, words("Yes")), (NO, words("No"))]
    return [*options, (NOT_OBSERVED, words("Not observed"))] if item.not_observed else options


def said_options(options: Sequence[Option], language: str) -> Sequence[tuple[str, str]]:
    """Code and words of options."""
    return [(option.code, option.label.text(language)) for option in options]
