# SPDX-License-Identifier: MIT
"""Where a passphrase comes from: a prompt, a file, or a file descriptor. Never argv, never the environment."""

import getpass
import os
import sys
from pathlib import Path

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error

_LONGEST = 4096


def read_passphrase(file: Path | None, descriptor: int | None, prompt: str = "Passphrase: ") -> str:
    """Returns the passphrase.

    Raises:
        UserError: RKV-SYS-002, RKV-SYS-004 the file cannot be read; RKV-CLI-001 there is nobody to ask.
    """
    try:
        if file is not None:
            with file.open("rb") as source:
                return _first_line(source.read(_LONGEST))
        if descriptor is not None:
            with os.fdopen(descriptor, "rb") as source:
                return _first_line(source.read(_LONGEST))
    except OSError as problem:
        raise explain_os_error(problem, file or Path("passphrase")) from problem
    if not sys.stdin.isatty():
        raise UserError(
            "RKV-CLI-001",
            message("A passphrase is needed, and there is nobody to ask here."),
            message("Nothing was done. Use --passphrase-file or --passphrase-fd."),
        )
    return getpass.getpass(prompt)


def read_new_passphrase(file: Path | None, descriptor: int | None, prompt: str, again: str) -> str:
    """Returns a passphrase that is to be, asked for twice where somebody types it.

    Raises:
        UserError: RKV-CLI-003 the two are not the same; else as `read_passphrase`.
    """
    first = read_passphrase(file, descriptor, prompt)
    if file is None and descriptor is None and getpass.getpass(again) != first:
        raise typed_differently()
    return first


def read_words(file: Path) -> str:
    """Returns recovery words from a file, on one line or many.

    Raises:
        UserError: RKV-SYS-002, RKV-SYS-004, RKV-SYS-005 the file cannot be read.
    """
    try:
        with file.open("rb") as source:
            return _text(source.read(_LONGEST))
    except OSError as problem:
        raise explain_os_error(problem, file) from problem


def typed_differently() -> UserError:
    """RKV-CLI-003: what was to be typed twice was not the same both times."""
    return UserError(
        "RKV-CLI-003",
        message("What was typed the second time is something else."),
        message("Nothing was changed. Try again."),
    )


def _first_line(data: bytes) -> str:
    return _text(data).splitlines()[0] if data.strip() else ""


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise UserError(
            "RKV-SYS-005",
            message("{name} is not a file that can be read here.", name="passphrase"),
            message("Nothing was changed. Choose the file you were given, as it came."),
        ) from problem
