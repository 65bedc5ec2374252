# SPDX-License-Identifier: MIT
"""How long a search among 100,000 people takes, against FTS5 ranked by BM25 in the standard library's sqlite3.

Both have the same words, the same index, and give the same columns of fifty rows. Names are typed letter by letter.
"""

import random
import sqlite3
import tempfile
from collections.abc import Iterable
from pathlib import Path

from stores import add_people, measure, ours, people, plain, seconds, share

from rkv_app.foundation.norwegian import fold
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.repositories.search import SqlCipherSearch

_PEOPLE = 100_000
_TYPED = 60
_LIMIT = 50
_P99_BAR = 1.5
_AS_YOU_TYPE_MS = 16.0
_INDEX_SECONDS = 30.0

_TABLES = """
    CREATE TABLE entry (id INTEGER PRIMARY KEY, subject TEXT, case_id TEXT, excerpt TEXT);
    CREATE VIRTUAL TABLE text USING fts5 (words, content = '', tokenize = 'ascii', prefix = '2 3');
"""
_FIND = """
    SELECT entry.* FROM (SELECT rowid AS id, rank FROM text WHERE text MATCH ? ORDER BY rank LIMIT ?) AS found
    JOIN entry ON entry.id = found.id ORDER BY found.rank
"""


def measures() -> list[dict[str, object]]:
    """Types names into both, one key here and one there."""
    names = people(_PEOPLE)
    with (
        tempfile.TemporaryDirectory() as folder,
        ours(Path(folder) / "ours.db") as database,
        plain(Path(folder) / "plain.db", _TABLES) as connection,
    ):
        add_people(database, names)
        search = SqlCipherSearch(database)
        indexing = seconds(lambda: search.find("x"))
        _copy_index(database, connection)
        full, every = _typed_into(search, connection, _keys(names))
    return [
        measure("search 100k people, ranked prefix, 50 hits, p99, against stdlib", _ratio(full, 0.99), _P99_BAR),
        measure("search 100k people, every key of a name, p99, against stdlib", _ratio(every, 0.99), _P99_BAR),
        measure("search 100k people, every key of a name, p99, ms", share(every[1], 0.99) * 1000, _AS_YOU_TYPE_MS),
        measure("first search of 100k people and cases, index made, s", indexing, _INDEX_SECONDS),
    ]


def _typed_into(
    search: SqlCipherSearch, connection: sqlite3.Connection, keys: Iterable[str]
) -> tuple[tuple[list[float], list[float]], tuple[list[float], list[float]]]:
    full: tuple[list[float], list[float]] = ([], [])
    every: tuple[list[float], list[float]] = ([], [])
    for typed in keys:
        *whole, last = fold(typed).split()
        asked = " AND ".join([*(f'"{word}"' for word in whole), f'"{last}"*'])
        theirs = seconds(lambda asked=asked: connection.execute(_FIND, (asked, _LIMIT)).fetchall())
        hits: list[object] = []
        own = seconds(lambda typed=typed, hits=hits: hits.extend(search.find(typed, limit=_LIMIT)))
        for times in (every, full) if len(hits) == _LIMIT else (every,):
            times[0].append(theirs)
            times[1].append(own)
    return full, every


def _ratio(times: tuple[list[float], list[float]], part: float) -> float:
    return share(times[1], part) / share(times[0], part)


def _keys(names: list[tuple[str, str]]) -> list[str]:
    """What stands in the field after each key but the first."""
    typed = [" ".join(name) for name in random.Random(9).sample(names, _TYPED)]
    return [name[:end].strip() for name in typed for end in range(2, len(name) + 1)]


def _copy_index(database: SqlCipherDatabase, connection: sqlite3.Connection) -> None:
    entries = database.raw.execute("SELECT id, subject, case_id, excerpt FROM search_entry ORDER BY id").fetchall()
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO entry VALUES (?, ?, ?, ?)", entries)
    connection.executemany(
        "INSERT INTO text (rowid, words) VALUES (?, ?)", ((entry[0], fold(str(entry[3]))) for entry in entries)
    )
    connection.execute("COMMIT")
