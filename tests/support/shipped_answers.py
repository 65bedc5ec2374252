# SPDX-License-Identifier: MIT
"""Every form that the app ships, and every golden set of answers to one, found where they lie."""

import json
from dataclasses import dataclass
from pathlib import Path

from rkv_app.domain.evaluations import AimText
from rkv_app.forms.model import Form
from rkv_app.forms.registry import Forms
from rkv_app.foundation.resources import forms_dir
from support.whole_form import AIMS, ANSWERS, whole_form

FORMS = Forms(forms_dir())
GOLDEN = Path(__file__).parents[1] / "data" / "forms"


@dataclass(frozen=True, slots=True)
class Golden:
    """One set of answers, and the aims that were asked about."""

    name: str
    form: Form
    answers: dict[str, object]
    aims: tuple[AimText, ...]


def every_form() -> list[Form]:
    """All shipped forms, and the one with every type of item."""
    return [whole_form(), *(FORMS.get(entry.form_id, entry.version) for entry in FORMS.entries())]


def every_answer() -> list[Golden]:
    """The answers to the form with every type, and all `tests/data/forms/<id>/<version>/*.json`."""
    found = [Golden("whole", whole_form(), ANSWERS, AIMS), Golden("nothing", whole_form(), {}, ())]
    for file in sorted(GOLDEN.glob("*/*/*.json")):
        form = FORMS.get(file.parent.parent.name, file.parent.name)
        told = json.loads(file.read_bytes())
        aims = tuple(AimText(**aim) for aim in told["aims"])
        found.append(Golden(str(file.relative_to(GOLDEN)), form, told["answers"], aims))
    return found
