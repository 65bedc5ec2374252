# SPDX-License-Identifier: MIT
"""`rkv curriculum`: import, fetch, list, search and show curricula."""

import contextlib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli import curriculum_changes, curriculum_fetch
from rkv_app.cli.context import Context
from rkv_app.cli.curriculum_answers import say_imported
from rkv_app.cli.options import add_command, add_noun
from rkv_app.domain.aims import OfficialText, Validity
from rkv_app.domain.grep_languages import language_note
from rkv_app.domain.ports import CurriculumHit
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.compare_curricula import AT, named_curriculum
from rkv_app.usecases.export_curriculum import curriculum_values
from rkv_app.usecases.import_curriculum import import_curriculum, import_practice_curriculum
from rkv_app.usecases.search_curricula import plans_of, replacements

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "curriculum", "import and read curricula (Grep)")
    bring = add_command(
        verbs, "import", "import Grep or CASE files; with none, the practice plan", _import, on_store=True
    )
    bring.add_argument(
        "files", type=Path, nargs="*", metavar="FILE", help="JSON, JSON-LD or CASE file, folder, or dump zip"
    )
    bring.add_argument("--plan", action="append", metavar="CODE", help="take only this plan; may be repeated")
    curriculum_fetch.add_verbs(verbs)
    add_command(verbs, "list", "list the imported curricula", _list, on_store=True)
    search = add_command(verbs, "search", "search codes, titles and competence aims", _search, on_store=True)
    search.add_argument("text", nargs="+", metavar="WORD", help="words to look for, the last one may be a beginning")
    search.add_argument("--limit", type=int, default=50, metavar="N", help="how many hits at most")
    show = add_command(verbs, "show", "show a curriculum with its aims", _show, on_store=True)
    show.add_argument("code", metavar="CODE", help="CODE or CODE@CHANGED, such as HEA03-03")
    curriculum_changes.add_verbs(verbs)


def _import(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        files = context.options.files
        if files:
            report = import_curriculum(ws, files, context.options.plan, context.progress())
        else:
            report = import_practice_curriculum(ws)
    say_imported(context, report)
    return ExitStatus.OK


def _list(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        summaries = ws.store.curricula.summaries()
    today = local_date(context.tools.clock.now())
    versions = Counter(one.code for one in summaries)
    for one in summaries:
        title = OfficialText(one.title).text(context.words.language.value)
        version = f"  {AT}{one.changed}" if versions[one.code] > 1 else ""
        state = _validity(context, one.validity(today), one.valid_from)
        context.say(f"{one.code}  {title}  ({one.sets}/{one.aims}){version}{state}")
    if not summaries:
        context.say(context.words("No curriculum is imported yet."))
    context.answer(
        {"ok": True, "curricula": [
            {"code": one.code, "title": dict(one.title), "changed": one.changed, "published": one.published,
             "sets": one.sets, "aims": one.aims, "valid_from": one.valid_from, "valid_to": one.valid_to,
             "modular": one.modular, "validity": one.validity(today).value} for one in summaries]}
    )  # fmt: skip
    return ExitStatus.OK


def _validity(context: Context, validity: Validity, valid_from: date | None) -> str:
    """What there is to say of a curriculum that is not in force today."""
    words = context.words
    match validity:
        case Validity.COMING:
            day = f"{valid_from:%d.%m.%Y}" if valid_from else ""
            return "  " + words("in force from {day}", day=day)
        case Validity.ENDED:
            return "  " + words("no longer in force")
        case _:
            return ""


def _search(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        hits = ws.store.curricula.search(" ".join(context.options.text), context.options.limit)
        plans = plans_of(ws, hits)
        replaced_by = replacements(ws, plans.values())
    today = local_date(context.tools.clock.now())
    answers = []
    for hit in hits:
        key = (hit.plan, hit.changed)
        codes = replaced_by.get(key, ())
        replaced = "  " + context.words("replaced by {codes}", codes=", ".join(codes)) if codes else ""
        plan = plans[key]
        status = _validity(context, plan.validity(today), plan.valid_from) + replaced
        context.say(f"{hit.plan:<9} {hit.aim or hit.set_code:<9} {hit.text}{status}")
        answers.append({**_hit(hit), "validity": plan.validity(today).value, "replaced_by": list(codes)})
    if not hits:
        context.say(context.words("Nothing was found in the imported curricula."))
    context.answer({"ok": True, "hits": answers})
    return ExitStatus.OK


def _hit(hit: CurriculumHit) -> dict[str, object]:
    return {
        "plan": hit.plan,
        "changed": hit.changed,
        "set": hit.set_code,
        "aim": hit.aim,
        "text": hit.text,
        "language": hit.language,
    }


def _show(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        curriculum = named_curriculum(ws, context.options.code)
    language, today = context.words.language.value, local_date(context.tools.clock.now())
    state = _validity(context, curriculum.validity(today), curriculum.valid_from)
    context.say(f"{curriculum.code}  {curriculum.title.text(language)}  {AT}{curriculum.changed}{state}")
    for aim_set in curriculum.sets:
        context.say(f"\n{aim_set.code}  {aim_set.title.text(language)}")
        notes = {_note(context, aim.text) for aim in aim_set.aims}
        # Said once where it is the same for all.
        shared = notes.pop() if len(notes) == 1 else ""
        if shared:
            context.say(f"  {shared}")
        for aim in aim_set.aims:
            note = "" if shared else _note(context, aim.text)
            context.say(f"  {aim.code:<9} {aim.text.text(language)}" + (f"  [{note}]" if note else ""))
    context.answer({"ok": True, **curriculum_values(curriculum)})
    return ExitStatus.OK


def _note(context: Context, official: OfficialText) -> str:
    """Which language a text is in, where it is not the reader's."""
    language = context.words.language.value
    told = language_note(official.shown(language)[1], language)
    return context.words.say(told) if told else ""
