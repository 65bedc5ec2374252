# SPDX-License-Identifier: MIT
"""Every form that the app ships, and every golden set of answers to one, found where they lie."""

from collections.abc import Mapping
from dataclasses import dataclass

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.resources import forms_dir
from support.golden_answers import golden
from support.whole_form import AIMS, ANSWERS, whole_form

FORMS = Forms(forms_dir())


@dataclass(frozen=True, slots=True)
class Given:
    """One set of answers, and the aims that were asked about."""

    name: str
    form: Form
    answers: Mapping[str, object]
    aims: tuple[AimText, ...]


def every_form() -> list[Form]:
    """All shipped forms, and the one with every type of item."""
    return [whole_form(), *(FORMS.get(entry.form_id, entry.version) for entry in FORMS.entries())]


def every_answer() -> list[Given]:
    """The answers to the form with every type, and all golden ones."""
    return [
        Given("whole", whole_form(), ANSWERS, AIMS),
        Given("nothing", whole_form(), {}, ()),
        *(Given(str(one), FORMS.get(one.form_id, one.version), one.answers, one.aims) for one in golden()),
    ]
