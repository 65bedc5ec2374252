# SPDX-License-Identifier: MIT
"""`rkv demo`: the whole job on made-up people."""

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from rkv_app.cli.context import Context
from rkv_app.cli.options import add_command
from rkv_app.domain.people import Role
from rkv_app.foundation.errors import ExitStatus
from rkv_app.usecases.demo import PASSPHRASE, DemoOptions, Played, Step, play_demo, store_path
from rkv_app.usecases.demo_people import PRACTICE_PLAN

if TYPE_CHECKING:
    from rkv_app.cli.options import Subparsers


def add_to(nouns: "Subparsers") -> None:
    """Adds the command."""
    demo = add_command(nouns, "demo", "play the whole job on made-up people, into an empty folder", _demo)
    demo.add_argument("--out", type=Path, required=True, metavar="DIR", help="a new or empty folder")
    demo.add_argument("--curriculum", type=Path, action="append", default=[], metavar="FILE", help="Grep file")
    demo.add_argument("--plan", default=PRACTICE_PLAN, metavar="CODE", help="which curriculum of the file")
    demo.add_argument("--with-keys", action="store_true", help="also write the throw-away keys and the code")
    demo.add_argument("--headless", action="store_true", help="never open a window")
    demo.add_argument("--open", action="store_true", help="open the adviser's window on it afterwards")


def _demo(context: Context) -> ExitStatus:
    options, words = context.options, context.words

    def tell(step: Step) -> None:
        file = f"  {step.file.name}" if step.file else ""
        context.say(f"{words.say(step.told)}{file}")

    began = time.perf_counter()
    played = play_demo(
        DemoOptions(options.out, tuple(options.curriculum), options.plan, options.with_keys),
        context.tools.demo_vault,
        forms=context.tools.forms,
        clock=context.tools.clock,
        words=words,
        tell=tell,
    )
    total = (time.perf_counter() - began) * 1000
    context.say()
    context.say(words("Three encrypted stores lie in {folder}. All are whole.", folder=options.out))
    context.say(words("Their passphrase, for practice only: {passphrase}", passphrase=PASSPHRASE))
    if options.json:
        context.answer(_document(played, total))
    if options.open and not options.headless:
        return _open(context)
    return ExitStatus.OK


def _open(context: Context) -> ExitStatus:
    if not _has_display():
        context.say(context.words("There is no screen here, so no window is opened."))
        return ExitStatus.OK
    context.say(context.words("Opening the adviser's window …"))
    store = store_path(context.options.out, Role.ADVISER)
    return ExitStatus(context.tools.open_window(store, PASSPHRASE, context.words.language))


def _has_display() -> bool:
    return not sys.platform.startswith("linux") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("QT_QPA_PLATFORM")
    )


def _document(played: Played, total: float) -> dict[str, object]:
    return {
        "ok": True,
        "steps": [
            {"name": step.name, "file": str(step.file) if step.file else None, "sha256": step.sha256, "ms": step.ms}
            for step in played.steps
        ],
        "stores": [{"path": str(store.path), "integrity": store.integrity} for store in played.stores],
        "ms_total": round(total, 1),
    }
