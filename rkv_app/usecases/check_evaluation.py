# SPDX-License-Identifier: MIT
"""See what is left before an evaluation can be completed."""

from rkv_app.domain.carried import given
from rkv_app.domain.evaluations import Evaluation
from rkv_app.forms.validation import Problem, check
from rkv_app.foundation.clock import local_date
from rkv_app.usecases.workspace import Workspace


def problems_of(ws: Workspace, evaluation: Evaluation) -> tuple[Problem, ...]:
    """Returns the problems in the form's order; none means it can be completed. Changes nothing."""
    form = ws.forms.pinned(evaluation.form)
    return check(form, given(evaluation.answers), evaluation.aims, today=local_date(ws.clock.now()))
