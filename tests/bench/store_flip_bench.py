# SPDX-License-Identifier: MIT
"""1,000 random single bits of a store are flipped, one at a time, over its database, write-ahead log and header.

Each must be found when the store is opened or by the check, or change nothing that the store holds. What is never
allowed is a store that opens, is called sound, and holds something else than what was written.
"""

import os
import random
import shutil
import signal
import tempfile
from pathlib import Path

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.clock import SystemClock
from rkv_app.foundation.errors import UserError
from rkv_app.store.vault import SqlCipherVault
from support.store_samples import EVALUATION, NOW, PASSPHRASE, QUICK_COST, fill

_FLIPS = 1000
_PARTS = ("", "-wal", ".key")


def measures() -> list[dict[str, object]]:
    """Counts the flips that were found, those that were proven harmless, and those that were neither."""
    chance = random.Random(2026)
    found = harmless = wrong = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sound = folder / "sound"
        sound.mkdir()
        vault = SqlCipherVault(SystemClock(), folder / "state", cost=QUICK_COST)
        _left_open_hard(vault, sound / "store.rkv")
        remembered = {path.name: path.read_bytes() for path in (folder / "state").iterdir()}
        expected = _held(vault, _fresh(sound, folder, remembered))
        sizes = [(part, (sound / f"store.rkv{part}").stat().st_size) for part in _PARTS]
        for _ in range(_FLIPS):
            part, size = chance.choices(sizes, weights=[6, 3, 1])[0]
            path = _fresh(sound, folder, remembered)
            _flip(path.with_name(path.name + part), chance.randrange(size * 8))
            try:
                if vault.check(path, Passphrase(PASSPHRASE)).findings:
                    found += 1
                elif _held(vault, path) == expected:
                    harmless += 1
                else:
                    wrong += 1
            except UserError:
                found += 1
    return [
        {
            "name": f"bit flips of {_FLIPS}: {found} found, {harmless} proven harmless; shown as good data",
            "value": wrong,
            "bar": 0,
            "holds": wrong == 0 and found + harmless == _FLIPS,
        }
    ]


def _left_open_hard(vault: SqlCipherVault, path: Path) -> None:
    """Makes a store whose writer was killed, so that the newest entries stand in its log only."""
    store = vault.create(path, PASSPHRASE)
    fill(store)
    store.close()
    writer = os.fork()
    if writer == 0:
        store = vault.open(path, Passphrase(PASSPHRASE))
        for number in range(60):
            store.evaluations.save_answer(EVALUATION.id, f"item-{number}", "x" * 200, NOW)
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(writer, 0)


def _fresh(sound: Path, folder: Path, remembered: dict[str, bytes]) -> Path:
    """A copy of the store, and of what the machine remembered of it."""
    place = folder / "flipped"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    for part in _PARTS:
        shutil.copyfile(sound / f"store.rkv{part}", place / f"store.rkv{part}")
    shutil.rmtree(folder / "state")
    (folder / "state").mkdir()
    for name, content in remembered.items():
        (folder / "state" / name).write_bytes(content)
    return place / "store.rkv"


def _flip(path: Path, bit: int) -> None:
    content = bytearray(path.read_bytes())
    content[bit // 8] ^= 1 << bit % 8
    path.write_bytes(content)


def _held(vault: SqlCipherVault, path: Path) -> object:
    """All that a case holds, as a reader sees it."""
    store = vault.open(path, Passphrase(PASSPHRASE))
    try:
        store.verify_trail()
        cases = store.cases.summaries()
        return (
            cases,
            [store.evaluations.for_case(one.case.id) for one in cases],
            [store.exchange.for_case(one.case.id) for one in cases],
            store.contacts.all(),
            store.info().entries,
        )
    finally:
        store.close()
