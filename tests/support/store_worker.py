# SPDX-License-Identifier: MIT
"""A second process that works on a store: `store_worker.py VERB STORE`. Prints what it has done, a line each.

Verbs: `open` prints `opened` or the code of the refusal. `write` saves answers for ever and prints the number of each
one once it is saved. `make` makes a store while files may not grow past 8 KiB, and prints the code of the refusal.
`modules` opens the store and prints whether Alembic had to be loaded.
"""

import itertools
import sys
from pathlib import Path

from rkv_app.domain.stores import Passphrase
from rkv_app.foundation.errors import UserError
from support.store_samples import EVALUATION, NOW, PASSPHRASE, quick_vault


def main(verb: str, path: Path) -> None:
    """Does one verb."""
    match verb:
        case "open":
            print(_refusal_of_opening(path))
        case "write":
            _write_until_killed(path)
        case "make":
            print(_refusal_of_making(path))
        case "modules":
            quick_vault().open(path, Passphrase(PASSPHRASE)).close()
            print("alembic" in sys.modules)


def _refusal_of_opening(path: Path) -> str:
    try:
        quick_vault().open(path, Passphrase(PASSPHRASE)).close()
    except UserError as refusal:
        return refusal.code
    return "opened"


def _refusal_of_making(path: Path) -> str:
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (8 * 1024, 8 * 1024))
    try:
        quick_vault().create(path, PASSPHRASE).close()
    except UserError as refusal:
        return refusal.code
    return "made"


def _write_until_killed(path: Path) -> None:
    store = quick_vault().open(path, Passphrase(PASSPHRASE))
    for number in itertools.count():
        store.evaluations.save_answer(EVALUATION.id, f"item-{number}", number, NOW)
        print(number, flush=True)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
