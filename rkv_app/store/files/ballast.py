# SPDX-License-Identifier: MIT
"""Room set aside beside a store, `<store>.ballast`, to be given back when the disk is full.

SQLite needs a little room even to delete and to fold in its log; with this there is some.
"""

import contextlib
import secrets
from pathlib import Path
from typing import Final

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.machine import free_bytes
from rkv_app.foundation.safe_files import write_atomically

_SIZE: Final = 2 * 1024 * 1024
_PLENTY: Final = 100_000_000


def ballast_path(store: Path) -> Path:
    """Returns where the room set aside for the store at `store` lies."""
    return store.with_name(store.name + ".ballast")


def keep_ballast(store: Path) -> None:
    """Sets 2 MiB aside where there are 100 MB free and it is not done yet. What cannot be done is left undone."""
    ballast = ballast_path(store)
    with contextlib.suppress(OSError, UserError):
        is_kept = ballast.is_file() and ballast.stat().st_size >= _SIZE
        if not is_kept and free_bytes(store) >= _PLENTY:
            # Random, because a file system that compresses would give zeros no room.
            write_atomically(ballast, secrets.token_bytes(_SIZE), replace=True)


def drop_ballast(store: Path) -> bool:
    """Gives the room back, and tells whether there was any."""
    try:
        ballast_path(store).unlink()
    except OSError:
        return False
    return True
