# SPDX-License-Identifier: MIT
"""Files that are written whole or not at all, and private folders for plaintext on its way."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.i18n import message

_TEMP_PREFIX = ".rkv-part-"


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
    if not replace and path.exists():
        raise _exists(path)
    try:
        handle, name = tempfile.mkstemp(prefix=_TEMP_PREFIX, dir=path.parent)
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    except OSError as problem:
        raise explain_os_error(problem, path.parent) from problem
    finally:
        part.unlink(missing_ok=True)


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
            "RKV-SYS-001",
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
