# SPDX-License-Identifier: MIT
"""`rkv forms`: list forms, check and look at form files, begin one, exchange and share them, and work with answers."""

from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli import forms_answers, forms_exchange, forms_packets, forms_pdf, forms_take_in
from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.forms.lint import Severity, lint
from rkv_app.forms.loader import read_bytes
from rkv_app.forms.registry import Source
from rkv_app.forms.starting import starting_file
from rkv_app.foundation.added_packets import added_packets
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error, write_atomically
from rkv_app.usecases.own_files import in_our_place

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "forms", "list, check, look at, begin and exchange forms")
    add_command(verbs, "list", "list every version of every form that is here", _list)
    check = add_command(verbs, "lint", "say what is wrong with form files, with file and line", _lint)
    check.add_argument("path", type=Path, metavar="PATH", help="a form file, or a folder of forms")
    look = add_command(verbs, "preview", "show a form as it will look, and again each time the file is saved", _preview)
    look.add_argument("path", type=Path, metavar="FILE", help="a form file")
    new = add_command(verbs, "new", "write a first form file with comments, ready to change", _new)
    new.add_argument("id", metavar="ID", help="such as safety-round")
    new.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="folder of forms; else where you are")
    forms_answers.add_to(verbs)
    forms_exchange.add_to(verbs)
    forms_pdf.add_to(verbs)
    forms_packets.add_to(verbs)
    forms_take_in.add_to(verbs)


def _list(context: Context) -> ExitStatus:
    words, forms = context.words, context.tools.forms
    entries = forms.entries()
    for entry in entries:
        whose = words("ours") if entry.source is Source.SHIPPED else words("your organisation's")
        if entry.packet is not None:
            came, packet = entry.packet.provenance, entry.packet.id
            whose = words("from a folder, signed by nobody, packet {id}", id=packet)
            if came.signer:
                whose = words("from {organisation}, packet {id}", organisation=came.organisation, id=packet)
        context.say(f"{entry.form_id} {entry.version}  ({whose})")
    packets = added_packets(forms.packets_folder)
    forms_packets.say_packets(context, packets)
    context.answer(
        {"ok": True, "forms": [
            {"id": entry.form_id, "version": entry.version, "source": entry.source.value,
             **({"packet": entry.packet.id} if entry.packet is not None else {})} for entry in entries],
         "packets": [forms_packets.packet_answer(one) for one in packets]}
    )  # fmt: skip
    return ExitStatus.OK


def _lint(context: Context) -> ExitStatus:
    words = context.words
    path: Path = context.options.path
    found = lint(path) + in_our_place(context.tools.forms, path)
    errors = sum(finding.severity is Severity.ERROR for finding in found)
    for finding in found:
        said = _sentence(words.say(finding.message))
        severity = words("error") if finding.severity is Severity.ERROR else words("advice")
        context.say(f"{finding.file}:{finding.line}: {severity} {finding.code}: {said}")
    if errors:
        context.say(words.plural("{n} error.", "{n} errors.", errors))
    else:
        context.say(words("No errors. The form can be used."))
    context.answer(
        {"ok": not errors, "findings": [
            {"code": finding.code, "severity": finding.severity.value, "file": str(finding.file), "line": finding.line,
             "message": _sentence(words.say(finding.message))} for finding in found]}
    )  # fmt: skip
    return ExitStatus.NO if errors else ExitStatus.OK


def _sentence(said: str) -> str:
    """What is said, as a sentence of its own where it is only a part of one."""
    return said if said[-1:] in ".?!" else f"{said[:1].upper()}{said[1:]}."


def _preview(context: Context) -> ExitStatus:
    path: Path = context.options.path
    if path.is_dir() or path.suffix != ".yaml":
        raise UserError(
            "RKV-FRM-042",
            message("{what} is not a form file.", what=path),
            message("Nothing was shown. Name one file that ends in .yaml."),
        )
    # What is not there is told here; what is wrong with what is there, in the window.
    read_bytes(path)
    return ExitStatus(context.tools.open_preview(path, context.words.language))


def _new(context: Context) -> ExitStatus:
    form_id: str = context.options.id
    year = local_date(context.tools.clock.now()).year
    text = starting_file(form_id, year, context.words.say)
    path: Path = context.options.out / form_id / f"{year}.1.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    write_atomically(path, text.encode())
    context.say(str(path))
    context.say(context.words("Change the words in the file, then check it with: rkv forms lint {file}", file=path))
    context.answer({"ok": True, "file": str(path)})
    return ExitStatus.OK
