# SPDX-License-Identifier: MIT
"""`rkv packet build`: sign and seal a message that another program has written as JSON."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.cli.packet_streams import STREAM, one_at_a_time, output, read_input
from rkv_app.crypto.codes import code_words
from rkv_app.domain.exchange import Card
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.i18n import message
from rkv_app.packets.cards import read_card
from rkv_app.packets.drafts import read_draft
from rkv_app.usecases.build_from_draft import WrittenPacket, build_from_draft
from rkv_app.usecases.contacts import contact_of
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.workspace import Workspace

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the command."""
    command = add_command(verbs, "build", "sign and seal a draft and its PDF", _build, on_store=True)
    command.add_argument("--draft", type=Path, required=True, metavar="FILE", help="the message as JSON; - for input")
    command.add_argument("--document", type=Path, required=True, metavar="FILE", help="the PDF for people; - for input")
    command.add_argument("--attach", type=Path, action="append", default=[], metavar="FILE", help="a file to go along")
    command.add_argument("--to", type=Path, action="append", default=[], metavar="CARD", help="contact card, receiver")
    command.add_argument("--code", action="store_true", help="seal it under a fresh spoken code, which is printed")
    command.add_argument("--cleared-by", default="", metavar="NAME", help="who cleared a protected candidate's papers")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write; - for output")


def _build(context: Context) -> ExitStatus:
    options = context.options
    if options.draft == STREAM and options.document == STREAM:
        raise one_at_a_time(message("standard input cannot give both the draft and the document"))
    quiet, target = output(context, options.out)
    written = read_draft(read_input(context, options.draft))
    document = read_input(context, options.document)
    cards = [read_card(read_incoming(path)) for path in options.to]
    with contextlib.closing(context.workspace()) as ws:
        checked = [_is_checked(ws, card) for card in cards]
        packet = build_from_draft(
            ws,
            written,
            document,
            target,
            to=cards,
            under_code=options.code,
            attachments=options.attach,
            cleared_by=options.cleared_by,
        )
    _say(quiet, packet, cards, checked)
    context.answer(
        {
            "ok": True,
            "written": str(options.out),
            "message_id": packet.built.message_id,
            "conversation_id": packet.conversation_id,
            "manifest_sha256": packet.built.manifest_sha256,
            "file_name": packet.built.file_name,
            "code": packet.code,
            "code_words": " ".join(code_words(packet.code)) if packet.code else "",
            "recipients": [
                {"organisation": card.party.organisation, "digits_compared": is_checked}
                for card, is_checked in zip(cards, checked, strict=True)
            ],
        }
    )
    return ExitStatus.OK


def _is_checked(ws: Workspace, card: Card) -> bool:
    """Whether somebody has compared the digits of this card, with both its keys."""
    contact = contact_of(ws, card.signing_certificate)
    return (
        contact is not None
        and contact.checked_on is not None
        and contact.card.sealing_certificate == card.sealing_certificate
    )


def _say(context: Context, packet: WrittenPacket, cards: list[Card], checked: list[bool]) -> None:
    words = context.words
    context.say(words("Message: {id}", id=packet.built.message_id))
    for card, is_checked in zip(cards, checked, strict=True):
        context.say(words("To: {organisation}", organisation=card.party.organisation))
        if not is_checked:
            context.say(words("Nobody has compared the digits of this card in this store."))
    if packet.code:
        context.say(words("Spoken code: {code}", code=packet.code))
        context.say(words("The same code in words: {spoken}", spoken=" ".join(code_words(packet.code))))
        context.say(words("Tell it by phone or in person, never in the same message as the file."))
