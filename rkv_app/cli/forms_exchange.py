# SPDX-License-Identifier: MIT
"""`rkv forms export` and `import`: forms in the formats of others, and forms that others have written."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.domain.evaluations import FormPin
from rkv_app.forms.answer_schema import answer_schema
from rkv_app.forms.exchange.fhir import questionnaire
from rkv_app.forms.exchange.fhir_names import Release
from rkv_app.forms.exchange.fhir_reading import MAX_BYTES, read_json, read_questionnaire
from rkv_app.forms.exchange.plain import form_text, plain_form
from rkv_app.forms.exchange.workbook import read_workbook, write_workbook
from rkv_app.forms.exchange.xlsform import xlsform
from rkv_app.forms.exchange.xlsform_reading import Proposal, read_xlsform
from rkv_app.forms.loader import checked, load_form, read_bytes
from rkv_app.forms.model import Form, version_order
from rkv_app.forms.parts import VERSION_PATTERN
from rkv_app.forms.registry import FormFile
from rkv_app.foundation.clock import local_date
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error, write_atomically

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers

_PDF = ("pdf", "fillable", "paper")
_FORMATS = ("fhir", "xlsform", "jsonschema", *_PDF)


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    export = add_command(verbs, "export", "write a form in a format that other programs read", _export)
    export.add_argument(
        "form",
        metavar="PATH|ID",
        help="a form file, the folder of one form, or the id of a form that is here",
    )
    export.add_argument(
        "--to",
        choices=_FORMATS,
        required=True,
        help="jsonschema: of the answers; pdf: to fill in by hand; fillable: in a PDF reader; paper: by hand, "
        "with a square code by which it is known again",
    )
    export.add_argument(
        "--form-language", default="", metavar="TAG", help="in a PDF: of the form's words, such as ar; else yours"
    )
    export.add_argument("--fhir-version", type=Release, choices=list(Release), default=Release.R4B)
    export.add_argument("--out", type=Path, metavar="FILE", help="else on standard output")
    taken = add_command(
        verbs, "import", "make a draft of a form of an XLSForm (.xlsx) or a FHIR Questionnaire (.json)", _import
    )
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="folder of forms; else where you are")


def _export(context: Context) -> ExitStatus:
    options = context.options
    loaded = named_form(context, options.form)
    form = loaded.form
    if options.out is None and options.to == "xlsform":
        raise UserError(
            "RKV-FRM-061",
            message("A spreadsheet cannot be shown in a terminal."),
            message("Nothing was written. Say where it shall lie, with --out FILE."),
        )
    if options.out is None and options.to in _PDF:
        raise UserError(
            "RKV-DOC-037",
            message("A PDF cannot be shown in a terminal."),
            message("Nothing was written. Say where it shall lie, with --out FILE."),
        )
    data = _exported(context, loaded)
    if options.out is None:
        context.out.write(data.decode())
        return ExitStatus.OK
    write_atomically(options.out, data)
    context.say(context.words("Written: {name}", name=str(options.out)))
    context.answer({"ok": True, "written": str(options.out), "id": form.id, "version": form.version})
    return ExitStatus.OK


def named_form(context: Context, name: str) -> FormFile:
    """The form in a file of its author's, or the newest of those that are here, with its pin.

    Raises:
        UserError: RKV-FRM-001 to -003 the file is no form; RKV-FRM-004 there is no such form.
    """
    path = Path(name)
    if path.is_dir():
        # As `rkv forms new` makes one: the newest version in it.
        versions = [one for one in path.glob("*.yaml") if re.fullmatch(VERSION_PATTERN, one.stem)]
        path = max(versions, key=lambda one: version_order(one.stem), default=path)
    if path.suffix == ".yaml":
        data, sha256 = read_bytes(path)
        form = load_form(data, sha256, path.name).form
        return FormFile(form, FormPin(form.id, form.version, sha256))
    form = context.tools.forms.newest(name)
    return FormFile(form, context.tools.forms.pin_of(form))


def _exported(context: Context, loaded: FormFile) -> bytes:
    options, form = context.options, loaded.form
    match options.to:
        case "xlsform":
            return write_workbook(xlsform(form))
        case "pdf":
            return _printed(context, form)
        case "fillable" | "paper":
            return _to_fill(context, loaded)
        case "fhir":
            document = questionnaire(form, (), options.fhir_version)
        case _:
            document = answer_schema(form, (), context.words.language.value)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _printed(context: Context, form: Form) -> bytes:
    """The form with room to fill it in by hand."""
    # Brought in when somebody prints: what lays out documents is large.
    from rkv_app.documents.form_document import Sheet, render_empty_form

    sheet = Sheet(reference=f"{form.id} {form.version}", language=_language(context, form))
    return render_empty_form(form, (), sheet, words=context.words, at=context.tools.clock.now())


def _to_fill(context: Context, loaded: FormFile) -> bytes:
    """The form with fields for a PDF reader, or with boxes for a pen; it is known again when it comes back."""
    from rkv_app.documents.fillable import render_blank  # as above

    return render_blank(
        loaded.form,
        loaded.pin,
        language=_language(context, loaded.form),
        fillable=context.options.to == "fillable",
        words=context.words,
        at=context.tools.clock.now(),
    )


def _language(context: Context, form: Form) -> str:
    """The language that is asked for, of those that the form has."""
    asked, has = context.options.form_language, form.title.languages()
    if asked and asked not in has:
        raise UserError(
            "RKV-DOC-060",
            message("This form has no words in the language {language}.", language=asked),
            message("Nothing was written. It has words in these: {languages}.", languages=", ".join(has)),
        )
    return str(asked)


def _import(context: Context) -> ExitStatus:
    words, options = context.words, context.options
    plain, untaken = _read(options.file, local_date(context.tools.clock.now()).year)
    form = checked(plain)
    text = form_text(plain).encode()
    path: Path = options.out / str(plain["id"]) / f"{plain['version']}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    write_atomically(path, text)
    context.say(str(path))
    for one in untaken:
        context.say(f"{options.file}: {one.sheet}:{one.row}: {words.say(one.what)}")
    if not isinstance(form, Form):
        context.say(words("The draft is no form yet. See what is wrong with it: rkv forms lint {file}", file=path))
    elif untaken:
        context.say(
            words("Read the draft, and put in what is missing. Check it with: rkv forms lint {file}", file=path)
        )
    whole = isinstance(form, Form) and not untaken
    context.answer(
        {"ok": whole, "file": str(path), "untaken": [
            {"sheet": one.sheet, "row": one.row, "message": words.say(one.what)} for one in untaken]}
    )  # fmt: skip
    return ExitStatus.OK if whole else ExitStatus.NO


def _read(file: Path, year: int) -> Proposal:
    """What a file proposes, whoever wrote it."""
    content = _content(file)
    if file.suffix.lower() == ".json":
        return Proposal(plain_form(read_questionnaire(read_json(content)).form), ())
    return read_xlsform(read_workbook(content), form_id="proposal", version=f"{year}.1")


def _content(path: Path) -> bytes:
    """The content of a file, at most one byte more than is read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
