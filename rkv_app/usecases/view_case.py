# SPDX-License-Identifier: MIT
"""Everything about a case, and the one next step."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rkv_app.domain.cases import Case, CaseState, Transition
from rkv_app.domain.coverage import AimCoverage
from rkv_app.domain.evaluations import Evaluation, PlanText
from rkv_app.domain.exchange import ExchangeRecord, MessageType
from rkv_app.domain.people import Candidate
from rkv_app.domain.placements import Placement
from rkv_app.domain.ports import CaseSummary
from rkv_app.domain.self_assessment import OwnAnswer
from rkv_app.domain.sharing import SharingEvent
from rkv_app.domain.stores import Attachment
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.case_aims import aims_together, plan_text
from rkv_app.usecases.completed_answers import own_word
from rkv_app.usecases.conversation import AskedForMore, Told, asked_for_more, outcomes
from rkv_app.usecases.documented import documented
from rkv_app.usecases.view_returned_form import ReturnedForms, returned_of
from rkv_app.usecases.workspace import Workspace


class NextStep(StrEnum):
    """What the adviser should do next."""

    ADD_PLACEMENT = "add_placement"
    REQUEST_EVALUATION = "request_evaluation"
    WAIT_FOR_EVALUATION = "wait_for_evaluation"
    CONFIRM_RETURNED = "confirm_returned"
    SEND_APPLICATION = "send_application"
    WAIT_FOR_RECEIPT = "wait_for_receipt"
    WAIT_FOR_COUNTY = "wait_for_county"
    SEND_SUPPLEMENT = "send_supplement"
    READ_OUTCOME = "read_outcome"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """A case with all that belongs to it.

    Attributes:
        plans: the curricula of the case as far as they are in the store, that of the wanted competence first.
        asked: what the county asked for after the application, oldest first.
        outcomes: what it decided, oldest first; the last one counts.
        documents: what is attached to the case.
        returned: forms that came back, and those of them that await confirmation.
        own: what the candidate says of each aim in the newest completed self-assessment; it documents nothing.
    """

    case: Case
    candidate: Candidate
    placements: Sequence[Placement]
    evaluations: Sequence[Evaluation]
    plans: tuple[PlanText, ...]
    coverage: tuple[AimCoverage, ...]
    own: tuple[OwnAnswer, ...]
    exchange: Sequence[ExchangeRecord]
    sharing: Sequence[SharingEvent]
    transitions: Sequence[Transition]
    asked: tuple[AskedForMore, ...]
    outcomes: tuple[Told, ...]
    documents: Sequence[Attachment]
    returned: ReturnedForms
    next_step: NextStep


def list_cases(ws: Workspace) -> Sequence[CaseSummary]:
    """Returns all cases, last changed first."""
    return ws.store.cases.summaries()


def view_case(ws: Workspace, case_id: str) -> CaseView:
    """Returns one case.

    Raises:
        UserError: RKV-CAS-001 no such case.
    """
    case = existing_case(ws, case_id)
    candidate = ws.store.cases.candidate(case.candidate_id)
    if candidate is None:
        raise RuntimeError("a case without its candidate")
    placements = ws.store.cases.placements(case_id)
    evaluations = ws.store.evaluations.for_case(case_id)
    exchange = ws.store.exchange.for_case(case_id)
    plans = [found for code in case.plans if (found := ws.store.curricula.get(code)) is not None]
    returned = returned_of(ws, case.id, exchange)
    return CaseView(
        case=case,
        candidate=candidate,
        placements=placements,
        evaluations=evaluations,
        plans=tuple(plan_text(one, ws.language) for one in plans),
        coverage=documented(ws.forms, aims_together(plans, ws.language), placements, evaluations),
        own=own_word(ws, case_id),
        exchange=exchange,
        sharing=ws.store.sharing.for_case(case_id),
        transitions=ws.store.cases.transitions(case_id),
        asked=asked_for_more(ws, exchange),
        outcomes=outcomes(ws, exchange),
        documents=ws.store.attachments.for_subject(case_id),
        returned=returned,
        next_step=_next_step(case.state, placements, evaluations, exchange, returned),
    )


def _next_step(
    state: CaseState,
    placements: Sequence[Placement],
    evaluations: Sequence[Evaluation],
    exchange: Sequence[ExchangeRecord],
    returned: ReturnedForms,
) -> NextStep:
    match state:
        case CaseState.DRAFT | CaseState.COLLECTING | CaseState.READY:
            if returned.drafts:
                return NextStep.CONFIRM_RETURNED
            if evaluations:
                return NextStep.SEND_APPLICATION
            if any(record.type is MessageType.REQUEST for record in exchange):
                return NextStep.WAIT_FOR_EVALUATION
            return NextStep.REQUEST_EVALUATION if placements else NextStep.ADD_PLACEMENT
        case CaseState.SENT:
            return NextStep.WAIT_FOR_RECEIPT
        case CaseState.RECEIVED | CaseState.SUPPLEMENTED:
            return NextStep.WAIT_FOR_COUNTY
        case CaseState.SUPPLEMENT_REQUESTED:
            return NextStep.SEND_SUPPLEMENT
        case CaseState.DECIDED:
            return NextStep.READ_OUTCOME
        case _:
            return NextStep.NOTHING
