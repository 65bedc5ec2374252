# SPDX-License-Identifier: MIT
"""The composition root: the only place that knows both the adapters and those who use them.

Imports are made where they are used: the first window must not wait for what it does not need.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.foundation.i18n import Language, Words, preferred_language
from rkv_app.foundation.own_process import CHILD
from rkv_app.foundation.resources import forms_dir, own_forms_dir, own_packets_dir, state_folder

if TYPE_CHECKING:
    from rkv_app.domain.people import Party
    from rkv_app.domain.store_ports import Vault
    from rkv_app.domain.stores import WayIn
    from rkv_app.usecases.workspace import Workspace


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the window when no command is given, else the command. Returns the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == [CHILD]:
        return _child()
    if _wants_window(arguments):
        return _window(arguments)
    return _command(arguments)


def _child() -> int:
    from rkv_app.documents.preview.child import main as draw_pages

    return draw_pages()


def _wants_window(arguments: Sequence[str]) -> bool:
    return all(argument.startswith("--") and argument not in ("--help", "--version") for argument in arguments[:1])


def _window(arguments: Sequence[str]) -> int:
    # Nothing that is made before the first paint is garbage; looking for some would only make the user wait.
    gc.disable()
    from rkv_app.cli.window_options import add_window_options

    parser = argparse.ArgumentParser(prog="rkv", allow_abbrev=False)
    add_window_options(parser)
    parser.add_argument("--time-first-paint", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    passphrase = None
    if options.passphrase_file or options.passphrase_fd is not None:
        from rkv_app.cli.passphrases import read_passphrase
        from rkv_app.foundation.errors import UserError
        from rkv_app.foundation.memory import forbid_core_dumps

        forbid_core_dumps()
        try:
            passphrase = read_passphrase(options.passphrase_file, options.passphrase_fd)
        except UserError as problem:
            from rkv_app.cli.main import report

            report(problem, Words(options.language or preferred_language(os.environ)), as_json=False)
            return problem.status
    return open_window(options.store, passphrase, options.language, time_first_paint=options.time_first_paint)


def _command(arguments: Sequence[str]) -> int:
    from rkv_app.cli.main import run
    from rkv_app.cli.tools import Tools
    from rkv_app.crypto.kdf import MINIMUM_COST
    from rkv_app.forms.registry import Forms
    from rkv_app.foundation.clock import SystemClock
    from rkv_app.foundation.memory import forbid_core_dumps
    from rkv_app.store.vault import SqlCipherVault

    forbid_core_dumps()
    clock = SystemClock()
    tools = Tools(
        vault=SqlCipherVault(clock, state_folder()),
        demo_vault=SqlCipherVault(clock, state_folder(), cost=MINIMUM_COST),
        forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=clock,
        language=preferred_language(os.environ),
        open_window=open_window,
        open_preview=_open_preview,
    )
    return run(arguments, tools)


def open_window(
    store: Path | None, passphrase: str | None, language: Language | None, *, time_first_paint: bool = False
) -> int:
    """Runs the windows until the last is closed; returns the exit status."""
    from rkv_app.ui.run import RunOptions, run

    options = RunOptions(
        store=store,
        passphrase=passphrase,
        language=language or preferred_language(os.environ),
        open_workspace=_open_workspace,
        create_workspace=_create_workspace,
        vault=_vault,
        time_first_paint=time_first_paint,
    )
    return run(options)


def _open_preview(path: Path, language: Language) -> int:
    from rkv_app.foundation.clock import SystemClock
    from rkv_app.ui.form_preview import run_preview

    return run_preview(path, language, SystemClock())


def _vault() -> Vault:
    from rkv_app.foundation.clock import SystemClock
    from rkv_app.store.vault import SqlCipherVault

    return SqlCipherVault(SystemClock(), state_folder())


def _open_workspace(
    path: Path, way: WayIn, language: Language, *, read_only: bool = False, accept_older: bool = False
) -> Workspace:
    from rkv_app.forms.registry import Forms
    from rkv_app.foundation.clock import SystemClock
    from rkv_app.usecases.open_workspace import open_workspace

    return open_workspace(
        _vault(),
        path,
        way,
        forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=SystemClock(),
        words=Words(language),
        read_only=read_only,
        accept_older=accept_older,
    )


def _create_workspace(path: Path, passphrase: str, party: Party, language: Language) -> Workspace:
    from rkv_app.forms.registry import Forms
    from rkv_app.foundation.clock import SystemClock
    from rkv_app.usecases.create_workspace import create_workspace

    return create_workspace(
        _vault(),
        path,
        passphrase,
        party,
        forms=Forms(forms_dir(), own_forms_dir(), own_packets_dir()),
        clock=SystemClock(),
        words=Words(language),
    )
