# SPDX-License-Identifier: MIT
"""`rkv packet export`: an application as a PDF, a folder for eFormidling, an envelope for Fiks IO, or paper."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.cli.packet_streams import STREAM, add_packet_argument, input_file, one_at_a_time, output
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Message, message
from rkv_app.usecases.export_application import (
    ExportKind,
    ExportPreview,
    application_in,
    export_application,
    preview_export,
)
from rkv_app.usecases.incoming_files import read_incoming
from rkv_app.usecases.reference import legal_bases

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(verbs: "Subparsers") -> None:
    """Adds the command."""
    text = "hand an application over in another shape, and put that on the sharing record"
    command = add_command(verbs, "export", text, _export, on_store=True)
    add_packet_argument(command)
    command.add_argument(
        "--as", dest="kind", type=ExportKind, choices=list(ExportKind), required=True, help="the shape it leaves in"
    )
    command.add_argument("--out", type=Path, metavar="FILE", help="file, or new folder for eformidling; - for output")
    command.add_argument("--certificate", type=Path, metavar="FILE", help="the receiver's certificate, for fiks-io")
    command.add_argument("--receiver", default="", metavar="NAME", help="who gets it, for the sharing record")
    command.add_argument("--cleared-by", default="", metavar="NAME", help="who cleared a protected candidate's papers")
    command.add_argument("--preview", action="store_true", help="show what would leave, and write nothing")


def _export(context: Context) -> ExitStatus:
    options = context.options
    _check(context)
    quiet, target = output(context, options.out) if options.out else (context, None)
    certificate = read_incoming(options.certificate) if options.certificate else b""
    with input_file(context, options.file) as path, contextlib.closing(context.workspace()) as ws:
        packet = application_in(ws, path)
        preview = preview_export(ws, packet, options.kind)
        _say(quiet, preview, options.receiver)
        if target is None or options.preview:
            context.answer({"ok": True, "written": None, **_answer(context, preview, options.receiver)})
            return ExitStatus.OK
        done = export_application(
            ws,
            packet,
            options.kind,
            target,
            receiver=options.receiver,
            cleared_by=options.cleared_by,
            certificate=certificate,
        )
    quiet.say(quiet.words("Written: {name}", name=str(options.out)))
    context.answer(
        {"ok": True, "written": str(options.out), "sha256": done.sha256, **_answer(context, preview, options.receiver)}
    )
    return ExitStatus.OK


def _check(context: Context) -> None:
    options = context.options
    if not options.out and not options.preview:
        raise _missing(message("--out is missing: where to write to"))
    if options.kind is ExportKind.FIKS_IO and not options.certificate and not options.preview:
        raise _missing(message("--certificate is missing: whom to encrypt to"))
    if options.kind is ExportKind.EFORMIDLING and options.out == STREAM:
        raise one_at_a_time(message("a folder cannot be written to standard output"))


def _missing(why: Message) -> UserError:
    return UserError(
        "RKV-CLI-004",
        message("An option is missing: {why}.", why=why),
        message("Nothing was written. Add it, or use --preview to see what would leave."),
    )


def _say(context: Context, preview: ExportPreview, receiver: str) -> None:
    words = context.words
    basis = legal_bases(words.language.value).get(preview.ground.legal_basis, preview.ground.legal_basis)
    context.say(words("Candidate: {name}", name=preview.candidate_name))
    context.say(words("To: {receiver}, {shape}", receiver=receiver or preview.receiver, shape=preview.shape))
    context.say(words("Legal basis: {basis}", basis=basis))
    context.say(words("Purpose: {purpose}", purpose=preview.ground.purpose))
    if preview.shielded:
        context.say(words("Address protection: a named person must clear it"))
    for file in preview.files:
        context.say(f"  {file.name}  {file.media_type}  {file.size}  {file.sha256}")
    for notice in preview.notices:
        context.say(words.say(notice))


def _answer(context: Context, preview: ExportPreview, receiver: str) -> dict[str, object]:
    ground = preview.ground
    return {
        "as": context.options.kind.value,
        "receiver": receiver or preview.receiver,
        "legal_basis": ground.legal_basis,
        "purpose": ground.purpose,
        "informed_on": ground.informed_on.isoformat(),
        "shielded": preview.shielded,
        "files": [
            {"name": each.name, "media_type": each.media_type, "size": each.size, "sha256": each.sha256}
            for each in preview.files
        ],
        "notices": [context.words.say(notice) for notice in preview.notices],
    }
