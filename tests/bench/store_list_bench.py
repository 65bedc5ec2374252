# SPDX-License-Identifier: MIT
"""How long a page of a list of 100,000 cases takes, wherever it is, against the same walk along an index in sqlite3.

The plain one gives rows; ours gives cases with their moments, states and names read, which is most of the difference.
"""

import sqlite3
import statistics
import tempfile
from pathlib import Path

from stores import add_people, measure, ours, people, plain, seconds

from rkv_app.domain.stores import CaseOrder
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.repositories.cases import SqlCases

_CASES = 100_000
_PAGE = 200
_ROUNDS = 15
_PAGE_MS = 20.0
_COLUMNS = "seq, id, reference, candidate_id, wanted_title, wanted_curriculum, state, created, changed, name_key"


def measures() -> list[dict[str, object]]:
    """Reads pages at the beginning, in the middle and at the end of the list in every order."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ours(Path(folder) / "ours.db") as database,
        plain(Path(folder) / "plain.db", "") as connection,
    ):
        add_people(database, people(_CASES))
        _copy(database, connection)
        cases = SqlCases(database)
        slowest = {order: _slowest(cases, order) for order in CaseOrder}
        middle = connection.execute(
            "SELECT name_key, seq FROM c ORDER BY name_key, seq LIMIT 1 OFFSET 50000"
        ).fetchone()
        theirs = statistics.median(seconds(lambda: _plain_page(connection, middle)) for _ in range(_ROUNDS))
        own = statistics.median(seconds(lambda: _page(cases, middle)) for _ in range(_ROUNDS))
    return [
        *(
            measure(f"page of 200 among 100k cases by {order}, slowest place, ms", slowest[order], _PAGE_MS)
            for order in CaseOrder
        ),
        measure("page of 200 among 100k cases by name, against stdlib's rows", own / theirs, 25.0),
    ]


def _slowest(cases: SqlCases, order: CaseOrder) -> float:
    """Milliseconds of the slowest of three places, each the median of some rounds."""
    first = cases.page(order, limit=_PAGE)
    middle = cases.page(order, limit=_CASES // 2)
    end = cases.page(order, limit=_CASES - _PAGE)
    places = ("", middle.next, end.next)
    assert first.total == _CASES
    return 1000 * max(
        statistics.median(seconds(lambda place=place: cases.page(order, after=place)) for _ in range(_ROUNDS))
        for place in places
    )


def _page(cases: SqlCases, after: tuple[str, int]) -> object:
    return cases.page(CaseOrder.NAME, after=f'["{after[0]}",{after[1]}]', limit=_PAGE)


def _plain_page(connection: sqlite3.Connection, after: tuple[str, int]) -> object:
    return connection.execute(
        "SELECT c.*, p.given_name, p.family_name FROM c JOIN p ON p.id = c.candidate_id"
        " WHERE (name_key, seq) > (?, ?) ORDER BY name_key, seq LIMIT ?",
        (*after, _PAGE),
    ).fetchall()


def _copy(database: SqlCipherDatabase, connection: sqlite3.Connection) -> None:
    connection.executescript(
        f"CREATE TABLE c ({_COLUMNS}); CREATE TABLE p (id TEXT PRIMARY KEY, given_name, family_name);"
        "CREATE INDEX by_name ON c (name_key, seq)"
    )
    connection.execute("BEGIN")
    rows = database.raw.execute(f"SELECT {_COLUMNS} FROM candidate_case").fetchall()
    connection.executemany(f"INSERT INTO c VALUES ({', '.join('?' * len(rows[0]))})", rows)
    persons = database.raw.execute("SELECT id, given_name, family_name FROM candidate").fetchall()
    connection.executemany("INSERT INTO p VALUES (?, ?, ?)", persons)
    connection.execute("COMMIT")
