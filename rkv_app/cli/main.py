# SPDX-License-Identifier: MIT
"""Reads the command line, runs one command, and turns what goes wrong into a sentence and an exit status."""

import argparse
import json
import os
import sys
from collections.abc import Sequence

from rkv_app import __version__
from rkv_app.cli import curriculum, demo, forms, packet, reference, store
from rkv_app.cli.context import Context
from rkv_app.cli.tools import Tools
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import Words

_EPILOG = """\
With no command, the window opens.

examples:
  rkv demo --out practice                         play the whole job on made-up people
  rkv store create --store nav.rkv --role adviser --name "Vera" --organisation "Nav Eksempelvik"
  rkv curriculum import --store nav.rkv grep.zip  bring in curricula from Udir's dump
  rkv curriculum list --store nav.rkv
  rkv forms new safety-round                      begin a form of your own; rkv forms lint checks it
  rkv forms pack county --out county.rkvskjema --store county.rkv
  rkv forms add county.rkvskjema --store nav.rkv  see who signed it and what it brings; --by NAME adds it
  rkv store backup --store nav.rkv                make a backup and check it
  rkv store restore --store nav.rkv --from FILE   put a backup in its place; the present one is moved aside
  rkv packet verify --code-file code.txt file.rkvpakke
  rkv packet open --store county.rkv --out folder file.rkvpakke
  rkv packet export --store nav.rkv --as pdf --out application.pdf file.rkvpakke

exit status:
  0 ok   1 the answer is no   2 wrong use, or refused   3 locked, or wrong key   4 damaged or altered

Passphrases and codes are asked for, or read from a file or a file descriptor. They are never taken from the
command line itself, which other users of the machine can see.
"""


def run(arguments: Sequence[str], tools: Tools) -> int:
    """Runs a command; returns its exit status."""
    options = _parser().parse_args(arguments)
    words = Words(options.language or tools.language)
    try:
        status: ExitStatus = options.run(Context(tools, words, options, sys.stdout))
        sys.stdout.flush()
    except BrokenPipeError:
        _speak_to_nobody()
        return ExitStatus.OK
    except UserError as problem:
        report(problem, words, as_json=options.json)
        return problem.status
    except KeyboardInterrupt:
        return ExitStatus.REFUSED
    return status


def _speak_to_nobody() -> None:
    """Whoever read the answer has read enough, as `head` does: what is left in the buffer goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rkv",
        description="Document prior learning against the national curriculum, and hand it over signed and sealed.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"rkv {__version__}")
    nouns = parser.add_subparsers(metavar="COMMAND", required=True)
    for noun in (demo, curriculum, forms, reference, packet, store):
        noun.add_to(nouns)
    return parser


def report(problem: UserError, words: Words, *, as_json: bool) -> None:
    """Tells what went wrong on standard error, and as one JSON document on standard output where that was asked for."""
    message, hint = words.say(problem.message), words.say(problem.hint)
    if as_json:
        json.dump(
            {"ok": False, "error": {"code": problem.code, "message": message, "hint": hint}},
            sys.stdout,
            ensure_ascii=False,
            indent=2,
        )
        sys.stdout.write("\n")
    sys.stderr.write(f"{problem.code}: {message}\n{hint}\n")
