# SPDX-License-Identifier: MIT
"""How long a dump of 50,000 records takes to import, in how much memory, and how long a search of all of it takes.

Importing is compared with unzipping the same dump and parsing every record of it; searching with FTS5 ranked by BM25 in
the standard library's sqlite3, with the same texts (folded) and the same columns of fifty rows.
"""

import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stores import measure, ours, plain, seconds, share

from rkv_app.curriculum.importer import read_curricula
from rkv_app.foundation.norwegian import fold
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.repositories.curricula import SqlCurricula
from support.grep_dumps import write_dump
from support.memory import memory_for

_RECORDS = 50_000
_ROUNDS = 3
_LIMIT = 50
_TYPED = 60
_TABLES = """
    CREATE TABLE entry (id INTEGER PRIMARY KEY, plan TEXT, changed TEXT, aim TEXT, text TEXT);
    CREATE VIRTUAL TABLE text USING fts5 (words, content = '', tokenize = 'ascii', prefix = '2 3');
"""
_FIND = """
    SELECT entry.* FROM (SELECT rowid AS id, rank FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?) AS found
    JOIN entry ON entry.id = found.id ORDER BY found.rank
"""


def measures() -> list[dict[str, object]]:
    """Imports in turn with bare reading, then types words of aims into both indexes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        dump = folder / "dump.zip"
        write_dump(dump, _RECORDS)
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(_ROUNDS):
            with ours(folder / f"{number}.db") as database:
                times[0].append(seconds(lambda: _bare(dump)))
                times[1].append(seconds(lambda database=database: _import(dump, database)))
        growth = _growth_elsewhere(dump, folder)
        with (
            ours(folder / "search.db") as database,
            plain(folder / "plain.db", _TABLES) as connection,
        ):
            curricula = SqlCurricula(database)
            _import(dump, database)
            steps = _steps(curricula)
            keys = _copy_texts(curricula, connection)
            full, every = _typed_into(curricula, connection, keys)
    return [
        measure("import 50k records, against unzip and json.loads", _median(times[1]) / _median(times[0]), 3.0),
        measure("memory to import 50k records, MiB", growth, 150.0),
        measure("search 42k aims, prefix, 50 hits, p99, against stdlib FTS5", _p99_ratio(full), 1.5),
        measure("search 42k aims, every key, p99, against stdlib FTS5", _p99_ratio(every), 1.5),
        measure("search 42k aims, every key, p99, ms", share(every[1], 0.99) * 1000, 50.0),
        measure("search of 42k aims made ready, s", sum(steps), 10.0),
        measure("the longest step of it, which other work has to wait for, ms", max(steps) * 1000, 1500.0),
    ]


def _steps(curricula: SqlCurricula) -> list[float]:
    steps: list[float] = []
    is_ready: list[bool] = []
    while not any(is_ready):
        steps.append(seconds(lambda: is_ready.append(curricula.prepare_search())))
    return steps


def _p99_ratio(times: tuple[list[float], list[float]]) -> float:
    return share(times[1], 0.99) / share(times[0], 0.99)


def _median(times: list[float]) -> float:
    return statistics.median(times)


def _bare(dump: Path) -> None:
    with zipfile.ZipFile(dump) as archive:
        for name in archive.namelist():
            json.loads(archive.read(name))


def _import(dump: Path, database: SqlCipherDatabase) -> None:
    report = read_curricula([dump])
    with database.transaction():
        SqlCurricula(database).put(report.curricula)


def _growth_elsewhere(dump: Path, folder: Path) -> float:
    told = subprocess.run(
        [sys.executable, __file__, str(dump), str(folder / "growth.db")], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def _print_growth(dump: Path, path: Path) -> None:
    with ours(path) as database:
        print(memory_for(lambda: _import(dump, database)))


def _copy_texts(curricula: SqlCurricula, connection: sqlite3.Connection) -> list[str]:
    """Puts the texts of all aims, in all their languages, into the other index; returns what is typed key by key."""
    rows = []
    for one in curricula.summaries():
        plan = curricula.get(one.code)
        for aim in plan.aims() if plan else ():
            text = " ".join(dict.fromkeys(aim.text.by_language.values()))
            rows.append((len(rows), one.code, one.changed, aim.code, text))
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO text (rowid, words) VALUES (?, ?)", ((row[0], fold(f"{row[3]} {row[4]}")) for row in rows)
    )
    connection.execute("COMMIT")
    chance = random.Random(9)
    typed = []
    for row in chance.sample(rows, _TYPED):
        words = str(row[4]).split()
        start = chance.randrange(len(words) - 2)
        typed.append(" ".join(words[start : start + 2]))
    return [text[:end].strip() for text in typed for end in range(2, len(text) + 1)]


def _typed_into(
    curricula: SqlCurricula, connection: sqlite3.Connection, keys: list[str]
) -> tuple[tuple[list[float], list[float]], tuple[list[float], list[float]]]:
    full: tuple[list[float], list[float]] = ([], [])
    every: tuple[list[float], list[float]] = ([], [])
    for typed in keys:
        words = fold(typed).split()
        if not words:
            continue
        asked = " AND ".join([*(f'"{word}"' for word in words[:-1]), f'"{words[-1]}"*'])
        theirs = seconds(lambda asked=asked: connection.execute(_FIND, (asked, _LIMIT)).fetchall())
        hits: list[object] = []
        own = seconds(lambda typed=typed, hits=hits: hits.extend(curricula.search(typed, limit=_LIMIT)))
        for times in (every, full) if len(hits) == _LIMIT else (every,):
            times[0].append(theirs)
            times[1].append(own)
    return full, every


if __name__ == "__main__":
    _print_growth(Path(sys.argv[1]), Path(sys.argv[2]))
