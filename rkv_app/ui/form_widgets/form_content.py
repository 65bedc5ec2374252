# SPDX-License-Identifier: MIT
"""What a form on screen is given to show."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rkv_app.domain.bridges import Bridge
from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import Form


@dataclass(frozen=True, slots=True)
class FormContent:
    """A form, the aims it is about, and the answers so far.

    Attributes:
        answers: item path to JSON value.
        locked: whether it can only be read.
        files: what attachments are called, by their ids.
        offers: answers that may be copied to another aim.
    """

    form: Form
    aims: tuple[AimText, ...]
    answers: Mapping[str, object]
    locked: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    offers: tuple[Bridge, ...] = ()
