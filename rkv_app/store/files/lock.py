# SPDX-License-Identifier: MIT
"""One writer at a time: the operating system's lock on `<store>.lock`, in which stands who holds it.

The lock is the system's and not the file's being there, so it is gone when its holder is, however that came about.
What is locked is the file's first byte, and who holds it stands after that, because Windows lets nobody else read what
is locked. A file of its own would take longer to write than the database to open, and would have to be kept in step.
Never the database itself is opened here: closing it again would give up SQLite's own lock on it (POSIX).
"""

import contextlib
import errno
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import BaseFileLock, FileLock, Timeout, lock_descriptor

from rkv_app.domain.stores import Holder
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.machine import login_and_host, printable_name, process_alive
from rkv_app.foundation.safe_files import explain_os_error
from rkv_app.store.files.small_files import read_small

SOMEBODY: Final = Holder(user="", host="", pid=0, since=datetime(1970, 1, 1, tzinfo=UTC))
"""A holder of whom nothing can be told."""

_OWNER_ONLY: Final = 0o600
# Long enough for one who only asks who holds the lock, or is just letting go of it, to be out of the way.
_PATIENCE: Final = 0.2
_BETWEEN_TRIES: Final = 0.01
_LONGEST_DETAILS: Final = 4096
_LOCKED_BYTE: Final = b"\n"


class StoreLock:
    """The right to write to one store, until it is released or this process ends."""

    def __init__(self, lock: BaseFileLock, store: Path) -> None:
        self._lock = lock
        self._store = store

    @classmethod
    def acquire(cls, store: Path, now: datetime) -> "StoreLock":
        """Takes the lock of the store at `store` at the moment `now`; refused within this process too.

        Raises:
            UserError: RKV-STO-002 somebody holds it; RKV-SYS-001 the disk is full; RKV-SYS-002 the folder cannot be
                written; RKV-SYS-004 it is not there.
        """
        store = _real(store)
        _require_folder(store.parent)
        lock = FileLock(
            lock_path(store),
            mode=_OWNER_ONLY,
            thread_local=False,
            poll_interval=_BETWEEN_TRIES,
            fallback_to_soft=False,
            on_acquired=lambda handle: _sign(handle, store, now),
        )
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout as problem:
            raise held_by(_signature(store)) from problem
        except OSError as problem:
            raise explain_os_error(problem, store.parent) from problem
        return cls(lock, store)

    def release(self) -> None:
        """Lets go of the store and takes the file away. Doing so twice is harmless."""
        if self._lock.is_locked:
            _remove(self._store)
            self._lock.release()


def lock_path(store: Path) -> Path:
    """Returns the file whose lock is the right to write to the store at `store`."""
    return store.with_name(store.name + ".lock")


def holder(store: Path) -> Holder | None:
    """Returns who holds the store at `store`, SOMEBODY where that cannot be told, or None when nobody does.

    Raises:
        UserError: RKV-SYS-002 the lock's file cannot be read.
    """
    store = _real(store)
    try:
        handle = os.open(lock_path(store), os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0))
    except FileNotFoundError:
        return None
    except OSError as problem:
        raise explain_os_error(problem, lock_path(store)) from problem
    try:
        is_free = lock_descriptor(handle, blocking=False)
    except OSError as problem:
        raise explain_os_error(problem, lock_path(store)) from problem
    finally:
        os.close(handle)
    return None if is_free else _signature(store)


def held_by(who: Holder) -> UserError:
    """The store is open for writing already: RKV-STO-002, naming who has it, since when by this user's own clock."""
    if who == SOMEBODY:
        said = message("The store is open in another window or on another machine.")
    else:
        said = message(
            "The store is open already: {user} has had it open on {host} since {since}.",
            user=who.user,
            host=who.host,
            since=who.since.astimezone().strftime("%d.%m.%Y %H:%M"),
        )
    return UserError(
        "RKV-STO-002",
        said,
        message("Nothing was changed. Close it there, then try again."),
        ExitStatus.LOCKED,
    )


def _real(store: Path) -> Path:
    """The same place for every name that leads to it."""
    return Path(os.path.realpath(store))


def _require_folder(folder: Path) -> None:
    # The lock's library would make the folder.
    try:
        is_there = folder.is_dir()
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    if not is_there:
        found = (
            NotADirectoryError(errno.ENOTDIR, "no folder")
            if folder.exists()
            else FileNotFoundError(errno.ENOENT, "none")
        )
        raise explain_os_error(found, folder)


def _remove(store: Path) -> None:
    # Only while it is held: later it may be another's. Windows keeps a file that is open, and there filelock removes it
    # when it has closed it.
    if os.name == "posix":
        with contextlib.suppress(OSError):
            lock_path(store).unlink()


def _sign(handle: int, store: Path, now: datetime) -> None:
    login, host = login_and_host()
    details = json.dumps({"user": login, "host": host, "pid": os.getpid(), "since": now.isoformat()})
    try:
        # What the last holder may have left is gone before any of this is there, and this is there all at once.
        os.ftruncate(handle, 0)
        os.write(handle, _LOCKED_BYTE + details.encode("ascii"))
    except OSError:
        _remove(store)
        raise


def _signature(store: Path) -> Holder:
    try:
        signed = _read(read_small(lock_path(store), _LONGEST_DETAILS, start=len(_LOCKED_BYTE)))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return SOMEBODY
    # Left behind by one who is gone: who holds the lock now has not signed yet.
    if signed.host == login_and_host()[1] and not process_alive(signed.pid):
        return SOMEBODY
    return signed


def _read(details: bytes) -> Holder:
    """Reads what anybody may have written.

    Raises:
        ValueError, TypeError, KeyError, RecursionError: it is not what `_sign` writes.
    """
    told = json.loads(details)
    user, host, pid = printable_name(told["user"]), printable_name(told["host"]), told["pid"]
    since = datetime.fromisoformat(told["since"])
    if not (user and host and type(pid) is int and since.tzinfo and 1970 < since.year < 9999):
        raise ValueError("not the details of a holder")
    return Holder(user=user, host=host, pid=pid, since=since)
