# SPDX-License-Identifier: MIT
"""Where plaintext lies for as long as it must: for this user only, gone when the work is done.

Its name says which machine, which start of that machine and which process made it, so that what a killed process left
is known for certain at the next start, and nothing else is ever removed.
"""

import contextlib
import functools
import hashlib
import os
import re
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from rkv_app.foundation.errors import UserError
from rkv_app.foundation.ids import new_id
from rkv_app.foundation.machine import boot_id, login_and_host, process_alive
from rkv_app.foundation.safe_files import explain_os_error, write_atomically
from rkv_app.packets.attachment_safety import mark_as_downloaded

_PREFIX: Final = "rkv-klartekst-"
_NAME: Final = re.compile(rf"{_PREFIX}([0-9a-f]{{8}})-([0-9a-f]{{8}})-([0-9]{{1,10}})-[0-9a-zA-Z_-]{{8,36}}")
_MARK_DIGITS: Final = 8
_READ_ONLY: Final = 0o400


@contextlib.contextmanager
def plaintext_path(folder: Path | None) -> Iterator[Path]:
    """A path in `folder` (or in a fresh private folder) where there is no file yet; none is left when the block ends.

    Raises:
        UserError: RKV-SYS-001 or RKV-SYS-002, there is no place for it.
    """
    place = _fresh_folder() if folder is None else folder
    path = place / f"{_own_prefix()}{new_id()}"
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
        if folder is None:
            place.rmdir()


@contextlib.contextmanager
def opened_nameless(path: Path) -> Iterator[BinaryIO]:
    """Opens a file to read; where the system can, its name goes at once, so that not even a kill leaves it behind.

    Raises:
        UserError: RKV-SYS-002, it cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as problem:
        raise explain_os_error(problem, path) from problem
    with file:
        if os.name == "posix":
            path.unlink()
        yield file


class LentCopies:
    """Documents that lie in the open because another program reads them, in private folders of this process.

    A file that is held open elsewhere cannot be removed on every system. It is tried again each time, and at the next
    start by `remove_leftovers`.
    """

    def __init__(self) -> None:
        self._folders: list[Path] = []
        # Lent on one thread, taken back on another when the store is locked.
        self._lock = threading.Lock()

    def lend(self, content: bytes, name: str, *, received: bool) -> Path:
        """Writes a copy to a folder of its own.

        Args:
            content: the document.
            name: of the file; a safe one of our own.
            received: whether it came from others; the copy is then marked so.

        Raises:
            UserError: RKV-SYS-001 or RKV-SYS-002, there is no place for it; then nothing is left.
        """
        folder = _fresh_folder()
        with self._lock:
            self._folders.append(folder)
        path = folder / name
        try:
            write_atomically(path, content)
            if received:
                mark_as_downloaded(path)
            if os.name == "posix":
                # What is changed in it would be lost, and a program that cannot save says so.
                path.chmod(_READ_ONLY)
        except OSError as problem:
            self.take_back(path)
            raise explain_os_error(problem, folder) from problem
        except UserError:
            self.take_back(path)
            raise
        return path

    def take_back(self, path: Path) -> None:
        """Removes one copy, if that can be done now."""
        with self._lock:
            self._folders = [folder for folder in self._folders if folder != path.parent or not _gone(folder)]

    def take_all_back(self) -> int:
        """Removes all copies. Returns how many could not be removed now."""
        with self._lock:
            self._folders = [folder for folder in self._folders if not _gone(folder)]
            return len(self._folders)


def _gone(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def remove_leftovers(*folders: Path) -> int:
    """Removes plaintext that killed processes of this user left. To be called at start.

    Args:
        folders: where the app let packets be opened; the system's folder for temporary files is always looked at.

    Returns:
        How many files and folders were removed.
    """
    return sum(_remove(path) for folder in {*folders, Path(tempfile.gettempdir())} for path in _leftovers(folder))


def _fresh_folder() -> Path:
    try:
        return Path(tempfile.mkdtemp(prefix=_own_prefix()))
    except OSError as problem:
        raise explain_os_error(problem, Path(tempfile.gettempdir())) from problem


def _own_prefix() -> str:
    return f"{_PREFIX}{_host_mark()}-{_boot_mark()}-{os.getpid()}-"


@functools.cache
def _host_mark() -> str:
    return _mark(login_and_host()[1])


@functools.cache
def _boot_mark() -> str:
    return _mark(boot_id())


def _mark(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_MARK_DIGITS]


def _leftovers(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if _is_leftover(path)]
    except OSError:
        return []


def _is_leftover(path: Path) -> bool:
    """Whether a process of this machine made it that runs no more."""
    parts = _NAME.fullmatch(path.name)
    if parts is None or parts[1] != _host_mark():
        return False
    return parts[2] != _boot_mark() or not process_alive(int(parts[3]))


def _remove(path: Path) -> bool:
    try:
        what = path.lstat()
        # Anybody may put a name into the system's folder; a link is never followed.
        if hasattr(os, "geteuid") and what.st_uid != os.geteuid():
            return False
        if stat.S_ISDIR(what.st_mode):
            shutil.rmtree(path)
        else:
            path.unlink()
    except OSError:
        return False
    return True
