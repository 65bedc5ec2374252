# SPDX-License-Identifier: MIT
"""What a store may answer instead of what was asked, in words for the user. The only place that reads database errors.

What is not explained here is a bug of ours, and is left as it is.
"""

import contextlib
import errno
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.domain.stores import Progress
from rkv_app.foundation.errors import ExitStatus, UserError
from rkv_app.foundation.i18n import message
from rkv_app.foundation.safe_files import explain_os_error

OLDER: Final = "RKV-STO-021"
"""The one refusal of opening that a user may overrule."""


# The driver's backup() gives SQLite's own words for what went wrong, and not its code.
_CODES_BY_TEXT: Final[Mapping[str, int]] = {
    "database is locked": dbapi2.SQLITE_BUSY,
    "database disk image is malformed": dbapi2.SQLITE_CORRUPT,
    "file is not a database": dbapi2.SQLITE_NOTADB,
    "database or disk is full": dbapi2.SQLITE_FULL,
    "disk I/O error": dbapi2.SQLITE_IOERR,
    "unable to open database file": dbapi2.SQLITE_CANTOPEN,
    "attempt to write a readonly database": dbapi2.SQLITE_READONLY,
}


@contextlib.contextmanager
def explained(place: Path) -> Iterator[None]:
    """Lets a UserError out of the block where the database at `place` refused for a reason a user can act on.

    Raises:
        UserError: RKV-STO-002 open elsewhere, RKV-STO-011 damaged, RKV-SYS-001 disk full, RKV-SYS-002 not writable.
    """
    try:
        yield
    except (dbapi2.Error, DBAPIError) as problem:
        explanation = explanation_of(problem, place)
        if explanation is None:
            raise
        raise explanation from problem


def explanation_of(problem: BaseException, place: Path) -> UserError | None:
    """What to tell the user of an error of the database at `place`, see `explained`; None where it is a bug of ours."""
    if not isinstance(problem, dbapi2.Error | DBAPIError):
        return None
    driver_error = problem.orig if isinstance(problem, DBAPIError) else problem
    extended_code: int = getattr(driver_error, "sqlite_errorcode", 0) or _CODES_BY_TEXT.get(str(driver_error), 0)
    return _by_code(extended_code & 0xFF, place)


def _by_code(primary_code: int, place: Path) -> UserError | None:
    match primary_code:
        case dbapi2.SQLITE_BUSY:
            return open_elsewhere()
        case dbapi2.SQLITE_CORRUPT | dbapi2.SQLITE_NOTADB:
            return damaged_database()
        case dbapi2.SQLITE_FULL:
            return explain_os_error(OSError(errno.ENOSPC, "database full"), place)
        case dbapi2.SQLITE_IOERR | dbapi2.SQLITE_CANTOPEN | dbapi2.SQLITE_READONLY | dbapi2.SQLITE_PERM:
            return explain_os_error(OSError(errno.EIO, "database not usable"), place)
    return None


def open_elsewhere() -> UserError:
    """Somebody else holds the store: RKV-STO-002."""
    return UserError(
        "RKV-STO-002",
        message("The store is open in another window or on another machine."),
        message("Nothing was changed. Close it there, then try again."),
        ExitStatus.LOCKED,
    )


def exists_already() -> UserError:
    """A store, or half of one, is where a new one was to be: RKV-STO-003."""
    return UserError(
        "RKV-STO-003",
        message("There is a store here already."),
        message("It was left as it is. Open it, or choose another name or folder."),
    )


def no_store() -> UserError:
    """Neither the database nor its key file is there: RKV-STO-004."""
    return UserError(
        "RKV-STO-004",
        message("There is no store here."),
        message("Nothing was changed. Check the name and the folder, or make a new store."),
    )


def damaged_database() -> UserError:
    """The database is not what was written: RKV-STO-011."""
    return UserError(
        "RKV-STO-011",
        message("The store's database is damaged."),
        message("Nothing was changed. Keep the file as it is, and restore the store from a backup."),
        ExitStatus.DAMAGED,
    )


def header_missing(name: str) -> UserError:
    """The database has lost its key file: RKV-STO-012."""
    return UserError(
        "RKV-STO-012",
        message("The store's key file {name} is missing.", name=name),
        message("The database was not touched. Put the key file back beside it, from a backup if need be."),
        ExitStatus.DAMAGED,
    )


def wrong_pairing() -> UserError:
    """Key file and database are of two different stores: RKV-STO-013."""
    return UserError(
        "RKV-STO-013",
        message("The key file and the database belong to two different stores."),
        message("Nothing was changed. Find the key file that was beside this database, and put it back."),
        ExitStatus.DAMAGED,
    )


def made_by_newer_version(needed: str) -> UserError:
    """The store's tables are newer than this program: RKV-STO-014.

    Args:
        needed: the version of the program that last changed the tables.
    """
    return UserError(
        "RKV-STO-014",
        message("The store was made by a newer version of this program: {version}.", version=needed or "?"),
        message("Nothing was changed. Update the program to that version or a newer one, then open the store again."),
    )


def never_finished() -> UserError:
    """The store was made, but nobody was written down as its owner: RKV-STO-015."""
    return UserError(
        "RKV-STO-015",
        message("The making of this store was interrupted, so it belongs to nobody."),
        message("It holds nothing of yours. Make the store once more in the same place, with the same passphrase."),
        ExitStatus.DAMAGED,
    )


def read_only_store() -> UserError:
    """A write was asked for while the store is open for reading only: RKV-STO-007."""
    return UserError(
        "RKV-STO-007",
        message("The store is open for reading only."),
        message("Nothing was changed. Close it where it is in use, then open it again to write."),
        ExitStatus.LOCKED,
    )


def replaced_underneath() -> UserError:
    """The file at the store's place is no longer the one that was opened: RKV-STO-024."""
    return UserError(
        "RKV-STO-024",
        message("Another file has taken the place of the open store."),
        message("Nothing was written. Keep both files, close the program, and find out what moved the store."),
        ExitStatus.DAMAGED,
    )


def changed_entry(number: int) -> UserError:
    """The audit trail is not what was written: RKV-STO-020."""
    return UserError(
        "RKV-STO-020",
        message("Entry {number} of the audit trail is not what was written.", number=number),
        message("Nothing was changed. Somebody has altered the store: keep it, and restore it from a backup."),
        ExitStatus.DAMAGED,
    )


def older_than_before(missing: int) -> UserError:
    """The store does not have all that it had when it was last open here: RKV-STO-021."""
    return UserError(
        OLDER,
        message(
            "The store is not as it was when it was last open here: at least {missing} changes are missing.",
            missing=missing,
        ),
        message(
            "Nothing was changed. Restore the newest backup, or open it as it is if you have put an older copy here."
        ),
        ExitStatus.DAMAGED,
    )


def go_on(progress: Progress | None, done: int, total: int) -> None:
    """Tells how far the work is.

    Raises:
        UserError: RKV-STO-034 somebody pressed Cancel.
    """
    if progress is not None and not progress(done, total):
        raise UserError(
            "RKV-STO-034",
            message("It was cancelled."),
            message("Nothing was changed. Begin again whenever you like."),
        )
