# SPDX-License-Identifier: MIT
"""What the commands on curricula have in common to say."""

from rkv_app.cli.context import Context
from rkv_app.curriculum.importer import ImportReport


def say_imported(context: Context, report: ImportReport) -> None:
    """Tells which curricula came in."""
    for plan in report.curricula:
        context.say(f"{plan.code}  {plan.title.text(context.words.language.value)}")
    context.say(context.words.plural("{n} curriculum imported.", "{n} curricula imported.", len(report.curricula)))
    context.answer(
        {"ok": True, "curricula": [plan.code for plan in report.curricula], "records": report.records,
         "skipped": report.skipped, "missing": list(report.missing)}
    )  # fmt: skip
