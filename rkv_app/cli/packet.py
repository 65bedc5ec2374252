# SPDX-License-Identifier: MIT
"""`rkv packet`: check a packet, and take it apart, with a store's key, a spoken code, or a PKCS#12 file."""

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command, add_noun
from rkv_app.cli.passphrases import read_passphrase
from rkv_app.cli.window_options import add_passphrase_options
from rkv_app.crypto.envelope import OpenWith, SpokenCode, load_pkcs12
from rkv_app.crypto.identity import key_id
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.packets.opening import Verdict, unpack_packet, verify_packet
from rkv_app.usecases.contacts import list_contacts
from rkv_app.usecases.incoming_files import read_incoming

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
    verbs = add_noun(nouns, "packet", "check and open packets")
    verify = add_command(verbs, "verify", "check a packet and say what was found", _verify)
    _add_openers(verify)
    opened = add_command(verbs, "open", "open a packet and write its files to a folder", _open)
    _add_openers(opened)
    opened.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")


def _add_openers(command: argparse.ArgumentParser) -> None:
    command.add_argument("file", type=Path, metavar="FILE", help="the packet")
    command.add_argument("--store", type=Path, metavar="FILE", help="open with the key of this store")
    add_passphrase_options(command)
    command.add_argument("--code-file", type=Path, metavar="FILE", help="open with the spoken code in FILE")
    command.add_argument("--p12", type=Path, metavar="FILE", help="open with the key in a PKCS#12 file")
    command.add_argument("--password-file", type=Path, metavar="FILE", help="password of the PKCS#12 file")


@contextlib.contextmanager
def _opener(context: Context) -> Iterator[tuple[OpenWith | None, list[str]]]:
    """The key to open with, and the key ids of known signers."""
    options = context.options
    if options.code_file:
        yield SpokenCode(read_passphrase(options.code_file, None)), []
    elif options.p12:
        password = read_passphrase(options.password_file, None).encode()
        yield load_pkcs12(read_incoming(options.p12), password), []
    elif options.store:
        with contextlib.closing(context.workspace()) as ws:
            yield ws.identity, [key_id(contact.card.signing_certificate) for contact in list_contacts(ws)]
    else:
        yield None, []


def _verify(context: Context) -> ExitStatus:
    data = read_incoming(context.options.file)
    with _opener(context) as (opener, known):
        report = verify_packet(data, opener, known_signers=known)
    context.say(context.words("Verdict: {verdict}", verdict=report.verdict.value))
    for finding in report.findings:
        context.say(f"{finding.code}: {context.words.say(finding.message)}")
    for file in report.files:
        context.say(f"  {file.name}  {file.size}  {file.sha256}")
    context.answer(report.as_json(context.words))
    return _STATUS[report.verdict]


def _open(context: Context) -> ExitStatus:
    data = read_incoming(context.options.file)
    with _opener(context) as (opener, _known):
        if opener is None:
            raise UserError(
                "RKV-CLI-002",
                message("A key is needed to open a packet."),
                message("Nothing was written. Name one with --store, --code-file or --p12."),
            )
        opened = unpack_packet(data, opener, context.options.out)
    for name in opened.documents:
        context.say(str(context.options.out / name))
    context.answer({"ok": True, "type": opened.type.value, "files": list(opened.documents)})
    return ExitStatus.OK
