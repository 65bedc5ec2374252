# SPDX-License-Identifier: MIT
"""`rkv packet quarantine`: what may not be taken in yet, and the decision of a named person about it."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.foundation.errors import ExitStatus
from rkv_app.packets.opening import write_documents
from rkv_app.usecases.check_packet import trust_words
from rkv_app.usecases.quarantine import HeldPacket, discard, find_held, list_held, not_held, opened_to_read, release
from rkv_app.usecases.workspace import Workspace

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    quarantine = add_noun(verbs, "quarantine", "packets that wait for a named person's decision")
    add_command(quarantine, "list", "list what is in quarantine", _list, on_store=True)
    show = add_command(quarantine, "show", "say what is in a packet; nothing is taken in", _show, on_store=True)
    show.add_argument("--out", type=Path, metavar="DIR", help="write its files to this folder, to be read")
    let_in = add_command(quarantine, "release", "take a packet in, and pin its sender", _release, on_store=True)
    refuse = add_command(
        quarantine, "refuse", "throw a packet away; that it came stays on record", _refuse, on_store=True
    )
    for command in (show, let_in, refuse):
        command.add_argument("id", metavar="ID", help="as `list` shows it, or the number of the message")
    let_in.add_argument(
        "--compared", default="", metavar="HOW", help="how the digits were compared: by_phone, in_person, or in words"
    )
    for command in (let_in, refuse):
        command.add_argument("--by", required=True, metavar="NAME", help="who decides this")
        command.add_argument("--why", required=True, metavar="TEXT", help="how they know who it is from, or why not")


def _list(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        held = list_held(ws)
    for one in held:
        _say(context, one)
    if not held:
        context.say(context.words("Nothing is in quarantine."))
    context.answer({"ok": True, "quarantine": [_answer(one) for one in held]})
    return ExitStatus.OK


def _show(context: Context) -> ExitStatus:
    out: Path | None = context.options.out
    with contextlib.closing(context.workspace()) as ws:
        held = _existing(ws, context.options.id)
        with opened_to_read(ws, held.id) as opened:
            if out is not None:
                write_documents(opened, out)
            sizes = {name: opened.documents.size(name) for name in opened.documents}
    _say(context, held)
    context.say(context.words("Their digits, to be compared by phone: {digits}", digits=held.digits))
    for name, size in sizes.items():
        context.say(f"  {name if out is None else out / name}  {size}")
    files = [{"name": name, "size": size} for name, size in sizes.items()]
    context.answer({"ok": True, "packet": {**_answer(held), "files": files}})
    return ExitStatus.OK


def _release(context: Context) -> ExitStatus:
    options = context.options
    with contextlib.closing(context.workspace()) as ws:
        held = _existing(ws, options.id)
        received = release(ws, held.id, options.by, options.why, options.compared)
    trust = context.words.say(trust_words(received.trust))
    context.say(context.words("The packet was taken in."))
    context.say(context.words("Trust: {trust}", trust=trust))
    context.answer(
        {
            "ok": True,
            "message_id": received.message_id,
            "type": received.type.value,
            "decision": "released",
            "by": options.by,
            "trust": {"code": received.trust.value, "message": trust},
        }
    )
    return ExitStatus.OK


def _refuse(context: Context) -> ExitStatus:
    options = context.options
    with contextlib.closing(context.workspace()) as ws:
        held = _existing(ws, options.id)
        discard(ws, held.id, options.by, options.why)
    context.say(context.words("The packet was thrown away. That it came, and who decided, stays on record."))
    context.answer(
        {
            "ok": True,
            "message_id": held.message_id,
            "type": held.type.value,
            "decision": "refused",
            "by": options.by,
        }
    )
    return ExitStatus.OK


def _existing(ws: Workspace, asked: str) -> HeldPacket:
    """The packet with this id, or of the message with this number.

    Raises:
        UserError: RKV-EXC-015 there is none.
    """
    held = find_held(ws, asked)
    if held is None:
        raise not_held()
    return held


def _say(context: Context, held: HeldPacket) -> None:
    words, sender = context.words, held.sender
    context.say(f"{held.id}  {held.type.value}  {held.since.isoformat()}")
    context.say(
        words(
            "It says it is from {name}.", name=", ".join(filter(None, (sender.name, sender.unit, sender.organisation)))
        )
    )


def _answer(held: HeldPacket) -> dict[str, object]:
    party = held.sender
    return {
        "id": held.id,
        "message_id": held.message_id,
        "type": held.type.value,
        "since": held.since.isoformat(),
        "why": held.why.value,
        "digits": held.digits,
        "says_it_is_from": {
            "role": party.role.value,
            "name": party.name,
            "organisation": party.organisation,
            "unit": party.unit,
            "org_number": party.org_number,
        },
    }
