# SPDX-License-Identifier: MIT
"""`rkv forms show|answer|check`: answers on a case, for scripts. They come in a file or from standard input."""

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.cli.packet_streams import STREAM, read_input
from rkv_app.domain.response_states import STATE_WORDS, is_completed
from rkv_app.domain.responses import FormResponse
from rkv_app.forms.answers import asked, cells_of
from rkv_app.forms.model import Form
from rkv_app.forms.parts import Label
from rkv_app.forms.problems import Problem
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.json_reading import parse_untrusted_json
from rkv_app.usecases.answer_form import answer_form
from rkv_app.usecases.form_responses import ResponseSummary, check_response, response_of, responses_of

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    show = add_command(verbs, "show", "list the answers on the cases of a store, or show some", _show, on_store=True)
    show.add_argument("id", nargs="?", metavar="ID", help="id of the answers; with none, all are listed")
    answer = add_command(verbs, "answer", "store answers by item path, all or none", _answer, on_store=True)
    answer.add_argument("id", metavar="ID", help="id of the answers, from `rkv forms show`")
    answer.add_argument(
        "--answers", type=Path, default=STREAM, metavar="FILE", help="a JSON object; else from standard input"
    )
    check = add_command(verbs, "check", "say what is missing or wrong in answers", _check, on_store=True)
    check.add_argument("id", metavar="ID", help="id of the answers, from `rkv forms show`")


def read_answers(data: bytes) -> dict[str, object]:
    """Reads answers: one JSON object, from item path to value; null takes an answer away.

    Raises:
        UserError: RKV-FRM-035, it is anything else.
    """
    try:
        return parse_untrusted_json(data)
    except UserError as problem:
        raise UserError(
            "RKV-FRM-035",
            message("The answers cannot be read: they must be one JSON object in UTF-8, from item path to value."),
            message("Nothing was saved. See `rkv forms show ID --json` for the paths, and `null` to take one away."),
            ExitStatus.DAMAGED,
        ) from problem


def _show(context: Context) -> ExitStatus:
    if context.options.id is None:
        return _list(context)
    with contextlib.closing(context.workspace()) as ws:
        response = response_of(ws, context.options.id)
        form = ws.forms.pinned(response.form)
        files = {one.id: one.name for one in ws.store.attachments.for_subject(response.id)}
    words = context.words
    context.say(f"{form.title.text(words.language.value)}  {form.id} {form.version}")
    context.say(_state(context, response))
    for line in _said(context, form, response, files):
        context.say(line)
    context.answer({"ok": True, **_values(response), "answers": dict(response.answers)})
    return ExitStatus.OK


def _said(context: Context, form: Form, response: FormResponse, files: Mapping[str, str]) -> Sequence[str]:
    from rkv_app.documents.form_words import answer_said  # what documents are made with takes time to load

    language = context.words.language.value
    return [
        f"{cell.path}: {cell.item.label.text(language)} "
        + ", ".join(said.text for said in answer_said(cell, context.words, language, files))
        for cell in cells_of(asked(form, response.answers, response.aims))
        if cell.given
    ]


def _list(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        found = [one for case in ws.store.cases.summaries() for one in responses_of(ws, case.case.id)]
    words = context.words
    for one in found:
        context.say(
            f"{one.response.id}  {one.response.form.form_id}  {_state(context, one.response)}{_left(context, one)}"
        )
    if not found:
        context.say(words("No form has been begun on a case."))
    context.answer(
        {"ok": True, "responses": [{**_values(one.response), "problems": one.problems, "newer": one.newer}
                                   for one in found]}
    )  # fmt: skip
    return ExitStatus.OK


def _answer(context: Context) -> ExitStatus:
    answers = read_answers(read_input(context, context.options.answers))
    with contextlib.closing(context.workspace()) as ws:
        problems = answer_form(ws, context.options.id, answers)
        left = () if problems else check_response(ws, context.options.id)
    if problems:
        context.say(context.words("Nothing was saved:"))
        _tell(context, problems, saved=0)
        return ExitStatus.NO
    words = context.words
    context.say(words.plural("{n} answer was saved.", "{n} answers were saved.", len(answers)))
    if left:
        said = words.plural("{n} thing is missing or wrong.", "{n} things are missing or wrong.", len(left))
        context.say(said)
    context.answer({"ok": True, "saved": len(answers), "problems": [_problem(context, one) for one in left]})
    return ExitStatus.OK


def _check(context: Context) -> ExitStatus:
    with contextlib.closing(context.workspace()) as ws:
        problems = check_response(ws, context.options.id)
    if not problems:
        context.say(context.words("Nothing is missing. You can complete the form."))
    _tell(context, problems)
    return ExitStatus.NO if problems else ExitStatus.OK


def _tell(context: Context, problems: Sequence[Problem], **more: int) -> None:
    told = [_problem(context, one) for one in problems]
    for one in told:
        context.say(f"{one['item']}: {one['code']}: {one['text']}")
    context.answer({"ok": not problems, **more, "problems": told})


def _problem(context: Context, problem: Problem) -> dict[str, str]:
    own = problem.message.params.get("words")
    # A constraint has the form's own words.
    if problem.constraint and isinstance(own, Label):
        said = own.text(context.words.language.value)
    else:
        said = context.words.say(problem.message)
    return {"code": problem.code, "item": problem.item, "text": said, "constraint": problem.constraint}


def _state(context: Context, response: FormResponse) -> str:
    words = context.words
    return words("Being amended") if response.is_being_amended else words.say(STATE_WORDS[response.state])


def _left(context: Context, one: ResponseSummary) -> str:
    if not one.problems:
        return ""
    return "  " + context.words.plural("{n} problem", "{n} problems", one.problems)


def _values(response: FormResponse) -> dict[str, object]:
    return {
        "id": response.id,
        "case": response.case_id,
        "form": {
            "id": response.form.form_id,
            "version": response.form.version,
            "sha256": response.form.sha256,
        },
        "state": response.state.value,
        "completed": is_completed(response.state),
        "language": response.language,
        "changed": response.changed.isoformat(),
        "aims": [aim.code for aim in response.aims],
    }
