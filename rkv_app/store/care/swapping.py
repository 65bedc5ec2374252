# SPDX-License-Identifier: MIT
"""Puts another database and key file in the place of a store's, whole or not at all, and moves the old ones aside.

Two files cannot be renamed at once. What is to take the store's place lies beside it, finished, as `<store>.new`. Then
`<store>.swap` is written, which says what the old files are to be called; from then on the new ones count, and whoever
comes next finishes the renaming. Before that the old ones count, and whoever comes next removes what is new.
"""

import contextlib
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import move, write_atomically
from rkv_app.store.entry.opening import reachable
from rkv_app.store.files.header_file import header_path
from rkv_app.store.files.lock import StoreLock

_NEW: Final = ".new"
_MARKER: Final = ".swap"
_LOGS: Final = ("-wal", "-shm", "-journal")
_LONGEST_MARKER: Final = 4096


def staged_path(path: Path) -> Path:
    """Returns where the database is made that is to take the place of the one at `path`."""
    return path.with_name(path.name + _NEW)


@contextlib.contextmanager
def staging(path: Path) -> Iterator[Path]:
    """Gives the place for the new database, empty, and removes what was put there when the block fails.

    Nothing is removed once `swap` has begun: the new files count from then on.
    """
    staged = staged_path(path)
    with reachable(path):
        remove_database(staged)
    try:
        yield staged
    except BaseException:
        if not is_pending(path):
            with contextlib.suppress(OSError):
                remove_database(staged)
        raise


def swap(path: Path, aside: Path) -> None:
    """Puts the staged database and key file in the place of those at `path`. The caller holds the store's lock.

    `aside` is the new name of the old database, in the same folder, where nothing is yet.

    Raises:
        UserError: RKV-SYS-001, RKV-SYS-002; where `is_pending` then, the next `finish` completes it.
    """
    write_atomically(_marker(path), json.dumps({"aside": aside.name}).encode())
    _complete(path, aside)


def is_pending(path: Path) -> bool:
    """Whether a swap has been decided on and not finished."""
    return _marker(path).exists()


def finish(path: Path, now: datetime) -> None:
    """Finishes a swap that was interrupted, or takes back one that was never decided on.

    To be called before a store is looked for: in the middle of a swap there may be none at its place.

    Raises:
        UserError: RKV-STO-002 somebody is at it; RKV-STO-031 what it needs is not there; RKV-SYS-001, RKV-SYS-002.
    """
    with reachable(path):
        pending = is_pending(path)
        leftover = any(file.exists() for file in _files(staged_path(path)))
    if not pending and not leftover:
        return
    try:
        lock = StoreLock.acquire(path, now)
    except UserError:
        if pending:
            raise
        # What lies there is being made just now, and does not count yet.
        return
    try:
        # Somebody else may have finished it meanwhile.
        if is_pending(path):
            _complete(path, path.with_name(_aside_name(path)))
        else:
            with contextlib.suppress(OSError):
                remove_database(staged_path(path))
    finally:
        lock.release()


def aside_path(path: Path, why: str, stamp: str) -> Path:
    """Returns a name for the old database that nothing has yet, nor its key file."""
    plain = path.with_name(f"{path.name}.before-{why}-{stamp}")
    found, number = plain, 1
    while any(file.exists() for file in _files(found)):
        number += 1
        found = plain.with_name(f"{plain.name}-{number}")
    return found


def remove_database(path: Path) -> None:
    """Removes a database with its logs and its key file.

    Raises:
        OSError: as the operating system says it.
    """
    for file in _files(path):
        file.unlink(missing_ok=True)


def _files(path: Path) -> tuple[Path, ...]:
    return (*(path.with_name(path.name + log) for log in _LOGS), path, header_path(path))


def _complete(path: Path, aside: Path) -> None:
    """Renames what is not yet renamed: a staged file that is still there has not taken its place."""
    staged = staged_path(path)
    with reachable(path):
        if staged.exists():
            for log in _LOGS:
                _move_if_there(path.with_name(path.name + log), aside.with_name(aside.name + log))
            _move_if_there(path, aside)
            move(staged, path)
        if header_path(staged).exists():
            _move_if_there(header_path(path), header_path(aside))
            move(header_path(staged), header_path(path))
        if not path.exists() or not header_path(path).exists():
            raise _cannot_finish()
        _marker(path).unlink()


def _move_if_there(source: Path, target: Path) -> None:
    if source.exists():
        move(source, target)


def _aside_name(path: Path) -> str:
    """The name that the marker gives; one of our own kind, whoever may have written the marker."""
    try:
        with reachable(path), _marker(path).open("rb") as marker:
            name = json.loads(marker.read(_LONGEST_MARKER))["aside"]
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise _cannot_finish() from problem
    if not isinstance(name, str) or Path(name).name != name or not name.startswith(path.name + ".before-"):
        raise _cannot_finish()
    return name


def _marker(path: Path) -> Path:
    return path.with_name(path.name + _MARKER)


def _cannot_finish() -> UserError:
    return UserError(
        "RKV-STO-031",
        message("An interrupted change of the store's files cannot be finished, because one of them is missing."),
        message("Nothing was deleted. Keep all files beside the store as they are, and restore the newest backup."),
        ExitStatus.DAMAGED,
    )
