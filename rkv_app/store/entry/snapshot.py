# SPDX-License-Identifier: MIT
"""A look at a store that somebody else has open: a private copy of its encrypted files as they are just now.

The one who writes holds the only lock there is, so that nobody else can read the files in place. While the log grows a
copy of both is whole up to some commit; a copy that was taken while the log was folded in is not, and is taken anew.
"""

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Final

from rkv_app.foundation.safe_files import copy_atomically, private_folder
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.entry.opening import reachable
from rkv_app.store.failures import damaged_database

_TRIES: Final = 5
_LOG: Final = "-wal"
_LOG_HEAD: Final = 32


def taken(path: Path, opened: Callable[[Path], SqlCipherDatabase], until: contextlib.ExitStack) -> SqlCipherDatabase:
    """Copies the store at `path` and opens the copy.

    Args:
        path: the database of the store.
        opened: opens the database at a path.
        until: the copy is removed when this ends.

    Raises:
        UserError: RKV-STO-011 no sound copy could be taken; what `opened` raises.
    """
    folder = until.enter_context(private_folder())
    copy = folder / path.name
    for _ in range(_TRIES):
        copy_files(path, copy)
        database = opened(copy)
        if database.is_sound():
            return database
        database.close()
    raise damaged_database()


def copy_files(path: Path, copy: Path) -> None:
    """Copies a database and its log, anew while the log is being folded in, so that the two belong together.

    Raises:
        UserError: RKV-SYS-001, RKV-SYS-002, RKV-SYS-004.
    """
    log, copied_log = path.with_name(path.name + _LOG), copy.with_name(copy.name + _LOG)
    for _ in range(_TRIES):
        with reachable(path):
            before = _state(path)
            copied_log.unlink(missing_ok=True)
            copy_atomically(path, copy, replace=True)
            if log.exists():
                copy_atomically(log, copied_log)
            if _state(path) == before:
                return


def _state(path: Path) -> tuple[int, int, bytes]:
    """What changes when pages are folded in: the database file, and the salts at the head of the log."""
    found = path.stat()
    try:
        with path.with_name(path.name + _LOG).open("rb") as log:
            head = log.read(_LOG_HEAD)
    except FileNotFoundError:
        head = b""
    return found.st_size, found.st_mtime_ns, head
