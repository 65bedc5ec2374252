# SPDX-License-Identifier: MIT
"""`rkv packet`: check a packet, and take it apart, with a store's key, a spoken code, or a PKCS#12 file."""

from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli import packet_build, packet_export, packet_inspect, packet_quarantine
from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.cli.packet_answers import report_answer, say_header
from rkv_app.cli.packet_streams import Key, add_openers, add_packet_argument, input_file, opening_key, progress_line
from rkv_app.domain.exchange import Trust
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import Verdict, VerifyReport, open_packet_file, verify_packet_file, write_documents
from rkv_app.usecases.check_packet import SenderTrust, known_signers, trust_in, trust_words

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers

_STATUS = {
    Verdict.VALID: ExitStatus.OK,
    Verdict.VALID_UNKNOWN_SENDER: ExitStatus.OK,
    Verdict.WEAK: ExitStatus.NO,
    Verdict.REFUSED: ExitStatus.DAMAGED,
    Verdict.NOT_OUR_FORMAT: ExitStatus.REFUSED,
    Verdict.NOT_FOR_YOU: ExitStatus.LOCKED,
}


def add_to(nouns: "Subparsers") -> None:
    """Adds the commands."""
    verbs = add_noun(nouns, "packet", "check, open, make and hand over packets")
    verify = add_command(verbs, "verify", "check a packet and say what was found", _verify)
    opened = add_command(verbs, "open", "open a packet and write its files to a folder", _open)
    for command in (verify, opened):
        add_packet_argument(command)
        add_openers(command)
    opened.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    packet_inspect.add_to(verbs)
    packet_build.add_to(verbs)
    packet_export.add_to(verbs)
    packet_quarantine.add_to(verbs)


def _verify(context: Context) -> ExitStatus:
    with input_file(context, context.options.file) as path, opening_key(context) as key:
        known = known_signers(key.ws) if key.ws else []
        with progress_line(context) as progress:
            report = verify_packet_file(path, key.opener, known_signers=known, progress=progress)
        trust = _trust(key, report)
    context.say(context.words("Verdict: {verdict}", verdict=report.verdict.value))
    for finding in (*report.findings, *(trust.notes if trust else ())):
        context.say(f"{finding.code}: {context.words.say(finding.message)}")
    if report.header:
        say_header(context, report.header)
    if trust:
        context.say(context.words("Trust: {trust}", trust=trust_words(trust.level)))
    for file in report.files:
        context.say(f"  {file.name}  {file.size}  {file.sha256}")
    context.answer(report_answer(report, trust, context.words))
    return _STATUS[report.verdict]


def _trust(key: Key, report: VerifyReport) -> SenderTrust | None:
    if not report.signer:
        return None
    return trust_in(key.ws, report) if key.ws else SenderTrust(Trust.UNKNOWN)


def _open(context: Context) -> ExitStatus:
    out: Path = context.options.out
    with input_file(context, context.options.file) as path, opening_key(context) as key:
        if key.opener is None:
            raise UserError(
                "RKV-CLI-002",
                message("A key is needed to open a packet."),
                message("Nothing was written. Name one with --store, --code-file or --p12."),
            )
        with (
            progress_line(context) as progress,
            open_packet_file(path, key.opener, progress=progress) as opened,
        ):
            write_documents(opened, out)
            kind, names = opened.type, list(opened.documents)
    for name in names:
        context.say(str(out / name))
    context.answer({"ok": True, "type": kind.value, "files": names})
    return ExitStatus.OK
