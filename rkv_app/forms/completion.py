# SPDX-License-Identifier: MIT
"""What completing a form keeps and what it removes; told before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.answers import hidden_answers
from rkv_app.forms.model import CalculatedItem, Form


@dataclass(frozen=True, slots=True)
class Completion:
    """What becomes of the answers.

    Attributes:
        kept: answers that stay, by path; results of calculations are found again whenever they are read.
        dropped: paths of answers to questions that are not asked any more.
    """

    kept: Mapping[str, object]
    dropped: tuple[str, ...]


def completion(form: Form, answers: Mapping[str, object], aims: Sequence[AimText]) -> Completion:
    """Returns what completing would keep and remove; changes nothing."""
    hidden = hidden_answers(form, answers, aims)
    dropped = (*hidden, *(path for path in answers if path not in hidden and _is_found(form, path)))
    return Completion({path: value for path, value in answers.items() if path not in dropped}, dropped)


def _is_found(form: Form, path: str) -> bool:
    return isinstance(form.find(path), CalculatedItem)
