# SPDX-License-Identifier: MIT
"""`rkv forms fillable` and `read-pdf`: a form for somebody without the app, and what stands in one that came back."""

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.forms_exchange import named_form
from rkv_app.cli.options import add_command
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers
    from rkv_app.usecases.read_returned_form import ReturnedForm


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    form = add_command(
        verbs, "fillable", "write the form of a request that was sent, for a workplace without the app", _write,
        on_store=True,
    )  # fmt: skip
    form.add_argument("message_id", metavar="MESSAGE_ID", help="the request that was sent")
    form.add_argument("--out", type=Path, required=True, metavar="FILE", help="PDF file to write")
    form.add_argument("--paper", action="store_true", help="with boxes for a pen, not fields for a PDF reader")
    form.add_argument("--cleared-by", default="", metavar="NAME", help="who cleared it for a protected candidate")
    read = add_command(verbs, "read-pdf", "say what stands in a form that was filled in in a PDF reader", _read)
    read.add_argument("path", type=Path, metavar="FILE", help="the PDF that came back, or a picture of the paper form")
    read.add_argument("--form", metavar="FORM_FILE", help="the form file it was made of, where that is not here yet")


def _write(context: Context) -> ExitStatus:
    from rkv_app.usecases.fillable_form import make_fillable_form  # making PDFs takes time to load

    words, options = context.words, context.options
    with contextlib.closing(context.workspace()) as ws:
        path = make_fillable_form(
            ws, options.message_id, options.out, on_paper=options.paper, cleared_by=options.cleared_by
        )
    context.say(words("The form was written to {name}.", name=path))
    context.say(words("The file is not locked. Hand it over as you have agreed, and never by ordinary e-mail."))
    context.answer({"ok": True, "written": str(path), "request": options.message_id, "paper": options.paper})
    return ExitStatus.OK


def _read(context: Context) -> ExitStatus:
    from rkv_app.documents.returned.verdicts import SAID, Verdict  # reading PDFs takes time to load
    from rkv_app.usecases.read_returned_form import read_returned_form, step_after

    words, tools, options = context.words, context.tools, context.options
    own = named_form(context, options.form) if options.form else None
    found = read_returned_form(tools.forms, options.path, today=local_date(tools.clock.now()), own=own)
    said, step = words.say(SAID[found.verdict]), words.say(step_after(found))
    context.say(f"{said} {step}")
    form = _form(found)
    if found.of_a_case:
        context.say(words("Request: {id}", id=found.request_id))
    elif form is not None:
        context.say(words("Form: {id} {version}", id=form["id"], version=form["version"]))
    if found.answers:
        context.say(words.plural("{n} answer.", "{n} answers.", len(found.answers)))
    for path, written in found.unclear.items():
        context.say(words("{item}: cannot be understood: {text}", item=path, text=written))
    for problem in found.problems:
        context.say(f"{problem.item}: {words.say(problem.message)}")
    confirmed = found.confirmed
    context.answer(
        {
            "ok": found.verdict is Verdict.COMPLETE,
            "verdict": found.verdict.value,
            "said": said,
            "next": step,
            "request": found.request_id or None,
            "form": form,
            "changes": sorted(found.changes),
            "answers": dict(found.answers),
            "unclear": dict(found.unclear),
            "problems": [
                {"code": one.code, "item": one.item, "message": words.say(one.message)} for one in found.problems],
            "confirmed": None if confirmed is None else {
                "ticked": confirmed.ticked, "name": confirmed.name, "position": confirmed.position,
                "date": None if confirmed.day is None else confirmed.day.isoformat()},
        }
    )  # fmt: skip
    return ExitStatus.OK if found.verdict is Verdict.COMPLETE else ExitStatus.NO


def _form(found: "ReturnedForm") -> Mapping[str, str] | None:
    """Which form it is; a square code says no more than id and version."""
    if found.asked is not None:
        pin = found.asked.form
        return {"id": pin.form_id, "version": pin.version, "sha256": pin.sha256}
    return dict(zip(("id", "version"), found.in_code, strict=True)) if found.in_code else None
