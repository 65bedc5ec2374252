# SPDX-License-Identifier: MIT
"""The county's receipt comes back to the adviser."""

from rkv_app.domain.cases import CaseState
from rkv_app.domain.exchange import MessageType, Receipt, Trust
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import OpenedPacket
from rkv_app.usecases.add_placement import existing_case
from rkv_app.usecases.receive_application import trust_of
from rkv_app.usecases.receive_evaluation import answered
from rkv_app.usecases.transitions import move_case
from rkv_app.usecases.workspace import Workspace


def take(ws: Workspace, opened: OpenedPacket) -> tuple[str, Trust]:
    """Moves the case to received; a second receipt for the same application changes no state.

    Raises:
        UserError: RKV-EXC-002 unknown sender; RKV-EXC-003 it answers nothing; RKV-EXC-008 it is for another packet.
    """
    receipt = opened.content
    if not isinstance(receipt, Receipt):
        raise TypeError("a receipt packet without a receipt")
    trust = trust_of(ws, opened)
    ours = answered(ws, opened, MessageType.APPLICATION)
    if receipt.application_sha256 != ours.manifest_sha256:
        raise UserError(
            "RKV-EXC-008",
            message("This receipt is for another application than the one that was sent."),
            message("Nothing was changed. Call the county and ask what they received."),
            ExitStatus.DAMAGED,
        )
    case = existing_case(ws, ours.case_id)
    if case.state is CaseState.SENT:
        move_case(ws, case, CaseState.RECEIVED, "receipt_received")
    return ours.case_id, trust
