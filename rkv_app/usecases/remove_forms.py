# SPDX-License-Identifier: MIT
"""Take away what was added as a whole, where no answers in this store need it."""

from collections import Counter
from collections.abc import Set

from rkv_app.foundation.added_packets import AddedKind, AddedPacket, added_packets
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.added_folder import folder_gone, note_decision
from rkv_app.usecases.workspace import Workspace


def remove_forms(ws: Workspace, packet_id: str, by: str = "") -> AddedPacket:
    """Takes a packet of forms and lists away; labels from its lists that cases use are shown as codes from then on.

    Args:
        ws: who decides; its owner, where `by` is empty.
        packet_id: as it is listed.
        by: who decides.

    Raises:
        UserError: RKV-SYS-004 there is no such packet; RKV-FRM-045 answers in this store were given on a form in it;
            RKV-STO-007 the store is read-only; RKV-SYS-002 it cannot be taken away.
    """
    packets = added_packets(ws.forms.packets_folder)
    packet = next((one for one in packets if one.id == packet_id), None)
    if packet is None:
        raise UserError(
            "RKV-SYS-004",
            message("The file or folder {name} was not found.", name=packet_id[:60]),
            message("Nothing was changed. The packets that are here are shown by: rkv forms list"),
        )
    also = Counter((file.id, file.version, file.sha256) for one in packets for file in one.files)
    only_here = [
        file for file in packet.files if file.kind is AddedKind.FORM and also[file.id, file.version, file.sha256] == 1
    ]
    pinned = _pinned(ws, {file.id for file in only_here})
    for file in only_here:
        # Completed answers are read with their form for as long as they are kept.
        if (file.id, file.sha256) in pinned:
            raise _in_use(f"{file.id} {file.version}")
    with folder_gone(packet.folder), ws.store.transaction():
        note_decision(
            ws, packet.id, "removed", by or ws.party.name, [f"{one.id} {one.version}" for one in packet.files]
        )
    return packet


def _pinned(ws: Workspace, form_ids: Set[str]) -> set[tuple[str, str]]:
    """Id and digest of every version of these forms that somebody has answered here."""
    pins = [one.form for case in ws.store.cases.summaries() for one in ws.store.responses.for_case(case.case.id)]
    pins += [survey.form for form_id in form_ids for survey in ws.store.responses.surveys(form_id)]
    return {(pin.form_id, pin.sha256) for pin in pins if pin.form_id in form_ids}


def _in_use(form: str) -> UserError:
    return UserError(
        "RKV-FRM-045",
        message("Answers in this store were given on the form {form}, so it stays.", form=form),
        message("Nothing was removed. Answers can only be read with the form that they were given on."),
        ExitStatus.NO,
    )
