# SPDX-License-Identifier: MIT
"""`rkv curriculum diff`, `bridges` and `export`: what changed, what belongs together, and the open formats."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.domain.bridges import Bridge, Place, bridges, links_of
from rkv_app.domain.carried import REASONS
from rkv_app.domain.curriculum_changes import AimPair, CurriculumChanges, PieceKind, PlacedAim, word_diff
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.usecases.case_aims import aim_texts
from rkv_app.usecases.compare_curricula import compare_curricula, named_curriculum
from rkv_app.usecases.export_curriculum import CurriculumFormat, export_curriculum

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers
    from rkv_app.domain.aims import Curriculum

# What stands around words that came or went, for a terminal and for those who cannot see colours.
_AROUND = {PieceKind.SAME: ("", ""), PieceKind.REMOVED: ("[-", "-]"), PieceKind.ADDED: ("{+", "+}")}


def add_verbs(verbs: "Subparsers") -> None:
    """Adds the commands to those of `rkv curriculum`."""
    diff = add_command(verbs, "diff", "show what changed between two versions", _diff, on_store=True)
    diff.add_argument("old", metavar="OLD", help="CODE or CODE@CHANGED; alone, its two newest versions are compared")
    diff.add_argument("new", metavar="NEW", nargs="?", default="", help="CODE or CODE@CHANGED")
    over = add_command(verbs, "bridges", "show which aims of two curricula belong together, and why", _bridges,
                       on_store=True)  # fmt: skip
    over.add_argument("source", metavar="FROM", help="CODE or CODE@CHANGED")
    over.add_argument("target", metavar="TO", help="CODE or CODE@CHANGED; may be the same one")
    out = add_command(verbs, "export", "write a curriculum in an open format", _export, on_store=True)
    out.add_argument("code", metavar="CODE", help="CODE or CODE@CHANGED")
    out.add_argument("--to", type=CurriculumFormat, choices=list(CurriculumFormat), required=True,
                     help="case (1EdTech CASE 1.1), csv or json")  # fmt: skip
    out.add_argument("--out", type=Path, required=True, metavar="FILE", help="file to write")


def _diff(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        changes = compare_curricula(ws, context.options.old, context.options.new)
    _say_changes(context, changes)
    context.answer(_answer(changes, context.words.language.value))
    return ExitStatus.OK


def _say_changes(context: Context, changes: CurriculumChanges) -> None:
    words, language = context.words, context.words.language.value
    context.say(f"{changes.old.code} {changes.old.changed} -> {changes.new.code} {changes.new.changed}")
    if not changes.any:
        context.say(words("No aim is new, reworded or withdrawn."))
    for title, placed in ((words("New aims"), changes.added), (words("Withdrawn aims"), changes.withdrawn)):
        _say_heading(context, title, placed)
        for one in placed:
            context.say(f"  {one.aim.code:<9} {one.aim.text.text(language)}")
    _say_heading(context, words("Reworded aims"), changes.reworded)
    for pair in changes.reworded:
        marked = (f"{piece.words.strip()}".join(_AROUND[piece.kind]) for piece in word_diff(*pair.texts(language)))
        context.say(f"  {_codes(pair):<9} {' '.join(marked)}")


def _say_heading(context: Context, title: str, what: Sequence[object]) -> None:
    if what:
        context.say(f"\n{title} ({len(what)})")


def _codes(pair: AimPair) -> str:
    old, new = pair.old.aim.code, pair.new.aim.code
    return old if old == new else f"{old} -> {new}"


def _answer(changes: CurriculumChanges, language: str) -> dict[str, object]:
    def placed(one: PlacedAim) -> dict[str, object]:
        return {"code": one.aim.code, "set": one.set_code, "text": dict(one.aim.text.by_language)}

    return {
        "ok": True,
        "old": _version(changes.old),
        "new": _version(changes.new),
        "facts": [{"fact": one.fact.value, "old": one.old, "new": one.new} for one in changes.facts],
        "same": [{"old": pair.old.aim.code, "new": pair.new.aim.code, "by": pair.matched} for pair in changes.same],
        "new_aims": [placed(one) for one in changes.added],
        "reworded": [
            {
                "old": pair.old.aim.code,
                "new": pair.new.aim.code,
                "by": pair.matched,
                "words": [{"kind": piece.kind, "words": piece.words} for piece in word_diff(*pair.texts(language))],
            }
            for pair in changes.reworded
        ],
        "withdrawn": [placed(one) for one in changes.withdrawn],
    }


def _version(curriculum: "Curriculum") -> dict[str, object]:
    return {"code": curriculum.code, "changed": curriculum.changed}


def _bridges(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        source = named_curriculum(ws, context.options.source)
        target = named_curriculum(ws, context.options.target)
    language = context.words.language.value
    found = bridges(_places(target, language), _places(source, language), links_of((source, target)))
    for bridge in found:
        why = context.words.say(REASONS[bridge.reason])
        context.say(f"{bridge.source.aim.code} -> {bridge.target.aim.code}  {why}")
        context.say(f"    {bridge.target.aim.text}")
    if not found:
        context.say(context.words("No aims belong together."))
    context.answer({"ok": True, "bridges": [_bridge(one) for one in found]})
    return ExitStatus.OK


def _places(curriculum: "Curriculum", language: str) -> tuple[Place, ...]:
    return tuple(Place(curriculum.code, curriculum.changed, aim) for aim in aim_texts(curriculum, language))


def _bridge(one: Bridge) -> dict[str, object]:
    return {"from": one.source.aim.code, "to": one.target.aim.code, "reason": one.reason, "same_text": one.same_text}


def _export(context: Context) -> ExitStatus:
    options = context.options
    with contextlib.closing(context.workspace()) as ws:
        curriculum = named_curriculum(ws, options.code)
    write_atomically(options.out, export_curriculum(curriculum, options.to))
    context.say(context.words("Written: {name}", name=str(options.out)))
    context.answer({"ok": True, "written": str(options.out), "aims": curriculum.aim_count(), **_version(curriculum)})
    return ExitStatus.OK
