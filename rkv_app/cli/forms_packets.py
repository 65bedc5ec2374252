# SPDX-License-Identifier: MIT
"""`rkv forms pack`, `add` and `remove`: forms and lists of an organisation as one signed file, for many receivers."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.foundation.added_packets import AddedPacket
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.add_forms import add_forms
from rkv_app.usecases.check_packet import trust_words
from rkv_app.usecases.look_at_forms import Offer, look_at_forms, why_refused
from rkv_app.usecases.offer_words import COPIED, UNSIGNED, offered_words, others_words, standing_words
from rkv_app.usecases.pack_forms import pack_forms
from rkv_app.usecases.remove_forms import remove_forms

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    pack = add_command(
        verbs, "pack", "check a folder of forms and lists, and sign it into one file", _pack, on_store=True
    )
    pack.add_argument("folder", type=Path, metavar="FOLDER", help="forms, and lists such as measures.yaml")
    pack.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write, such as county.rkvskjema")
    pack.add_argument("--edition", default="", metavar="TEXT", help="what to call it; else the day")
    add = add_command(
        verbs, "add", "say what a packet of forms or a folder brings; with --by, add all of it", _add, on_store=True
    )
    add.add_argument("path", type=Path, metavar="FILE|FOLDER", help="a packet of forms, or a folder")
    add.add_argument("--by", default="", metavar="NAME", help="who decides to add it")
    add.add_argument(
        "--compared", default="", metavar="HOW", help="how the digits were compared: by_phone, in_person, or in words"
    )
    remove = add_command(verbs, "remove", "take away what was added, where no answers need it", _remove, on_store=True)
    remove.add_argument("packet", metavar="PACKET", help="as `rkv forms list` shows it")
    remove.add_argument("--by", default="", metavar="NAME", help="who decides this; else the owner of the store")


def say_packets(context: Context, packets: Sequence[AddedPacket]) -> None:
    """Prints what was added, and who it came from."""
    words = context.words
    for one in packets:
        came = one.provenance
        signed = (
            words("signed by {person}", person=came.person) if came.signer else words("from a folder, signed by nobody")
        )
        context.say(
            words(
                "Packet {id}: {organisation}, {edition}, {signed}, added by {by} on {day}",
                id=one.id,
                organisation=came.organisation,
                edition=came.edition,
                signed=signed,
                by=came.added_by,
                day=came.added[:10],
            )
        )


def packet_answer(packet: AddedPacket) -> dict[str, object]:
    """A packet that was added, for --json."""
    came = packet.provenance
    return {
        "id": packet.id,
        "organisation": came.organisation,
        "org_number": came.org_number,
        "person": came.person,
        "signer": came.signer,
        "digits": came.digits,
        "trust": came.trust,
        "edition": came.edition,
        "made": came.made,
        "added": came.added,
        "added_by": came.added_by,
        "manifest_sha256": came.manifest_sha256,
        "files": [
            {"kind": one.kind.value, "id": one.id, "version": one.version, "sha256": one.sha256} for one in packet.files
        ],
    }


def _pack(context: Context) -> ExitStatus:
    options = context.options
    with contextlib.closing(context.workspace()) as ws:
        packed = pack_forms(ws, options.folder, options.out, edition=options.edition)
    words = context.words
    context.say(str(packed.path))
    context.say(
        words(
            "Packed and signed: {forms}, {lists}.",
            forms=words.plural("{n} form", "{n} forms", packed.forms),
            lists=words.plural("{n} list", "{n} lists", packed.lists),
        )
    )
    context.answer({"ok": True, "file": str(packed.path), "forms": packed.forms, "lists": packed.lists})
    return ExitStatus.OK


def _add(context: Context) -> ExitStatus:
    options, words = context.options, context.words
    with contextlib.closing(context.workspace()) as ws:
        offer = look_at_forms(ws, options.path)
        _say(context, offer)
        added = bool(options.by.strip()) and add_forms(ws, offer, options.by, options.compared)
    if added:
        context.say(words("All of it was added."))
    elif not offer.brings_something:
        context.say(words("Everything in it is here already. Nothing was changed."))
    elif (refusal := why_refused(offer)) is not None:
        context.say(words.say(refusal.message))
        context.say(words.say(refusal.hint))
    else:
        context.say(words("Nothing was added. Say who decides it with --by."))
    context.answer(_answer(context, offer, added=added))
    return ExitStatus.OK if added or not offer.brings_something else ExitStatus.NO


def _remove(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        packet = remove_forms(ws, context.options.packet, context.options.by)
    context.say(context.words("The forms and lists were removed. None of them is used any more."))
    context.answer({"ok": True, "removed": packet_answer(packet)})
    return ExitStatus.OK


def _say(context: Context, offer: Offer) -> None:
    words, signer = context.words, offer.signer
    if signer is None:
        context.say(words("From a folder, signed by nobody."))
        context.say(words.say(UNSIGNED))
        context.say(words.say(COPIED))
    else:
        party = signer.card.party
        context.say(
            words("Signed by {name}.", name=", ".join(filter(None, (party.name, party.unit, party.organisation))))
        )
        trust = words("Signed here, in this store") if signer.is_own else words.say(trust_words(signer.trust))
        context.say(words("Trust: {trust}", trust=trust))
        for note in signer.notes:
            context.say(f"{note.code}: {words.say(note.message)}")
        if signer.needs_digits:
            context.say(words("Their digits, to be compared by phone: {digits}", digits=signer.digits))
    for one in offer.files:
        context.say(f"  {words.say(offered_words(one))}: {words.say(standing_words(one.standing))}")
    if offer.others:
        context.say(words.say(others_words(offer.others)))


def _answer(context: Context, offer: Offer, *, added: bool) -> dict[str, object]:
    signer = offer.signer
    return {
        "ok": added or not offer.brings_something,
        "added": added,
        "edition": offer.edition,
        "made": offer.made,
        "manifest_sha256": offer.manifest_sha256,
        "signer": None
        if signer is None
        else {
            "organisation": signer.card.party.organisation,
            "org_number": signer.card.party.org_number,
            "name": signer.card.party.name,
            "digits": signer.digits,
            "trust": signer.trust.value,
            "own": signer.is_own,
            "needs_digits": signer.needs_digits,
            "notes": [{"code": one.code, "message": context.words.say(one.message)} for one in signer.notes],
        },
        "other_files": offer.others,
        "files": [
            {"kind": one.kind.value, "id": one.id, "version": one.version, "standing": one.standing.value}
            for one in offer.files
        ],
    }
