# SPDX-License-Identifier: MIT
"""Where a store was when it was last open on this machine, so that two copies of one store do not go unnoticed.

What is written in one copy never comes into the other. `<store id>.place` in the state folder holds the path, sealed.
"""

import contextlib
from pathlib import Path
from typing import Final

from rkv_app.crypto.derived import Seal
from rkv_app.crypto.keyslots import parse_header
from rkv_app.domain.stores import Notice
from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import write_atomically
from rkv_app.store.files.header_file import read_header
from rkv_app.store.files.small_files import read_small

_PURPOSE: Final = "rkv-store/2 place"
_LONGEST: Final = 64 * 1024


def other_copy(folder: Path, store_id: str, store_key: bytes | bytearray, path: Path) -> tuple[Notice, ...]:
    """Notices that another copy of the store was open here last and is still there: RKV-STO-023. Remembers this one.

    Args:
        folder: the folder of this user for what the program remembers.
        store_id: the store's id.
        store_key: the store's key, from which the seal's is derived.
        path: where the store that is being opened lies.
    """
    seal = Seal(store_key, _PURPOSE)
    remembered = folder / f"{store_id}.place"
    here = path.absolute()
    before = _read(remembered, seal)
    if before == here:
        return ()
    with contextlib.suppress(UserError):
        write_atomically(remembered, seal.close(str(here).encode()), replace=True)
    if before is None or not _is_copy(before, here, store_id):
        return ()
    return (
        Notice(
            "RKV-STO-023",
            message("Another copy of this store was open here last: {name}.", name=_named(before, here)),
            message("What is written in one is not in the other. Choose which to go on with, and put the other away."),
        ),
    )


def _read(remembered: Path, seal: Seal) -> Path | None:
    try:
        opened = seal.open(read_small(remembered, _LONGEST))
    except (OSError, ValueError):
        return None
    return None if opened is None else Path(opened.decode())


def _is_copy(other: Path, here: Path, store_id: str) -> bool:
    try:
        return not other.samefile(here) and parse_header(read_header(other)).store_id == store_id
    except (OSError, UserError):
        return False


def _named(other: Path, here: Path) -> str:
    """Enough of the other's path to tell the two apart."""
    return other.name if other.name != here.name else str(Path(other.parent.name) / other.name)
