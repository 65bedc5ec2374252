# SPDX-License-Identifier: MIT
"""The forms on a case: which are on offer, which were begun, how far each has come, and what is wrong in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from rkv_app.domain.carried import given
from rkv_app.domain.response_states import can_be_written
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.model import Form, version_order
from rkv_app.forms.registry import Source
from rkv_app.forms.validation import Problem, check
from rkv_app.foundation.added_packets import Provenance
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.request_evaluation import EVALUATION_FORM
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class ResponseSummary:
    """A response in a list.

    Attributes:
        form: the form it is bound to; None where that very form is not on this machine.
        problems: how many things are missing or wrong, where it is being written.
        newer: the version that the answers could be moved to, or empty.
    """

    response: FormResponse
    form: Form | None
    problems: int
    newer: str


@dataclass(frozen=True, slots=True)
class OfferedForm:
    """A form that can be begun.

    Attributes:
        surveys: how many have answered it, where it is anonymous.
        came: where the packet or folder is from that it was added with; None for one that was not added so.
    """

    form: Form
    source: Source
    surveys: int = 0
    came: Provenance | None = None


def responses_of(ws: Workspace, case_id: str) -> tuple[ResponseSummary, ...]:
    """Returns the responses of a case, newest first."""
    return tuple(_summary(ws, response) for response in reversed(ws.store.responses.for_case(case_id)))


def offered_forms(ws: Workspace) -> tuple[OfferedForm, ...]:
    """Returns the newest version of every form that can be begun here; one that cannot be read is left out."""
    found: list[OfferedForm] = []
    for form_id, source in dict.fromkeys((entry.form_id, entry.source) for entry in ws.forms.entries()):
        if form_id == EVALUATION_FORM:
            continue
        try:
            form = ws.forms.newest(form_id)
        except UserError:
            continue
        packet = ws.forms.came_in(form_id, form.version)
        surveys = len(ws.store.responses.surveys(form_id)) if form.anonymous else 0
        found.append(OfferedForm(form, source, surveys, packet.provenance if packet is not None else None))
    return tuple(found)


def response_of(ws: Workspace, response_id: str) -> FormResponse:
    """Returns a response.

    Raises:
        UserError: RKV-FRM-046 there is none.
    """
    response = ws.store.responses.get(response_id)
    if response is None:
        raise UserError(
            "RKV-FRM-046",
            message("These answers are not in this store."),
            message("Nothing was changed. Open them from the case they belong to."),
        )
    return response


def open_response(ws: Workspace, response_id: str) -> FormResponse:
    """Returns a response that may be written in.

    Raises:
        UserError: RKV-FRM-046 there is none; RKV-FRM-047 it is not being written.
    """
    response = response_of(ws, response_id)
    if not can_be_written(response.state):
        raise UserError(
            "RKV-FRM-047",
            message("These answers are not being written now, so they cannot be changed."),
            message("Nothing was changed. Amend them if they are completed, or take them up again if they were left."),
        )
    return response


def check_response(ws: Workspace, response_id: str) -> tuple[Problem, ...]:
    """Returns what is missing or wrong, in the form's order. Changes nothing.

    Raises:
        UserError: RKV-FRM-046; RKV-FRM-004, RKV-FRM-005 the form is not here as it was.
    """
    return problems_of(ws, response_of(ws, response_id))


def problems_of(ws: Workspace, response: FormResponse) -> tuple[Problem, ...]:
    """Returns the problems of a response. Raises as `check_response`."""
    return _problems(ws, ws.forms.pinned(response.form), response)


def newer_version(ws: Workspace, response: FormResponse) -> str:
    """Returns the newest version of the form where it is newer than the one the answers are bound to, else nothing."""
    versions = ws.forms.versions(response.form.form_id)
    is_newer = bool(versions) and version_order(versions[-1]) > version_order(response.form.version)
    return versions[-1] if is_newer else ""


def _problems(ws: Workspace, form: Form, response: FormResponse) -> tuple[Problem, ...]:
    return check(form, given(response.answers), response.aims, today=local_date(ws.clock.now()))


def _summary(ws: Workspace, response: FormResponse) -> ResponseSummary:
    try:
        form = ws.forms.pinned(response.form)
    except UserError:
        return ResponseSummary(response, None, 0, "")
    is_open = can_be_written(response.state)
    problems = len(_problems(ws, form, response)) if is_open else 0
    return ResponseSummary(response, form, problems, newer_version(ws, response) if is_open else "")


def incomplete(problems: Sequence[Problem]) -> UserError:
    """The error for answers that something is missing or wrong in."""
    return UserError(
        "RKV-FRM-048",
        message("The form cannot be completed yet: {n} things are missing or wrong.", n=len(problems)),
        message("All answers are kept. Check the form to see what is missing, and go to each place from there."),
        ExitStatus.NO,
    )
