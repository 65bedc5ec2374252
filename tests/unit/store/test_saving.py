# SPDX-License-Identifier: MIT
"""Saving an answer stays as quick as it is, whatever else was asked of the store before."""

from pathlib import Path

from sqlcipher3 import dbapi2  # type: ignore[import-untyped]

from rkv_app.domain.stores import Passphrase
from rkv_app.store.store import SqlCipherStore
from support.store_samples import CASE, EVALUATION, PASSPHRASE, later, quick_vault


def test_a_save_compiles_no_statement_anew(closed_store: Path) -> None:
    store = quick_vault().open(closed_store, Passphrase(PASSPHRASE))
    assert isinstance(store, SqlCipherStore)
    raw = store._database.raw
    compiled: list[str] = []

    def heard(_action: int, table: str | None, *_: object) -> int:
        compiled.append(str(table))
        return int(dbapi2.SQLITE_OK)

    def save(number: int) -> None:
        store.evaluations.save_answer(EVALUATION.id, "hours", number, later(number))

    # More different questions than the driver remembers, and each of them more than once.
    for number in range(20):
        for _ in range(3):
            raw.execute(f"SELECT {number} FROM trail").fetchone()
    store.cases.get(CASE.id)
    # To be told of a statement means to compile it: setting this up makes the driver do so once for all of them.
    raw.set_authorizer(heard)  # type: ignore[attr-defined]
    save(1)
    compiled.clear()
    save(2)
    save(3)
    raw.set_authorizer(None)  # type: ignore[attr-defined]
    store.close()
    assert compiled == []
