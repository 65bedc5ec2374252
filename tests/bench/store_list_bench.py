# SPDX-License-Identifier: MIT
"""How long a page of a list of 100,000 cases, or applications, takes, wherever it is, against a walk in plain sqlite3.

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
from rkv_app.store.repositories.exchange import SqlExchange

_CASES = 100_000
_PAGE = 200
_ROUNDS = 15
_PAGE_MS = 20.0
# An application with one evaluation takes about this much, and a certificate about a KiB.
_SNAPSHOT = '{"reference": "' + "x" * 12_000 + '"}'
_QUEUED = """
    INSERT INTO queued_application (message_id, conversation_id, journal_number, received_at, trust, manifest_sha256,
        receipt_sent, sender_role, sender_name, sender_organisation, sender_unit, sender_org_number, sender_phone,
        sender_email, sender_signing_certificate, sender_sealing_certificate, application, pdf_content_id,
        candidate_name, wanted)
    VALUES (?, 'c', ?, ?, 'reply', 'x', 1, 'adviser', 'Kari', 'Nav Testvik', '', '', '', '', zeroblob(900),
        zeroblob(900), ?, 1, ?, 'Helsearbeiderfaget')
"""
_PACKET = """
    INSERT INTO packet (message_id, conversation_id, answers, type, direction, case_id, counterpart, at,
        manifest_sha256, reply_token, reply_used, content_id)
    VALUES (?, 'c', '', ?, 'sent', ?, 'Nav Testvik', ?, 'x', '', 0, 1)
"""
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
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "ours.db") as database:
        _add_queue(database)
        exchange = SqlExchange(database)
        queue = _slowest_of_queue(exchange)
        length = 1000 * statistics.median(seconds(exchange.queue_length) for _ in range(_ROUNDS))
    return [
        *(
            measure(f"page of 200 among 100k cases by {order}, slowest place, ms", slowest[order], _PAGE_MS)
            for order in CaseOrder
        ),
        measure("page of 200 among 100k cases by name, against stdlib's rows", own / theirs, 25.0),
        measure("page of 200 among 100k queued applications, slowest place, ms", queue, _PAGE_MS),
        measure("number of the next among 100k queued applications, ms", length, _PAGE_MS),
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


def _slowest_of_queue(exchange: SqlExchange) -> float:
    """As `_slowest`, of the county's queue."""
    middle, end = exchange.queue_page(limit=_CASES // 2), exchange.queue_page(limit=_CASES - _PAGE)
    assert (middle.total, len(exchange.queue_page(after=end.next).applications)) == (_CASES, _PAGE)
    return 1000 * max(
        statistics.median(seconds(lambda place=place: exchange.queue_page(after=place)) for _ in range(_ROUNDS))
        for place in ("", middle.next, end.next)
    )


def _add_queue(database: SqlCipherDatabase) -> None:
    """Applications of about the size of real ones, each with a receipt and every fifth with a request for more."""
    row, about = _QUEUED, _PACKET
    with database.transaction():
        database.execute("INSERT INTO content (id, sha256, size) VALUES (1, 'x', 0)", ())
        for number in range(_CASES):
            at = f"2026-{number // 8400 + 1:02}-{number // 300 % 28 + 1:02}T09:30:00.{number:06}+00:00"
            database.execute(row, (f"message-{number:028}", f"2026-{number:06}", at, _SNAPSHOT, f"Ola{number} Berg"))
            kinds = ("kvittering", "tilleggskrav") if number % 5 == 0 else ("kvittering",)
            for kind in kinds:
                database.execute(about, (f"{kind}-{number:028}", kind, f"message-{number:028}", at))


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
