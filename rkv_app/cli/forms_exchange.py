# SPDX-License-Identifier: MIT
"""`rkv forms export` and `import`: forms in the formats of others, and forms that others have written."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.forms.answer_schema import answer_schema
from rkv_app.forms.exchange.fhir import questionnaire
from rkv_app.forms.exchange.fhir_names import Release
from rkv_app.forms.exchange.fhir_reading import MAX_BYTES, read_json, read_questionnaire
from rkv_app.forms.exchange.plain import form_text, plain_form
from rkv_app.forms.loader import load_form, read_bytes
from rkv_app.forms.model import Form
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.safe_files import explain_os_error, write_atomically

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers

_FORMATS = ("fhir", "jsonschema")


def add_to(verbs: "Subparsers") -> None:
    """Adds the commands."""
    export = add_command(verbs, "export", "write a form in a format that other programs read", _export)
    export.add_argument("form", metavar="PATH|ID", help="a form file, or the id of a form that is here")
    export.add_argument("--to", choices=_FORMATS, required=True, help="fhir: Questionnaire; jsonschema: of the answers")
    export.add_argument("--fhir-version", type=Release, choices=list(Release), default=Release.R4B)
    export.add_argument("--out", type=Path, metavar="FILE", help="else on standard output")
    taken = add_command(verbs, "import", "make a first form file of a FHIR Questionnaire (.json)", _import)
    taken.add_argument("file", type=Path, metavar="FILE")
    taken.add_argument("--out", type=Path, default=Path(), metavar="FOLDER", help="folder of forms; else where you are")


def _export(context: Context) -> ExitStatus:
    options = context.options
    form = _named(context, options.form)
    data = _exported(form, options.to, options.fhir_version, context.words.language.value)
    if options.out is None:
        context.out.write(data.decode())
        return ExitStatus.OK
    write_atomically(options.out, data)
    context.say(context.words("Written: {name}", name=str(options.out)))
    context.answer({"ok": True, "written": str(options.out), "id": form.id, "version": form.version})
    return ExitStatus.OK


def _named(context: Context, name: str) -> Form:
    path = Path(name)
    if path.suffix == ".yaml":
        data, sha256 = read_bytes(path)
        return load_form(data, sha256, path.name).form
    return context.tools.forms.newest(name)


def _exported(form: Form, to: str, release: Release, language: str) -> bytes:
    document = questionnaire(form, (), release) if to == "fhir" else answer_schema(form, (), language)
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _import(context: Context) -> ExitStatus:
    options = context.options
    form = read_questionnaire(read_json(_content(options.file))).form
    path: Path = options.out / form.id / f"{form.version}.yaml"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    write_atomically(path, form_text(plain_form(form)).encode())
    context.say(str(path))
    context.answer({"ok": True, "file": str(path)})
    return ExitStatus.OK


def _content(path: Path) -> bytes:
    """The content of a file, at most one byte more than is read."""
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
