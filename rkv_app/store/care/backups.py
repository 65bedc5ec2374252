# SPDX-License-Identifier: MIT
"""Backups: whole, verified copies of a store, each by itself a store that opens with the ways in of its day.

They lie in `<store>-backups`, beside the store and in a second folder where its owner has chosen one, and are named
`<UTC stamp>-<number>-<mark>.rkv`. The number tells their order, because a clock can be set back. The mark tells what is
in them without opening them: equal marks, equal content. The key file is put there first and the database last, under
its own name only once it has been checked, so that a listed backup is a whole one.
"""

import contextlib
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from rkv_app.crypto.keyslots import check_seal, parse_header
from rkv_app.domain.stores import SECOND_FOLDER, Backup, Notice, Progress
from rkv_app.foundation.clock import Clock
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import copy_atomically, explain_os_error, move, write_atomically
from rkv_app.store.care.copies import copy_database, faults_of, looking_at, mark_of
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.entry.opening import SALT_LENGTH, reachable
from rkv_app.store.failures import explained
from rkv_app.store.files.header_file import header_path, read_header

_FOLDER: Final = "-backups"
_PART: Final = ".part"
STAMP: Final = "%Y%m%dT%H%M%SZ"
"""How a moment, in UTC, stands in the name of a file."""
_NAME: Final = re.compile(r"(\d{8}T\d{6}Z)-(\d{6,})-([0-9a-f]{16})\.rkv")
_UNFINISHED: Final = re.compile(r"(\d{8}T\d{6}Z-\d{6,}\.part(-journal|-wal)?|\.rkv-part-.*)")
_PRIVATE: Final = 0o700
_NEWEST: Final = 10
_DAYS: Final = 14
_MONTHS: Final = 6
_LONG_AGO: Final = timedelta(days=7)


class _Name(NamedTuple):
    made_at: datetime
    number: int
    mark: str


def back_up(
    database: SqlCipherDatabase,
    path: Path,
    key: bytes | bytearray,
    clock: Clock,
    second_folder: Path | None,
    progress: Progress | None = None,
) -> Backup:
    """Makes a verified copy of an open store, then deletes backups that are no longer to be kept.

    The store may be written to meanwhile; the copy has what it had at the end. Where there is a second folder the same
    copy goes there too, and when that fails, the backup's `notice` says so.

    Raises:
        UserError: RKV-STO-029 the copy is not sound; RKV-STO-034 cancelled; RKV-STO-010 the key file is damaged;
            RKV-SYS-001, RKV-SYS-002. Nothing is left of the copy then, and all earlier ones are there.
    """
    folder = _folder(path)
    try:
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
        _clear(folder)
    except OSError as problem:
        raise explain_os_error(problem, folder) from problem
    octets = read_header(path)
    header = parse_header(octets)
    check_seal(octets, header, key)
    now = clock.now().astimezone(UTC)
    stem = f"{now.strftime(STAMP)}-{_next_number(folder, second_folder and _folder(path, second_folder)):06d}"
    part = folder / (stem + _PART)
    with _undoing(part):
        mark = copy_database(database.raw, part, key, UUID(header.store_id).bytes, progress)
        _require_sound(part, key, mark)
        kept = folder / f"{stem}-{mark}.rkv"
        with _undoing(header_path(kept)), reachable(kept):
            write_atomically(header_path(kept), octets)
            move(part, kept)
    _rotate(folder, octets)
    notice = _copy_to_second(kept, path, second_folder) if second_folder else None
    return Backup(path=kept, made_at=now.replace(microsecond=0), size=kept.stat().st_size, notice=notice)


def back_up_if_changed(
    database: SqlCipherDatabase, path: Path, key: bytes | bytearray, clock: Clock, second_folder: Path | None
) -> Backup | None:
    """Makes a backup unless the newest one has all that is in the store. Raises as `back_up` does."""
    newest = list_backups(path, None)[:1]
    if newest and _told(newest[0]).mark == mark_of(database.raw):
        return None
    return back_up(database, path, key, clock, second_folder)


def list_backups(path: Path, second_folder: Path | None) -> Sequence[Backup]:
    """The backups of the store at `path` in both places, newest first; none is opened, nothing is raised."""
    found = _listed(_folder(path)) + (_listed(_folder(path, second_folder)) if second_folder else [])
    return sorted(found, key=lambda backup: _told(backup).number, reverse=True)


def superfluous(backups: Sequence[Backup]) -> list[Backup]:
    """Which of a store's backups are no longer to be kept.

    The 10 newest are kept, the newest of each of the last 14 days that have one, and the newest of each of the last 6
    months that have one. Days without a backup do not count, so that a holiday, or a clock that was wrong, costs none.

    Args:
        backups: all in one place, newest first, in the order they were made.
    """
    days: set[object] = set()
    months: set[object] = set()
    dropped = []
    for position, backup in enumerate(backups):
        day = backup.made_at.date()
        month = (day.year, day.month)
        is_of_the_day = day not in days and len(days) < _DAYS
        is_of_the_month = month not in months and len(months) < _MONTHS
        if is_of_the_day:
            days.add(day)
        if is_of_the_month:
            months.add(month)
        if not (position < _NEWEST or is_of_the_day or is_of_the_month):
            dropped.append(backup)
    return dropped


def backup_notices(database: SqlCipherDatabase, path: Path, now: datetime) -> tuple[Notice, ...]:
    """Notices that changes have long been without a backup (RKV-STO-028), or lack a second one (RKV-STO-037).

    Nothing is said to one who only looks on: backups are the affair of whoever has the store open.
    """
    return () if database.read_only else tuple(_notices(database, path, now))


def is_backup(path: Path) -> bool:
    """Whether a file is named as a backup: one that is older than the store, and is meant to be."""
    return _named(path.name) is not None


def not_sound() -> UserError:
    """A copy is not what it should be: RKV-STO-029."""
    return UserError(
        "RKV-STO-029",
        message("The backup is not sound."),
        message("Nothing was changed. Keep the store as it is, and use another backup, or make one on another disk."),
        ExitStatus.DAMAGED,
    )


def _notices(database: SqlCipherDatabase, path: Path, now: datetime) -> Iterator[Notice]:
    here = _listed(_folder(path))
    is_kept = bool(here) and _told(here[0]).mark == mark_of(database.raw)
    since = here[0].made_at if here else _first_entry(database)
    if not is_kept and since is not None and now - since > _LONG_AGO:
        yield Notice(
            "RKV-STO-028",
            message("The newest changes have no backup: the last one is from long ago, or failed."),
            message("What is in the store is safe. Make a backup now, and see that there is room on the disk."),
        )
    second_folder = _second_folder(database)
    if second_folder is not None and not _has_newest(_folder(path, second_folder), here):
        yield _second_missed()


def _second_folder(database: SqlCipherDatabase) -> Path | None:
    named = database.raw.execute("SELECT value FROM setting WHERE name = ?", (SECOND_FOLDER,)).fetchone()
    folder = json.loads(str(named[0])) if named else None
    return Path(folder) if isinstance(folder, str) and folder else None


def _has_newest(second: Path, here: Sequence[Backup]) -> bool:
    with contextlib.suppress(OSError):
        return second.parent.is_dir() and (not here or (second / here[0].path.name).is_file())
    return False


def _second_missed() -> Notice:
    return Notice(
        "RKV-STO-037",
        message("The second folder for backups cannot be reached, or does not have the newest one."),
        message("The backup beside the store is there. Connect the disk or the share, then make a backup."),
    )


def _first_entry(database: SqlCipherDatabase) -> datetime | None:
    first = database.raw.execute("SELECT at FROM trail ORDER BY seq LIMIT 1").fetchone()
    return None if first is None else datetime.fromisoformat(str(first[0]))


def _folder(path: Path, second_folder: Path | None = None) -> Path:
    return (second_folder or path.parent) / (path.name + _FOLDER)


def _named(name: str) -> _Name | None:
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    try:
        made_at = datetime.strptime(parts[1], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return _Name(made_at, int(parts[2]), parts[3])


def _told(backup: Backup) -> _Name:
    told = _named(backup.path.name)
    if told is None:
        raise ValueError("not a backup's name")
    return told


def _listed(folder: Path) -> list[Backup]:
    """The complete pairs in a folder, newest first."""
    found = []
    with contextlib.suppress(OSError):
        for file in folder.iterdir():
            told = _named(file.name)
            if told is not None and header_path(file).is_file():
                with contextlib.suppress(OSError):
                    found.append(Backup(path=file, made_at=told.made_at, size=file.stat().st_size))
    return sorted(found, key=lambda backup: _told(backup).number, reverse=True)


def _next_number(*folders: Path | None) -> int:
    taken = [0]
    for folder in folders:
        if folder is not None:
            with contextlib.suppress(OSError):
                taken += [told.number for told in map(_named, (file.name for file in folder.iterdir())) if told]
    return max(taken) + 1


def _require_sound(copy: Path, key: bytes | bytearray, mark: str) -> None:
    if faults_of(copy, key):
        raise not_sound()
    with explained(copy), looking_at(copy, key) as raw:
        if mark_of(raw) != mark:
            raise not_sound()


def _copy_to_second(backup: Path, path: Path, second_folder: Path) -> Notice | None:
    folder = _folder(path, second_folder)
    copy = folder / backup.name
    try:
        # Not its parents: what is to lie on another disk must not lie where that disk would be, were it connected.
        folder.mkdir(mode=_PRIVATE, exist_ok=True)
        _clear(folder)
        with _undoing(header_path(copy)):
            copy_atomically(header_path(backup), header_path(copy), replace=True)
            copy_atomically(backup, copy, replace=True)
        if _digest(copy) != _digest(backup):
            copy.unlink()
            return _second_missed()
    except (OSError, UserError):
        return _second_missed()
    _rotate(folder, read_header(backup))
    return None


def _digest(file: Path) -> bytes:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").digest()


def _rotate(folder: Path, header: bytes) -> None:
    """Deletes what is no longer to be kept of one store's backups; another store may have had the same name before."""
    store_id = parse_header(header).store_id
    for backup in superfluous([one for one in _listed(folder) if _is_of(one, store_id)]):
        with contextlib.suppress(OSError):
            # The database first: what is left of a pair is then no backup, and cleared away the next time.
            backup.path.unlink()
            header_path(backup.path).unlink()


def _is_of(backup: Backup, store_id: str) -> bool:
    """Whether a backup is of the store with this id, by its key file and by the salt at the head of its database."""
    try:
        with backup.path.open("rb") as database:
            is_salted = database.read(SALT_LENGTH) == UUID(store_id).bytes
        return is_salted and parse_header(read_header(backup.path)).store_id == store_id
    except (OSError, UserError):
        return False


def _clear(folder: Path) -> None:
    """Removes what runs that were killed have left; the store's lock says that none is under way."""
    for file in folder.iterdir():
        is_orphan = file.suffix == ".key" and _named(file.stem) is not None and not file.with_suffix("").exists()
        if is_orphan or _UNFINISHED.fullmatch(file.name):
            with contextlib.suppress(OSError):
                file.unlink()


@contextlib.contextmanager
def _undoing(file: Path) -> Iterator[None]:
    """Removes a file when the block fails."""
    try:
        yield
    except BaseException as problem:
        with contextlib.suppress(OSError):
            file.unlink(missing_ok=True)
        if isinstance(problem, OSError):
            raise explain_os_error(problem, file) from problem
        raise
