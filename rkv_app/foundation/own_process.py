# SPDX-License-Identifier: MIT
"""How the program starts itself once more as a child, for work that must not be able to take it down."""

import sys
from pathlib import Path
from typing import Final

CHILD: Final = "--child"
"""The first argument of a child; the second is its work. No user ever types it."""


def own_command(work: str) -> list[str]:
    """The command that starts this program as a child doing `work`: installed, from a checkout, or frozen."""
    if not getattr(sys, "frozen", False):
        # -P: a folder that somebody happens to stand in must not be able to bring a module of its own.
        return [sys.executable, "-P", "-m", "rkv_app", CHILD, work]
    # A windowed program of Windows has no pipes to talk through; its twin with a console has.
    program = Path(sys.executable).with_name("rkv.exe") if sys.platform == "win32" else Path(sys.executable)
    return [str(program), CHILD, work]
