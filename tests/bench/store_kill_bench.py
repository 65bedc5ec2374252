# SPDX-License-Identifier: MIT
"""A process that saves answers is killed (SIGKILL) 300 times at random moments; nothing acknowledged may be gone.

The writer is a fork of this process, so that the time goes into writing and not into starting Python. It tells each
number through a pipe once the save has been answered, as the window shows "Saved" then. Each number is saved as two
answers in one transaction, so that a torn one would show.
"""

import os
import random
import signal
import tempfile
import time
from pathlib import Path

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.store.vault import SqlCipherVault
from support.store_samples import EVALUATION, NOW, PASSPHRASE, QUICK_COST, fill

_KILLS = 300
_LONGEST_LIFE = 0.15
_NUMBER = 8


def measures() -> list[dict[str, object]]:
    """Counts what was lost, torn, or made the trail invalid, over all kills."""
    lost = torn = broken = acknowledged = 0
    chance = random.Random(2026)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store.rkv"
        vault = SqlCipherVault(SystemClock(), Path(folder) / "state", cost=QUICK_COST)
        store = vault.create(path, PASSPHRASE)
        fill(store)
        store.close()
        following = 0
        for _ in range(_KILLS):
            told = _killed_while_writing(vault, path, following, chance.uniform(0.0, _LONGEST_LIFE))
            acknowledged += max(0, told - following)
            store = vault.open(path, Passphrase(PASSPHRASE))
            try:
                store.verify_trail()
            except Exception:
                broken += 1
            answers = _answers(store.evaluations.get(EVALUATION.id))
            first = {int(item[6:]) for item in answers if item.startswith("first-")}
            second = {int(item[7:]) for item in answers if item.startswith("second-")}
            expected = range(following, told)
            lost += sum(number not in first or number not in second for number in expected)
            torn += len(first ^ second)
            following = max(first | second, default=following - 1) + 1
            with store.transaction():
                for number in first | second:
                    store.evaluations.save_answer(EVALUATION.id, f"first-{number}", None, NOW)
                    store.evaluations.save_answer(EVALUATION.id, f"second-{number}", None, NOW)
            store.close()
    return [
        _none(f"kill -9, {_KILLS} times over {acknowledged} acknowledged: lost", lost),
        _none("kill -9: torn", torn),
        _none("kill -9: trail not valid afterwards", broken),
    ]


def _killed_while_writing(vault: SqlCipherVault, path: Path, start: int, life: float) -> int:
    """Returns the number after the last one that was acknowledged."""
    reading, writing = os.pipe()
    writer = os.fork()
    if writer == 0:
        os.close(reading)
        store = vault.open(path, Passphrase(PASSPHRASE))
        os.write(writing, bytes(_NUMBER))
        number = start
        while True:
            with store.transaction():
                store.evaluations.save_answer(EVALUATION.id, f"first-{number}", "x" * 300, NOW)
                store.evaluations.save_answer(EVALUATION.id, f"second-{number}", "y" * 300, NOW)
            number += 1
            os.write(writing, number.to_bytes(_NUMBER, "big"))
    os.close(writing)
    os.read(reading, _NUMBER)
    time.sleep(life)
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    told = b""
    while piece := os.read(reading, 1 << 16):
        told += piece
    os.close(reading)
    whole = len(told) // _NUMBER * _NUMBER
    return int.from_bytes(told[whole - _NUMBER : whole], "big") if whole else start


def _answers(found: object) -> dict[str, object]:
    return dict(found.answers)  # type: ignore[attr-defined]  # an evaluation


def _none(name: str, value: int) -> dict[str, object]:
    return {"name": name, "value": value, "bar": 0, "holds": value == 0}
