# SPDX-License-Identifier: MIT
"""`rkv curriculum`: import, list and show curricula."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli import curriculum_changes
from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.domain.aims import Curriculum
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.create_case import no_such_curriculum
from rkv_app.usecases.import_curriculum import import_curriculum, import_practice_curriculum

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "curriculum", "import and read curricula (Grep)")
    bring = add_command(verbs, "import", "import Grep files; with none, the practice plan", _import, on_store=True)
    bring.add_argument("files", type=Path, nargs="*", metavar="FILE", help="JSON file, folder, or dump zip")
    bring.add_argument("--plan", action="append", metavar="CODE", help="take only this plan; may be repeated")
    add_command(verbs, "list", "list the imported curricula", _list, on_store=True)
    show = add_command(verbs, "show", "show a curriculum with its aims", _show, on_store=True)
    show.add_argument("code", metavar="CODE", help="such as HEA03-03")
    curriculum_changes.add_verbs(verbs)


def _import(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        files = context.options.files
        report = import_curriculum(ws, files, context.options.plan) if files else import_practice_curriculum(ws)
    for plan in report.curricula:
        context.say(f"{plan.code}  {plan.title.text(context.words.language.value)}")
    context.say(context.words.plural("{n} curriculum imported.", "{n} curricula imported.", len(report.curricula)))
    context.answer(
        {"ok": True, "curricula": [plan.code for plan in report.curricula], "records": report.records,
         "skipped": report.skipped, "missing": list(report.missing)}
    )  # fmt: skip
    return ExitStatus.OK


def _list(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        summaries = ws.store.curricula.summaries()
    for one in summaries:
        title = one.title.get("nob") or one.title.get("default", "")
        context.say(f"{one.code}  {title}  ({one.sets}/{one.aims})")
    if not summaries:
        context.say(context.words("No curriculum is imported yet."))
    context.answer(
        {"ok": True, "curricula": [
            {"code": one.code, "title": dict(one.title), "changed": one.changed, "published": one.published,
             "sets": one.sets, "aims": one.aims} for one in summaries]}
    )  # fmt: skip
    return ExitStatus.OK


def _show(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        curriculum = ws.store.curricula.get(context.options.code)
    if curriculum is None:
        raise no_such_curriculum(context.options.code)
    language = context.words.language.value
    context.say(f"{curriculum.code}  {curriculum.title.text(language)}")
    for aim_set in curriculum.sets:
        context.say(f"\n{aim_set.code}  {aim_set.title.text(language)}")
        for aim in aim_set.aims:
            context.say(f"  {aim.code:<9} {aim.text.text(language)}")
    context.answer(_document(curriculum))
    return ExitStatus.OK


def _document(curriculum: Curriculum) -> dict[str, object]:
    return {
        "ok": True,
        "code": curriculum.code,
        "uri": curriculum.uri,
        "title": dict(curriculum.title.by_language),
        "changed": curriculum.changed,
        "valid_from": curriculum.valid_from,
        "valid_to": curriculum.valid_to,
        "sets": [
            {
                "code": aim_set.code,
                "title": dict(aim_set.title.by_language),
                "aims": [
                    {"code": aim.code, "uri": aim.uri, "text": dict(aim.text.by_language), "taken_from": aim.taken_from}
                    for aim in aim_set.aims
                ],
            }
            for aim_set in curriculum.sets
        ],
    }
