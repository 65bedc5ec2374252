# SPDX-License-Identifier: MIT
"""The pages of a store of the demo, for pictures."""

from collections.abc import Iterator

from rkv_app.domain.people import Role
from rkv_app.ui.context import PageName, Route
from rkv_app.usecases.demo_people import PRACTICE_PLAN
from rkv_app.usecases.start_form import start_form
from rkv_app.usecases.view_case import list_cases
from rkv_app.usecases.view_queue import list_queue
from rkv_app.usecases.view_requests import list_requests
from rkv_app.usecases.workspace import Workspace


def demo_routes(workspace: Workspace) -> Iterator[tuple[str, Route]]:
    """Each page with its name, the list of cases or requests first."""
    match workspace.party.role:
        case Role.ADVISER:
            case_id = list_cases(workspace)[0].case.id
            yield "cases", Route(PageName.CASES)
            yield "case", Route(PageName.CASE, case_id)
            yield "form", Route(PageName.FORM, _begun(workspace, case_id, "three-party-meeting"))
            yield "agreement", Route(PageName.FORM, _begun(workspace, case_id, "workplace-agreement"))
            yield "send", Route(PageName.SEND, case_id)
            yield "readiness", Route(PageName.READINESS, case_id)
            yield "roads", Route(PageName.ROADS, case_id)
            yield "finder", Route(PageName.FINDER, case_id)
            yield "curricula", Route(PageName.CURRICULA)
            yield "curriculum", Route(PageName.CURRICULUM, PRACTICE_PLAN)
        case Role.SUPERVISOR:
            yield "requests", Route(PageName.REQUESTS)
            for view in list_requests(workspace).requests:
                yield f"evaluation-{view.state}", Route(PageName.EVALUATION, view.summary.message_id)
        case Role.INTAKE:
            yield "queue", Route(PageName.QUEUE)
            yield "application", Route(PageName.APPLICATION, list_queue(workspace).applications[0].message_id)
    yield "contacts", Route(PageName.CONTACTS)
    yield "trust", Route(PageName.TRUST)
    yield "store", Route(PageName.STORE)


def _begun(workspace: Workspace, case_id: str, form_id: str) -> str:
    begun = [one.id for one in workspace.store.responses.for_case(case_id) if one.form.form_id == form_id]
    return begun[0] if begun else start_form(workspace, case_id, form_id).id
