# SPDX-License-Identifier: MIT
"""The county's decision comes to the adviser."""

from rkv_app.domain.cases import CaseState, may_follow
from rkv_app.domain.exchange import Outcome, Trust
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.answering import about_our_application, arrived, trusted_county
from rkv_app.usecases.documents_along import keep_documents
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Moves the case to decided and keeps the county's documents in it; a corrected decision changes no state.

    Raises:
        UserError: RKV-EXC-002, RKV-EXC-018 the sender; RKV-EXC-003 it answers nothing; RKV-EXC-008 it is about another
            application; RKV-EXC-014, RKV-STO-035 its documents.
    """
    outcome = opened.content
    if not isinstance(outcome, Outcome):
        raise TypeError("an outcome packet without an outcome")
    trust = trusted_county(ws, opened)
    ours = about_our_application(ws, opened, outcome.application_sha256)
    case = arrived(ws, ours.case_id)
    if may_follow(case.state, CaseState.DECIDED):
        move_case(ws, case, CaseState.DECIDED, "outcome_received")
    keep_documents(ws, opened, outcome.documents, ours.case_id)
    return ours.case_id, trust
