# SPDX-License-Identifier: MIT
"""How many answers a second go in with whole evaluations, against the same rows by executemany in sqlite3.

Both have one transaction, one sync, the same key and the same foreign key. Ours also writes the whole evaluation and an
entry of the trail with all of its answers. Most of the difference is `cipher_memory_security = ON`: the bare driver
alone is at 1.0 without it, and at 0.4 with it (docs/adr/0005).
"""

import sqlite3
import statistics
import tempfile
from pathlib import Path

from stores import measure, ours, plain, seconds

from rkv_app.domain.evaluations import Evaluation, FormPin
from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.database.schema import ADD_ANSWER
from rkv_app.store.database.trail import dump_json
from rkv_app.store.repositories.evaluations import SqlEvaluations

_EVALUATIONS = 1_000
_ANSWERS = 200
_ROUNDS = 3
_BAR = 0.5
_TABLES = """
    PRAGMA foreign_keys = ON;
    CREATE TABLE evaluation (id TEXT PRIMARY KEY, form TEXT, state TEXT);
    CREATE TABLE answer (
        evaluation_id TEXT NOT NULL REFERENCES evaluation (id), item TEXT NOT NULL, value JSON NOT NULL,
        saved_at TEXT, PRIMARY KEY (evaluation_id, item)
    ) WITHOUT ROWID;
"""


def measures() -> list[dict[str, object]]:
    """Adds 200,000 answers to both in turn, each time in one transaction."""
    with (
        tempfile.TemporaryDirectory() as folder,
        ours(Path(folder) / "ours.db") as database,
        plain(Path(folder) / "plain.db", _TABLES) as connection,
    ):
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(_ROUNDS):
            added = [_evaluation(f"{number}-{each:034}") for each in range(_EVALUATIONS)]
            times[0].append(seconds(lambda added=added: _add_plain(connection, added)))
            times[1].append(seconds(lambda added=added: _add_ours(database, added)))
    speed = statistics.median(times[0]) / statistics.median(times[1])
    return [measure("insert 200k answers, speed against stdlib sqlite3", speed, _BAR, at_least=True)]


def _evaluation(id_: str) -> Evaluation:
    return Evaluation(
        id=id_,
        placement_id="placement",
        form=FormPin("practice-evaluation", "2026.1", "00" * 32),
        curriculum_code="HEA03-03",
        curriculum_changed="2024-05-05T12:00:00",
        curriculum_title="",
        aims=(),
        answers={f"matrix/KM{number}/example": f"Svar nummer {number} fra praksis" for number in range(_ANSWERS)},
    )


def _add_plain(connection: sqlite3.Connection, added: list[Evaluation]) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for one in added:
        connection.execute("INSERT INTO evaluation VALUES (?, ?, ?)", (one.id, one.form.form_id, one.state.value))
        rows = [(one.id, item, dump_json(value)) for item, value in sorted(one.answers.items())]
        connection.executemany(ADD_ANSWER, rows)
    connection.execute("COMMIT")


def _add_ours(database: SqlCipherDatabase, added: list[Evaluation]) -> None:
    evaluations = SqlEvaluations(database)
    evaluations.add(*added)
