# SPDX-License-Identifier: MIT
"""Receive a packet from a file: open it and take it in, or put it in quarantine where it may not be taken in."""

from pathlib import Path

from rkv_app.crypto.envelope import OpenWith, SpokenCode
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.form_packets import looks_like_forms
from rkv_app.packets.opening import OpenedPacket, open_packet_file
from rkv_app.packets.problems import forms_only
from rkv_app.usecases import quarantine
from rkv_app.usecases.contacts import KeyChange, key_change
from rkv_app.usecases.packet_files import incoming_packet
from rkv_app.usecases.take_in import Received, other_content, take_in
from rkv_app.usecases.workspace import Workspace


def receive_packet(ws: Workspace, path: Path, code: str | None = None) -> Received:
    """Receives the packet at `path`; the file is left untouched.

    What comes from somebody unknown, or answers something that is not here, is kept in quarantine.

    Args:
        ws: who receives.
        path: the file.
        code: the spoken code, for a request to a supervisor.

    Raises:
        UserError: RKV-PKT-*: it cannot be opened or does not hold; RKV-EXC-*: it does not fit what was sent;
            RKV-EXC-002, RKV-EXC-003, RKV-EXC-011: it is in quarantine, but for a request that is opened with a code.
            RKV-PKT-067: it is a packet of forms and lists.
    """
    with incoming_packet(path) as sealed:
        refuse_forms(sealed)
        with open_packet_file(sealed, _opener(ws, code)) as opened:
            return _received(ws, sealed, opened)


def key_change_in(ws: Workspace, path: Path, code: str | None = None) -> KeyChange | None:
    """Says whose keys a packet brings that are other than those known; nothing is taken in. None where it brings none.

    Raises:
        UserError: RKV-PKT-*: it cannot be opened or does not hold.
    """
    with incoming_packet(path) as sealed, open_packet_file(sealed, _opener(ws, code)) as opened:
        return key_change(ws, opened.sender)


def refuse_forms(path: Path) -> None:
    """Refuses a packet of forms and lists where one about a person is expected.

    Raises:
        UserError: RKV-PKT-067; RKV-SYS-002, RKV-SYS-004 the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            if looks_like_forms(file):
                raise forms_only()
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def _received(ws: Workspace, sealed: Path, opened: OpenedPacket) -> Received:
    held = quarantine.find_held(ws, opened.message_id)
    if held is not None and held.manifest_sha256 != opened.manifest_sha256:
        raise other_content()
    try:
        with ws.store.transaction(), sealed.open("rb") as packet:
            received = take_in(ws, packet, opened)
            if held is not None:
                quarantine.let_go(ws, held, quarantine.Decision.RECEIVED, ws.party.name, "")
    except UserError as problem:
        if held is None and quarantine.belongs_there(opened, problem):
            quarantine.hold(ws, sealed, opened, problem)
        raise
    return received


def _opener(ws: Workspace, code: str | None) -> OpenWith:
    if code is not None and code.strip():
        return SpokenCode(code)
    if ws.party.role is Role.SUPERVISOR:
        raise UserError(
            "RKV-EXC-006",
            message("This request is opened with a spoken code."),
            message(
                "Ask the adviser who sent it for the code. It is six words or 20 digits, told by phone or in person."
            ),
            ExitStatus.LOCKED,
        )
    return ws.identity
