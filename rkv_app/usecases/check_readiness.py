# SPDX-License-Identifier: MIT
"""Hold a case against the county's list before it is sent, and keep what the adviser says of its documents."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from rkv_app.domain.exchange import DocumentRole
from rkv_app.domain.people import Role
from rkv_app.domain.practice import sum_practice
from rkv_app.domain.readiness import Readiness, check_readiness
from rkv_app.domain.reference import CountyDocuments, Fact, applying, county_for
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.contacts import list_contacts
from rkv_app.usecases.reference import county_documents, document_items
from rkv_app.usecases.view_case import CaseView, view_case
from rkv_app.usecases.workspace import Workspace

_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class ReadinessView:
    """What the case shows against the list, and what can be chosen.

    Attributes:
        counties: the lists that apply today.
        roles: what the adviser says each attached document is, by its id.
    """

    view: CaseView
    readiness: Readiness
    counties: Sequence[CountyDocuments]
    roles: Mapping[str, DocumentRole]


def view_readiness(ws: Workspace, case_id: str) -> ReadinessView:
    """Returns how a case stands against the list of its county: the chosen one, else that of a county one knows.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    view = view_case(ws, case_id)
    kept = _kept(ws, case_id)
    counties = applying(county_documents(), local_date(ws.clock.now()))
    code = kept.get("county") or _usual_county(ws, counties)
    county = next((one for one in counties if one.code == code), counties[0])
    roles = {key: DocumentRole(value) for key, value in kept.get("roles", {}).items()}
    names: dict[DocumentRole, list[str]] = defaultdict(list)
    for document in view.documents:
        if document.id in roles:
            names[roles[document.id]].append(document.name)
    readiness = check_readiness(county, document_items(), _facts(ws, view), names, kept.get("said", ()))
    return ReadinessView(view, readiness, counties, roles)


def choose_county(ws: Workspace, case_id: str, county: str) -> None:
    """Keeps which county's list a case is held against.

    Raises:
        UserError: RKV-CAS-001 no such case; RKV-CAS-018 no such list.
    """
    if county not in {one.code for one in county_documents()}:
        raise UserError(
            "RKV-CAS-018",
            message("There is no list of documents for this county."),
            message("Nothing was changed. Choose another list, or the one for any county."),
        )
    _keep(ws, case_id, {"county": county})


def say_what_document_is(ws: Workspace, case_id: str, attachment_id: str, role: DocumentRole | None) -> None:
    """Keeps what an attached document is; None takes it back."""
    roles = {key: value for key, value in _kept(ws, case_id).get("roles", {}).items() if key != attachment_id}
    if role is not None:
        roles[attachment_id] = role.value
    _keep(ws, case_id, {"roles": roles})


def say_item_is_there(ws: Workspace, case_id: str, item: str, *, there: bool) -> None:
    """Keeps that something goes along in another way than as a document here, or takes it back."""
    said = [one for one in _kept(ws, case_id).get("said", ()) if one != item]
    _keep(ws, case_id, {"said": [*said, item] if there else said})


def _facts(ws: Workspace, view: CaseView) -> frozenset[Fact]:
    practice = sum_practice(view.placements, local_date(ws.clock.now()))
    shown = {
        Fact.BIRTH_DATE: view.candidate.birth_date is not None,
        Fact.WANTED: bool(view.case.wanted.title),
        Fact.PLACEMENT: bool(view.placements),
        Fact.TASKS: bool(view.placements) and all(one.tasks for one in view.placements),
        Fact.EVALUATION: bool(view.evaluations),
        Fact.RECENT_PRACTICE: practice.recent_share is not None and practice.recent_share >= _HALF,
    }
    return frozenset(fact for fact, is_shown in shown.items() if is_shown)


def _usual_county(ws: Workspace, counties: Sequence[CountyDocuments]) -> str:
    for contact in list_contacts(ws):
        if contact.card.party.role is Role.INTAKE:
            return county_for(counties, contact.card.party.organisation)
    return county_for(counties, "")


# Codes and ids alone: neither names nor what a document says.
def _kept(ws: Workspace, case_id: str) -> Mapping[str, Any]:
    kept = ws.store.settings.get(_key(case_id))
    return kept if isinstance(kept, dict) else {}


def _keep(ws: Workspace, case_id: str, changed: Mapping[str, object]) -> None:
    ws.require(Role.ADVISER)
    existing_case(ws, case_id)
    ws.store.settings.put(_key(case_id), {**_kept(ws, case_id), **changed})


def _key(case_id: str) -> str:
    return f"readiness:{case_id}"
