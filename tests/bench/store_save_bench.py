# SPDX-License-Identifier: MIT
"""How long saving one answer takes, as a ratio of the same two statements in the standard library's sqlite3."""

import contextlib
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rkv_app.crypto.kdf import MINIMUM_COST
from rkv_app.domain.answer_ports import EvaluationRepository
from rkv_app.domain.evaluations import Evaluation, FormPin
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.columns import moment_text
from rkv_app.store.database.schema import SAVE_ANSWER
from rkv_app.store.database.trail import dump_json
from rkv_app.store.vault import SqlCipherVault

_ROUNDS = 1600
# A log that still grows costs both of them more than one that is written over; a sitting rarely gets past that.
_FIRST = 400
_ITEMS = 120
_BAR_P50 = 1.5
_BAR_P99 = 2.0
_NOTE_IN_AUDIT = "INSERT INTO audit (evaluation_id, kind, item, value, at) VALUES (?, ?, ?, ?, ?)"
_PASSPHRASE = "a passphrase of the bench"
_AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
_EVALUATION = Evaluation(
    id="evaluation",
    placement_id="placement",
    form=FormPin("practice-evaluation", "2026.1", "00" * 32),
    curriculum_code="HEA03-03",
    curriculum_changed="2024-05-05T12:00:00",
    curriculum_title="",
    aims=(),
)


@dataclass(frozen=True, slots=True)
class _PlainAnswers:
    """The same answer and an audit row of the same content, without encryption, chain, tip, locks or explanations."""

    connection: sqlite3.Connection

    def save(self, item: str, value: object) -> None:
        text, saved_at = dump_json(value), moment_text(_AT)
        self.connection.execute("BEGIN IMMEDIATE")
        self.connection.execute(SAVE_ANSWER, (_EVALUATION.id, item, text, saved_at))
        self.connection.execute(_NOTE_IN_AUDIT, (_EVALUATION.id, "answer", item, text, saved_at))
        self.connection.execute("COMMIT")


def measures() -> list[dict[str, object]]:
    """Saves answers in both, one here and one there, so that both meet the same disk."""
    with tempfile.TemporaryDirectory() as folder, _plain(Path(folder)) as plain, _ours(Path(folder)) as ours:
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(_ROUNDS):
            item, value = f"matrix/KM{number % _ITEMS}/example", f"Svar nummer {number}"
            times[0].append(_seconds(lambda item=item, value=value: plain.save(item, value)))
            times[1].append(_seconds(lambda item=item, value=value: ours.save_answer(_EVALUATION.id, item, value, _AT)))
    return [
        _p50("p50 of the first 400 after opening", times[0][:_FIRST], times[1][:_FIRST]),
        _p50("p50 once the log has its full length", times[0][_FIRST:], times[1][_FIRST:]),
        _measure("p99", _p99(times[1]) / _p99(times[0]), _BAR_P99),
    ]


def _p50(which: str, plain: list[float], ours: list[float]) -> dict[str, object]:
    return _measure(which, statistics.median(ours) / statistics.median(plain), _BAR_P50)


def _measure(which: str, ratio: float, bar: float) -> dict[str, object]:
    return {"name": f"save one answer, {which}", "value": round(ratio, 3), "bar": bar, "holds": ratio <= bar}


def _p99(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=100)[98]


@contextlib.contextmanager
def _plain(folder: Path) -> Iterator[_PlainAnswers]:
    with contextlib.closing(sqlite3.connect(folder / "plain.db", isolation_level=None)) as connection:
        connection.executescript(
            """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA foreign_keys = ON;
            CREATE TABLE evaluation (id TEXT PRIMARY KEY);
            CREATE TABLE answer (
                evaluation_id TEXT NOT NULL REFERENCES evaluation (id), item TEXT NOT NULL, value JSON NOT NULL,
                saved_at TEXT, PRIMARY KEY (evaluation_id, item)
            ) WITHOUT ROWID;
            CREATE TABLE audit (
                seq INTEGER PRIMARY KEY, evaluation_id TEXT NOT NULL REFERENCES evaluation (id), kind TEXT NOT NULL,
                item TEXT NOT NULL, value JSON, at TEXT NOT NULL
            );
            INSERT INTO evaluation VALUES ('evaluation');
            """
        )
        yield _PlainAnswers(connection)


@contextlib.contextmanager
def _ours(folder: Path) -> Iterator[EvaluationRepository]:
    vault = SqlCipherVault(SystemClock(), folder / "state", cost=MINIMUM_COST)
    store = vault.create(folder / "store.rkv", _PASSPHRASE)
    store.evaluations.add(_EVALUATION)
    store.close()
    store = vault.open(folder / "store.rkv", Passphrase(_PASSPHRASE))
    yield store.evaluations
    store.close()


def _seconds(action: Callable[[], None]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
