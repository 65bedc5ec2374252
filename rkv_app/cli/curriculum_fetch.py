# SPDX-License-Identifier: MIT
"""`rkv curriculum fetch`: curricula from Udir's Grep over the network. Nothing else in `rkv` opens a connection."""

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.curriculum_answers import say_imported
from rkv_app.cli.options import add_command
from rkv_app.cli.passphrases import read_words
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.usecases.fetch_curricula import fetch_catalogue, fetch_curricula, set_grep_service

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_verbs(verbs: "Subparsers") -> None:
    """Adds the command."""
    fetch = add_command(verbs, "fetch", "fetch curricula from Udir's Grep, over the network", _fetch, on_store=True)
    fetch.add_argument("codes", nargs="*", metavar="CODE", help="such as HEA03-03")
    fetch.add_argument("--all", action="store_true", help="the whole catalogue, where it has changed since last time")
    fetch.add_argument(
        "--key-file", type=Path, metavar="FILE", help="keep the API key in FILE in the store; empty: forget"
    )
    fetch.add_argument("--key-header", metavar="NAME", help="keep the name of the header that the key goes in")
    fetch.add_argument("--service", metavar="URL", help="keep another address of Grep's REST service")


def _fetch(context: Context) -> ExitStatus:
    options = context.options
    keeps = any(value is not None for value in (options.key_file, options.key_header, options.service))
    if options.all == bool(options.codes) and not (keeps and not options.codes and not options.all):
        raise UserError(
            "RKV-CUR-016",
            message("Name the curricula to fetch, or ask for all of them with --all."),
            message("Nothing was asked or changed. An example: rkv curriculum fetch --store nav.rkv HEA03-03"),
        )
    with contextlib.closing(context.workspace()) as ws:
        if keeps:
            key = read_words(options.key_file).strip() if options.key_file else None
            set_grep_service(ws, root=options.service, key_header=options.key_header, key=key)
        if options.codes:
            report = fetch_curricula(ws, options.codes, context.progress())
        elif options.all:
            fetched = fetch_catalogue(ws, context.progress())
            if fetched is None:
                context.say(context.words("Nothing has changed in Udir's Grep since the last time."))
                context.answer({"ok": True, "curricula": []})
                return ExitStatus.OK
            report = fetched
        else:
            context.say(context.words("It was kept in the store. Nothing was fetched."))
            context.answer({"ok": True, "curricula": []})
            return ExitStatus.OK
    say_imported(context, report)
    return ExitStatus.OK
