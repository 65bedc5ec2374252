# SPDX-License-Identifier: MIT
"""How long an attachment takes to go in, against SHA-256 and one blob in sqlite3, and how much memory."""

import hashlib
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from stores import AT, measure, ours, plain, seconds

from rkv_app.store.database.engine import SqlCipherDatabase
from rkv_app.store.repositories.attachments import SqlAttachments
from support.memory import memory_for

_MIB = 1024 * 1024
_ROUNDS = 9
_BAR = 2.0
_GROWTH_MIB = 16.0
_TABLES = "CREATE TABLE file (sha256 TEXT PRIMARY KEY, octets BLOB NOT NULL)"


def measures() -> list[dict[str, object]]:
    """Stores files of 10 MiB in both in turn, and lets a process of its own store one, and one of nearly 200 MiB."""
    with (
        tempfile.TemporaryDirectory() as name,
        ours(Path(name) / "ours.db") as database,
        plain(Path(name) / "plain.db", _TABLES) as connection,
    ):
        folder = Path(name)
        times: tuple[list[float], list[float]] = ([], [])
        for _ in range(_ROUNDS):
            file = _file(folder, 10)
            times[0].append(seconds(lambda file=file: _add_plain(connection, file)))
            times[1].append(seconds(lambda file=file: _add_ours(database, file)))
        ratio = statistics.median(times[1]) / statistics.median(times[0])
        growth = {size: _growth_elsewhere(_file(folder, size)) for size in (10, 199)}
    return [
        measure("attachment of 10 MiB in and hashed, against stdlib sqlite3", ratio, _BAR),
        *(measure(f"memory for an attachment of {size} MiB, MiB", growth[size], _GROWTH_MIB) for size in growth),
    ]


def _file(folder: Path, mib: int) -> Path:
    path = folder / "file.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        for _ in range(mib):
            file.write(os.urandom(_MIB - 1))
    return path


def _add_plain(connection: sqlite3.Connection, path: Path) -> None:
    octets = path.read_bytes()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO file VALUES (?, ?)", (hashlib.sha256(octets).hexdigest(), octets))
    connection.execute("COMMIT")


def _add_ours(database: SqlCipherDatabase, path: Path) -> None:
    with path.open("rb") as source:
        SqlAttachments(database).add(source, subject="case", name=path.name, at=AT)


def _growth_elsewhere(path: Path) -> float:
    return float(subprocess.check_output([sys.executable, __file__, str(path)], text=True))


def _growth(path: Path) -> float:
    """MiB by which the most memory this process has had grows (Linux)."""
    with tempfile.TemporaryDirectory() as folder, ours(Path(folder) / "ours.db") as database:
        (Path(folder) / "small.pdf").write_bytes(b"%PDF-1.7")
        _add_ours(database, Path(folder) / "small.pdf")
        return memory_for(lambda: _add_ours(database, path))


if __name__ == "__main__":
    print(_growth(Path(sys.argv[1])))
