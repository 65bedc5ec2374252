# SPDX-License-Identifier: MIT
"""`rkv reference`: the dated lists with their sources, and a check of an organisation's own."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.domain.reference import Asked, CountyDocuments, Entry, applying, entry_label
from rkv_app.foundation.added_packets import added_lists
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.resources import own_packets_dir
from rkv_app.usecases.reference import all_lists, faults_in, faulty_lists

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "reference", "lists of measures, legal bases and what counties ask for")
    show = add_command(verbs, "list", "show the lists, or one of them", _list)
    show.add_argument("name", nargs="?", metavar="LIST", help="such as legal_bases; with none, all")
    show.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="only what applies on this day (2026-11-24)")
    check = add_command(verbs, "check", "check an organisation's own lists", _check)
    check.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help="with none, where they usually lie")


def _list(context: Context) -> ExitStatus:
    lists = all_lists()
    name, day = context.options.name, context.options.on
    if name is not None and name not in lists:
        context.say(context.words("There is no list of this name. There are: {names}", names=", ".join(lists)))
        context.answer({"ok": False, "lists": list(lists)})
        return ExitStatus.REFUSED
    shown = {one: applying(entries, day) if day else entries for one, entries in lists.items() if name in (None, one)}
    brought = {one: [packet for packet, _ in added_lists(own_packets_dir(), one)] for one in shown}
    for one, entries in shown.items():
        context.say(one)
        for packet in brought[one]:
            organisation = packet.provenance.organisation
            said = context.words("from {organisation}, packet {id}", organisation=organisation, id=packet.id)
            context.say(f"  ({said})")
        for entry in entries:
            context.say(f"  {entry.code:<40} {entry_label(context.words, entry)}")
            if name is not None:
                context.say(f"  {'':<40} {_facts(context, entry)}")
                _say_asked(context, entry)
    context.answer(
        {
            "ok": True,
            "lists": {one: [_document(entry) for entry in found] for one, found in shown.items()},
            "packets": {one: [packet.id for packet in packets] for one, packets in brought.items() if packets},
        }
    )
    return ExitStatus.OK


def _check(context: Context) -> ExitStatus:
    folder = context.options.folder
    faults = faulty_lists() if folder is None else faults_in(folder)
    for fault in faults:
        context.say(f"{fault.code}: {context.words.say(fault.message)}")
    if not faults:
        context.say(context.words("The lists are in order."))
    context.answer({"ok": not faults, "faults": [_fault(context, one) for one in faults]})
    return ExitStatus.NO if faults else ExitStatus.OK


def _facts(context: Context, entry: Entry) -> str:
    words = context.words
    said = [
        words("Source: {source}", source=entry.source[words.language.value]),
        words("checked {day}", day=entry.checked_on.isoformat()),
    ]
    if entry.pending:
        said.append(words("not in force so far"))
    if entry.valid_from is not None:
        said.append(words("from {day}", day=entry.valid_from.isoformat()))
    if entry.valid_to is not None:
        said.append(words("to {day}", day=entry.valid_to.isoformat()))
    if entry.own:
        said.append(words("the organisation's own"))
    return "; ".join(said)


def _say_asked(context: Context, entry: Entry) -> None:
    if not isinstance(entry, CountyDocuments):
        return
    for asked in entry.asked:
        source = asked.source[context.words.language.value]
        if not asked.confirmed:
            source = context.words("{label} (not confirmed)", label=source)
        context.say(f"    {asked.item:<38} {source}")


def _document(entry: Entry) -> dict[str, object]:
    return {
        "code": entry.code,
        "label": dict(entry.label),
        "confirmed": entry.confirmed,
        "source": dict(entry.source),
        "checked_on": entry.checked_on.isoformat(),
        "valid_from": entry.valid_from.isoformat() if entry.valid_from else None,
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "pending": entry.pending,
        "own": entry.own,
        **({"asked": [_asked(one) for one in entry.asked]} if isinstance(entry, CountyDocuments) else {}),
    }


def _asked(asked: Asked) -> dict[str, object]:
    return {
        "item": asked.item,
        "need": asked.need.value,
        "source": dict(asked.source),
        "confirmed": asked.confirmed,
    }


def _fault(context: Context, fault: UserError) -> dict[str, object]:
    return {"code": fault.code, "message": context.words.say(fault.message)}
