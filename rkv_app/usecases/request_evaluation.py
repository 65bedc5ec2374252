# SPDX-License-Identifier: MIT
"""Ask a supervisor for a practice evaluation: a packet under a spoken code."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from rkv_app.crypto.codes import new_spoken_code
from rkv_app.crypto.envelope import CodeRecipient
from rkv_app.documents.letters import render_request
from rkv_app.domain.cases import Case, CaseState, cleared
from rkv_app.domain.evaluations import plans_of
from rkv_app.domain.exchange import EvaluationRequest, MessageType
from rkv_app.domain.minimised import without_place
from rkv_app.domain.people import Role
from rkv_app.domain.placements import Placement
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.ids import new_id, new_token
from rkv_app.packets.build import Draft
from rkv_app.packets.messages import record_json
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.case_aims import aims_together, asked_once, plan_text, plans_of_case
from rkv_app.usecases.clearance import candidate_of, record_clearance, require_clearance
from rkv_app.usecases.sending import send
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace

EVALUATION_FORM = "practice-evaluation"
REPLY_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class SentRequest:
    """A request that lies ready, and the code to tell the supervisor on another channel."""

    path: Path
    code: str
    message_id: str


def request_evaluation(
    ws: Workspace,
    placement_id: str,
    target: Path,
    aim_codes: Collection[str] | None = None,
    *,
    cleared_by: str = "",
) -> SentRequest:
    """Writes a request packet to `target` and returns the spoken code that opens it.

    Args:
        ws: the adviser's.
        placement_id: the placement to evaluate.
        target: file to write.
        aim_codes: which aims to ask about, from any curriculum of the case; None asks about all.
        cleared_by: who cleared asking about a shielded candidate.

    Raises:
        UserError: RKV-CAS-001 no such placement; RKV-CAS-003 no such curriculum; RKV-CAS-008 shielded and not cleared;
            RKV-CAS-009 no aims chosen; RKV-SYS-001 to -003.
    """
    case, request, draft = request_draft(ws, placement_id, aim_codes, cleared_by=cleared_by)
    code = new_spoken_code()
    sent = send(
        ws,
        draft,
        to=[CodeRecipient(code)],
        counterpart=request.placement.workplace.name,
        case_id=case.id,
        target=target,
        and_record=lambda _built: begin_collecting(ws, case, cleared_by),
    )
    return SentRequest(sent.path, code, sent.message_id)


def request_draft(
    ws: Workspace, placement_id: str, aim_codes: Collection[str] | None = None, *, cleared_by: str = ""
) -> tuple[Case, EvaluationRequest, Draft]:
    """The request about a placement before it is signed and sealed, and its case; nothing is written.

    Of a shielded candidate it does not tell where the workplace is, nor how to reach the supervisor.

    Raises:
        UserError: RKV-CAS-001, RKV-CAS-003, RKV-CAS-008, RKV-CAS-009, as `request_evaluation`.
    """
    ws.require(Role.ADVISER)
    placement = ws.store.cases.placement(placement_id)
    case = existing_case(ws, placement.case_id if placement else "")
    if placement is None:
        raise RuntimeError("a case without its placement")
    candidate = candidate_of(ws, case)
    require_clearance(candidate, cleared_by)
    if candidate.shielded:
        placement = without_place(placement)
    request = _question(ws, case, placement, candidate.name, aim_codes)
    at = ws.clock.now()
    draft = Draft(
        type=MessageType.REQUEST,
        content=request,
        conversation_id=new_id(),
        answers="",
        sender=ws.card,
        expires=(at + REPLY_WITHIN).date(),
        reply_token=new_token(),
        main_document=render_request(request, ws.party, words=ws.words, at=at, record=record_json(request)),
    )
    return case, request, draft


def begin_collecting(ws: Workspace, case: Case, cleared_by: str = "") -> None:
    """What a request changes in a case, and who cleared it; part of the transaction that is open."""
    if case.state is CaseState.DRAFT:
        move_case(ws, case, CaseState.COLLECTING, cleared("request_sent", cleared_by))
    else:
        record_clearance(ws, case, "request_sent", cleared_by)


def _question(
    ws: Workspace, case: Case, placement: Placement, candidate_name: str, aim_codes: Collection[str] | None
) -> EvaluationRequest:
    curricula = plans_of_case(ws, case)
    together = asked_once(aims_together(curricula, ws.language))
    aims = tuple(aim for aim in together if aim_codes is None or aim.code in aim_codes)
    if not aims:
        raise UserError(
            "RKV-CAS-009",
            message("No competence aim is chosen."),
            message("Nothing was changed. Choose at least one aim to ask about."),
        )
    plan, *others = plans_of(plan_text(curricula[0], ws.language), aims)
    if not others:
        # Asked about one curriculum alone, a supervisor with an older version of the app can answer too.
        aims = tuple(replace(aim, plan=None) for aim in aims)
    return EvaluationRequest(
        candidate_name=candidate_name,
        placement=placement,
        wanted=case.wanted.title,
        curriculum_code=plan.code,
        curriculum_changed=plan.changed,
        curriculum_title=plan.title,
        aims=aims,
        form=ws.forms.pin_of(ws.forms.newest(EVALUATION_FORM)),
    )
