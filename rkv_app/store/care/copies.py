# SPDX-License-Identifier: MIT
"""Whole encrypted copies of a database, and whether one is what it should be: used by all that keeps or mends stores.

A database that nobody writes to is looked at without a lock and without a log ("immutable"), so that looking changes
nothing, not even beside it, and two can look at once: checking a copy takes little longer than the slower check.
"""

import contextlib
import hashlib
import urllib.parse
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.domain.stores import Progress
from rkv_app.foundation.safe_files import sync_file
from rkv_app.store.database.engine import RawConnection
from rkv_app.store.database.trail import dump_json
from rkv_app.store.entry.opening import reachable
from rkv_app.store.failures import explained, go_on

_OWNER_ONLY: Final = 0o600
# About 8 MiB between two looks at whether somebody pressed Cancel.
_PAGES_AT_A_TIME: Final = 2000
_QUIET: Final = ("PRAGMA cipher_log_level = NONE", "PRAGMA cipher_memory_security = ON")
# The copy is synced once, when it is whole, and has another name until then: it needs no journal of its own.
_WRITE_ONCE: Final = ("PRAGMA locking_mode = EXCLUSIVE", "PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")

# All that can be told apart by: the trail has every change of a record, the other two are not in it.
_CONTENT: Final = (
    ("alembic_version", "SELECT version_num FROM alembic_version"),
    ("trail", "SELECT seq, hex(hash) FROM trail ORDER BY seq DESC LIMIT 1"),
    ("draft", "SELECT key, value FROM draft ORDER BY key"),
    ("setting", "SELECT name, value FROM setting ORDER BY name"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Faults:
    """What is wrong with a database file.

    Attributes:
        pages: how many pages are not as they were written.
        structure: whether SQLite's own structures do not hold, or cannot be read.
    """

    pages: int
    structure: bool

    def __bool__(self) -> bool:
        return bool(self.pages) or self.structure


def copy_database(
    source: RawConnection, target: Path, key: bytes | bytearray, salt: bytes, progress: Progress | None = None
) -> str:
    """Copies an open database into a new file under a key, which may be another one, and waits for the disk.

    The source may be written to by its own thread meanwhile; the copy is what it was at the end. `salt` are the 16
    bytes that are to stand first in the copy. The caller removes what is left of the copy when this fails.

    Returns:
        What the source had at the end, as `mark_of` tells it, and so what the copy must have.

    Raises:
        UserError: RKV-STO-034 cancelled; RKV-STO-011 a page of the source is damaged; RKV-SYS-001, RKV-SYS-002.
    """
    marks = []

    def told(_status: int, remaining: int, total: int) -> None:
        # Before anybody else's turn: what is written from then on is not in the copy.
        if remaining == 0:
            marks.append(mark_of(source))
        go_on(progress, total - remaining, total)

    with reachable(target):
        target.touch(_OWNER_ONLY, exist_ok=False)
    with explained(target), contextlib.closing(keyed(str(target), key, salt)) as copy:
        for pragma in _WRITE_ONCE:
            copy.execute(pragma).fetchall()
        source.backup(copy, pages=_PAGES_AT_A_TIME, progress=told)
    with reachable(target):
        sync_file(target)
    return marks[-1]


def mark_of(raw: RawConnection) -> str:
    """Tells what is in a database in 16 hexadecimal digits, whatever its revision."""
    tables = {name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()}
    content = [raw.execute(query).fetchall() for table, query in _CONTENT if table in tables]
    return hashlib.sha256(dump_json(content).encode()).hexdigest()[:16]


def faults_of(path: Path, key: bytes | bytearray) -> Faults:
    """Looks at every page and every structure of a database that nobody writes to and that has no log.

    SQLCipher's own check does not see a file cut off between two pages, SQLite's does not see every changed bit.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        pages = pool.submit(_wrong_pages, path, key)
        holds = pool.submit(_holds_together, path, key)
        return Faults(pages=pages.result(), structure=not holds.result())


@contextlib.contextmanager
def looking_at(path: Path, key: bytes | bytearray) -> Iterator[RawConnection]:
    """A connection that reads a database nobody writes to, and that can change nothing."""
    place = urllib.parse.quote(path.absolute().as_posix())
    uri = f"file://{'' if place.startswith('/') else '/'}{place}?immutable=1"
    with contextlib.closing(keyed(uri, key, is_uri=True)) as raw:
        yield raw


def keyed(place: str, key: bytes | bytearray, salt: bytes = b"", *, is_uri: bool = False) -> RawConnection:
    """A connection to a database as it is: no lock is taken, no log is made, nothing is read yet."""
    raw = cast(
        RawConnection,
        dbapi2.connect(place, uri=is_uri, timeout=0, isolation_level=None, check_same_thread=False),
    )
    raw.executescript(f"PRAGMA key = \"x'{key.hex()}{salt.hex()}'\"")
    for pragma in _QUIET:
        raw.execute(pragma).fetchall()
    return raw


def _wrong_pages(path: Path, key: bytes | bytearray) -> int:
    try:
        with looking_at(path, key) as raw:
            return len(raw.execute("PRAGMA cipher_integrity_check").fetchall())
    except dbapi2.Error:
        return 1


def _holds_together(path: Path, key: bytes | bytearray) -> bool:
    try:
        try:
            # Looked at as "immutable", SQLite leaves out the rules of the tables (3.53).
            with contextlib.closing(keyed(str(path), key)) as raw:
                raw.execute("PRAGMA locking_mode = EXCLUSIVE").fetchall()
                return raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        except dbapi2.OperationalError:
            # In a folder where no log can be made.
            with looking_at(path, key) as raw:
                return raw.execute("PRAGMA quick_check").fetchall() == [("ok",)]
    except dbapi2.Error:
        return False
