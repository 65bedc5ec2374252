# SPDX-License-Identifier: MIT
"""How long a verified backup of 50 MB takes, as a ratio of SQLCipher's own backup() of the same store."""

import contextlib
import io
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.crypto.kdf import MINIMUM_COST
from rkv_app.domain.exchange import Direction, ExchangeRecord, MessageType
from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.store.entry.opening import SALT_LENGTH
from rkv_app.store.entry.os_keys import OsKeys
from rkv_app.store.entry.surroundings import Surroundings
from rkv_app.store.entry.unlocking import unlocked
from rkv_app.store.vault import SqlCipherVault

_ROUNDS = 7
_BAR = 2.0
_PACKETS, _OCTETS = 2000, 24_000
_PASSPHRASE = "a passphrase of the bench"


def measures() -> list[dict[str, object]]:
    """Backs up in turn, first one way then the other leading; one round before that warms the caches."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, state, clock = folder / "store.rkv", folder / "state", SystemClock()
        store = SqlCipherVault(clock, state, cost=MINIMUM_COST).create(path, _PASSPHRASE)
        with store.transaction():
            for number in range(_PACKETS):
                store.exchange.record(_packet(number, clock), io.BytesIO(secrets.token_bytes(_OCTETS)))
        key = unlocked(
            path, Passphrase(_PASSPHRASE), Surroundings(clock=clock, state_folder=state, os_keys=OsKeys())
        ).key
        database = store._database
        salt = bytes.fromhex(store.info().store_id.replace("-", ""))
        assert len(salt) == SALT_LENGTH

        def bare() -> None:
            target = folder / "bare.rkv"
            with contextlib.closing(dbapi2.connect(target, isolation_level=None)) as copy:
                copy.executescript(f"PRAGMA key = \"x'{bytes(key).hex()}{salt.hex()}'\"")
                database.raw.backup(copy)
            target.unlink()

        bare()
        store.back_up()
        ratios = []
        for number in range(_ROUNDS):
            sides = (bare, store.back_up) if number % 2 else (store.back_up, bare)
            took = {side.__name__: _seconds(side) for side in sides}
            ratios.append(took["back_up"] / took["bare"])
        store.close()
    value = statistics.median(ratios)
    return [
        {
            "name": "backup of 50 MB, verified / SQLCipher's backup() alone",
            "value": round(value, 3),
            "bar": _BAR,
            "holds": value <= _BAR,
        }
    ]


def _packet(number: int, clock: SystemClock) -> ExchangeRecord:
    return ExchangeRecord(
        message_id=f"message-{number}",
        conversation_id="conversation",
        answers="",
        type=MessageType.REQUEST,
        direction=Direction.SENT,
        case_id=f"case-{number % 50}",
        counterpart="",
        at=clock.now(),
        manifest_sha256="00" * 32,
        reply_token="",
    )


def _seconds(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return time.perf_counter() - begun
