# SPDX-License-Identifier: MIT
"""Packets that came but may not be taken in yet: from somebody unknown, or in answer to what is not here.

They may be read. They leave the quarantine when a named person releases or discards them, or when they are received
once more after the sender has become known. The packet and every decision are attached to the store, and so both stand
in its audit trail.
"""

import contextlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from rkv_app.domain.exchange import Card, MessageType
from rkv_app.domain.people import Party
from rkv_app.domain.stores import Attachment
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import write_in_pieces
from rkv_app.packets.build import FILE_SUFFIX
from rkv_app.packets.opening import OpenedPacket, open_packet_file
from rkv_app.packets.plaintext import plaintext_path
from rkv_app.usecases.contacts import confirm_contact, digits_of, key_change, pin_card, replace_contact_key
from rkv_app.usecases.documents_along import content_of
from rkv_app.usecases.packet_files import opened_from
from rkv_app.usecases.take_in import Received, take_in
from rkv_app.usecases.workspace import Workspace

MOST_HELD = 100
MOST_BYTES = 200 * 2**20

_PACKETS = "quarantine"
_DECISIONS = "quarantine-decisions"
_ID_LENGTH = 36
# A reply without a request of ours is nobody's to release: there is nothing to hold it against.
_HELD_TYPES = frozenset(
    {
        MessageType.APPLICATION,
        MessageType.RECEIPT,
        MessageType.SUPPLEMENT_REQUEST,
        MessageType.SUPPLEMENT,
        MessageType.OUTCOME,
    }
)


class HeldFor(StrEnum):
    """Why a packet is in quarantine, by the code of the error that put it there."""

    UNKNOWN_SENDER = "RKV-EXC-002"
    ANSWERS_NOTHING = "RKV-EXC-003"
    OTHER_KEYS = "RKV-EXC-011"


class Decision(StrEnum):
    """How a packet left the quarantine."""

    RELEASED = "released"
    DISCARDED = "discarded"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPacket:
    """A packet in quarantine.

    Attributes:
        id: its own in the quarantine.
        sender: who it says it is from; nobody has checked that.
        digits: 30 digits of the sender's keys, to be compared by phone.
        since: when it came.
    """

    id: str
    message_id: str
    type: MessageType
    sender: Party
    digits: str
    since: datetime
    why: HeldFor
    manifest_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was decided about a packet in quarantine: who, when, why."""

    message_id: str
    manifest_sha256: str
    decision: Decision
    by: str
    why: str
    at: datetime


def belongs_there(opened: OpenedPacket, problem: UserError) -> bool:
    """Whether a packet that could not be taken in for this reason is kept in quarantine."""
    if problem.code == HeldFor.OTHER_KEYS and opened.type is MessageType.EVALUATION:
        # It answers a request of ours: whether the keys are right is all that is open.
        return True
    return problem.code in tuple(HeldFor) and opened.type in _HELD_TYPES


def hold(ws: Workspace, sealed: Path, opened: OpenedPacket, problem: UserError) -> None:
    """Keeps a packet as it came in the file `sealed`.

    Raises:
        UserError: RKV-EXC-017 there are too many, or it is too large.
    """
    if sealed.stat().st_size > MOST_BYTES:
        raise UserError(
            "RKV-EXC-017",
            message("The packet cannot be taken in yet, and is too large to be kept in quarantine."),
            message(
                "The packet was not kept; its file is as it was. Add the sender's contact card, and receive it again."
            ),
        )
    if len(ws.store.attachments.for_subject(_PACKETS)) >= MOST_HELD:
        raise UserError(
            "RKV-EXC-017",
            message("The quarantine is full: {n} packets wait for a decision.", n=MOST_HELD),
            message("The packet was not kept; its file is as it was. Release or discard some, and receive it again."),
        )
    with ws.store.transaction(), sealed.open("rb") as packet:
        name = f"rkv-{opened.type.value}-{opened.message_id}{FILE_SUFFIX}"
        kept = ws.store.attachments.add(packet, subject=_PACKETS, name=name, at=ws.clock.now())
        ws.store.drafts.put(_key(kept.id), problem.code, kept.added)


def list_held(ws: Workspace) -> Sequence[HeldPacket]:
    """Returns what is in quarantine, oldest first."""
    return [_held(ws, kept, _looked_at(ws, kept)) for kept in ws.store.attachments.for_subject(_PACKETS)]


def find_held(ws: Workspace, asked: str) -> HeldPacket | None:
    """Returns the packet in quarantine that has this id, or this message id; None where there is none."""
    for kept in ws.store.attachments.for_subject(_PACKETS):
        if asked in (kept.id, _number_in(kept.name)):
            return _held(ws, kept, _looked_at(ws, kept))
    return None


def look_at(ws: Workspace, held_id: str) -> OpenedPacket:
    """Returns what is in a packet, to be read; nothing of it is taken in. The content of its documents is not read.

    Raises:
        UserError: RKV-EXC-015 there is no such packet.
    """
    return _looked_at(ws, _existing(ws, held_id))


@contextlib.contextmanager
def opened_to_read(ws: Workspace, held_id: str) -> Iterator[OpenedPacket]:
    """As `look_at`; the content of the documents can be read inside the block.

    Raises:
        UserError: RKV-EXC-015 there is no such packet.
    """
    kept = _existing(ws, held_id)
    with opened_from(ws, lambda target: ws.store.attachments.copy_to(kept.id, target)) as opened:
        yield opened


def release(ws: Workspace, held_id: str, by: str, why: str, how: str = "") -> Received:
    """Takes a packet in on somebody's word, and pins its sender; a known contact has the new keys from then on.

    Args:
        ws: who decides.
        held_id: the packet.
        by: who decides it.
        why: their reason.
        how: how they compared the sender's digits; they count as not compared where it is empty.

    Raises:
        UserError: RKV-EXC-011 a known contact has other keys, and nobody compared them; RKV-EXC-015 there is no such
            packet; RKV-CAS-002 no name or no reason; what `take_in` raises: then
            it stays in quarantine and the sender is not pinned.
    """
    kept = _existing(ws, held_id)
    _check_named(by, why)
    with plaintext_path(None) as sealed:
        write_in_pieces(sealed, lambda target: ws.store.attachments.copy_to(kept.id, target))
        with open_packet_file(sealed, ws.identity) as opened, ws.store.transaction(), sealed.open("rb") as packet:
            _pin_sender(ws, opened.sender, by, how)
            received = take_in(ws, packet, opened)
            let_go(ws, _held(ws, kept, opened), Decision.RELEASED, by, why)
    return received


def _pin_sender(ws: Workspace, sender: Card, by: str, how: str) -> None:
    change = key_change(ws, sender)
    if change is not None and how.strip():
        replace_contact_key(ws, change.known.id, sender, by, how)
        return
    contact = pin_card(ws, sender)
    if how.strip():
        confirm_contact(ws, contact.id, by, how)


def discard(ws: Workspace, held_id: str, by: str, why: str) -> None:
    """Throws a packet away; that it came, and who threw it away and why, stays on record.

    Raises:
        UserError: RKV-EXC-015 there is no such packet; RKV-CAS-002 no name or no reason.
    """
    kept = _existing(ws, held_id)
    _check_named(by, why)
    with ws.store.transaction():
        let_go(ws, _held(ws, kept, _looked_at(ws, kept)), Decision.DISCARDED, by, why)


def let_go(ws: Workspace, held: HeldPacket, decision: Decision, by: str, why: str) -> None:
    """Takes a packet out of quarantine and records the decision; part of the transaction that is open."""
    at = ws.clock.now()
    told = {
        "message_id": held.message_id,
        "manifest_sha256": held.manifest_sha256,
        "decision": decision.value,
        "by": by.strip(),
        "why": why.strip(),
        "at": at.isoformat(),
    }
    note = io.BytesIO(json.dumps(told, ensure_ascii=False).encode())
    ws.store.attachments.add(note, subject=_DECISIONS, name=f"quarantine-{held.message_id}.txt", at=at)
    ws.store.attachments.remove(held.id, at)
    ws.store.drafts.remove(_key(held.id))


def decisions(ws: Workspace) -> Sequence[Decided]:
    """Returns what was decided about packets in quarantine, oldest first."""
    return [_decided(json.loads(content_of(ws, kept))) for kept in ws.store.attachments.for_subject(_DECISIONS)]


def not_held() -> UserError:
    """RKV-EXC-015: what was asked for is not in quarantine."""
    return UserError(
        "RKV-EXC-015",
        message("There is no such packet in quarantine."),
        message("Nothing was changed. It may have been released or discarded already; look at the list again."),
    )


def _decided(told: dict[str, str]) -> Decided:
    return Decided(
        message_id=told["message_id"],
        manifest_sha256=told["manifest_sha256"],
        decision=Decision(told["decision"]),
        by=told["by"],
        why=told["why"],
        at=datetime.fromisoformat(told["at"]),
    )


def _existing(ws: Workspace, held_id: str) -> Attachment:
    found = next((one for one in ws.store.attachments.for_subject(_PACKETS) if one.id == held_id), None)
    if found is None:
        raise not_held()
    return found


def _number_in(name: str) -> str:
    """The message id in the name that `hold` gave a packet."""
    return name.removesuffix(FILE_SUFFIX)[-_ID_LENGTH:]


def _looked_at(ws: Workspace, kept: Attachment) -> OpenedPacket:
    with opened_from(ws, lambda target: ws.store.attachments.copy_to(kept.id, target)) as opened:
        return opened


def _held(ws: Workspace, kept: Attachment, opened: OpenedPacket) -> HeldPacket:
    return HeldPacket(
        id=kept.id,
        message_id=opened.message_id,
        type=opened.type,
        sender=opened.sender.party,
        digits=digits_of(opened.sender),
        since=kept.added,
        why=HeldFor(str(ws.store.drafts.get(_key(kept.id)) or HeldFor.UNKNOWN_SENDER)),
        manifest_sha256=opened.manifest_sha256,
    )


def _key(held_id: str) -> str:
    return f"{_PACKETS}/{held_id}"


def _check_named(by: str, why: str) -> None:
    if not by.strip() or not why.strip():
        raise UserError(
            "RKV-CAS-002",
            message("A name or a reason is missing."),
            message("Nothing was changed. Write who decides this, and why."),
        )
