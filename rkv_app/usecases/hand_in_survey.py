# SPDX-License-Identifier: MIT
"""Hand in answers to an anonymous form: no case, no day, no order; only the month is kept."""

from collections.abc import Mapping

from rkv_app.domain.people import Role
from rkv_app.domain.responses import SurveyAnswers
from rkv_app.forms.completion import completion
from rkv_app.forms.model import Form
from rkv_app.forms.validation import Problem, check, check_value
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.form_responses import incomplete
from rkv_app.usecases.workspace import Workspace


def anonymous_form(ws: Workspace, form_id: str) -> Form:
    """Returns the newest version of an anonymous form.

    Raises:
        UserError: RKV-FRM-004 no such form; RKV-FRM-054 it is not anonymous.
    """
    form = ws.forms.newest(form_id)
    if not form.anonymous:
        raise UserError(
            "RKV-FRM-054",
            message("This form is not anonymous."),
            message("Nothing was kept. Begin it from the case that it is about."),
        )
    return form


def check_survey(ws: Workspace, form_id: str, answers: Mapping[str, object]) -> tuple[Problem, ...]:
    """Returns what is missing or wrong. Raises as `anonymous_form`."""
    return check(anonymous_form(ws, form_id), answers, (), today=local_date(ws.clock.now()))


def hand_in_survey(ws: Workspace, form_id: str, answers: Mapping[str, object]) -> None:
    """Keeps anonymous answers. Nothing of them is stored before, and nothing can be changed after.

    Raises:
        UserError: RKV-FRM-004, RKV-FRM-054; RKV-FRM-048 something is missing or wrong; RKV-FRM-010, RKV-FRM-011.
    """
    ws.require(Role.ADVISER)
    form = anonymous_form(ws, form_id)
    for item, value in answers.items():
        check_value(form, item, value, ())
    problems = check_survey(ws, form_id, answers)
    if problems:
        raise incomplete(problems)
    kept = completion(form, answers, ()).kept
    month = f"{local_date(ws.clock.now()):%Y-%m}"
    ws.store.responses.add_survey(SurveyAnswers(form=ws.forms.pin_of(form), month=month, answers=kept))
