# SPDX-License-Identifier: MIT
"""How long it takes from the derived key to a store that is checked and ready, against SQLCipher and one query."""

import contextlib
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2

from rkv_app.foundation.clock import SystemClock
from rkv_app.store.database.tip import TipFile
from rkv_app.store.entry.opening import follow, needs_new_revision, open_database
from support.store_samples import made_store, opened_header

_ROUNDS = 60
_BAR = 3.0


def measures() -> list[dict[str, object]]:
    """Opens the same closed store both ways in turn; closing is not timed."""
    with tempfile.TemporaryDirectory() as name:
        path = made_store(Path(name) / "store.rkv")
        header, key = opened_header(path)
        state = Path(name) / "state"

        def ours() -> Callable[[], None]:
            tips = TipFile(state, header.store_id, key)
            database = open_database(path, key, header.store_id, SystemClock())
            assert not needs_new_revision(database)
            follow(database, tips, accept_older=False)
            return lambda: (database.close(), tips.close())  # type: ignore[return-value]  # nobody looks at it

        def bare() -> Callable[[], None]:
            connection = dbapi2.connect(str(path), isolation_level=None)
            connection.executescript(f"PRAGMA key = \"x'{key.hex()}'\"")
            connection.execute("SELECT count(*) FROM candidate_case").fetchall()
            return connection.close  # type: ignore[no-any-return]  # the driver has no types

        times: dict[Callable[[], Callable[[], None]], list[float]] = {bare: [], ours: []}
        for _ in range(_ROUNDS):
            for opening, found in times.items():
                begun = time.perf_counter()
                with contextlib.ExitStack() as until:
                    until.callback(opening())
                    found.append(time.perf_counter() - begun)
        ratio = statistics.median(times[ours]) / statistics.median(times[bare])
    return [
        {
            "name": "open with the derived key, schema and tip checked, p50",
            "value": round(ratio, 2),
            "bar": _BAR,
            "holds": ratio <= _BAR,
        }
    ]
