# SPDX-License-Identifier: MIT
"""`rkv forms take-in`: keeps a form that came back and begins its draft. Confirming is done in the window."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.i18n import Words

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers
    from rkv_app.usecases.take_in_returned_form import TakenIn


def add_to(verbs: "Subparsers") -> None:
    """Adds the command."""
    take = add_command(
        verbs,
        "take-in",
        "keep a form that came back, and begin a draft to be confirmed",
        _take_in,
        on_store=True,
    )
    take.add_argument("path", type=Path, metavar="FILE", help="the PDF that came back, or a picture of the paper form")


def _take_in(context: Context) -> ExitStatus:
    from rkv_app.documents.returned.verdicts import SAID  # reading PDFs takes time to load
    from rkv_app.usecases.read_returned_form import step_after
    from rkv_app.usecases.take_in_returned_form import begin_returned_form

    words = context.words
    with contextlib.closing(context.workspace()) as ws:
        taken = begin_returned_form(ws, context.options.path)
    found = taken.form
    said, become = words.say(SAID[found.verdict]), _become(words, taken)
    context.say(f"{said} {become}")
    context.answer(
        {
            "ok": bool(taken.draft_id),
            "taken": taken.taken.value,
            "said": become,
            "draft": taken.draft_id,
            "case": taken.case_id,
            "kept_now": taken.file_is_new,
            "verdict": found.verdict.value,
            "next": words.say(step_after(found)),
            "changes": sorted(found.changes),
            "unclear": dict(found.unclear),
            "problems": [
                {"code": one.code, "item": one.item, "message": words.say(one.message)} for one in found.problems],
        }
    )  # fmt: skip
    return ExitStatus.OK if taken.draft_id else ExitStatus.NO


def _become(words: Words, taken: "TakenIn") -> str:
    from rkv_app.usecases.take_in_returned_form import Taken

    match taken.taken:
        case Taken.BEGUN:
            return words("A draft is begun. Compare it with the file and confirm it in the window.")
        case Taken.OPEN_ALREADY:
            return words("A draft awaits confirmation already, and was not changed. The file is kept beside it.")
        case Taken.KEPT:
            return words("The file is kept in the case, and no draft is begun.")
        case Taken.LEFT:
            return words("Nothing is kept. The file lies where it lay.")
