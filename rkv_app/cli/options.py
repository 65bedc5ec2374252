# SPDX-License-Identifier: MIT
"""Putting commands together: every command answers to --json and --language, and those on a store to its options."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.window_options import add_window_options
from rkv_app.foundation.errors import ExitStatus
from rkv_app.foundation.i18n import Language

if TYPE_CHECKING:
    Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

Run = Callable[[Context], ExitStatus]


def add_noun(nouns: "Subparsers", name: str, text: str) -> "Subparsers":
    """Adds a group of commands."""
    noun = nouns.add_parser(name, help=text, description=text, allow_abbrev=False)
    return noun.add_subparsers(metavar="COMMAND", required=True)


def add_command(
    verbs: "Subparsers", name: str, text: str, run: Run, *, on_store: bool = False, makes_store: bool = False
) -> argparse.ArgumentParser:
    """Adds a command that `run` carries out; one on a store takes the ways into it, one that makes it a passphrase."""
    command = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
    if on_store or makes_store:
        add_window_options(command, store_required=True)
    else:
        command.add_argument("--language", type=Language, choices=list(Language), help="nb, nn or en")
    if on_store:
        command.add_argument(
            "--recovery-file", type=Path, metavar="FILE", help="open with the words of the recovery sheet in FILE"
        )
    command.add_argument("--json", action="store_true", help="answer with one JSON document")
    command.set_defaults(run=run)
    return command


def add_opening_options(command: argparse.ArgumentParser) -> None:
    """Adds --read-only and --accept-older, for commands that open a store as the window does."""
    command.add_argument("--read-only", action="store_true", help="look at it, even where somebody has it open")
    command.add_argument(
        "--accept-older", action="store_true", help="open it though it is older than before; this is written down in it"
    )


def add_new_passphrase_options(command: argparse.ArgumentParser) -> None:
    """Adds the two ways to hand over a passphrase that is to be."""
    command.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="the new one, first line of FILE")
    command.add_argument("--new-passphrase-fd", type=int, metavar="N", help="the new one, from file descriptor N")
