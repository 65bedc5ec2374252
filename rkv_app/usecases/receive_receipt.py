# SPDX-License-Identifier: MIT
"""The county's receipt comes back to the adviser."""

from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import Receipt, Trust
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.answering import about_our_application
from rkv_app.usecases.receive_application import trust_of
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Moves the case to received; a second receipt, or one that comes after what followed it, changes no state.

    Raises:
        UserError: RKV-EXC-002 unknown sender; RKV-EXC-003 it answers nothing; RKV-EXC-008 it is for another packet.
    """
    receipt = opened.content
    if not isinstance(receipt, Receipt):
        raise TypeError("a receipt packet without a receipt")
    trust = trust_of(ws, opened)
    ours = about_our_application(ws, opened, receipt.application_sha256)
    case = existing_case(ws, ours.case_id)
    if case.state is CaseState.SENT:
        move_case(ws, case, CaseState.RECEIVED, "receipt_received")
    return ours.case_id, trust
