# SPDX-License-Identifier: MIT
"""What the commands on curricula have in common to say."""

from rkv_app.cli.context import Context
from rkv_app.usecases.import_curriculum import Imported

# So many codes are named; --json has them all.
_NAMED = 5


def say_imported(context: Context, report: Imported) -> None:
    """Tells which curricula came in."""
    for plan in report.curricula:
        context.say(f"{plan.code}  {plan.title.text(context.words.language.value)}")
    context.say(context.words.plural("{n} curriculum imported.", "{n} curricula imported.", len(report.curricula)))
    if report.skipped:
        context.say(
            context.words.plural(
                "{n} record of a kind that is not needed was left out.",
                "{n} records of kinds that are not needed were left out.",
                report.skipped,
            )
        )
    if report.missing:
        codes = ", ".join(report.missing[:_NAMED]) + (" …" if len(report.missing) > _NAMED else "")
        context.say(
            context.words.plural(
                "{n} code that a curriculum names was not among them: {codes}.",
                "{n} codes that the curricula name were not among them: {codes}.",
                len(report.missing),
                codes=codes,
            )
        )
    for one in report.news:
        context.say(
            context.words(
                "{code} {title}. New aims: {new}. Reworded: {reworded}. Withdrawn: {withdrawn}.",
                code=one.code, title=one.title.text(context.words.language.value), new=one.added,
                reworded=one.reworded, withdrawn=one.withdrawn,
            )
        )  # fmt: skip
    context.answer(
        {"ok": True, "curricula": [plan.code for plan in report.curricula], "records": report.records,
         "skipped": report.skipped, "missing": list(report.missing),
         "news": [{"code": one.code, "changed": one.changed, "before": one.old_changed, "added": one.added,
                   "reworded": one.reworded, "withdrawn": one.withdrawn} for one in report.news]}
    )  # fmt: skip
