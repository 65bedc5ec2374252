# SPDX-License-Identifier: MIT
"""Putting commands together: every command answers to --json and --language, and those on a store to its options."""

import argparse
from collections.abc import Callable
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
    verbs: "Subparsers", name: str, text: str, run: Run, *, on_store: bool = False
) -> argparse.ArgumentParser:
    """Adds a command that `run` carries out."""
    command = verbs.add_parser(name, help=text, description=text, allow_abbrev=False)
    if on_store:
        add_window_options(command, store_required=True)
    else:
        command.add_argument("--language", type=Language, choices=list(Language), help="nb, nn or en")
    command.add_argument("--json", action="store_true", help="answer with one JSON document")
    command.set_defaults(run=run)
    return command
