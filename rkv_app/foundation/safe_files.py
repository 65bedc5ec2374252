# SPDX-License-Identifier: MIT
"""Files that are written whole or not at all, and private folders for plaintext on its way."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message

DISK_FULL = "RKV-SYS-001"
"""What a full disk is called; the one such error after which it pays to make room and try again."""

_TEMP_PREFIX = ".rkv-part-"
_PIECE = 1024 * 1024


def write_atomically(path: Path, data: bytes, *, replace: bool = False) -> None:
    """Writes `data` to `path` so that a crash leaves either the old file or the new one, readable by its owner only.

    Args:
        path: the file to make; its folder must exist.
        data: the whole content.
        replace: whether an existing file may be replaced.

    Raises:
        UserError: RKV-SYS-001 the disk is full, RKV-SYS-002 the folder cannot be written,
            RKV-SYS-003 the file exists already.
    """
    write_in_pieces(path, lambda out: out.write(data), replace=replace)


def copy_atomically(source: Path, target: Path, *, replace: bool = False) -> None:
    """Copies a file, in pieces, so that a crash leaves either what was at `target` or the whole copy.

    Raises:
        UserError: as `write_atomically`, and RKV-SYS-004 where there is no source.
    """
    try:
        with source.open("rb") as content:
            write_in_pieces(target, lambda out: shutil.copyfileobj(content, out, _PIECE), replace=replace)
    except OSError as problem:
        raise explain_os_error(problem, source) from problem


def write_in_pieces(path: Path, fill: Callable[[BinaryIO], object], *, replace: bool = False) -> None:
    """Has `fill` write a file, so that a crash leaves either what was there or the whole, readable by its owner only.

    Raises:
        UserError: as `write_atomically`; what `fill` raises, and then nothing has changed.
    """
    if not replace and path.exists():
        raise _exists(path)
    try:
        handle, name = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=path.parent)
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            fill(out)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    finally:
        part.unlink(missing_ok=True)


def write_folder(path: Path, files: Mapping[str, Callable[[BinaryIO], object]]) -> None:
    """Makes a new folder with files in it, so that a crash leaves either none or the whole, for its owner only.

    Args:
        path: the folder to make; the one it lies in must exist.
        files: by file name, what writes the content; the names must be safe.

    Raises:
        UserError: as `write_atomically`; RKV-SYS-003 where there is anything at `path`.
    """
    if path.exists():
        raise _exists(path)
    try:
        part = Path(tempfile.mkdtemp(prefix=_TEMP_PREFIX, dir=path.parent))
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    try:
        for name, fill in files.items():
            write_in_pieces(part / name, fill)
        move(part, path)
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    finally:
        shutil.rmtree(part, ignore_errors=True)


def sync_file(path: Path) -> None:
    """Returns once the content of a file that others have written is on the disk.

    Raises:
        OSError: as the operating system says it.
    """
    handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def move(source: Path, target: Path) -> None:
    """Renames a file, within a folder, in place of one that may be there, and returns once that is on the disk.

    Raises:
        OSError: as the operating system says it.
    """
    source.replace(target)
    _sync_folder(target.parent)


def open_in_place(path: Path) -> FileIO:
    """Opens a small file of our own that is written over in place, unbuffered; made empty where there is none.

    For what may be lost but not be in the way, such as how far a store had come; everything else is written whole.

    Raises:
        OSError: as the operating system says it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0), 0o600)
    return os.fdopen(handle, "r+b", buffering=0)


@contextlib.contextmanager
def private_folder() -> Iterator[Path]:
    """A folder that only this user can read (mode 0700), gone with its content when the block ends."""
    folder = Path(tempfile.mkdtemp(prefix="rkv-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def explain_os_error(problem: OSError, place: Path) -> UserError:
    """Turns what the operating system said about `place` into a sentence for the user."""
    if problem.errno in (errno.ENOSPC, errno.EDQUOT):
        return UserError(
            DISK_FULL,
            message("The disk is full, so the file was not written."),
            message("Nothing was changed. Free some space, then try again."),
        )
    if isinstance(problem, FileNotFoundError):
        return UserError(
            "RKV-SYS-004",
            message("The file or folder {name} was not found.", name=place.name),
            message("Check the name, or choose another place."),
        )
    return UserError(
        "RKV-SYS-002",
        message("The folder or file {name} cannot be used: no permission, or not reachable.", name=place.name),
        message("Nothing was changed. Choose another place, or ask for access to this one."),
    )


def _exists(path: Path) -> UserError:
    return UserError(
        "RKV-SYS-003",
        message("There is already a file named {name} here.", name=path.name),
        message("The file was left as it is. Choose another name or folder."),
    )


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
