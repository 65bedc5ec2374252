# SPDX-License-Identifier: MIT
"""The county asks the adviser for more documentation."""

from rkv_app.domain.cases import CaseState, may_follow
from rkv_app.domain.exchange import SupplementRequest, Trust
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.answering import about_our_application, arrived, trusted_county
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Moves the case to supplement requested; one that comes after the decision is kept and changes no state.

    Raises:
        UserError: RKV-EXC-002, RKV-EXC-018 the sender; RKV-EXC-003 it answers nothing; RKV-EXC-008 it is about another
            application.
    """
    request = opened.content
    if not isinstance(request, SupplementRequest):
        raise TypeError("a request for more without its content")
    trust = trusted_county(ws, opened)
    ours = about_our_application(ws, opened, request.application_sha256)
    case = arrived(ws, ours.case_id)
    if may_follow(case.state, CaseState.SUPPLEMENT_REQUESTED):
        move_case(ws, case, CaseState.SUPPLEMENT_REQUESTED, "supplement_request_received")
    return ours.case_id, trust
