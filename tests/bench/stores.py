# SPDX-License-Identifier: MIT
"""What the measures of the store compare: our database without its key slots, and the standard library's sqlite3."""

import contextlib
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.engine import SqlCipherDatabase, connect
from rkv_app.store.database.schema import metadata

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_SYLLABLES = "an be ka ri no mo la sto ha ge li sa tor ve ing el fre da ni ol au gu ho jo ma pe ro si ter ul"


@contextlib.contextmanager
def ours(path: Path) -> Iterator[SqlCipherDatabase]:
    """An empty database of ours with all tables, opened anew, as the databases of users are."""
    path.touch()
    made = SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())
    with contextlib.closing(made), made.transaction() as connection:
        metadata.create_all(connection)
    with contextlib.closing(SqlCipherDatabase(connect(path, bytes(32)), path, SystemClock())) as database:
        database.begin_trail()
        yield database


@contextlib.contextmanager
def plain(path: Path, script: str) -> Iterator[sqlite3.Connection]:
    """An empty unencrypted database that keeps a commit as durably as ours, with the tables of `script`."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.executescript(
            f"PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; {script}"
        )
        yield connection


def seconds(action: Callable[[], object]) -> float:
    """How long one call takes."""
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun


def share(times: list[float], part: float) -> float:
    """The time that `part` of all times do not exceed."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def measure(name: str, value: float, bar: float, *, at_least: bool = False) -> dict[str, object]:
    """A measure as `tests/bench/__main__.py` prints it."""
    holds = value >= bar if at_least else value <= bar
    return {"name": name, "value": round(value, 3), "bar": bar, "holds": holds}


def people(count: int) -> list[tuple[str, str]]:
    """Made-up given and family names, a few common ones and many rare ones, the same in every run."""
    chance = random.Random(7)
    given = ["".join(chance.choices(_SYLLABLES.split(), k=chance.randint(2, 3))).title() for _ in range(1500)]
    ends = ("sen", "dal", "vik", "berg", "rud", "")
    family = ["".join(chance.choices(_SYLLABLES.split(), k=2)).title() + chance.choice(ends) for _ in range(6000)]
    return [(given[int(1500 * chance.random() ** 2)], family[int(6000 * chance.random() ** 2)]) for _ in range(count)]


def add_people(database: SqlCipherDatabase, names: list[tuple[str, str]]) -> None:
    """Puts a candidate with one case for each name straight into the tables."""
    chance = random.Random(8)
    states = ("draft", "collecting", "ready", "sent", "decided", "closed")
    with database.transaction():
        for number, (given, family) in enumerate(names):
            database.execute(
                "INSERT INTO candidate VALUES (?, ?, ?, ?, '', 0)",
                (f"person-{number:030}", given, family, f"{chance.randint(1950, 2008)}-05-17"),
            )
            changed = f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}T09:30:00.{number:06}+00:00"
            database.execute(
                "INSERT INTO candidate_case (id, reference, candidate_id, wanted_title, wanted_curriculum, state,"
                " created, changed, name_key) VALUES (?, ?, ?, 'Helsearbeider', 'HEA03-03', ?, ?, ?, ?)",
                (
                    f"case-{number:031}",
                    f"R-{number * 7919 % 1_000_003:06}",
                    f"person-{number:030}",
                    chance.choice(states),
                    changed,
                    changed,
                    f"{family} {given}".lower(),
                ),
            )
