# SPDX-License-Identifier: MIT
"""Reading a file that somebody handed us, without letting its size hurt."""

from pathlib import Path

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.packets.zip_rules import MAX_FILE_SIZE, MAX_TOTAL_SIZE

# More than the largest packet with its seal, so that the packet reader is the one to say what is wrong.
LARGEST = MAX_TOTAL_SIZE + 64 * 2**20
_LARGEST_READ_WHOLE = 2 * MAX_FILE_SIZE


def read_incoming(path: Path) -> bytes:
    """Returns the content of a received file; the file is left as it is.

    Raises:
        UserError: RKV-SYS-002, RKV-SYS-004 it cannot be read; RKV-SYS-005 it is no file, or far too large.
    """
    check_incoming(path, largest=_LARGEST_READ_WHOLE)
    try:
        return path.read_bytes()
    except OSError as problem:
        raise explain_os_error(problem, path) from problem


def check_incoming(path: Path, *, largest: int = LARGEST) -> None:
    """Refuses what is there but no file to read, before it is opened.

    Raises:
        UserError: RKV-SYS-002 it cannot be looked at; RKV-SYS-005 it is no file, or far too large.
    """
    try:
        unfit = path.exists() and (not path.is_file() or path.stat().st_size > largest)
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    if unfit:
        raise unreadable(path.name)


def unreadable(name: str) -> UserError:
    """RKV-SYS-005: something that is no file, or far too large."""
    return UserError(
        "RKV-SYS-005",
        message("{name} is not a file that can be read here.", name=name),
        message("Nothing was changed. Choose the file you were given, as it came."),
    )
