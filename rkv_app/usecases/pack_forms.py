# SPDX-License-Identifier: MIT
"""Pack an organisation's forms and lists into one signed file, for everybody who is to use them."""

from dataclasses import dataclass
from pathlib import Path

from rkv_app.forms.registry import Source
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.packets.form_packets import build_form_packet
from rkv_app.usecases.folder_of_forms import read_folder
from rkv_app.usecases.form_bundle import bundle_in, refused
from rkv_app.usecases.own_files import OUR_ID
from rkv_app.usecases.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PackedForms:
    """What was written."""

    path: Path
    forms: int
    lists: int


def pack_forms(ws: Workspace, folder: Path, out: Path, *, edition: str = "") -> PackedForms:
    """Checks everything in a folder and signs it into a new file.

    Args:
        ws: who signs.
        folder: of forms and lists.
        out: the file to make; its folder must exist.
        edition: what to call this packet; the day, where it is empty.

    Raises:
        UserError: as `read_folder` and `bundle_in`, RKV-FRM-044 also for a form that comes with the app; RKV-PKT-012,
            RKV-PKT-016, RKV-PKT-044 it does not fit into a packet; RKV-SYS-001 to 003 it cannot be written.
    """
    bundle = bundle_in(read_folder(folder), ws.forms)
    for one in bundle.forms:
        if ws.forms.source_of(one.id) is Source.SHIPPED:
            raise refused(f"{one.id}/{one.version}.yaml", 1, OUR_ID)
    now = ws.clock.now()
    packet = build_form_packet(
        bundle.forms,
        bundle.lists,
        sender=ws.card,
        edition=edition.strip() or local_date(now).isoformat(),
        identity=ws.identity,
        at=now,
    )
    write_atomically(out, packet)
    return PackedForms(out, len(bundle.forms), len(bundle.lists))
