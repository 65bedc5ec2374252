# SPDX-License-Identifier: MIT
"""How far a store had come when it was last written on this machine: kept outside the database, sealed.

A database that was rolled back, lost the end of its write-ahead log, or was changed by somebody else's program does not
have the entry that the tip names. The file has two places that are written in turn, after every commit and without
waiting for the disk: a torn or lost write leaves the tip one entry behind, which is never an alarm.
"""

import contextlib
import mmap
import os
import struct
from pathlib import Path
from typing import Final, NamedTuple

from rkv_app.crypto.derived import OVERHEAD, Seal
from rkv_app.foundation.safe_files import open_in_place

_PURPOSE: Final = "rkv-store/2 tip"
_CONTENT: Final = struct.Struct(">Q32s")
_PLACE: Final = _CONTENT.size + OVERHEAD
_SIZE: Final = 2 * _PLACE
_PRIVATE: Final = 0o700


class Tip(NamedTuple):
    """The number of entries in a store's trail, and the hash of the newest one."""

    entries: int
    last: bytes


class TipFile:
    """The tip of one store on this machine, `<folder>/<store id>.tip`.

    Nothing here ever fails for its user: where the folder cannot be written there is no tip, and nothing is noticed.

    Args:
        folder: the folder of this user for what the program remembers; made where it is missing.
        store_id: the store's id.
        store_key: the store's key, from which the seal's is derived.
    """

    def __init__(self, folder: Path, store_id: str, store_key: bytes | bytearray) -> None:
        self._seal = Seal(store_key, _PURPOSE)
        self._held = _mapped(folder, store_id)
        self._turn = 0

    def read(self) -> Tip | None:
        """The newest tip that was written with this store's key; None where there is none."""
        if self._held is None:
            return None
        opened = (self._seal.open(self._held[start : start + _PLACE]) for start in (0, _PLACE))
        return max((Tip(*_CONTENT.unpack(one)) for one in opened if one is not None), default=None)

    def write(self, tip: Tip) -> None:
        """Keeps a tip in place of the older of the two that are there."""
        if self._held is not None:
            start = self._turn * _PLACE
            self._held[start : start + _PLACE] = self._seal.close(_CONTENT.pack(*tip))
            self._turn = 1 - self._turn

    def replace(self, tip: Tip) -> None:
        """Keeps a tip and forgets both before, though it may be further back than they were."""
        self.write(tip)
        self.write(tip)

    def close(self) -> None:
        """Lets go of the file."""
        if self._held is not None:
            self._held.close()
            self._held = None


def remembered_tip(folder: Path, store_id: str, store_key: bytes | bytearray) -> Tip | None:
    """The tip of a store, where this machine has one; none is made by looking."""
    if not _path(folder, store_id).is_file():
        return None
    with contextlib.closing(TipFile(folder, store_id, store_key)) as tips:
        return tips.read()


def remember_tip(folder: Path, store_id: str, store_key: bytes | bytearray, tip: Tip) -> None:
    """Keeps a tip of a store that is not open, and forgets all before."""
    with contextlib.closing(TipFile(folder, store_id, store_key)) as tips:
        tips.replace(tip)


def forget_tip(folder: Path, store_id: str) -> None:
    """Takes the tip of a store away."""
    with contextlib.suppress(OSError):
        _path(folder, store_id).unlink()


def _path(folder: Path, store_id: str) -> Path:
    return folder / f"{store_id}.tip"


def _mapped(folder: Path, store_id: str) -> mmap.mmap | None:
    with contextlib.suppress(OSError):
        folder.mkdir(mode=_PRIVATE, parents=True, exist_ok=True)
        with open_in_place(_path(folder, store_id)) as file:
            if file.seek(0, os.SEEK_END) != _SIZE:
                file.truncate(_SIZE)
            return mmap.mmap(file.fileno(), _SIZE)
    return None
